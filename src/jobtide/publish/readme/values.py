"""The values a card's template is given: every one escaped for the layout."""

from collections.abc import Callable
from typing import Any

from minijinja import safe

from jobtide.publish import facts, terms
from jobtide.publish.cut import cut_html
from jobtide.publish.markdown import attribute, href, html, md
from jobtide.publish.readme.cards import Card, Maker

Words = Callable[[str], str]


def words_for(layout: str) -> Words:
    """Return what escapes words for a layout: `list` is Markdown, `cards` a block of HTML."""
    return md if layout == "list" else html


def card_values(card: Card, maker: Maker, up: str, *, described: bool = True) -> dict[str, Any]:
    """Return the values of `cards-card.j2` and `list-card.j2`.

    `up` leads from the page to the folder of the pictures: "" or "../".
    """
    words = words_for(maker.settings.layout)
    text, cut = description(card, maker) if described else ("", True)
    return {
        "title": words(card.title),
        "company": words(card.company),
        "logo": attribute(up + card.logo),
        "logo_alt": attribute(f"{card.company} logo"),
        "place": _fact(card.place, words),
        "pay": _fact(card.pay, words),
        "arrangement": _fact(card.arrangement, words) if card.arrangement else None,
        "tags": [words(tag) for tag in card.tags],
        "age": card.age,
        "new": card.new,
        "mark": words(card.mark),
        "merged": card.merged,
        "credit": _link(card.credit, words),
        "apply": card.apply and href(card.apply),
        "also": [_link(link, words) for link in card.also],
        "description": safe(text) if text else None,
        "cut": cut,
    }


def description(card: Card, maker: Maker) -> tuple[str, bool]:
    """Return as much of the description as the board allows and the page has room for.

    And whether the board has more of it than that.
    """
    posting = card.opening.posting
    limit = maker.limits.get(maker.terms_of(posting).description, 0)
    if limit <= 0 or not posting.description:
        return "", bool(posting.description)
    cut = cut_html(posting.description, limit)
    return cut.html, not (cut.complete and posting.description_complete)


def _fact(fact: facts.Fact, words: Words) -> dict[str, Any]:
    return {"text": words(fact.text), "stated": fact.stated, "inferred": fact.inferred}


def _link(link: terms.Link, words: Words) -> dict[str, Any]:
    return {
        "text": words(link.text),
        "url": link.url and href(link.url),
        "apply": link.apply and href(link.apply),
    }
