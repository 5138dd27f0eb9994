"""A sentence for a card, and how several names make one."""

from msgspec import Struct

#: Names shown before "and 3 more".
_SHOWN = 4


class Fact(Struct, frozen=True, kw_only=True):
    """A sentence for a card."""

    text: str
    stated: bool = True  #: False: the text says that it is not stated
    inferred: bool = False  #: True: concluded, not read


def listed(names: list[str]) -> str:
    """Return names once each: "Germany or Austria", "Spain, Italy, Malta, Cyprus + 2 more"."""
    if len(names) < 2:
        return names[0] if names else ""
    once = [name for name in dict.fromkeys(names) if name]
    if len(once) > _SHOWN:
        return f"{', '.join(once[:_SHOWN])} + {len(once) - _SHOWN} more"
    return " or ".join([", ".join(once[:-1]), once[-1]]) if len(once) > 1 else "".join(once)
