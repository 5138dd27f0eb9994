"""
The sample employers' own boards, in the formats of five applicant tracking systems.

Each employer's jobs stand on its own board as well, so the demonstration shows what merging does:
the opening is led by the employer's own posting, and every other apply link is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from uuid import NAMESPACE_URL, uuid5

import msgspec
from lxml import etree

from jobtide.demo.boards import Job, employed
from jobtide.demo.boards.prose import html
from jobtide.model import Board

#: Employer -> the system and token of its board.
EMPLOYERS = {
    "Tidewater Labs": Board(source="greenhouse", token="tidewaterlabs"),  # noqa: S106
    "Marrow & Pine": Board(source="lever", token="marrowpine"),  # noqa: S106
    "Quillfeather": Board(source="ashby", token="quillfeather"),  # noqa: S106
    "Nine Birches": Board(source="recruitee", token="ninebirches"),  # noqa: S106
    "Kiln & Kettle": Board(source="personio", token="kilnkettle"),  # noqa: S106
    "Glasswing": Board(source="workable", token="glasswing"),  # noqa: S106
}


def board_of(company: str) -> Board:
    """Return the board of an employer, with its name."""
    return msgspec.structs.replace(EMPLOYERS[company], organization=company)


def answer(company: str, day: int, moment: datetime) -> bytes:
    """Return the whole answer of an employer's board on a day."""
    jobs = [(job, job.number("e", day), moment - timedelta(hours=job.age_h(day) + 30)) for job in
            employed(company, day)]  # fmt: skip
    return WRITERS[EMPLOYERS[company].source](company, jobs, day)


Dated = list[tuple[Job, int, datetime]]


def _greenhouse(company: str, jobs: Dated, day: int) -> bytes:
    """Escape the content once, its inner entities twice, as that API does."""
    token = EMPLOYERS[company].token
    rows = [
        {
            "id": number,
            "internal_job_id": number + 1,
            "title": f"{job.title_on(day)} ",
            "absolute_url": f"https://job-boards.greenhouse.io/{token}/jobs/{number}",
            "location": {"name": f"Remote - {job.place}"},
            "first_published": posted.isoformat(timespec="seconds"),
            "updated_at": (posted + timedelta(hours=5)).isoformat(timespec="seconds"),
            "requisition_id": f"R-{number % 1000}",
            "company_name": company,
            "content": escape(html(job)).replace("’", "&amp;rsquo;"),
            "departments": [{"id": 1, "name": job.category, "child_ids": [], "parent_id": None}],
            "metadata": [{"id": 7, "name": "Hiring manager", "value_type": "user", "value": None}],
        }
        for job, number, posted in jobs
    ]
    return msgspec.json.encode({"jobs": rows, "meta": {"total": len(rows)}})


def _lever(company: str, jobs: Dated, day: int) -> bytes:
    token = EMPLOYERS[company].token
    rows = []
    for job, number, posted in jobs:
        identifier = str(uuid5(NAMESPACE_URL, f"{token}{number}"))
        rows.append(
            {
                "id": identifier,
                "text": job.title_on(day),
                "categories": {
                    "location": job.place,
                    "allLocations": [job.place],
                    "commitment": "Full-time",
                    "team": job.category,
                },
                "workplaceType": "remote",
                "createdAt": int(posted.timestamp() * 1000),
                "description": html(job),
                "lists": [],
                "additional": "<div>We answer every letter.</div>",
                "hostedUrl": f"https://jobs.lever.co/{token}/{identifier}",
                "applyUrl": f"https://jobs.lever.co/{token}/{identifier}/apply",
            }
        )
    return msgspec.json.encode(rows)


def _ashby(company: str, jobs: Dated, day: int) -> bytes:
    token = EMPLOYERS[company].token
    rows = []
    for job, number, posted in jobs:
        identifier = str(uuid5(NAMESPACE_URL, f"{token}{number}"))
        rows.append(
            {
                "id": identifier,
                "title": job.title_on(day),
                "location": "Remote (US)",
                "isRemote": True,
                "workplaceType": "Remote",
                "isListed": True,
                "employmentType": "FullTime",
                "department": job.category,
                "publishedAt": posted.isoformat(timespec="milliseconds"),
                "jobUrl": f"https://jobs.ashbyhq.com/{token}/{identifier}",
                "applyUrl": f"https://jobs.ashbyhq.com/{token}/{identifier}/application",
                "descriptionHtml": html(job),
                "compensation": {"compensationTierSummary": job.pay, "summaryComponents": []},
            }
        )
    return msgspec.json.encode({"apiVersion": "1", "jobs": rows})


def _recruitee(company: str, jobs: Dated, day: int) -> bytes:
    token = EMPLOYERS[company].token
    rows = [
        {
            "id": number,
            "slug": f"job-{number}",
            "title": job.title_on(day),
            "status": "published",
            "company_name": company,
            "description": html(job),
            "requirements": "<p>Curiosity.</p>",
            "location": "Remote job",
            "locations": [{"country": place.strip()} for place in job.place.split(",")],
            "remote": True,
            "hybrid": False,
            "on_site": False,
            "employment_type_code": "freelance",
            "salary": {"min": None, "max": None, "currency": None, "period": None},
            "published_at": f"{posted:%Y-%m-%d %H:%M:%S} UTC",
            "careers_url": f"https://{token}.recruitee.com/o/job-{number}",
            "careers_apply_url": f"https://{token}.recruitee.com/o/job-{number}/c/new",
        }
        for job, number, posted in jobs
    ]
    return msgspec.json.encode({"offers": rows})


def _personio(company: str, jobs: Dated, day: int) -> bytes:
    root = etree.Element("workzag-jobs")
    for job, number, posted in jobs:
        position = etree.SubElement(root, "position")
        for name, text in (
            ("id", str(number)), ("subcompany", company), ("office", job.place),
            ("department", job.category), ("name", job.title_on(day)),
            ("employmentType", "permanent"), ("schedule", "full-time"),
            ("createdAt", posted.isoformat(timespec="seconds")),
        ):  # fmt: skip
            etree.SubElement(position, name).text = text
        section = etree.SubElement(etree.SubElement(position, "jobDescriptions"), "jobDescription")
        etree.SubElement(section, "name").text = "Remote"
        etree.SubElement(section, "value").text = etree.CDATA(html(job))
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return body


def _workable(company: str, jobs: Dated, day: int) -> bytes:
    token = EMPLOYERS[company].token
    rows = [
        {
            "shortcode": f"{number:X}",
            "title": job.title_on(day),
            "code": "",
            "employment_type": "Full-time",
            "telecommuting": True,
            "department": job.category,
            "url": f"https://apply.workable.com/{token}/j/{number:X}",
            "application_url": f"https://apply.workable.com/{token}/j/{number:X}/apply",
            "published_on": f"{posted:%Y-%m-%d}",
            "created_at": f"{posted - timedelta(days=90):%Y-%m-%d}",
            "country": "",
            "city": "",
            "state": "",
            "locations": [{"country": job.place, "city": "", "region": "", "hidden": False}],
            "description": html(job),
        }
        for job, number, posted in jobs
    ]
    return msgspec.json.encode({"name": company, "description": "", "jobs": rows})


WRITERS: dict[str, Callable[[str, Dated, int], bytes]] = {
    "greenhouse": _greenhouse,
    "lever": _lever,
    "ashby": _ashby,
    "recruitee": _recruitee,
    "personio": _personio,
    "workable": _workable,
}
