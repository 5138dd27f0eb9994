"""The sample We Work Remotely: RSS, "Company: Title", an escaped body that opens with a logo."""

import re
from datetime import datetime, timedelta
from email.utils import format_datetime

from lxml import etree

from jobtide.demo.boards import Job, jobs
from jobtide.demo.boards.prose import html

#: The board's namespace has no slash at its end, unlike the one everybody else uses.
_MEDIA = "http://search.yahoo.com/mrss"
_TYPES = {"full_time": "Full-Time", "contract": "Contract", "freelance": "Contract"}
#: Categories behind the feed of programming jobs.
_PROGRAMMING = ("Back-End Programming", "Front-End Programming", "Full-Stack Programming")


def answer(day: int, moment: datetime, *, programming: bool = False) -> bytes:
    """Return the main feed of a day, or the one of programming jobs."""
    rss = etree.Element("rss", version="2.0", nsmap={"media": _MEDIA})
    channel = etree.SubElement(rss, "channel")
    _add(channel, "title", "We Work Remotely: Remote jobs in design, programming and more")
    _add(channel, "link", "https://weworkremotely.com/remote-jobs.rss")
    _add(channel, "ttl", "60")
    for job in jobs("w", day):
        if not programming or job.category in _PROGRAMMING:
            _item(channel, job, day, moment)
    body: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8")
    return body


def _item(channel: etree._Element, job: Job, day: int, moment: datetime) -> None:
    item = etree.SubElement(channel, "item")
    posted = (moment - timedelta(hours=job.age_h(day))).replace(microsecond=0)
    slug = "-".join(re.findall(r"[a-z0-9]+", f"{job.company} {job.title}".lower()))
    again = "-2" if job.fault == "repost" and day == 3 else ""
    link = f"https://weworkremotely.com/remote-jobs/{slug}{again}"
    logo = "https://we-work-remotely.imgix.net/logos/0001/logo.gif?w=50&h=50"
    etree.SubElement(item, f"{{{_MEDIA}}}content", url=logo, type="image/png")
    _add(item, "title", f"{job.company}: {job.title_on(day)}")
    _add(item, "region", _region(job))
    _add(item, "category", job.category)
    _add(item, "type", _TYPES.get(job.type, "Full-Time"))
    _add(item, "description", _body(job, logo, link))
    _add(item, "pubDate", format_datetime(posted))
    _add(item, "expires_at", format_datetime(posted + timedelta(days=30)))
    _add(item, "guid", link)
    _add(item, "link", link)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _region(job: Job) -> str:
    return "Anywhere in the World" if job.place in ("Worldwide", "Anywhere") else job.place


def _body(job: Job, logo: str, link: str) -> str:
    pay = f"<p>Compensation: {job.pay}</p>" if job.pay and job.fault != "absurd" else ""
    return (
        f'<img src="{logo}" />\n\n<p>\n  <strong>Headquarters:</strong> {job.place}\n'
        f'    <br /><strong>URL:</strong> <a href="https://www.example.com">https://www.example.com</a>\n'
        f"</p>\n\n{html(job)}{pay}\n\n"
        f'<p><strong>To apply:</strong> <a href="{link}">{link}</a></p>\n'
    )
