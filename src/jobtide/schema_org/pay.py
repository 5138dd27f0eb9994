"""`baseSalary` in the forms programs write it."""

import html
import math
import re
from typing import Any

from jobtide.model import Salary, UnitText
from jobtide.schema_org.words import said

#: Words of `unitText`, folded: schema.org's own, those of job boards, and UN/CEFACT's codes
#: (https://schema.org/unitText, https://schema.org/unitCode).
_UNITS = {
    word: unit
    for unit, words in (
        (UnitText.HOUR, "hour hours hourly hr hrs hur h per_hour per_hour_wage stunde hora heure"),
        (UnitText.DAY, "day days daily per_day tag dia jour"),
        (UnitText.WEEK, "week weeks weekly wee per_week woche semana semaine"),
        (UnitText.MONTH, "month months monthly mon per_month monat mes mois"),
        (UnitText.YEAR, "year years yearly annual annually annum ann per_year per_annum pa jahr"),
    )
    for word in words.split()
}
#: Signs that mean one currency (ISO 4217); "$" and "kr" mean several, and are kept as they are.
_SIGNS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "zł": "PLN",
    "₫": "VND", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₱": "PHP", "r$": "BRL",
    "us$": "USD", "usd$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD",
    "s$": "SGD", "hk$": "HKD", "nz$": "NZD", "mx$": "MXN", "dollar": "USD", "dollars": "USD",
}  # fmt: skip
_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]{0,20}\d|\d")
_THOUSANDS_END = re.compile(r"\s?k\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
#: Digits after the last comma or dot that make it a mark of thousands: "52.000".
_GROUP = 3
_SHOWN = 200  #: characters of evidence


def salary(node: dict[str, Any]) -> tuple[Salary | None, str | None]:
    """Return the stated pay of a posting as figures, or as words where it is no figures.

    Zero is how programs say "not stated". The currency is ISO 4217, or the sign that was written.
    """
    base = node.get("baseSalary")
    base = next((one for one in base if one), None) if isinstance(base, list) else base
    if base is None or isinstance(base, bool):
        return None, None
    if not isinstance(base, dict):
        base = {"value": base}
    value = base.get("value")
    value = next((one for one in value if one), None) if isinstance(value, list) else value
    inner = value if isinstance(value, dict) else {"value": value}
    low, high = _range(inner)
    if low is None and high is None:
        low, high = _range({**base, "value": base.get("price")})
    texts = (
        inner.get("unitText"),
        base.get("unitText"),
        inner.get("unitCode"),
        base.get("unitCode"),
    )
    currencies = (base.get("currency"), inner.get("currency"), base.get("priceCurrency"),
                  node.get("salaryCurrency"))  # fmt: skip
    currency = next((one for text in currencies if (one := _currency(text))), None)
    if low is None and high is None:
        words = inner.get("value") if isinstance(inner.get("value"), str) else None
        return None, said(words) if words and re.search(r"[^\W\d_]", words) else None
    unit = next((one for text in texts if (one := _unit(text))), None)
    return (
        Salary(
            currency=currency,
            min_value=low,
            max_value=high,
            unit_text=unit,
            rule="schema_org.baseSalary",
            evidence=_evidence(base, inner),
        ),
        None,
    )


def _range(value: dict[str, Any]) -> tuple[float | None, float | None]:
    low, high = number(value.get("minValue")), number(value.get("maxValue"))
    if low is not None or high is not None:
        return low, high
    one = value.get("value")
    if isinstance(one, str):
        figures = [figure for text in _NUMBER.findall(one)[:3] if (figure := number(text))]
        if len(figures) == 2 and not _THOUSANDS_END.search(one):
            return figures[0], figures[1]
        if len(figures) != 1 or re.search(r"[^\W\d_]", one):
            return None, None
    figure = number(one)
    return figure, figure


def number(value: Any) -> float | None:  # noqa: ANN401 - any JSON
    """Return an amount of money; None for nothing, less than nothing, and what is no number.

    >>> number("52,000"), number("52.000"), number("26.5"), number("€ 1.234,50"), number(0)
    (52000.0, 52000.0, 26.5, 1234.5, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        found = _NUMBER.search(value[:100])
        if not found:
            return None
        value = _plain(found[0])
    try:
        figure = float(value)
    except (ValueError, OverflowError):
        return None
    return figure if math.isfinite(figure) and figure > 0 else None


def _plain(digits: str) -> str:
    """Return digits with marks of thousands as Python writes the number."""
    bare = re.sub(r"['\s]", "", digits)
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return bare
    mark, after = bare[last], len(bare) - last - 1
    others = bare[:last].replace(",", "").replace(".", "")
    whole = after == _GROUP and not (mark == "." and others in ("", "0"))
    if whole or bare.count(mark) > 1:
        return others + bare[last + 1 :]
    return f"{others}.{bare[last + 1 :]}"


def _currency(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    text = said(value)
    if text is None:
        return None
    for _ in range(4):  # "&amp;euro;" has been met
        text = html.unescape(text)
    word = text.strip()[:20]
    if len(word) == 3 and word.isascii() and word.isalpha():
        return word.upper()
    return _SIGNS.get(word.lower(), word if word in ("$", "kr", "¥") else None)


def _unit(value: Any) -> UnitText | None:  # noqa: ANN401 - any JSON
    text = said(value)
    if text is None:
        return None
    words = _WORD.findall(text.lower())[:4]
    candidates = ("_".join(words), *words)
    return next((_UNITS[word] for word in candidates if word in _UNITS), None)


def _evidence(base: dict[str, Any], inner: dict[str, Any]) -> str:
    names = ("minValue", "maxValue", "value", "currency", "unitText")
    shown: dict[str, str] = {}
    for name in names:
        for part in (inner, base):
            if isinstance(part.get(name), str | int | float):
                shown.setdefault(name, str(part[name]))
    return ", ".join(f"{name}: {words}" for name, words in shown.items())[:_SHOWN]
