"""Four more sample aggregators, each with its own habits: Himalayas, Jobicy, Arbeitnow, Working
Nomads.
"""

from datetime import datetime, timedelta
from html import escape

import msgspec

from jobtide.demo.boards import Job, shared
from jobtide.demo.boards.prose import html

_TYPES = {"full_time": "Full Time", "part_time": "Part Time", "contract": "Contractor"}


def himalayas(day: int, moment: datetime) -> bytes:
    """Return one page: an empty list of places means the whole world; at most twenty jobs."""
    rows = []
    for job, number, posted in _dated("h", day, moment):
        link = f"https://himalayas.app/companies/{_slug(job.company)}/jobs/{_slug(job.title)}"
        places = [] if job.place in ("Worldwide", "Anywhere") else job.place.split(", ")
        rows.append(
            {
                "title": job.title_on(day),
                "excerpt": job.lead,
                "companyName": job.company,
                "companySlug": _slug(job.company),
                "employmentType": _TYPES.get(job.type, "Full Time"),
                "minSalary": None,
                "maxSalary": None,
                "salaryPeriod": "annual",
                "currency": None,
                "seniority": ["Mid-level"],
                "locationRestrictions": places,
                "timezoneRestrictions": [],
                "categories": [job.title.replace(" ", "-")],
                "description": html(job),
                "pubDate": int(posted.timestamp()),
                "expiryDate": int((posted + timedelta(days=60)).timestamp()),
                "applicationLink": link,
                "guid": f"{link}-{number}",
            }
        )
    return msgspec.json.encode(
        {"offset": 0, "limit": 20, "totalCount": len(rows), "jobs": rows[:20]}
    )


def jobicy(day: int, moment: datetime) -> bytes:
    """Return the whole answer: entities in the lists, an excerpt of glued words."""
    rows = [
        {
            "id": number,
            "url": f"https://jobicy.com/jobs/{number}-{_slug(job.title)}",
            "jobTitle": escape(job.title_on(day)),
            "companyName": escape(job.company),
            "jobIndustry": ["Project &amp; Program Management"],
            "jobType": ["Full-Time"],
            "jobGeo": job.place,
            "jobLevel": "Any",
            "jobExcerpt": job.lead.replace(" ", "")[:40],
            "jobDescription": html(job),
            "pubDate": posted.isoformat(timespec="seconds"),
        }
        for job, number, posted in _dated("j", day, moment)
    ]
    return msgspec.json.encode({"apiVersion": "2.2", "jobCount": len(rows), "jobs": rows})


def arbeitnow(day: int, moment: datetime) -> bytes:
    """Return the first page: HTML escaped once more on some rows, a link that narrows."""
    rows = [
        {
            "slug": f"{_slug(job.title)}-{number}",
            "url": f"https://www.arbeitnow.com/jobs/{_slug(job.title)}-{number}",
            "title": job.title_on(day),
            "company_name": job.company.lower(),
            "description": escape(html(job)) if number % 2 else html(job),
            "remote": True,
            "tags": [f"{job.category} ({number % 900})"],
            "job_types": [],
            "location": job.place.split(",")[0],
            "created_at": int(posted.timestamp()),
        }
        for job, number, posted in _dated("a", day, moment)
    ]
    links = {"next": "https://www.arbeitnow.com/api/job-board-api?search=intern&page=2"}
    return msgspec.json.encode({"data": rows, "links": links, "meta": {"per_page": 100}})


def working_nomads(day: int, moment: datetime) -> bytes:
    """Return the bare list: tags in one string, dates with New York's offset."""
    rows = [
        {
            "url": f"https://www.workingnomads.com/job/go/{number}/",
            "title": job.title_on(day),
            "company_name": job.company,
            "category_name": job.category,
            "tags": ",".join(job.tags),
            "location": f"REMOTE, {job.place}",
            "description": html(job),
            "pub_date": f"{posted - timedelta(hours=4):%Y-%m-%dT%H:%M:%S}-04:00",
        }
        for job, number, posted in _dated("n", day, moment)
    ]
    return msgspec.json.encode(rows)


def _dated(letter: str, day: int, moment: datetime) -> list[tuple[Job, int, datetime]]:
    return [
        (job, job.number(letter, day), moment - timedelta(hours=job.age_h(day) + 12))
        for job in shared(letter, day)
    ]


def _slug(text: str) -> str:
    return "-".join(
        "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    )
