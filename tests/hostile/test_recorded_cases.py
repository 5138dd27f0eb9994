"""Every recorded attack has a test; the literal ones go through the real functions."""

import csv
import json
import re
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from jobtide import sources
from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Response
from jobtide.publish import structured_data
from jobtide.publish.names import slug, unique
from tests.unit.publish.sanitiser import rendered
from tests.unit.publish.test_faults_of_formats import cells, data, employer, openings, pages

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TESTS = Path(__file__).resolve().parents[1]
HERE = "hostile/test_recorded_cases.py::"
FETCH = "hostile/test_fetch_hostile.py::"
BOARDS = "hostile/test_fetch_boards.py::"

#: Area of literal cases -> the test that reads the file and runs each of them.
BY_AREA = {
    "ssrf": FETCH + "test_recorded_spellings_reach_nobody",
    "html": "hostile/test_html_in_a_browser.py::test_recorded_attacks_run_nothing",
    "xml": HERE + "test_xml_and_json_open_nothing_and_fail_in_words",
    "json": HERE + "test_xml_and_json_open_nothing_and_fail_in_words",
    "markdown": HERE + "test_markdown_stays_one_row",
    "structured-output": HERE + "test_structured_output_keeps_its_structure",
    "mail-webhook": "contract/test_channels.py::test_no_hostile_word_becomes_a_header",
    "publish": HERE + "test_names_are_safe_and_differ",
}

#: All others, one by one.
BY_ID = {
    "H062": FETCH + "test_a_name_with_any_private_address_is_blocked",
    "H063": FETCH + "test_every_hop_is_checked_like_the_first",
    "H064": FETCH + "test_every_hop_is_checked_like_the_first",
    "H065": FETCH + "test_every_hop_is_checked_like_the_first",
    "H067": FETCH + "test_keys_and_cookies_do_not_follow_to_another_host",
    "H073": FETCH + "test_a_body_without_end_is_cut_at_the_bound",
    "H074": FETCH + "test_a_body_without_end_is_cut_at_the_bound",
    "H075": FETCH + "test_one_deadline_ends_what_would_never_end",
    "H076": FETCH + "test_one_deadline_ends_what_would_never_end",
    "H078": FETCH + "test_a_broken_answer_is_never_a_short_one",
    "H080": FETCH + "test_a_broken_answer_is_never_a_short_one",
    "H081": "unit/store/test_history.py::test_surprises",
    "H082": BOARDS + "test_one_bad_board_never_touches_another",
    "H083": FETCH + "test_not_modified_to_an_unconditional_request_is_an_error",
    "H088": FETCH + "test_a_senseless_retry_after_is_as_good_as_none",
    "H090": "hostile/test_robots.py::test_what_is_closed_is_not_asked_for",
    "H091": "hostile/test_robots.py::test_an_endless_robots_txt_costs_its_first_part",
    "H092": "hostile/test_robots.py::test_rules_that_cannot_be_read_close_everything",
    "H094": BOARDS + "test_a_host_is_never_asked_twice_at_once_and_never_too_soon",
    "H096": FETCH + "test_a_bomb_is_stopped_while_it_is_small",
    "H097": FETCH + "test_chained_codings_are_refused",
    "H098": FETCH + "test_a_bomb_is_stopped_while_it_is_small",
    "H099": FETCH + "test_a_bomb_is_stopped_while_it_is_small",
    "H101": FETCH + "test_the_body_of_a_redirect_is_not_read",
    "H108": HERE + "test_large_xml_ends_soon",
    "H111": HERE + "test_large_xml_ends_soon",
    "H207": "contract/test_channels.py::test_a_delivery_is_signed_over_timestamp_and_body",
    "H244": "unit/publish/test_write.py::test_links_are_not_followed",
    "H249": "end_to_end/test_killed.py::"
    "test_killed_at_fifty_moments_the_next_run_ends_with_the_same_content",
    "H250": "unit/store/test_sqlite.py::test_a_full_disk_is_said_and_loses_nothing",
    "H253": "hostile/test_durability.py::"
    "test_a_clock_that_jumps_back_loses_nothing_and_closes_nothing",
    "H254": "hostile/test_durability.py::"
    "test_a_migration_killed_at_twenty_moments_is_done_or_not_done",
}

#: Named inside the test itself: "H220: ..." in its docstring or as the id of a parameter.
NAMED = re.compile(r"\bH(\d{3})\b(?: to H(\d{3}))?")
#: Held by no test here, each with its reason.
ARGUED = {
    "H258": "identity of postings: tests/unit/clean and tests/unit/dedupe, not an attack",
    "H259": "identity of employers: tests/unit/dedupe, not an attack",
    "H260": "keys hold source and board (model.Posting.id), tests/contract/test_store.py",
    "H262": "no attack on the program: test_action.py holds rights, pins and inputs",
    "H263": "no step asks a model to judge; tests/unit/web/test_mcp.py marks text as data",
}


@pytest.fixture
def cases(shared):
    """Return the recorded attacks."""
    return json.loads((shared / "cases" / "hostile.json").read_text(encoding="utf-8"))


def of(cases, *areas):
    found = [one for one in cases if one["area"] in areas and one["kind"] == "literal"]
    assert found
    return [(one["id"], one["input"]) for one in found]


@pytest.mark.shared
def test_every_recorded_attack_has_its_test(cases):
    """Each id is held by a test that exists, or is argued away; a new one without fails here."""
    said = {}
    for path in TESTS.rglob("test_*.py"):
        text = "" if path == Path(__file__).resolve() else path.read_text(encoding="utf-8")
        for first, last in NAMED.findall(text):
            for number in range(int(first), int(last or first) + 1):
                said[f"H{number:03}"] = path.name
    lost = []
    for case in cases:
        literal = BY_AREA.get(case["area"]) if case["kind"] == "literal" else None
        where = literal or BY_ID.get(case["id"])
        if where:
            path, _, name = where.partition("::")
            assert f"def {name}(" in (TESTS / path).read_text(encoding="utf-8"), where
        elif case["id"] not in said and case["id"] not in ARGUED:
            lost.append(case["id"])
    assert lost == []


def answers(body):
    """Return what each source of feeds and of JSON makes of `body`: records, or None."""
    for name in ("feed", "remotive", "remoteok", "greenhouse", "lever", "personio", "jsonld"):
        source = sources.load(name)
        board = Board(source=name, token="acme", url="https://x.example/feed.xml")
        answer = Response(request=source.start(board), body=body, fetched_at=NOW)
        try:
            yield source.split(answer, board).records
        except PayloadError:
            yield None


@pytest.mark.shared
def test_xml_and_json_open_nothing_and_fail_in_words(cases, monkeypatch):
    """Each is records or a PayloadError, opens no file, and no file's text is in it."""
    for name in ("feed", "remotive", "remoteok", "greenhouse", "lever", "personio", "jsonld"):
        sources.load(name)

    def opened(*told, **more):
        raise AssertionError(told)

    for number, text in of(cases, "xml", "json"):
        with monkeypatch.context() as patched:
            patched.setattr("builtins.open", opened)
            found = list(answers(text.encode("utf-8", "surrogatepass")))
        assert "root:" not in repr(found), number


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY a "' + b"A" * 50_000 + b'">]><rss>' + b"&a;" * 50_000 + b"</rss>",
        b"<rss " + b" ".join(b'a%d="1"' % number for number in range(200_000)) + b"/>",
        b"[" * 200_000,
        b'{"jobs": [' + b"9" * 1_000_000 + b"]}",
    ],
    ids=["entities that multiply", "attributes", "depth of JSON", "a long number"],
)
def test_large_xml_ends_soon(body):
    """What grows when it is read ends within two seconds a source, as an error or as nothing."""
    start = time.process_time()
    for found in answers(body):
        assert not found or len(repr(found)) < 2**20
    assert time.process_time() - start < 2 * 7


@pytest.mark.shared
def test_markdown_stays_one_row(cases):
    """Each as title and as employer: the same elements and links as with plain words."""

    def seen(**words):
        made = pages(openings(replace(employer(), **words)), layout="list")
        return [
            [(one.tag, one.get("href")) for one in rendered(text).iter() if one.tag != "b"]
            for path, text in sorted(made.items())
            if path == "README.md"
        ]

    for number, text in of(cases, "markdown"):
        for field in ("title", "hiring_organization"):
            assert seen(**{field: text}) == seen(**{field: "Plain words"}), (number, field)


@pytest.mark.shared
def test_structured_output_keeps_its_structure(cases):
    """Markup parses and holds no sign of HTML, a CSV has one row, JSON one line."""
    for number, text in of(cases, "structured-output", "markdown", "html"):
        one: Posting = employer(title=f"{text}")
        made = structured_data.job_posting(openings(one)[0])
        if made is not None:
            script = structured_data.script_text(made)
            assert json.loads(script) == json.loads(json.dumps(made)), number
            assert not {"<", "\u2028", "\u2029"} & set(script), number
        (row,) = cells(one)
        assert None not in row, number
        assert row["title"][:1] not in "=+@\uff1d" or not row["title"], number
        assert len(data(".jsonl", one).decode().rstrip("\n").split("\n")) == 1, number
        assert len(list(csv.reader(StringIO(data(".csv", one).decode(), newline="")))) == 2


@pytest.mark.shared
def test_names_are_safe_and_differ(cases):
    """A name is of [a-z0-9-], at most 100 bytes, begins with no dash, and no two are the same."""
    texts = [text for _, text in of(cases, "publish")]
    names = [*unique(texts), *(slug(text, text) for text in texts)]
    for name in names:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", name), name
        assert name not in ("con", "nul", "git")
    assert len(set(unique(texts))) == len(texts)


def test_a_feed_of_elements_that_never_end_is_read_soon():
    """The forgiving reader, whose time grows faster than the depth, is not asked."""
    feed = sources.load("feed")
    board = Board(source="feed", token="acme", url="https://x.example/feed.xml")
    body = b"<rss>" + b"<a>" * 200_000
    answer = Response(request=feed.start(board), body=body, fetched_at=NOW)
    start = time.process_time()
    assert feed.split(answer, board).records == []
    assert time.process_time() - start < 2
