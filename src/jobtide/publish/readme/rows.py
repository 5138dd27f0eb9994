"""
The bundled card templates as Python: the same bytes, without a template engine for each card.

Used only while a card's template is the bundled one; a test fills both with every kind of card
and compares. Escaped words are remembered by `markdown`, so a page's few places and tags cost
nothing after their first time.
"""

from jobtide.publish import facts, terms
from jobtide.publish.markdown import attribute_text, href_text, html_text, md_text
from jobtide.publish.readme.cards import Card, Maker
from jobtide.publish.readme.values import Words, description

_INFERRED = " <i>(inferred)</i>"


def cards_row(card: Card, maker: Maker, up: str, *, described: bool = True) -> str:
    """Return what `cards-card.j2` makes of a card."""
    mark = f"<sub>{html_text(card.mark)}</sub>\n" if card.mark else ""
    home = card.arrangement
    arrangement = f"🏠&nbsp;{_said(home)}<br>\n" if home else ""
    tags = ""
    if card.tags:
        shown = "</code>\n<code>".join([html_text(tag) for tag in card.tags])
        tags = f"<br>\n<code>{shown}</code>\n"
    credit = html_text(card.credit.text)
    if card.credit.url:
        credit = f'<a href="{href_text(card.credit.url)}">{credit}</a>'
    apply = f'<a href="{href_text(card.apply)}">Apply</a>' if card.apply else "no link given"
    return (
        '<tr>\n<td width="80" height="100" align="center" rowspan="2">'
        f'<img src="{attribute_text(up + card.logo)}" width="48" height="48"'
        f' alt="{attribute_text(card.company)} logo"></td>\n'
        f'<td width="300">\n<h5>{html_text(card.company)}</h5>\n'
        f"<h3>{html_text(card.title)}</h3>\n{mark}</td>\n"
        f'<td width="300">\n🌍&nbsp;{_said(card.place)}<br>\n{arrangement}'
        f"💰&nbsp;{_said(card.pay)}{tags}</td>\n"
        f'<td width="140">\n{card.age}{" 🆕" if card.new else ""}<br>\n'
        f"<sub>via {credit}</sub>\n</td>\n"
        f'<td width="80" align="center" rowspan="2">{apply}</td>\n</tr>\n'
        '<tr>\n<td colspan="3">\n'
        f"{_details(card, html_text, *(description(card, maker) if described else _NOTHING))}"
        "</td>\n</tr>\n"
    )


def list_row(card: Card, maker: Maker, up: str, *, described: bool = True) -> str:
    """Return what `list-card.j2` makes of a card."""
    title = md_text(card.title)
    credit = md_text(card.credit.text)
    if card.credit.url:
        board = href_text(card.credit.url)
        title, credit = f"[{title}]({board})", f"[{credit}]({board})"
    apply = f"**[Apply ↗]({href_text(card.apply)})**" if card.apply else "no link given"
    home = card.arrangement
    arrangement = f" · 🏠&nbsp;{_said(home, md_text)}" if home else ""
    mark = f"{md_text(card.mark)}<br>\n" if card.mark else ""
    tags = ""
    if card.tags:
        shown = "</code> <code>".join([md_text(tag) for tag in card.tags])
        tags = f"<code>{shown}</code><br>\n"
    return (
        f'### {title}\n\n<img src="{attribute_text(up + card.logo)}" width="40" height="40"'
        f' align="left" alt="{attribute_text(card.company)} logo">'
        f" <strong>{md_text(card.company)}</strong> · {apply}<br>\n"
        f"🌍&nbsp;{_said(card.place, md_text)}{arrangement}"
        f" · 💰&nbsp;{_said(card.pay, md_text)}<br>\n{mark}{tags}"
        f"{card.age}{' 🆕' if card.new else ''} · via {credit}\n\n"
        f"{_details(card, md_text, *(description(card, maker) if described else _NOTHING))}\n"
    )


#: A description that is left out for want of room.
_NOTHING = ("", True)


def _said(fact: facts.Fact, words: Words = html_text) -> str:
    return words(fact.text) + _INFERRED if fact.inferred else words(fact.text)


def _details(card: Card, words: Words, text: str, cut: bool) -> str:
    """Return the folded description, with what belongs below it."""
    more = ""
    if cut and card.credit.url:
        what = "on" if text else "the description"
        more = (
            f'<p><a href="{href_text(card.credit.url)}">'
            f"Read {what} at {words(card.credit.text)}</a></p>\n"
        )
    if card.merged:
        more += f"<p>{card.merged + 1} openings behind one link.</p>\n"
    if card.also:
        more += f"<p>Also on {', '.join([_also(link, words) for link in card.also])}</p>\n"
    if text:
        text += "\n"
    elif not cut:
        text = "<p>The board gives no description.</p>\n"
    return f"<details><summary>Description</summary>\n{text}{more}</details>\n"


def _also(link: terms.Link, words: Words) -> str:
    page = href_text(link.url or "")
    shown = f'<a href="{page}">{words(link.text)}</a>'
    if link.apply and link.apply != link.url:
        shown += f' (<a href="{href_text(link.apply)}">application form</a>)'
    return shown
