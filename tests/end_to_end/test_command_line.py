"""The program as a user runs it: arguments in, text and an exit status out."""

import json
import os
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def jobtide(tmp_path):
    """Return a function that runs the command line in an empty folder."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "jobtide", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1", **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Run the demonstration once; return its folder and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "jobtide", "demo", "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    return folder, done


def test_the_demonstration_ends_well_and_says_what_it_mended(demo):
    """One command shows everything, and names the faults that were in the boards' answers."""
    folder, done = demo

    assert done.returncode == 0, done.stderr
    for word in ("antibot", "pixel", "encoding:description", "pay", "template_title"):
        assert word in done.stdout
    assert (folder / "public/readme/README.md").exists()
    assert "Traceback" not in done.stderr


def test_the_accountant_is_not_a_backend_engineer(demo):
    """A board's tag "backend" does not move a tax accountant among the engineers."""
    folder, _ = demo
    pages = folder / "public/readme"

    assert "Tax Accountant" not in (pages / "backend.md").read_text(encoding="utf-8")
    assert "Tax Accountant" in (pages / "finance.md").read_text(encoding="utf-8")


def test_nothing_broken_is_published(demo):
    """Mojibake, pixels, the anti-bot sentence and non-jobs stay out of every page."""
    folder, _ = demo
    text = "".join(path.read_text("utf-8") for path in (folder / "public/readme").rglob("*.md"))

    for fault in (
        "â€™",
        "â\x80",
        "blank.gif",
        "Please mention the word",
        "READ MORE",
        "ENTER DISPLAY",
    ):
        assert fault not in text
    assert "you’ll own its core" in text


def test_search_prints_data_on_stdout_and_the_query_on_stderr(demo, jobtide):
    """The remote filter is visible, and output that is piped is pure JSON."""
    folder, _ = demo

    done = jobtide("search", "python", "--db", folder / "jobtide.db", "--json")
    found = json.loads(done.stdout)

    assert done.returncode == 0
    assert found["query"] == "python arrangement:remote is:open"
    assert found["total"] == len(found["jobs"]) > 0
    assert done.stderr == ""


def test_an_id_is_never_cut_in_a_pipe(demo, jobtide):
    """What `search` and `changes` print can be given to `show`, however long it is."""
    folder, _ = demo
    database = folder / "jobtide.db"
    wide = ("--db", database, "--all", "--limit", 500)
    known = {one["id"] for one in json.loads(jobtide("search", *wide, "--json").stdout)["jobs"]}

    printed = {line.split()[-1] for line in jobtide("search", *wide).stdout.splitlines()}
    told = jobtide("changes", "--since", "2000-01-01", "--db", database).stdout

    assert printed == known
    assert {line.split()[-1] for line in told.splitlines()} <= known


def test_the_demonstration_counts_pages_not_pictures(demo):
    """The number of pages it names is the number of pages it wrote."""
    folder, done = demo
    pages = list((folder / "public/readme").rglob("*.md"))

    assert f" {len(pages)} pages in " in done.stdout


def test_ctrl_c_ends_with_one_line_and_its_own_status(tmp_path):
    """An interrupt in the middle of the work is no error: one line, status 130, no traceback."""
    started = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "jobtide", "demo", "--out", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
    )
    with started:
        first = started.stderr.readline()
        started.send_signal(signal.SIGINT)
        rest = started.stderr.read()

    assert first == "day 1 of 3\n"
    assert started.returncode == 130
    assert rest.endswith("jobtide: interrupted; what was finished is kept\n")
    assert "Traceback" not in rest


def test_show_prints_every_apply_link_of_an_opening(demo, jobtide):
    """A job that stands on three boards is one opening with three links."""
    folder, _ = demo
    database = folder / "jobtide.db"
    hits = json.loads(
        jobtide("search", 'title:"Elixir Developer"', "--db", database, "--json").stdout
    )

    done = jobtide("show", hits["jobs"][0]["id"], "--db", database)

    assert hits["total"] == 1
    assert done.stdout.count("apply (") >= 3


def test_explain_prints_every_label_with_its_words(demo, jobtide):
    """Why this category, this pay, this merge: the answer is in the posting's own words."""
    folder, _ = demo
    database = folder / "jobtide.db"
    hits = json.loads(
        jobtide("search", 'title:"Elixir Developer"', "--db", database, "--json").stdout
    )

    said = jobtide("explain", hits["jobs"][0]["id"], "--db", database).stdout

    assert "category         backend" in said
    assert "title: 'Elixir'" in said
    assert "period inferred" in said
    assert "same company and title" in said


def test_publish_again_writes_nothing(demo, jobtide, tmp_path):
    """The same snapshot on the same day is the same bytes, and equal bytes are not touched."""
    folder, _ = demo
    arguments = ("publish", "readme", "--out", tmp_path / "pages", "--db", folder / "jobtide.db",
                 "--as-of", "2026-11-25", "--json")  # fmt: skip
    jobtide(*arguments)

    again = json.loads(jobtide(*arguments).stdout)

    assert again["written"] == []
    assert again["unchanged"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("search", "categry:backend"), 2, "Did you mean 'category'?"),
        (("search", "python"), 1, "jobtide.db"),
        (("update", "--source", "remotok"), 78, "Did you mean 'remoteok'?"),
        (("update", "--config", "absent.toml"), 78, "jobtide init"),
        (("show", "nothing:like:it", "--db", "absent.db"), 1, "absent.db"),
        (("import", "absent.md"), 2, "absent.md"),
        (("replay", "absent.csv"), 2, "absent.csv"),
        (("publish", "brochure"), 2, "brochure"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_what_cannot_be_done_ends_with_one_clear_line(jobtide, arguments, status, says):
    """Where, what, and what to do next; no traceback reaches a user."""
    done = jobtide(*arguments)

    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_wrong_key_in_the_file_is_named(jobtide, tmp_path):
    """A typing error in the settings is found before anything is read."""
    (tmp_path / "jobtide.toml").write_text("databse = 'x.db'\n", encoding="utf-8")

    done = jobtide("update")

    assert done.returncode == 78
    assert "databse" in done.stderr
    assert "Did you mean 'database'?" in done.stderr


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"SQLite format 3\x00\x10", 2, "page.md: is no text"),
        (b"# Jobs\n\nNone this week.\n", 0, "no job was found in page.md"),
    ],
)
def test_an_import_without_a_job_says_so(jobtide, tmp_path, body, status, says):
    """Nothing found is said in words; what cannot be a page at all is refused."""
    (tmp_path / "page.md").write_bytes(body)

    done = jobtide("import", "page.md")

    assert done.returncode == status
    assert says in done.stderr


def test_a_wrong_source_leaves_no_database_behind(jobtide, tmp_path):
    """What cannot be done is found before anything is made."""
    assert jobtide("update", "--source", "remotok").returncode == 78
    assert not (tmp_path / "jobtide.db").exists()


def test_a_wrong_page_is_named_before_a_board_is_read(jobtide, tmp_path):
    """`run` does not read every board only to find that a page cannot be asked for."""
    page = "[[pages]]\nname = 'a'\nquery = 'categry:backend'\n"
    (tmp_path / "jobtide.toml").write_text(page, encoding="utf-8")

    done = jobtide("run")

    assert done.returncode == 78
    assert "page 'a': unknown field 'categry'" in done.stderr
    assert not (tmp_path / "jobtide.db").exists()


def test_init_writes_a_file_that_is_understood(jobtide):
    """What `init` writes, `config show` reads, with the file as the origin."""
    written = jobtide("init", "--contact", "https://example.org")
    shown = json.loads(jobtide("config", "show", "--json").stdout)

    assert written.returncode == 0
    assert shown["contact"] == {"value": "https://example.org", "origin": "jobtide.toml"}
    assert jobtide("init").returncode == 2


def test_an_unreachable_board_ends_as_partial(jobtide):
    """One board that fails is a line and exit status 3; the run itself goes to its end."""
    done = jobtide(
        "update", "--source", "remotive", "--json",
        JOBTIDE_FETCH_BASE_URL="http://127.0.0.1:9/{host}",
        JOBTIDE_FETCH_ALLOW_PRIVATE_HOSTS="127.0.0.1",
        JOBTIDE_FETCH_RETRIES="0",
    )  # fmt: skip

    assert done.returncode == 3
    assert "failed  remotive/main" in done.stderr
    assert json.loads(done.stdout)["sources"]["remotive"]["failed"] == 1
