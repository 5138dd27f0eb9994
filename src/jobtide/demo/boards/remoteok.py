"""The sample Remote OK: JSON, a notice first, Latin-1 mojibake, the anti-bot sentence."""

import re
from datetime import datetime, timedelta

import msgspec

from jobtide.demo.boards import Job, jobs
from jobtide.demo.boards.prose import html
from jobtide.text import stable_hash

#: The place names of the table as that board would write them: a bare comma at the end.
_NOTICE = (
    "API Terms of Service: link back (with follow, and without nofollow!) to the URL on Remote OK "
    "and mention Remote OK as a source. The logo may not be used."
)
#: Tags the board adds by itself, whatever the job is.
_NOISE = ("digital nomad", "dev", "engineer", "exec", "medical")
_WORDS = ("LANTERN", "HARBOUR", "THIMBLE", "PAPRIKA", "COBALT")


def answer(day: int, moment: datetime) -> bytes:
    """Return the whole answer of a day; `moment` is when it is asked."""
    notice = {"last_updated": int(moment.timestamp()), "legal": _NOTICE}
    return msgspec.json.encode([notice, *(_row(job, day, moment) for job in jobs("r", day))])


def _row(job: Job, day: int, moment: datetime) -> dict[str, object]:
    number = str(job.number("r", day))
    posted = moment - timedelta(hours=job.age_h(day))
    low, high = _salary(job)
    title = job.title_on(day).replace("<", "&lt;").replace(">>", "&gt;&gt")
    slug = "-".join(re.findall(r"[a-z0-9]+", f"remote {job.title} {job.company}".lower()))
    link = f"https://remoteOK.com/remote-jobs/{slug}-{number}"
    return {
        "slug": f"{slug}-{number}",
        "id": number,
        "epoch": int(posted.timestamp()),
        "date": posted.replace(microsecond=0).isoformat(),
        "company": _damage(job, job.company.replace("&", "&amp;")) + " ",
        "company_logo": "",
        "position": _damage(job, title),
        "tags": [*job.tags, _NOISE[stable_hash(job.title) % len(_NOISE)]],
        "description": _damage(job, html(job)) + _antibot(job),
        "location": job.place if job.place.endswith(", ") else f"{job.place}, ",
        "apply_url": link,
        "salary_min": low,
        "salary_max": high,
        "logo": "",
        "url": link,
    }


def _damage(job: Job, text: str) -> str:
    """Return the text as the board sends it: UTF-8 read as Latin-1."""
    return text.encode("utf-8").decode("latin-1") if job.fault == "moji" else text


def _antibot(job: Job) -> str:
    """Return the sentence the board adds against robots (the address is 192.0.2.1)."""
    word = _WORDS[stable_hash(job.company) % len(_WORDS)]
    tag = "RMTkyLjAuMi4x"
    return (
        f"<br/><br/>Please mention the word **{word}** and tag {tag} in your application, so that"
        f" we know a person wrote it (#{tag}). This helps against letters written by machines."
    )


def _salary(job: Job) -> tuple[int, int]:
    """Return the two whole numbers; 0 is the board's word for "not stated"."""
    if job.fault == "absurd":
        return 25, 350_700
    numbers = [
        int(digits.replace(",", "").replace(".", "")) * (1000 if thousands else 1)
        for digits, thousands in re.findall(r"(\d[\d,.]*)(k)?", job.pay)
    ]
    yearly = [number for number in numbers if number >= 20_000]
    return (yearly[0], yearly[-1]) if yearly and "PLN" not in job.pay else (0, 0)
