"""sources/remoteok.py"""

import json
from datetime import UTC, datetime

import pytest

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import read, remoteok

BOARD = Board(source="remoteok")
NOTICE = {"last_updated": 1, "legal": "terms"}
JOB = {"id": "7", "position": "Engineer", "url": "https://remoteOK.com/remote-jobs/remote-x-7"}


def page(rows):
    body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
    response = Response(
        request=remoteok.start(BOARD), body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return remoteok.split(response, BOARD)


def posting(**fields):
    (result,) = read(remoteok.SOURCE, page([{**JOB, **fields}]), BOARD)
    return result


@pytest.mark.parametrize("rows", [[NOTICE, JOB], [JOB, NOTICE], [JOB]])
def test_the_notice_is_known_by_its_key(rows):
    """It need not come first, and need not be there."""
    assert page(rows).records == [JOB]


@pytest.mark.parametrize("rows", [[], [NOTICE], {}, {"jobs": [JOB]}, b"<tr data-id='1'></tr>"])
def test_no_jobs_is_a_failure(rows):
    """The board always has a hundred: none is no answer."""
    with pytest.raises(PayloadError, match=r"^remoteok/main: "):
        page(rows)


def test_the_time_is_read_from_either_field():
    """Both state the same moment; when one is missing or broken, the other is read."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    assert posting(date="2026-01-01T00:00:00+00:00").date_posted == moment
    assert posting(date="", epoch=1767225600).date_posted == moment
    assert posting(date="soon", epoch="1767225600").date_posted == moment
    assert posting(epoch=0).date_posted is None


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, None),
        (None, None, None),
        (-1, -1, None),
        (50000, 95000, (50000, 95000)),
        (30, 45, (30, 45)),
        (50000, 0, (50000, None)),
        (0, 95000, (None, 95000)),
    ],
)
def test_pay_is_what_was_stated(low, high, expected):
    """Zero is "not stated"; neither currency nor period is ever given, so neither is said."""
    salary = posting(salary_min=low, salary_max=high).stated_salary

    assert (salary and (salary.min_value, salary.max_value)) == expected
    assert salary is None or (salary.currency, salary.unit_text) == (None, None)


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({}, "https://remoteOK.com/remote-jobs/remote-x-7"),
        ({"url": "https://remoteOK.com/remote-jobs/"}, "https://remoteok.com/remote-jobs/7"),
        ({"url": "", "slug": "remote-x-7"}, "https://remoteok.com/remote-jobs/remote-x-7"),
        ({"url": None, "slug": ""}, "https://remoteok.com/remote-jobs/7"),
    ],
)
def test_every_posting_has_a_page_of_its_own(fields, url):
    """The address of the whole list is nobody's page, so one is made from the id."""
    assert posting(**fields).url == url


def test_text_is_copied_byte_for_byte():
    """A no-break space is part of a broken letter: trimming it here would break it for good."""
    broken = "Ã\u0089QUIPEÂ\u00a0MET \u00a0"

    assert posting(position=broken).title == broken


def test_the_list_page_gives_no_estimates():
    """What the list page prints as pay and as place for everyone was never stated by anyone."""
    row = (
        b'<tr data-id="9" data-url="/remote-jobs/9-x" data-company="Acme">'
        b'<td><script type="application/ld+json">{"title": "Engineer", "baseSalary": {"value": 1},'
        b' "applicantLocationRequirements": {"name": "Anywhere"}}</script>'
        b'<h2 itemprop="title">Engineer</h2><div class="location tooltip">\xf0\x9f\x92\xb0 $1k*'
        b"</div></td></tr>"
    )
    (result,) = read(remoteok.SOURCE, page(row), BOARD)

    assert isinstance(result, Posting)
    assert result.url == "https://remoteok.com/remote-jobs/9-x"
    assert result.hiring_organization == "Acme"
    assert (result.stated_salary, result.location_text) == (None, None)


def test_a_record_without_a_title_is_no_posting():
    """Rows with an empty position have been served."""
    result = posting(position="  ")

    assert isinstance(result, Reject)
    assert (result.identifier, result.reason) == ("7", "no_title")
