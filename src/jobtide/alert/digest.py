"""What a message says, in words: the same for mail, chat and screen."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape

from jobtide.model import ALERT_KINDS, Item, Message, Told

#: Kind -> what is said of an opening.
WORDS = {
    "new": "new",
    "fits": "fits your search now",
    "reopened": "open again",
    "pay": "pay changed",
    "closed": "closed",
}
#: Kind -> heading of those openings in a digest, for one and for several.
HEADINGS = {
    "new": ("new job", "new jobs"),
    "fits": ("job fits your search now", "jobs fit your search now"),
    "reopened": ("job is open again", "jobs are open again"),
    "pay": ("job with changed pay", "jobs with changed pay"),
    "closed": ("job closed", "jobs closed"),
}


def said(told: Told) -> str:
    """Return one change in words.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> said(Told(opening_id="a", change="pay:1", kind="pay", at=at, earlier="€1", now="€2"))
    'pay changed: €1 → €2'
    """
    if told.kind == "pay":
        return f"{WORDS['pay']}: {told.earlier or 'not stated'} → {told.now or 'not stated'}"
    return WORDS[told.kind]


def first_kind(item: Item) -> str:
    """Return the kind an item is listed under: the most important of its changes."""
    return next((kind for kind in ALERT_KINDS if kind in item.kinds), "new")


def sections(items: Sequence[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Yield (heading, items) in the order of kinds, each item once."""
    for kind in ALERT_KINDS:
        found = [item for item in items if first_kind(item) == kind]
        if found:
            yield f"{len(found)} {HEADINGS[kind][len(found) > 1]}", found


def subject(message: Message) -> str:
    """Return what a digest is called: its only job, or how many there are."""
    test = "Test: " if message.test else ""
    part = f" ({message.part} of {message.parts})" if message.parts > 1 else ""
    if len(message.items) == 1 and not message.more and message.parts == 1:
        item = message.items[0]
        who = f" at {item.organization}" if item.organization else ""
        kind = first_kind(item)
        what = "" if kind == "new" else f"{WORDS[kind].capitalize()}: "
        return f"{test}{what}{item.title}{who} - {message.title}"
    kinds = Counter(first_kind(item) for item in message.items)
    named = [f"{kinds[kind]} {HEADINGS[kind][kinds[kind] > 1]}" for kind in kinds]
    what = named[0] if len(named) == 1 else f"{sum(kinds.values())} jobs"
    return f"{test}{what}{part} - {message.title}"


def facts(item: Item) -> str:
    """Return the line of facts under a title."""
    return " · ".join(part for part in (item.place, item.pay, item.age) if part)


def notes(item: Item) -> tuple[str, ...]:
    """Return the changes that the heading does not name already."""
    heading = WORDS[first_kind(item)]
    return tuple(change for change in item.changes if change != heading)


def block(item: Item) -> str:
    """Return one opening as lines of plain text."""
    who = f" - {item.organization}" if item.organization else ""
    via = ", ".join(credit.name for credit in item.credits)
    lines = [f"{item.title}{who}", facts(item), *notes(item), item.url or "no link given"]
    lines += [f"via {via}"] if via else []
    return "\n".join(line for line in lines if line)


def text(message: Message, footer: Sequence[str] = ()) -> str:
    """Return a message as plain text."""
    parts = [subject(message)]
    for heading, items in sections(message.items):
        parts.append(heading.upper())
        parts += [block(item) for item in items]
    if message.more:
        parts.append(more(message))
    if footer:
        parts.append("\n".join(("--", *footer)))
    return "\n\n".join(parts) + "\n"


def more(message: Message) -> str:
    """Return the sentence for openings that are only counted."""
    return f"And {message.more:,} more; `jobtide search` lists them all."


def pack(
    items: Sequence[Item], weigh: Callable[[Item], int], limit: int, most: int
) -> list[list[Item]]:
    """Return the items in lists of at most `most` that weigh at most `limit` each.

    They are never reordered; one that is too heavy by itself has a list of its own.
    """
    lists: list[list[Item]] = []
    weight = limit + 1
    for item in items:
        own = weigh(item)
        if not lists or weight + own > limit or len(lists[-1]) == most:
            lists.append([])
            weight = 0
        lists[-1].append(item)
        weight += own
    return lists


def chat_weight(item: Item) -> int:
    """Return the room an item takes in a chat: UTF-16 units, as Telegram counts, once escaped.

    https://core.telegram.org/bots/api#sendmessage
    """
    shown = escape(block(item)) + "\n\n"
    return len(shown.encode("utf-16-le", "replace")) // 2
