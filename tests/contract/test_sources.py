"""
What every source promises. A new source is tested here without a line of code: put its answers
into tests/payloads/<source>/<case>/ (see recorded.py for the files) and run the tests.
"""

import copy
import pickle
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from jobtide import sources
from jobtide.errors import PayloadError
from jobtide.model import Page, Posting, Reject
from tests.contract.recorded import CASES, NOW, Recorded, read_results, requests_text

CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    b"<body><p>Checking your browser before you go on.</p></body></html>"
)
NO_BOARD = {
    "nothing": b"",
    "challenge": CHALLENGE,
    "list": b"[]",
    "object": b"{}",
    "null": b"null",
    "cut": b'{"jobs": [{"id": 1, "title": "Engi',
    "binary": b"\x1f\x8b\x08\x00\xff\xfe",
}
NO_RECORDS = [{"surprise": 1}, {}, [], None, "text", 7, {"id": {"id": []}}]
WRONG_VALUES = [None, [], {}, "", "x", -1, 1e300, [None], {"x": None}]


def name_of(folder):
    return f"{folder.parent.name}-{folder.name}"


@pytest.fixture(params=CASES, ids=name_of)
def case(request):
    return Recorded(request.param)


@pytest.fixture(params=sources.NAMES)
def source(request):
    return sources.load(request.param)


def test_every_source_has_a_recorded_case():
    """A source without a recorded answer is a source nobody can repair."""
    assert set(sources.NAMES) == {folder.parent.name for folder in CASES}


def test_answers_become_the_expected_postings(case):
    """Recorded answers map, field by field, to expected.jsonl."""
    expected = (case.folder / "expected.jsonl").read_bytes()

    assert case.results() == read_results(expected)


def test_what_is_asked_is_what_was_meant(case):
    """The requests, with what is followed, are those of requests.txt; each can be sent."""
    requests, _pages = case.play()

    assert requests_text(requests) == (case.folder / "requests.txt").read_text(encoding="utf-8")
    for request in requests:
        assert urlsplit(request.url).scheme in ("http", "https")
        assert urlsplit(request.url).hostname
        assert request.method in ("GET", "POST")


def test_ids_are_unique_and_links_open(case):
    """(source, board, identifier) is a key, and a person can open every link."""
    for page in case.play()[1]:
        ids = [r.id for r in sources.read(case.source, page, case.board) if is_posting(r)]
        assert len(ids) == len(set(ids))
    for posting in filter(is_posting, case.results()):
        assert posting.identifier
        assert posting.identifier == posting.identifier.strip()
        assert urlsplit(posting.url).scheme in ("http", "https")
        assert urlsplit(posting.url).hostname
        assert urlsplit(posting.apply_link).scheme in ("http", "https", "mailto")


def test_results_belong_to_their_source_and_board(case):
    """What is read says where it came from, in the words its board is called by."""
    for result in case.results():
        assert (result.source, result.board) == (case.board.source, case.board.token)


def test_times_are_in_utc(case):
    """Equal instants compare equal in any zone, so the zone needs its own test."""
    for posting in filter(is_posting, case.results()):
        for time in (posting.date_posted, posting.date_modified, posting.valid_through):
            assert time is None or time.utcoffset() == timedelta(0)


def test_nothing_stated_is_said_as_none(case):
    """An empty text where None is meant would be published as a stated nothing."""
    optional = [field for field in Posting.__struct_fields__ if field not in ("description",)]
    for posting in filter(is_posting, case.results()):
        for field in optional:
            value = getattr(posting, field)
            assert value != "" or field == "text", field
            assert not isinstance(value, tuple) or "" not in value, field


@pytest.mark.parametrize("body", NO_BOARD.values(), ids=NO_BOARD)
def test_an_unknown_shape_is_not_an_empty_board(case, body):
    """It is an error that names source and board: an empty board would retire its postings."""
    if case.empty() is not None and body == case.empty().strip():
        return  # the next test says what that one means

    with pytest.raises(PayloadError, match=f"^{case.source.name}/{case.board.token}: "):
        case.split(body)


def test_an_empty_board_is_empty(case):
    """Where a board has an answer of its own for "no postings", it gives no records."""
    if case.empty() is not None:
        page = case.split(case.empty())
        assert (page.records, page.follow) == ([], [])


def test_one_bad_record_does_not_hide_the_others(case):
    """A record that is no posting is rejected with a reason; its neighbours are read."""
    page = case.first_page()
    alone = list(sources.read(case.source, page, case.board))
    for no_record in NO_RECORDS:
        mixed = Page(records=[no_record, *page.records])
        first, *others = sources.read(case.source, mixed, case.board)
        assert isinstance(first, Reject), no_record
        assert first.step == "read"
        assert first.reason
        assert others == alone


def test_no_field_can_stop_a_board(case):
    """Whatever a field holds, the record is a posting or a reject, never an exception."""
    for page in case.play()[1]:
        for record in page.records[:3]:
            wrong = [
                {**record, key: value}
                for key in (record if isinstance(record, dict) else ())
                for value in WRONG_VALUES
            ]
            results = list(sources.read(case.source, Page(records=wrong), case.board))
            assert len(results) == len(wrong)


def test_a_damaged_answer_is_a_page_or_a_payload_error(case):
    """Answers break off and lose bytes on the way; that may cost postings, not the run."""
    body = case.answer(1)
    step = max(1, len(body) // 12)
    damaged = [body[:end] for end in range(1, len(body), step)]
    damaged += [body[:at] + b"\xff<&\x00" + body[at + 1 :] for at in range(0, len(body), step)]
    for answer in damaged:
        try:
            page = case.split(answer)
        except PayloadError:
            continue
        assert len(list(sources.read(case.source, page, case.board))) == len(page.records)


def test_the_same_answer_gives_the_same_postings(case):
    """The three functions are pure: nothing is remembered, and no record is changed."""
    page = case.first_page()
    untouched = copy.deepcopy(page)
    once = list(sources.read(case.source, page, case.board))

    assert page == untouched
    assert page == case.first_page()
    assert once == list(sources.read(case.source, page, case.board))


def test_all_of_it_can_travel_to_another_process(case):
    """Engines send the source out and the results back."""
    sent = (case.source, case.play(), case.results())

    assert pickle.loads(pickle.dumps(sent)) == sent


def test_a_source_says_what_it_is(source):
    """Name, kind and addresses are filled in, and its own boards are its own."""
    assert source.name in sources.NAMES
    assert source.kind in ("employer", "ats", "aggregator", "thread", "page")
    assert urlsplit(source.homepage).scheme == "https"
    assert urlsplit(source.documentation).scheme == "https"
    assert {board.source for board in source.boards} <= {source.name}
    assert len({board.key for board in source.boards}) == len(source.boards)
    assert all(source.start(board).url for board in source.boards)


def test_terms_are_complete(source):
    """Publishers and fetch obey the terms, so each states where and when it was read."""
    terms = source.terms

    assert terms.credit.strip()
    assert terms.read_at.strip()
    assert date(2025, 1, 1) <= date.fromisoformat(terms.read_on) <= date(NOW.year + 10, 1, 1)
    assert terms.description in ("full", "excerpt", "none")
    assert terms.min_interval_s >= 0
    assert terms.forbidden is None or len(terms.forbidden) > 20


def is_posting(result):
    return isinstance(result, Posting)
