"""sources/hackernews/: comments of hiring threads, and what is read in them."""

import json
import time
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.dedupe.compare import compare
from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import hackernews, read
from jobtide.sources.hackernews.comment import lines
from jobtide.sources.hackernews.header import read_header, split_roles, tidy_company
from jobtide.sources.hackernews.jobs import read_jobs
from jobtide.sources.hackernews.words import is_role

BOARD = Board(source="hackernews", token="100")
CHOICE = "HYBRID (London) or REMOTE (EU)"


def page(answer, board=BOARD, request=None):
    response = Response(
        request=request or hackernews.start(board),
        body=json.dumps(answer).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return hackernews.split(response, board)


def hit(text, number=101, parent=100):
    return {
        "objectID": str(number),
        "comment_text": text,
        "created_at": "2026-05-02T15:00:07Z",
        "author": "somebody",
        "parent_id": parent,
        "story_id": 100,
    }


def results(*hits):
    return list(read(hackernews.SOURCE, page({"hits": list(hits)}), BOARD))


def header(text):
    return read_header(lines(text))


@pytest.mark.parametrize(
    ("line", "company", "roles", "places"),
    [
        ("Kelp | Engineer | Boston, MA | Full-time", "Kelp", ["Engineer"], ["Boston, MA"]),
        ("Kelp|Engineer|Remote", "Kelp", ["Engineer"], ["Remote"]),
        ("Kelp (YC W23) | REMOTE (US) | Senior SRE", "Kelp", ["Senior SRE"], ["REMOTE (US)"]),
        ("Kelp - boats for all | CTO | Berlin", "Kelp", ["CTO"], ["Berlin"]),
        ("# Kelp | Head of Growth | Paris", "Kelp", ["Head of Growth"], ["Paris"]),
        ("Kelp (REMOTE, EU) | QA Engineer", "Kelp", ["QA Engineer"], ["REMOTE, EU"]),
        ("Engineer | Oslo, Norway | Onsite", None, ["Engineer"], ["Oslo, Norway", "Onsite"]),
        ("Engineer | Kelp | Oslo", "Kelp", ["Engineer"], ["Oslo"]),
        ("Cologne, Germany | Kelp | Engineer", "Kelp", ["Engineer"], ["Cologne, Germany"]),
        ("Editor at The Kelp Times | NYC", "The Kelp Times", ["Editor"], ["NYC"]),
        ("Kelp; Fulltime; Onsite, Boston", "Kelp", [], ["Onsite, Boston"]),
        ("Kelp — Senior Director, Data", "Kelp", ["Senior Director, Data"], []),
        ("Engineer (Rust) Boston, MA (hybrid) | Full Time", None, ["Engineer (Rust)"],
         ["Boston, MA (hybrid)"]),
        ("Kelp | Multiple roles in Berlin - ONSITE", "Kelp", [], ["Berlin - ONSITE"]),
        (f"Kelp | Engineer | {CHOICE}", "Kelp", ["Engineer"], [CHOICE]),
        ("Kelp | Engineer (Lead | Staff) | Oslo", "Kelp", ["Engineer (Lead | Staff)"], ["Oslo"]),
    ],
)  # fmt: skip
def test_parts_are_known_by_their_words(line, company, roles, places):
    """The order is a habit; company, role and place are told apart wherever they stand."""
    found = header(line)

    assert (found.company, list(found.roles), list(found.places)) == (company, roles, places)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Kelp | Engineer | Oslo | REMOTE", "REMOTE"),
        ("Kelp | Engineer | Hybrid (Oslo) | Full-time", "Hybrid"),
        ("Kelp | Engineer | ONSITE or REMOTE", None),
        (f"Kelp | Engineer | {CHOICE}", None),
        ("Kelp | Engineer | Oslo", None),
    ],
)
def test_a_choice_of_ways_to_work_is_left_to_the_place_line(line, words):
    """ "Hybrid or remote" is neither, so no single word is given as the board's own."""
    assert header(line).workplace == words


@pytest.mark.parametrize(
    ("line", "employment", "pay"),
    [
        ("Kelp | Engineer | Full-time | $120k - $140k", "Full-time", "$120k - $140k"),
        ("Kelp | Engineer | Contract-to-hire | Salary: 60-70k EUR", "Contract-to-hire",
         "Salary: 60-70k EUR"),
        ("Kelp | Engineer (Contract) | 401k match", "Contract", None),
        ("Kelp | Engineer | Remote Full-Time", "Full-Time", None),
    ],
)  # fmt: skip
def test_employment_and_pay_are_copied(line, employment, pay):
    """In the words of the line; a pension plan is no pay."""
    found = header(line)

    assert found.employment[:1] == ((employment,) if employment else ())
    assert found.pay == ((pay,) if pay else ())


def test_a_text_that_begins_on_the_header_line_is_no_part():
    """What leads to it still is one."""
    text = (
        "Kelp | Engineer | Oslo | Full-time Kelp is building the tide for all who like water, and "
    )
    found = header(text + "more water than anyone has seen before. It is wet. " * 3)

    assert (found.roles, found.employment) == (("Engineer",), ("Full-time",))


def test_a_header_may_take_a_line_for_each_part():
    """Keys say what is what; the form of those who seek work has other keys."""
    found = header("COMPANY: Kelp<p>ROLE: Engineer<p>SALARY: £50,000<p>ONSITE: Hybrid, London")

    assert (found.company, found.roles, found.pay) == ("Kelp", ("Engineer",), ("£50,000",))
    assert header("Location: Oslo\nRemote: Yes\nTechnologies: C").roles == ()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kelp | Data Engineer + Product Designer | Oslo", ["Data Engineer", "Product Designer"]),
        ("Kelp | Developer Advocate | Support Specialist | REMOTE",
         ["Developer Advocate", "Support Specialist"]),
        ("Kelp | Senior &amp; Staff Engineers | Oslo", ["Senior & Staff Engineers"]),
        ("Kelp | Multiple roles | Oslo<p>- Data Engineer\n- FP&amp;A Analyst (m/f)",
         ["Data Engineer", "FP&A Analyst"]),
        ("Kelp | Engineers | Oslo<p>Platform Engineer | $120k\nSite Engineer (Embedded) | $130k",
         ["Platform Engineer", "Site Engineer (Embedded)"]),
        ("Kelp | Oslo<p>Open roles: • Engineering Leads • Senior Engineers",
         ["Engineering Leads", "Senior Engineers"]),
        ("Kelp | Oslo<p>We&#x27;re hiring: deck engineers, tide managers and cooks",
         ["deck engineers", "tide managers"]),
        ("Kelp | Engineer | Oslo<p>- Work with founders\n- 5+ years as an Engineer", ["Engineer"]),
        ("Kelp | Engineer | Oslo<p>Ann Bee, Co-Founder &amp; CTO\nCee Dee, Founder", ["Engineer"]),
        ("Kelp is hiring a Tide Engineer on our team.", ["Tide Engineer"]),
        ("Kelp | Oslo<p>We&#x27;re hiring mid and senior Deck Engineers to sail.",
         ["mid and senior Deck Engineers"]),
        ("Kelp | Multiple roles | Oslo", ["Multiple roles"]),
        ("Kelp | Oslo | ONSITE", ["Kelp | Oslo | ONSITE"]),
    ],
)  # fmt: skip
def test_every_role_is_a_job(text, titles):
    """A list of several counts, then the header, then a sentence, then the line itself."""
    assert [job.title for job in read_jobs(text)] == titles


def test_a_listed_role_has_its_own_words_first():
    """What it does not say, the header says for all."""
    text = (
        "Kelp | Multiple roles | REMOTE (US) | Full-time | $100k"
        '<p>- Analyst | Hybrid Toronto | CA$70K <a href="https:&#x2F;&#x2F;k.example&#x2F;a">x</a>'
        "\n- Engineer"
    )
    analyst, engineer = read_jobs(text)

    assert (analyst.places, analyst.workplace) == (("Hybrid Toronto",), "Hybrid")
    assert (analyst.pay, analyst.link) == (("CA$70K",), "https://k.example/a")
    assert (engineer.places, engineer.workplace) == (("REMOTE (US)",), "REMOTE")
    assert (engineer.pay, engineer.link) == (("$100k",), None)
    assert analyst.employment == engineer.employment == ("Full-time",)


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ("https://jobs.ashbyhq.com/kelp/0b6f1f2e-0000-4000-8000-000000000001", True),
        ("https://job-boards.greenhouse.io/kelp/jobs/4205846009", True),
        ("https://kelp.example/careers/head-of-tide-relations", True),
        ("https://kelp.example/careers/", False),
        ("https://kelp.example/jobs/all", False),
        ("https://kelp.example/", False),
        ("https://tube.example/watch?v=123456789", False),
    ],
)
def test_only_a_page_of_one_job_is_its_link(link, own):
    """A page of all jobs, shared by many postings, would make one job of them."""
    (job,) = read_jobs(f'Kelp | Engineer | Oslo<p><a href="{link}">x</a>')

    assert (job.link == link) is own


def test_a_link_that_roles_share_is_no_ones_own():
    """It leads to all of them, and would make one job of several."""
    link = '<a href="https://k.example/jobs/1-2-3">x</a>'
    jobs = read_jobs(f"Kelp | Roles | Oslo<p>- Analyst - {link}\n- Engineer - {link}")

    assert [(job.title, job.link) for job in jobs] == [("Analyst", None), ("Engineer", None)]


@pytest.mark.parametrize("flag", ["deleted", "dead"])
def test_what_was_taken_down_is_not_read(flag):
    """Some answers still hold the words."""
    (result,) = results({**hit("Kelp | Engineer | Oslo"), flag: True})

    assert result.reason == "deleted"


def test_several_jobs_of_one_comment_stay_apart():
    """Each has an address and an identifier of its own; the first keeps the comment's."""
    first, second = results(hit("Kelp | Data Engineer, Deck Engineer | Oslo"))

    assert (first.identifier, second.identifier) == ("101-1", "101-2")
    assert first.url == "https://news.ycombinator.com/item?id=101"
    assert second.url == "https://news.ycombinator.com/item?id=101#job-2"
    assert first.description == second.description
    assert not compare(first, second).same


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "deleted"),
        ("", "deleted"),
        ("[flagged]", "deleted"),
        ("SEEKING WORK | Developer | Remote", "seeker"),
        ("Location: Oslo\nWilling to relocate: No\nTechnologies: C, Go", "seeker"),
        ("Hello,<p>I&#x27;m currently looking for a new job. Developer with 7 years.", "seeker"),
        ("I&#x27;m a full-stack developer with 3 years of experience.", "seeker"),
        ("Tide Lead | Audits | $350 | Remote<p>I help teams audit their tides.", "seeker"),
        ("Oslo, remote", "seeker"),
        ("Not hiring, but happy to talk.", "not_a_job"),
        ("Are you hiring juniors?", "not_a_job"),
        ("Great thread!", "not_a_job"),
        ("$ make\nerror: no rule to make target", "not_a_job"),
        ("(CLOSED) Kelp | Engineer | Oslo", "closed"),
    ],
)
def test_what_offers_no_job_is_refused_with_a_reason(text, reason):
    """And without a word of the comment: it may be about a person."""
    (result,) = results(hit(text) if text is not None else {**hit(""), "text": None})

    assert isinstance(result, Reject)
    assert (result.reason, result.detail) == (reason, "")


@pytest.mark.parametrize(
    "text",
    [
        "SEEKING FREELANCER | Kelp | Engineer | Remote",
        "Kelp | Engineer | Oslo<p>I am looking for engineers who want to work on tides.",
        "Kelp | Oslo | Full-time",
        "At Kelp (https:&#x2F;&#x2F;kelp.example&#x2F;) we&#x27;re hiring!",
    ],
)
def test_every_doubt_keeps_the_job(text):
    """Employers write "I'm looking for" and "seeking" as well."""
    (result,) = results(hit(text))

    assert isinstance(result, Posting)


def test_replies_are_refused():
    """Only comments on the thread itself are postings, whatever their words."""
    first, reply = results(hit("Kelp | Engineer"), hit("Kelp | Engineer", 102, parent=101))

    assert isinstance(first, Posting)
    assert (reply.reason, reply.identifier) == ("reply", "102-1")


def test_no_names_of_writers_are_kept():
    """The handle is in no record and so in no posting."""
    answer = page({"hits": [hit("Kelp | Engineer")]})

    assert "somebody" not in json.dumps(answer.records)


def test_the_newest_hiring_thread_is_followed():
    """Two other threads of the same day have the same author."""
    board = Board(source="hackernews", token="latest")
    stories = [
        {"objectID": number, "title": f"Ask HN: {title}", "created_at": day}
        for number, title, day in (
            ("7", "Who is hiring? (April 2026)", "2026-04-01"),
            ("9", "Who wants to be hired? (May 2026)", "2026-05-02"),
            ("8", "Who is hiring? (May 2026)", "2026-05-01"),
        )
    ]
    (request,) = page({"hits": stories}, board).follow

    assert "story_8&" in request.url
    assert not request.optional
    with pytest.raises(PayloadError, match=r"^hackernews/latest: neither"):
        page({"hits": stories[1:2]}, board)


def test_what_the_search_does_not_give_is_taken_from_the_tree():
    """It gives a thousand comments at most."""
    whole = page({"hits": [hit("Kelp | Engineer")], "nbHits": 1})
    part = page({"hits": [hit("Kelp | Engineer")], "nbHits": 1200})

    assert (whole.follow, whole.complete) == ([], True)
    assert [request.url[-10:] for request in part.follow] == ["/items/100"]


@pytest.mark.parametrize("answer", [{}, {"hits": []}, {"id": 1}, {"id": 1, "type": "story"}])
def test_no_comments_are_a_failure(answer):
    """A thread without a comment is no thread."""
    with pytest.raises(PayloadError, match=r"^hackernews/100: "):
        page(answer)


def test_a_job_may_be_an_item_of_its_own():
    """Companies of the site's owner have such; the title names company and role."""
    item = {"id": 7, "type": "job", "time": 1767225600, "title": "Kelp (YC S22) Is Hiring a CTO"}
    (posting,) = read(hackernews.SOURCE, page(item), BOARD)

    assert (posting.title, posting.hiring_organization) == ("CTO", "Kelp")
    assert posting.date_posted == datetime(2026, 1, 1, tzinfo=UTC)
    assert posting.description_complete is False


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("Senior Software Engineer II", True), ("Head of Growth", True), ("VP, Product", True),
        ("Member of Technical Staff", True), ("SREs", True), ("3 open Engineer roles", True),
        ("Engineer for Data", True), ("Direct access to engineers", False), ("at 5 pm", False),
        ("Engineering", False), ("a team of engineers", False), ("Partners", False), ("", False),
    ],
)  # fmt: skip
def test_a_role_is_known_by_its_last_noun(phrase, role):
    """What follows a preposition names a task, not the role."""
    assert is_role(phrase) is role


@given(st.text(max_size=200))
def test_any_text_is_jobs_or_a_reason(text):
    """No comment raises, and none gives a job without a title."""
    for body in (text, text.replace(" ", " | "), f"Kelp | {text} | Remote<p>- {text}"):
        found = read_jobs(body)
        assert found
        assert isinstance(found, str) or all(job.title.strip() for job in found)


@given(st.lists(st.sampled_from(["Kelp", " | ", "Engineer", ", ", " (", ")", "<p>", "- ", "Remote",
                                 "$100k", " and ", "https://x.example/jobs/1-2-3", ": ", "hiring",
                                 " is ", "[", "]", "Open roles"]), max_size=30))  # fmt: skip
def test_any_order_of_the_usual_words_is_jobs_or_a_reason(words):
    """Brackets that never close and separators at odd places are written too."""
    (first, *_others) = results(hit("".join(words)))

    assert isinstance(first, Posting | Reject)
    assert msgspec.json.encode(first)


@given(st.text(max_size=80))
def test_any_text_is_a_name_or_none_and_a_role_or_several(text):
    """Neither raises; a list is parted only where each part is a role."""
    name = tidy_company(text)
    roles = split_roles(f"Engineer, {text}, Analyst")

    assert name is None or 0 < len(name) <= 70
    assert len(roles) == 1 or all(map(is_role, roles))


@pytest.mark.parametrize(
    "text",
    ["Kelp | " * 4000, "(" * 9000, "Engineer - " * 3000, "a " * 9000, "I am looking for " * 1500,
     "Kelp " * 5000 + "is", "- Engineer, " * 2000, "[x](" * 3000, "hiring: " * 3000],
)  # fmt: skip
def test_long_comments_take_a_moment(text):
    """No comment is long enough to hold up the others."""
    began = time.monotonic()
    read_jobs(text)

    assert time.monotonic() - began < 3
