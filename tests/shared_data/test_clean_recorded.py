"""What boards really sent comes out clean: encoding, descriptions, titles, known faults."""

import json
import re

import pytest

from jobtide.clean.description import parse_description
from jobtide.clean.encoding import repair, repair_encoding
from jobtide.clean.entities import unescape, unescape_entities
from jobtide.clean.location_text import tidy_location_text
from jobtide.clean.non_jobs import refuse_non_jobs
from jobtide.clean.title import split_company_title, tidy_title
from jobtide.clean.url import canonical
from jobtide.model import Posting, Reject
from jobtide.pipeline import apply
from jobtide.text import company_key

pytestmark = pytest.mark.shared

#: UTF-8 read as Latin-1: a lead byte, then a byte that goes on the sequence.
BROKEN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")
#: The same, also as windows-1252 shows it, in a form no board's language has.
STILL_BROKEN = re.compile("â€|Ã[\u0080-\u009f©¨¡³§£]|Â[\u00a0®·]|ð[\u009fŸ]")
DESCRIPTIONS = ("description", "content", "descriptionHtml", "jobDescription", "contents", "body")
STEPS = (
    repair_encoding,
    unescape_entities,
    tidy_title,
    tidy_location_text,
    parse_description,
    refuse_non_jobs,
)


def load(path):
    """Return one recorded JSON file; one of them begins with a byte-order mark."""
    return json.loads(path.read_text(encoding="utf-8-sig"))


def remoteok_rows(shared):
    """Yield each row of each recorded answer of Remote OK."""
    for path in sorted((shared / "boards" / "remoteok").glob("*.json")):
        yield from (row for row in load(path) if isinstance(row, dict) and "position" in row)


def objects(value):
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from objects(part)


def posting(**fields):
    """Return a posting with these fields."""
    return Posting(
        **{
            "source": "demo",
            "board": "main",
            "identifier": "1",
            "url": "https://a.example/1",
            "title": "Engineer",
            **fields,
        }
    )


def test_every_broken_field_of_remoteok_comes_back(shared):
    """Each of the 702 fields is what Latin-1 encoding and UTF-8 decoding make of it."""
    fields = [
        value
        for row in remoteok_rows(shared)
        for value in row.values()
        if isinstance(value, str) and BROKEN.search(value)
    ]

    assert len(fields) >= 702
    for field in fields:
        assert repair(field) == field.encode("latin-1").decode("utf-8")


def test_descriptions_on_record_come_to_rest_and_hold_no_fault(shared):
    """Every recorded description is cleaned once for all, and no known fault is left in it."""
    seen = set()
    for path in sorted((shared / "boards").glob("*/*.json")):
        for record in objects(load(path)):
            seen.update(
                value
                for key in DESCRIPTIONS
                if isinstance(value := record.get(key), str) and len(value) > 200
            )
    assert len(seen) > 5000
    for description in sorted(seen)[::2]:
        once = parse_description(repair_encoding(posting(description=description)))

        assert parse_description(once) == once
        for text in (once.description, once.text):
            assert not STILL_BROKEN.search(text)
            assert "lease mention the word" not in text
            assert not re.search(r"#R[A-Za-z0-9+/]{10,}=*\)", text)
        assert not re.search(r"<(?:img|script|style|div|span|h1|h2)\b|\sclass=", once.description)
        assert not re.search(r"&amp;(?:nbsp|amp|lt|gt|quot|#39);", once.description)


def test_blog_posts_and_menu_entries_of_remoteok_are_refused(shared):
    """The four rows that are no jobs are refused, and next to nothing else of that board."""
    refused, kept = {}, 0
    for row in remoteok_rows(shared):
        result = apply(
            posting(
                identifier=str(row.get("id")),
                title=row["position"] or "",
                description=row.get("description") or "",
                location_text=row.get("location"),
            ),
            STEPS,
        )
        if isinstance(result, Reject):
            refused[result.identifier] = result.reason
        else:
            kept += 1

    assert {"1135929", "1136039", "1135927", "1135924"} <= set(refused)
    assert refused["1133045"] == "template_title"
    assert len(refused) < kept / 50


@pytest.mark.parametrize(
    "source", ["greenhouse", "lever", "ashby", "himalayas", "themuse", "remotive", "arbeitnow"]
)
def test_no_job_of_an_employer_is_refused(shared, source):
    """Among thousands of titles in a dozen languages, none is taken for something else."""
    judged, refused = set(), []
    for path in sorted((shared / "boards" / source).glob("*.json")):
        for record in objects(load(path)):
            key = {"lever": "text", "themuse": "name"}.get(source, "title")
            if source == "lever" and "categories" not in record:
                continue  # a section of a posting
            title = record.get(key)
            if not isinstance(title, str) or (title, source) in judged or len(title) > 300:
                continue
            judged.add((title, source))
            text = next((record[k] for k in DESCRIPTIONS if isinstance(record.get(k), str)), "")
            result = apply(posting(title=title, description=text[:5000]), STEPS)
            if isinstance(result, Reject) and title.strip():
                refused.append((title, result.detail))

    assert len(judged) > 100
    assert refused == []


def test_known_faults_of_others(shared):
    """The faults that other projects met come out right here."""
    cases = {case["id"]: case for case in load(shared / "cases" / "bugs.json")}

    def given_and_wanted(identifier):
        return cases[identifier]["input"], cases[identifier]["expected"]

    for identifier in ("BL004", "BL013", "BL100", "BL101", "BL102"):
        case, expected = given_and_wanted(identifier)
        clean = parse_description(
            posting(description=case.get("description", case.get("content")))
        )
        assert clean.text == expected["text"], identifier
        assert "<img" not in clean.description
        assert "<script" not in clean.description
    case, expected = given_and_wanted("BL006")
    assert {name: repair(text) for name, text in case.items()} == expected
    case, expected = given_and_wanted("BL025")
    assert len({company_key(name) for name in case["companies"]}) == expected["keys"]
    case, expected = given_and_wanted("BL029")
    assert len({canonical(url) for url in case["urls"]}) == expected["keys"]
    case, _ = given_and_wanted("BL015")
    assert canonical(case["day1"]["url"]) == canonical(case["day2"]["url"])
    case, expected = given_and_wanted("BL118")
    assert [split_company_title(unescape(title)) for title in case["titles"]] == [
        (parsed["company"], parsed["title"]) for parsed in expected["parsed"]
    ]


def test_hostile_html_is_harmless(shared):
    """Every hostile piece of HTML comes out without a handler, script, frame or image."""
    cases = [case for case in load(shared / "cases" / "hostile.json") if case["area"] == "html"]

    assert len(cases) > 20
    for case in cases:
        if case["kind"] != "literal":
            continue
        once = parse_description(posting(description=case["input"]))
        assert parse_description(once) == once
        assert not re.search(
            r"<(?!/?(?:p|a|ul|ol|li|b|strong|em|i|br|pre|code|h[3-6]|t|blockquote))|\son\w+=|src=",
            once.description,
        )
        assert not re.search(r'href="(?!https?:|mailto:)', once.description)


def test_published_pages_with_lost_signs_are_mended(shared):
    """Of the signs that pages lost all but an "â" of, nine in ten are read from their place."""
    left = found = 0
    for path in sorted((shared / "origin" / "pages").glob("*lossy*.md")):
        text = path.read_text(encoding="utf-8")
        found += len(re.findall("[âÂ]", text))
        left += len(re.findall("[âÂ]", repair(text)))

    assert found > 50
    assert left < found / 10
