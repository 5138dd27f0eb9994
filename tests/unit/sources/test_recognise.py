"""Which board is behind an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.sources.recognise import board_at, board_behind


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://boards.greenhouse.io/acme", "greenhouse/acme"),
        ("https://job-boards.greenhouse.io/acme/jobs/123", "greenhouse/acme"),
        ("https://job-boards.eu.greenhouse.io/acme", "greenhouse/acme"),
        ("https://boards.greenhouse.io/embed/job_board?for=acme&b=x", "greenhouse/acme"),
        ("https://boards.greenhouse.io/embed/job_board/js?for=acme", "greenhouse/acme"),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true", "greenhouse/acme"),
        ("https://jobs.lever.co/acme/1b2c", "lever/acme"),
        ("https://jobs.eu.lever.co/acme", "lever/acme"),
        ("https://jobs.ashbyhq.com/Acme%20Labs", "ashby/Acme Labs"),
        ("https://careers.smartrecruiters.com/AcmeInc", "smartrecruiters/AcmeInc"),
        ("https://apply.workable.com/acme/j/AB12CD", "workable/acme"),
        ("https://acme.workable.com/", "workable/acme"),
        ("https://acme.recruitee.com/o/engineer", "recruitee/acme"),
        ("https://acme.jobs.personio.de/job/12?language=en", "personio/acme"),
        ("https://acme.teamtailor.com/jobs", "teamtailor/acme"),
        ("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/x", "workday/acme.wd5/Careers"),
        ("https://acme.wd1.myworkdayjobs.com/Careers", "workday/acme.wd1/Careers"),
        ("https://acme.bamboohr.com/careers/31", "bamboohr/acme"),
        ("https://acme.breezy.hr/p/1234-engineer", "breezy/acme"),
        ("https://acme.pinpointhq.com/en/postings/1", "pinpoint/acme"),
        ("https://ats.rippling.com/acme/jobs", "rippling/acme"),
        ("https://careers-acme.icims.com/jobs/7/cook/job", "icims/careers-acme"),
        ("https://acme.jibeapply.com/jobs/7", "icims/acme.jibeapply.com"),
        ("https://ats.rippling.com/en-GB/acme/jobs", "rippling/acme"),
    ],
)
def test_an_address_of_a_board_names_source_and_token(url, key):
    """Careers page, posting, embedded frame or API: all lead to the same board."""
    assert board_behind(url).key == key


@pytest.mark.parametrize(
    "url",
    [
        "https://www.greenhouse.com/pricing",
        "https://help.workable.com/hc",
        "https://www.teamtailor.com/",
        "https://www.icims.com/",
        "https://example.com/boards.greenhouse.io/acme",
        "https://jobs.lever.co/",
        "https://notgreenhouse.io/acme",
        "ftp://jobs.lever.co/acme",
        "mailto:jobs@lever.co",
        "",
    ],
)
def test_a_vendors_own_page_is_no_board(url):
    """A wrong token silently serves another employer's jobs, so in doubt there is none."""
    assert board_behind(url) is None


@given(st.text(max_size=120))
def test_any_text_is_an_address_or_none(text):
    """Links of a strange page never raise."""
    board_behind(text)
    board_behind(f"https://{text}")


@given(st.text(max_size=120))
def test_a_board_found_by_address_is_called_after_it(text):
    """Two feeds are two boards, and a token can be typed."""
    board = board_at("feed", f"https://{text}")

    assert board.source == "feed"
    assert board.token == board.token.strip("-") != ""
    assert board_at("feed", "https://a.example/1") != board_at("feed", "https://a.example/2")
