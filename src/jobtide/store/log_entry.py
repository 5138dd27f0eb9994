"""What the log holds of one reading, as the text every store keeps in one column."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from jobtide.store.records import Counts, Logged, Reading


class _Kept(Counts, frozen=True, kw_only=True, omit_defaults=True):
    """What the column `counts` holds: the counts, and what else is known of a reading."""

    error_kind: str | None = None
    retry_at: datetime | None = None
    fill: dict[str, float] = msgspec.field(default_factory=dict)


_KEPT = msgspec.json.Decoder(_Kept)


def kept(reading: Reading, counts: Counts) -> str:
    """Return what the column `counts` of a reading holds."""
    values: dict[str, Any] = msgspec.structs.asdict(counts)
    values |= {"error_kind": reading.error_kind, "fill": reading.fill}
    values |= {"retry_at": reading.retry_at}
    return msgspec.json.encode(_Kept(**values)).decode()


def logged(reading: Reading, counts: str) -> Logged:
    """Return a reading as it was, given its other columns and what `kept` made."""
    more = _KEPT.decode(counts)
    whole = replace(reading, error_kind=more.error_kind, retry_at=more.retry_at, fill=more.fill)
    plain = {name: getattr(more, name) for name in Counts.__struct_fields__}
    return Logged(reading=whole, counts=Counts(**plain))
