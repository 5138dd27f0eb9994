"""The page of a job; the short page of a closed one; the page that leads from an old id."""

from collections.abc import Iterable
from typing import Any

from minijinja import safe

from jobtide.model import CATEGORIES, Opening
from jobtide.publish import facts, structured_data
from jobtide.publish.markdown import visible
from jobtide.publish.site import described, paths
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.evidence import fact_rows
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.groups import categories_of, company_of
from jobtide.publish.site.history import reason, timeline
from jobtide.publish.site.page import Page, digest
from jobtide.publish.site.rows import Rows, title_of
from jobtide.publish.site.similar import Beside
from jobtide.publish.site.when import moment

_MAX_TAGS = 12


def job_page(opening: Opening, rows: Rows, beside: Beside) -> Page:
    """Return the page of an open opening."""
    frame = rows.frame
    settings = frame.settings
    places = beside.places(opening)[: settings.places]
    similar = beside.similar(opening, settings.similar)
    signals = settings.signals.get(opening.id, ())
    return Page(
        path=paths.job(opening.id),
        key=digest(
            "job",
            frame.key,
            rows.key(opening),
            [_shown(one) for one in places],
            [_shown(one) for one in similar],
            signals,
            frame.feeds(_feed(opening)),
        ),
        make=lambda: _job(opening, rows, places, similar, signals),
        changed=rows.updated(opening),
        sitemap=True,
        job=True,
    )


def _feed(opening: Opening) -> str:
    words = categories_of(opening.posting)
    return f"category/{words[0]}" if words else "all"


def _shown(opening: Opening) -> tuple[object, ...]:
    """Return what the page of another opening shows of this one."""
    posting = opening.posting
    return (
        opening.id,
        posting.title,
        posting.hiring_organization,
        posting.eligibility,
        posting.location_text,
        posting.job_location,
    )


def _job(
    opening: Opening,
    rows: Rows,
    places: list[Opening],
    similar: list[Opening],
    signals: Iterable[str],
) -> bytes:
    posting = opening.posting
    values = rows.values(opening, _MAX_TAGS)
    del values["path"]  # the frame knows it
    title, company = title_of(opening), company_of(posting)
    markup = structured_data.job_posting(opening)
    said = [facts.open_to(posting), facts.pay(posting)]
    lead = [one.text if one else "eligibility not stated" for one in said]
    name = company[1] if company else "an employer that is not named"
    return rows.frame.page(
        "job.j2",
        paths.job(opening.id),
        f"{title} at {company[1]}" if company else title,
        f"{title} at {name}: {'; '.join(lead)}. Where you may live, pay and dates with the "
        "words that state them.",
        values
        | {
            "facts": fact_rows(opening),
            "categories": _categories(opening),
            "places": [_beside(one, rows) for one in places],
            "more_places": values["others"] - len(places),
            "similar": [_beside(one, rows) for one in similar],
            "signals": [escaped(one) for one in signals],
            "history": timeline(opening, rows.terms_of),
            "reasons": [escaped(one) for one in opening.reasons],
            "language": posting.language.value if posting.language else "en",
            "filters": _filters(opening),
            "markup": safe(structured_data.script_text(markup)) if markup else None,
            **_description(opening, rows),
        },
        kind="article",
        feed=_feed(opening),
    )


def _categories(opening: Opening) -> list[dict[str, str]]:
    return [
        {"name": CATEGORIES[word], "path": link(f"category/{word}.html")}
        for word in categories_of(opening.posting)
    ]


def _description(opening: Opening, rows: Rows) -> dict[str, Any]:
    """Return as much of the description as its board allows."""
    posting = opening.posting
    allowed = rows.terms_of(posting)
    board = escaped(allowed.credit)
    if not posting.description or allowed.description == "none":
        return {"description": None, "cut": bool(posting.description), "board": board}
    if allowed.description == "full":
        text = described.whole(posting.description)
        return {"description": text, "cut": not posting.description_complete, "board": board}
    text = described.excerpt(posting.description, rows.frame.settings.excerpt_chars)
    return {"description": text, "cut": True, "board": board}


def _beside(opening: Opening, rows: Rows) -> dict[str, Any]:
    """Return what the page of another opening says of this one."""
    made = rows.short.get(opening.id)
    if made is None:
        made = rows.short[opening.id] = _short(opening)
    return made


def _short(opening: Opening) -> dict[str, Any]:
    found = company_of(opening.posting)
    said = facts.open_to(opening.posting)
    place = facts.work_place(opening.posting) or (said.text if said else "")
    return {
        "path": link(paths.job(opening.id)),
        "title": escaped(title_of(opening)),
        "company": escaped(found[1] if found else "company not stated"),
        "place": escaped(place or "place not stated"),
        "open_to": escaped(said.text if said else "eligibility not stated"),
    }


def _filters(opening: Opening) -> list[str]:
    """Return what the search can be narrowed by, as Pagefind reads it from attributes."""
    posting = opening.posting
    found = [f"category:{word}" for word in categories_of(posting)]
    found += [f"open:{word}" for word in _open_words(opening)]
    found.append("pay:stated" if facts.pay(posting).stated else "pay:none")
    if posting.seniority is not None:
        found.append(f"level:{posting.seniority.value}")
    found += [f"type:{label.value}" for label in posting.employment_type]
    return found


def _open_words(opening: Opening) -> list[str]:
    """Return the words of places one may live in; whoever is refused finds it in the lists."""
    stated = opening.posting.eligibility
    if stated is None:
        return ["none"]
    named = [label.value for label in (*stated.countries, *stated.regions)]
    if stated.anywhere is not None and not named:
        named.append("anywhere")
    return named or ["none"]


def closed_page(opening: Opening, rows: Rows) -> Page:
    """Return the short page of a closed opening, which no list and no sitemap names."""
    frame = rows.frame

    def make() -> bytes:
        found = company_of(opening.posting)
        title = title_of(opening)
        return frame.page(
            "closed.j2",
            paths.job(opening.id),
            f"Closed: {title}",
            f"{title} is no longer open.",
            {
                "job": escaped(title),
                "company": escaped(found[1] if found else "company not stated"),
                "closed": moment(opening.closed_at) if opening.closed_at else None,
                "reason": escaped(reason(opening)),
                "expired": opening.status == "expired",
                "categories": _categories(opening),
            },
            index=False,
        )

    shown = (opening.posting.title, opening.posting.hiring_organization, opening.status)
    labels = (categories_of(opening.posting), opening.closed_at, reason(opening))
    return Page(
        path=paths.job(opening.id), key=digest("closed", frame.key, shown, labels), make=make
    )


def moved_page(old: str, opening: Opening, frame: Frame) -> Page:
    """Return the page of an id that was merged away: it leads to the opening that has it now."""
    target = paths.job(opening.id)

    def make() -> bytes:
        body = frame.templates.fill(
            "moved.j2",
            target=safe(target.removeprefix("job/")),
            canonical=frame.address(target),
            title=escaped(visible(title_of(opening))[:60]),
        )
        return body.encode("utf-8", "replace")

    key = digest("moved", frame.key, old, opening.id, opening.posting.title)
    return Page(path=paths.job(old), key=key, make=make)
