"""
A posting as the store keeps it: its bytes, its digest, and what differs between two of them.

Pure. The description is kept apart from the rest (it is nine tenths of the bytes and seldom
asked for), compressed together with its plain text, which is nearly the same words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import zstandard
from msgspec import Struct
from msgspec.structs import replace

from jobtide.model import Posting

_ENCODE = msgspec.json.Encoder()
_DECODE = msgspec.json.Decoder(Posting)
_DECODE_BODY = msgspec.json.Decoder(tuple[str, str])

#: What a board says about a job: when one of these differs, the posting changed. Left out on
#: purpose: the dates (boards move them daily to stay on top), the logo's address (often signed
#: anew for each answer), the description's HTML (its words are `text`), and our labels (a better
#: rule is no news of the board).
BOARD_WORDS = (
    "title",
    "hiring_organization",
    "organization_url",
    "url",
    "apply_url",
    "text",
    "requisition",
    "tags",
    "occupational_category",
    "employment_type_text",
    "seniority_text",
    "location_text",
    "job_locations",
    "applicant_locations",
    "timezones_text",
    "arrangement_text",
    "salary_text",
    "stated_salary",
)

#: What a reader wants to know besides, once the board's words have changed.
READ_FROM_THEM = (
    "category",
    "seniority",
    "employment_type",
    "arrangement",
    "eligibility",
    "base_salary",
)

#: Characters kept on each side of the place where two long texts part.
_AROUND = 80
_LONG = 240

#: zstd level: 3 takes the time of 1 here and saves 7 % more (4.7 kB descriptions, 16 µs each).
_LEVEL = 3


#: Earlier versions kept of one posting: enough for every honest edit; some boards put something
#: new into the text at each answer (reader stops counting such changes at 24 as well).
VERSIONS = 24


class Draft(Struct, frozen=True):
    """A posting ready to be written; `digest` covers every field of it."""

    posting: Posting
    head: bytes  #: JSON without description and text
    body: bytes  #: JSON of (description, text)
    digest: bytes


def draft(posting: Posting) -> Draft:
    """Return `posting` encoded; half surrogate pairs, which no UTF-8 can hold, become "?"."""
    try:
        head = _ENCODE.encode(replace(posting, description="", text=""))
        body = _ENCODE.encode((posting.description, posting.text))
    except UnicodeEncodeError:
        return draft(msgspec.convert(_whole(msgspec.to_builtins(posting)), Posting))
    digest = hashlib.blake2b(head, digest_size=16)
    digest.update(body)
    return Draft(posting, head, body, digest.digest())


def drafts_of(source: str, board: str, postings: Sequence[Posting]) -> dict[str, Draft]:
    """Return the postings encoded, the first of those with the same identifier."""
    drafts: dict[str, Draft] = {}
    for posting in postings:
        if (posting.source, posting.board) != (source, board):
            raise ValueError(f"{posting.id} is no posting of {source}/{board}")
        if posting.identifier not in drafts:
            drafts[posting.identifier] = draft(posting)
    return drafts


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(inner) for inner in value]
    return value


def posting_of(head: bytes | str, body: bytes) -> Posting:
    """Return the posting that `draft` made `head` and (uncompressed) `body` of."""
    description, text = _DECODE_BODY.decode(body)
    return replace(_DECODE.decode(head), description=description, text=text)


def compress(body: bytes) -> bytes:
    """Return `body` as a zstd frame."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(body)


def decompress(packed: bytes) -> bytes:
    """Return what `compress` was given."""
    return zstandard.ZstdDecompressor().decompress(packed)


def digest_of(data: bytes) -> bytes:
    """Return 16 bytes that name `data` (blake2b: nobody can make two bodies share them)."""
    return hashlib.blake2b(data, digest_size=16).digest()


def hash_of(sections: Iterable[Iterable[tuple[Any, ...]]]) -> str:
    """
    Return 32 hexadecimal digits for all that was learned.

    `sections` are the rows of postings, events, openings and rejects, ordered by their names.
    Every store gives the same rows: moments as text, as SQLite keeps them, and truth as 0 or 1.
    Left out are keys (two stores may have met the boards in another order), the log, raw answers
    (they may be pruned), and the moment a board was last read.
    """
    digest = hashlib.blake2b(digest_size=16)
    for number, rows in enumerate(sections):
        digest.update(b"section %d" % number)
        for row in rows:
            digest.update(repr(row).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def differences(earlier: Posting, now: Posting) -> dict[str, tuple[Any, Any]]:
    """
    Return field -> (earlier, now) when the board says something else, else {}.

    Values are JSON values; of long texts only the surroundings of the first difference.
    """
    changed = _differing(earlier, now, BOARD_WORDS)
    if not changed and not (earlier.text or now.text):
        changed = _differing(earlier, now, ("description",))
    if changed:
        changed |= _differing(earlier, now, READ_FROM_THEM)
    return changed


def _differing(
    earlier: Posting, now: Posting, fields: tuple[str, ...]
) -> dict[str, tuple[Any, Any]]:
    found = {}
    for field in fields:
        pair = getattr(earlier, field), getattr(now, field)
        if pair[0] != pair[1]:
            one, other = (msgspec.to_builtins(value) for value in pair)
            if isinstance(one, str) and isinstance(other, str):
                one, other = around(one, other)
            found[field] = (one, other)
    return found


def around(one: str, other: str) -> tuple[str, str]:
    """
    Return two long texts cut to where they first part; short ones as they are.

    >>> around("Lead", "Senior lead")
    ('Lead', 'Senior lead')
    """
    if max(len(one), len(other)) <= _LONG:
        return one, other
    parting = next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )
    return _cut(one, parting), _cut(other, parting)


def _cut(text: str, at: int) -> str:
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def poorer(earlier: Posting, now: Posting) -> bool:
    """
    Return whether `now` is only an excerpt of what we hold whole.

    A detail page that failed today takes no description away, as long as the list still gives
    the job the same title, organization and place.
    """
    return (earlier.description_complete and not now.description_complete) and all(
        getattr(earlier, field) == getattr(now, field)
        for field in ("title", "hiring_organization", "location_text")
    )
