"""About the site: the terms of each source, and how fresh each is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobtide import sources
from jobtide.model import BoardHealth, Opening, Terms
from jobtide.publish import facts, terms
from jobtide.publish.site.escaping import escaped
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.links import address
from jobtide.publish.site.page import Page, digest

#: Boards with an error or an alarm that are named; the rest are counted.
_MOST = 50

_KINDS = {
    "employer": "the employer's own site",
    "ats": "employers' own boards",
    "aggregator": "a job board",
    "thread": "a thread of readers",
    "page": "single pages",
}
_DESCRIPTION = {
    "full": "the whole description is shown",
    "excerpt": "an excerpt is shown, the rest is on its page",
    "none": "no description is shown, it is on its page",
}


def about_page(frame: Frame, listed: Sequence[Opening]) -> Page:
    """Return what the site is, and what each source it shows allows."""
    names = sorted({tracked.posting.source for one in listed for tracked in one.postings})
    rows = [_terms_row(name) for name in names]
    query = escaped(frame.settings.everything.query_text)
    feeds = frame.feeds("all")
    return Page(
        path="about.html",
        key=digest("about", frame.key, rows, query, feeds),
        make=lambda: frame.page(
            "about.j2",
            "about.html",
            "About, terms and credits",
            "Where the jobs come from, on which terms, and how each fact on a page is read.",
            {"rows": rows, "query": query, "feeds": feeds},
            feed="all",
        ),
        sitemap=True,
    )


def _terms_row(name: str) -> dict[str, Any]:
    found: Terms = terms.of_source(name)
    try:
        kind = sources.load(name).kind
    except KeyError:
        kind = ""
    return {
        "name": escaped(found.credit),
        "kind": _KINDS.get(kind, kind),
        "read_at": address(found.read_at) if " " not in found.read_at else None,
        "read_where": escaped(found.read_at),
        "read_on": escaped(found.read_on),
        "description": _DESCRIPTION.get(found.description, found.description),
        "apply": "Apply leads to its page" if found.apply_via_board else "",
        "markup": "" if found.structured_data else "its jobs are kept out of markup for engines",
        "note": escaped(found.note),
    }


def sources_page(frame: Frame, health: Sequence[BoardHealth], taken_at: datetime) -> Page:
    """Return when each source was read last, and which boards failed."""
    by_source: dict[str, list[BoardHealth]] = defaultdict(list)
    for board in health:
        by_source[board.source].append(board)
    rows = [_health_row(name, by_source[name]) for name in sorted(by_source)]
    failed = sorted((one for one in health if one.error is not None), key=_key)
    alarmed = sorted((one for one in health if one.alarms), key=_key)
    values: dict[str, Any] = {
        "rows": rows,
        "failed": [_fault(one, one.error or "") for one in failed[:_MOST]],
        "more_failed": max(len(failed) - _MOST, 0),
        "alarmed": [_fault(one, "; ".join(one.alarms)) for one in alarmed[:_MOST]],
        "more_alarmed": max(len(alarmed) - _MOST, 0),
        "day": facts.day(taken_at),
    }
    return Page(
        path="sources.html",
        key=digest("sources", frame.key, values),
        make=lambda: frame.page(
            "sources.j2",
            "sources.html",
            "How fresh each source is",
            "When each source was read last, how many boards answered, and which did not.",
            values,
        ),
        sitemap=True,
    )


def _key(board: BoardHealth) -> tuple[str, str]:
    return board.source, board.board


def _fault(board: BoardHealth, text: str) -> dict[str, str]:
    return {"board": escaped(f"{board.source}/{board.board}"), "text": escaped(text[:300])}


def _health_row(name: str, boards: list[BoardHealth]) -> dict[str, Any]:
    read = [board.read_at for board in boards if board.read_at is not None]
    return {
        "name": escaped(terms.of_source(name).credit),
        "boards": len(boards),
        "well": sum(board.error is None and board.read_at is not None for board in boards),
        "kept": sum(board.kept for board in boards),
        "iso": max(read).date().isoformat() if read else "",
        "day": facts.day(max(read)) if read else "never",
    }
