"""One job: the answers first, then the text, and what supports each answer."""

from typing import Any

from babel import Locale
from minijinja import safe

from jobtide.model import Label, Opening, Posting, Terms
from jobtide.publish import facts, terms
from jobtide.publish.cut import cut_html
from jobtide.publish.structured_data import job_posting, script_text
from jobtide.query import QueryError
from jobtide.run.searching import find, understood
from jobtide.run.signals import signals_of
from jobtide.web import links
from jobtide.web.asking import term
from jobtide.web.cards import Maker
from jobtide.web.desk import Desk
from jobtide.web.evidence import Evidence, events, evidence
from jobtide.web.me import Me

#: Of a description that may be shown in full, and of one that may be quoted (as in feeds).
FULL_CHARS, EXCERPT_CHARS = 50_000, 300
#: Openings shown beside one.
SIMILAR = 5

#: Fact on the page -> the fields of the evidence that support it.
_SUPPORT = {
    "Open to": ("anywhere", "open to", "not open to", "timezone", "work permit"),
    "Visa": ("visa sponsorship",),
    "Pay": ("pay",),
    "Where": ("arrangement", "place"),
    "Level": ("seniority",),
    "Type": ("employment type",),
    "Category": ("category", "also category"),
    "Language": ("language",),
}


def job_values(desk: Desk, opening: Opening, me: Me) -> dict[str, Any]:
    """Return all that the page of one job shows."""
    now = desk.clock()
    one, maker = opening.posting, Maker(me, now, desk.settings.new_hours, desk.logos.of)
    card = maker.card(opening)
    markup = job_posting(opening)
    heading = f"{card['title']} at {card['company']}" if card["company"] else card["title"]
    return {
        "heading": heading,
        "status": 200 if opening.status == "open" else 410,
        "job": card,
        "key": links.key(opening.id),
        "apply": apply_links(opening, maker.terms_of),
        "facts": _facts(one, card),
        "last_seen": facts.day(opening.last_seen_at),
        "closed": facts.day(opening.closed_at) if opening.closed_at else None,
        "signals": [sign.sentence for sign in signals_of(opening, desk.store, now)],
        "events": [
            (event.at.date().isoformat(), facts.day(event.at), event) for event in events(opening)
        ],
        "reasons": opening.reasons,
        "similar": [maker.card(one) for one in similar(desk, opening)],
        "markup": safe(script_text(markup)) if markup else None,
        **_description(one, maker.terms_of(one)),
    }


def apply_links(opening: Opening, terms_of: terms.TermsOf) -> list[dict[str, Any]]:
    """Return where one may apply, the board nearest the employer first, each place once."""
    found: dict[str | None, dict[str, Any]] = {}
    for posting in terms.live(opening):
        allowed = terms_of(posting)
        link = terms.credit(posting, allowed)
        found.setdefault(
            link.apply,
            {
                "text": link.text,
                "page": link.url,
                "apply": link.apply,
                "host": terms.host(link.apply or ""),
                "rel": "noopener" if allowed.follow else "noopener nofollow",
            },
        )
    return list(found.values())


def _description(posting: Posting, allowed: Terms) -> dict[str, Any]:
    """Return as much of the text as the board allows.

    It was sanitised when it was read, and is again as it is cut: a file that was imported may
    hold anything.
    """
    limit = terms.description_limit(allowed, FULL_CHARS, EXCERPT_CHARS)
    if limit <= 0 or not posting.description:
        return {"description": None, "cut": True}
    cut = cut_html(posting.description, limit)
    whole = cut.complete and posting.description_complete
    return {"description": safe(cut.html) if cut.html else None, "cut": not whole}


def _facts(one: Posting, card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the facts beside the text, each with what supports it."""
    support: dict[str, list[Evidence]] = {}
    for found in evidence(one):
        if found.value is not None and found.quote:
            support.setdefault(found.field, []).append(found)
    stated = one.eligibility.visa_sponsorship if one.eligibility else None
    words = {
        "Open to": card["place"].text if card["place"].stated else None,
        "Pay": card["pay"].text if card["pay"].stated else None,
        "Where": _where(card["arrangement"]),
        "Level": _value(one.seniority),
        "Type": ", ".join(_value(label) for label in one.employment_type) or None,
        "Category": card["category"],
        "Visa": f"sponsorship: {stated.value}" if stated else None,
        "Language": _language(one.language),
    }
    return [
        {
            "name": name,
            "text": text or "not stated",
            "stated": bool(text),
            "why": [one for field in _SUPPORT[name] for one in support.get(field, [])][:8],
        }
        for name, text in words.items()
        if text or name != "Visa"
    ]


def _where(fact: facts.Fact | None) -> str | None:
    """Return how far the work is remote; no fact at all means that it simply is."""
    if fact is None:
        return "remote"
    return fact.text if fact.stated else None


def _language(label: Label | None) -> str | None:
    return str(Locale("en").languages.get(label.value, label.value)) if label else None


def _value(label: Label | None) -> str:
    return label.value.replace("_", " ") if label else ""


def similar(desk: Desk, opening: Opening) -> list[Opening]:
    """Return open jobs of the same category, those that share a skill first."""
    one = opening.posting
    if one.category is None:
        return []
    shared = f"category:{one.category.value} arrangement:remote is:open"
    skills = " ".join(term("skill", label.value) for label in one.skills[:3])
    found: dict[str, Opening] = {}
    for text in (f"{shared} {skills}", shared) if skills else (shared,):
        try:
            wanted = understood(text)
        except QueryError:  # a word that the lists of today no longer have
            continue
        hits = find(desk.store, wanted, desk.clock(), limit=SIMILAR + 1)
        found |= {hit.id: hit for hit in hits.openings if hit.id not in found}
        if len(found) > SIMILAR:
            break
    found.pop(opening.id, None)
    return list(found.values())[:SIMILAR]
