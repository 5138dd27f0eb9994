"""Who asks: country, UTC offset and theme, kept in the browser and nowhere else."""

from collections.abc import Mapping
from urllib.parse import unquote, urlencode

from msgspec import Struct

from jobtide.places.table import countries
from jobtide.publish.facts import country as country_name

#: The cookie the page's own script writes: "PL|1|dark". It is read here and never set here.
COOKIE = "jobtide"
THEMES = ("", "light", "dark")
#: UTC offsets in use lie between these (IANA time zone database).
_WEST, _EAST = -12.0, 14.0


class Me(Struct, frozen=True, kw_only=True):
    """The reader, as far as the reader said."""

    country: str = ""  #: ISO 3166-1 alpha-2; "": not said
    offset: float | None = None  #: hours from UTC, standard time
    theme: str = ""  #: "light", "dark"; "": as the system has it
    carried: bool = False  #: True: the address says who asks, and links must go on saying it

    @property
    def name(self) -> str:
        """Return the country's name; empty when it is not said."""
        return country_name(self.country) if self.country else ""

    @property
    def query(self) -> str:
        """Return what links add to their address: nothing where a cookie says it."""
        if not self.carried or not self.country:
            return ""
        offset = [] if self.offset is None else [("offset", f"{self.offset:+g}")]
        return f"?{urlencode([('me', self.country), *offset])}"


def me_of(asked: Mapping[str, str], cookies: Mapping[str, str]) -> Me:
    """Return who asks: by the address, else by the cookie; what cannot be read is not said."""
    parts = [*unquote(cookies.get(COOKIE, "")).split("|"), "", "", ""][:3]
    theme = parts[2] if parts[2] in THEMES else ""
    country = _country(asked["me"] if "me" in asked else parts[0])
    offset = _offset(asked["offset"] if "offset" in asked else parts[1])
    carried = bool(asked.get("me"))
    return Me(country=country, offset=offset, theme=theme, carried=carried)


def _country(text: str) -> str:
    code = text.strip().upper()
    return code if code in countries() else ""


def _offset(text: str) -> float | None:
    """Return hours from UTC of "+5.5", "UTC+1" or "-3"; None for anything else."""
    try:
        hours = float(text.strip().upper().removeprefix("UTC").replace("−", "-") or "x")
    except ValueError:
        return None
    return hours if _WEST <= hours <= _EAST else None
