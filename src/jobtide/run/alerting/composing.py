"""From rows of the outbox to messages: one opening once, its copies folded, its changes named."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from jobtide.alert import Address, digest, mail
from jobtide.alert.channels import room, webhook
from jobtide.model import ALERT_KINDS, Credit, Item, Message, Opening, Subscription, Told
from jobtide.publish import facts, terms
from jobtide.publish.markdown import url as safe_url
from jobtide.run.openings import completed
from jobtide.store import Store
from jobtide.text import squeeze

#: Messages of one digest to a person; what is beyond is counted in the last one. A program that
#: is posted to gets everything.
MOST_PARTS = 5

#: Longest words of strangers in a message, in characters.
_TITLE, _WORDS = 200, 120


def compose(
    store: Store,
    one: Subscription,
    address: Address,
    rows: Sequence[Told],
    now: datetime,
    key: str,
) -> list[tuple[Message, list[int]]]:
    """Return the messages that tell these rows, each with the numbers of the rows it tells.

    Args:
        store: where the openings are.
        one: who is told.
        address: its channel, which decides how much one message holds.
        rows: what waits.
        now: the moment of the messages.
        key: begins their ids; never used before.

    Raises:
        AlertError, ConfigError: the channel cannot be understood, or its package is missing.
    """
    told: dict[str, tuple[Opening, list[Told]]] = {}
    lost: list[int] = []  # of openings that the store knows no more
    for row in rows:
        opening = store.opening(row.opening_id)
        if opening is None:
            lost.append(row.number)
        else:
            told.setdefault(opening.id, (opening, []))[1].append(row)
    items = [item_of(opening, group, now) for opening, group in told.values()]
    order = {kind: at for at, kind in enumerate(ALERT_KINDS)}
    items.sort(key=lambda item: order[digest.first_kind(item)])
    lists = _packed(items, address)
    kept, rest = lists, list[Item]()
    if address.kind != "webhook" and len(lists) > MOST_PARTS:
        kept, rest = lists[:MOST_PARTS], [item for part in lists[MOST_PARTS:] for item in part]
    made = []
    for at, part in enumerate(kept, start=1):
        last = at == len(kept)
        message = Message(
            id=f"{key}-{at}",
            subscription_id=one.id,
            title=_cut(one.title, _WORDS),
            created_at=now,
            items=tuple(part),
            part=at,
            parts=len(kept),
            more=len(rest) if last else 0,
        )
        names = [item.opening_id for item in [*part, *(rest if last else ())]]
        numbers = [row.number for name in names for row in told[name][1]]
        made.append((message, numbers + (lost if last else [])))
    return made


def _packed(items: list[Item], address: Address) -> list[list[Item]]:
    if address.kind == "email":
        return digest.pack(items, mail.weight, mail.WEIGHT, mail.MOST)
    if address.kind == "webhook":
        return digest.pack(items, lambda item: 0, 0, webhook.MOST)
    return digest.pack(items, digest.chat_weight, room(address), 100)


def item_of(opening: Opening, rows: Iterable[Told], now: datetime) -> Item:
    """Return an opening as a message shows it, with what is told of it."""
    (whole,) = completed([opening])
    posting = whole.posting
    kinds, changes = _changes(list(rows), whole)
    terms_of = terms.reader()
    links = [terms.credit(one, terms_of(one)) for one in terms.live(whole)]
    credits = {link.text: Credit(name=_cut(link.text, 60), url=link.url) for link in links}
    pay, place = facts.pay(posting), facts.place(posting)
    return Item(
        opening_id=whole.id,
        title=_cut(posting.title, _TITLE) or "title not stated",
        organization=_cut(posting.hiring_organization or "", _WORDS) or None,
        place=_inferred(place),
        pay=_inferred(pay),
        age=facts.age(whole, now, "date"),
        url=next((link.apply for link in links if link.apply), safe_url(posting.url)),
        kinds=kinds,
        changes=changes,
        credits=tuple(credits.values())[:6],
    )


def _changes(rows: list[Told], opening: Opening) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds and the sentences of an opening's rows, in the order of kinds."""
    found: dict[str, list[Told]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    if "new" in found:  # what changed before it was told is no news
        found = {kind: group for kind, group in found.items() if kind in ("new", "closed")}
    if opening.status != "open":
        found.pop("reopened", None)
    kinds = tuple(kind for kind in ALERT_KINDS if kind in found)
    sentences = []
    for kind in kinds:
        first, last = found[kind][0], found[kind][-1]
        sentences.append(digest.said(replace(last, earlier=first.earlier)))
    if opening.status != "open" and "closed" not in kinds:
        sentences.append("closed since")
    return kinds or tuple(dict.fromkeys(row.kind for row in rows)), tuple(sentences)


def _inferred(fact: facts.Fact) -> str:
    return _cut(fact.text, _WORDS) + (" (inferred)" if fact.inferred else "")


def _cut(text: str, most: int) -> str:
    plain = squeeze(text)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
