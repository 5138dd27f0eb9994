"""
Items as bytes, for the way from one process to another.

Structs go as MessagePack, many at once: measured on postings and their facts, a fifth to a tenth
of pickle's time. All else is pickled. Only what our own processes wrote is ever read.
"""

import pickle
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec

_ENCODE = msgspec.msgpack.Encoder().encode


def pack(items: Iterable[Any]) -> bytes:
    """Return the items as bytes, in their order."""
    return pickle.dumps([_packed(kind, list(run)) for kind, run in groupby(items, type)])


def unpack(data: bytes) -> list[Any]:
    """Return what `pack` was given: equal items, not the same objects."""
    found: list[Any] = []
    for kind, run in pickle.loads(data):  # noqa: S301 - our own processes wrote it
        found += pickle.loads(run) if kind is None else _decoder(kind).decode(run)  # noqa: S301
    return found


def _packed(kind: type, run: list[Any]) -> tuple[type | None, bytes]:
    if issubclass(kind, msgspec.Struct) and _is_stated(kind):
        try:
            return kind, _ENCODE(run)
        except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
            pass  # half a sign, a number of more than 64 bits: pickle takes all
    return None, pickle.dumps(run)


@lru_cache(maxsize=64)
def _is_stated(kind: type) -> bool:
    """Say whether all fields, and theirs, have types: MessagePack itself has no tuples or sets."""
    try:
        _decoder(kind)
        return all(_is_known(one) for one in _within(msgspec.inspect.type_info(kind), set()))
    except TypeError:
        return False


def _is_known(one: msgspec.inspect.Type) -> bool:
    return not isinstance(
        one, msgspec.inspect.AnyType | msgspec.inspect.CustomType | msgspec.inspect.RawType
    )


def _within(one: Any, seen: set[int]) -> Iterator[msgspec.inspect.Type]:  # noqa: ANN401 - a tree
    """Yield a type and all types in it."""
    if isinstance(one, tuple):
        for part in one:
            yield from _within(part, seen)
    elif isinstance(one, msgspec.inspect.Field):
        yield from _within(one.type, seen)
    elif isinstance(one, msgspec.inspect.Type) and id(one) not in seen:
        seen.add(id(one))
        yield one
        for name in one.__struct_fields__:
            yield from _within(getattr(one, name), seen)


@lru_cache(maxsize=64)
def _decoder(kind: type) -> msgspec.msgpack.Decoder[list[Any]]:
    return msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]


class Pairs:
    """(key, value) pairs on their way; a value under many keys travels once."""

    def __init__(self) -> None:
        self._keys = array("q")
        self._which = array("q")
        self._values: list[Any] = []
        self._known: dict[int, int] = {}  # values are kept, so that an id stays theirs

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self._keys)

    def add(self, key: int, value: Any) -> None:  # noqa: ANN401 - an engine sees no fields
        """Add a pair."""
        at = self._known.setdefault(id(value), len(self._values))
        if at == len(self._values):
            self._values.append(value)
        self._keys.append(key)
        self._which.append(at)

    def pack(self) -> bytes:
        """Return the pairs as bytes."""
        return pickle.dumps((self._keys, self._which, pack(self._values)))


def unpack_pairs(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the pairs of `Pairs.pack`, in their order."""
    keys, which, packed = pickle.loads(data)  # noqa: S301 - our own processes wrote it
    values = unpack(packed)
    return zip(keys, map(values.__getitem__, which), strict=True)
