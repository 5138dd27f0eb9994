"""Words and paths as the templates take them: escaped, and marked as such, once."""

from functools import lru_cache

from minijinja import safe

from jobtide.publish.markdown import attribute

#: The same employers, skills and places come again and again; marking a text as safe takes longer
#: than finding it here.
_MANY = 65_536


@lru_cache(maxsize=_MANY)
def escaped(text: str) -> str:
    """Return plain text for between two tags or a quoted attribute."""
    return attribute(text)


@lru_cache(maxsize=_MANY)
def link(path: str) -> str:
    """Return a path for an attribute: it needs no escaping, and "/" stays readable."""
    return safe(path)
