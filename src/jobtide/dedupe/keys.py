"""
Blocking keys: postings that share none of them are never compared.

Each says in another way "these may be one job": the employer's role, its place, its number, its
address, or nearly the same words. docs/explanation/how-duplicates-are-found.md has the chances.
"""

from array import array

from jobtide.dedupe.facts import Facts
from jobtide.dedupe.sketch import bands, hash_bytes
from jobtide.text import stable_hash

#: Raise it when keys or verdicts change: what is stored is then made anew.
RULES = "3"

#: (bands, rows) of texts under one title, whoever the employer is: texts that share nine tenths
#: meet with a chance of 0.995, those that share a half with 0.41.
_SAME_TITLE = (4, 3)
#: The same under one employer, whatever the title, where half of each text is the employer's
#: own praise: nine tenths meet with 0.93, a half with 0.09.
_SAME_COMPANY = (3, 5)
#: Bits that keys of one family share.
_NEAR = 0b1111


def blocking_keys(facts: Facts) -> tuple[int, ...]:
    """Return the keys of a posting as numbers of 63 bits, each once, in ascending order.

    Of the words of a title the first two letters, so that a slip does not part what it names.
    """
    role, company = facts.role.key, facts.company
    begins = "|".join(sorted(word[:2] for word in facts.role.words))
    near, own = stable_hash(begins), stable_hash(company)
    keys = {_key("link", link) for link in facts.links}
    if company:
        keys.add(_beside(near, _key("role", company, begins)))
        keys.add(_beside(near, _key("spot", company, role, *sorted(map(str, facts.spots)))))
        keys.update(_key("requisition", company, number) for number in facts.requisitions)
    for bound, beside, (count, rows) in ((role, near, _SAME_TITLE), (company, own, _SAME_COMPANY)):
        if bound:
            salt = stable_hash(bound) >> 8
            found = enumerate(bands(facts.text, rows, count), rows << 4)
            keys.update(_beside(beside, hash_bytes(band, salt + at) >> 1) for at, band in found)
    if facts.text.runs and not facts.text.bins:
        keys.add(_beside(near, _key("words", role, str(facts.text.name))))
    return tuple(sorted(keys))


def _beside(family: int, key: int) -> int:
    """Return the key with the last bits of its family's number.

    An engine that shares keys out among its workers (key modulo workers) then sends those of one
    title to one worker: fewer copies travel, fewer pairs are judged twice. Four bits leave each
    family to a sixteenth of the workers, so that a title everybody has is no burden to one.
    """
    return key & ~_NEAR | family & _NEAR


def pack(keys: tuple[int, ...]) -> bytes:
    """Return keys as bytes, eight each."""
    return array("q", keys).tobytes()


def unpack(packed: bytes) -> tuple[int, ...]:
    """Return what `pack` was given."""
    return tuple(array("q", packed))


def _key(*parts: str) -> int:
    return stable_hash("|".join(parts)) >> 1  # 63 bits: every database has a column for them
