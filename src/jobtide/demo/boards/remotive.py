"""The sample Remotive: a JSON object, dates without a zone, a tracking pixel in every text."""

import re
from datetime import datetime, timedelta

import msgspec

from jobtide.demo.boards import Job, jobs
from jobtide.demo.boards.prose import html

_NOTICE = (
    "Legal warning: link back to the URL found on Remotive AND mention Remotive as a source. "
    "Do not submit these jobs to Jooble, Neuvoo, Google Jobs or LinkedIn Jobs."
)


def answer(day: int, moment: datetime) -> bytes:
    """Return the whole answer of a day; `moment` is when it is asked."""
    rows = [_row(job, day, moment) for job in jobs("m", day)]
    envelope = {"0-legal-notice": _NOTICE, "job-count": len(rows), "total-job-count": len(rows)}
    body: bytes = msgspec.json.encode({**envelope, "jobs": rows})
    return b"\xef\xbb\xbf" + body if day == 2 else body  # one day it came with a byte-order mark


def _row(job: Job, day: int, moment: datetime) -> dict[str, object]:
    number = job.number("m", day)
    slug = "-".join(re.findall(r"[a-z0-9]+", job.title.lower()))
    posted = moment - timedelta(hours=job.age_h(day) + 24)
    pixel = (
        f'<img src="https://remotive.com/job/track/{number}/blank.gif?source=public_api" alt=""/>'
    )
    return {
        "id": number,
        "url": f"https://remotive.com/remote-jobs/{_section(job)}/{slug}-{number}",
        "title": f" {job.title_on(day)}",
        "company_name": job.company,
        "company_logo": f"https://remotive.com/job/{number}/logo",
        "category": job.category,
        "tags": [*job.tags, f"{job.tags[0]} "] if job.tags else [],
        "job_type": job.type,
        "publication_date": f"{posted:%Y-%m-%dT%H:%M:%S}",
        "candidate_required_location": "" if job.place == "Anywhere" else job.place,
        "salary": "75.00" if job.fault == "absurd" else job.pay,
        "description": html(job) + pixel,
    }


def _section(job: Job) -> str:
    return "-".join(re.findall(r"[a-z]+", job.category.lower())) or "all-others"
