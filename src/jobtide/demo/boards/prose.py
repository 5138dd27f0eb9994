"""Descriptions of the invented jobs: a lead of their own, and common paragraphs of their trade."""

from jobtide.demo.boards import Job
from jobtide.text import stable_hash

_TASKS = (
    "Decide with two colleagues what is built next, and say no to the rest.",
    "Write down what you did so that the next person need not ask.",
    "Answer for your part, from the first sketch to the quiet evening after the launch.",
    "Share a weekly hour with the people who use what you make.",
    "Review the work of others kindly and let yours be reviewed.",
    "Find the slow part, measure it, mend it, measure again.",
)
_WISHES = (
    "You have done this kind of work for some years and can show us one thing you are proud of.",
    "You write clearly; most of our meetings are documents.",
    "You ask before you assume.",
    "You are at ease working alone in the morning and with four people in the afternoon.",
    "You have opinions about your tools and can change them.",
)
_GIFTS = (
    "Thirty days of holiday, and the month of your choice at four days a week.",
    "A budget of 1,500 a year for books and courses.",
    "Two gatherings a year; we pay the train.",
    "Equipment of your choice, which you may keep after three years.",
)


def paragraphs(job: Job) -> tuple[str, list[str], list[str], str]:
    """Return lead, tasks, wishes and closing line of a job, always the same for the same job."""
    seed = stable_hash(job.company + job.title)
    about = f"{job.company} is a small company that has worked remotely since its first day."
    return (
        f"{job.lead} {about}",
        _some(_TASKS, seed, 3),
        _some(_WISHES, seed >> 8, 3),
        _GIFTS[seed % len(_GIFTS)],
    )


def html(job: Job) -> str:
    """Return the description as an employer's editor would write it."""
    if job.fault in ("nonjob", "template"):
        return job.lead
    lead, tasks, wishes, gift = paragraphs(job)
    lists = "".join(
        f"<h3>{heading}</h3><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        for heading, lines in (("What you will do", tasks), ("What we look for", wishes))
    )
    tools = f"<p>Our tools: {', '.join(job.tags)}.</p>" if job.tags else ""
    return f"<p>{lead}</p>{lists}{tools}<p>{gift}</p>"


def _some(lines: tuple[str, ...], seed: int, count: int) -> list[str]:
    start = seed % len(lines)
    return [lines[(start + step) % len(lines)] for step in range(count)]
