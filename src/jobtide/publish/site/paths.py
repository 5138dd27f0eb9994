"""Where each page lies: names of [a-z0-9-] only, so no name needs escaping in an address."""

from functools import lru_cache

from jobtide.publish.feeds.channels import company_file
from jobtide.publish.names import slug

#: Root pages, in the order of the navigation.
NAVIGATION = (
    ("index.html", "Jobs"),
    ("countries.html", "Countries"),
    ("companies.html", "Companies"),
    ("skills.html", "Skills"),
    ("changes.html", "Changes"),
    ("stats.html", "Numbers"),
    ("about.html", "About"),
)
STYLE = "static/style.css"
SCRIPT = "static/site.js"
SEARCH_SCRIPT = "static/search.js"
ICON = "static/icon.svg"
CARD = "static/card.png"
PLACES = "static/places.json"


#: Names are asked for again and again: for the page, and for each list that leads to it.
_MANY = 65_536


@lru_cache(maxsize=_MANY)
def job(identifier: str) -> str:
    """Return the page of an opening: from its id alone, so it stays whatever else changes.

    >>> job("greenhouse:acme:7")[:20]
    'job/greenhouse-acme-'
    """
    return f"job/{slug(identifier, identifier)}.html"


@lru_cache(maxsize=_MANY)
def company(key: str) -> str:
    """Return the list of an employer, from its `company_key`, without suffix."""
    return f"company/{company_file(key)}"


def country(code: str) -> str:
    """Return the list of what is open to a country, without suffix."""
    return f"country/{slug(code)}"


@lru_cache(maxsize=_MANY)
def skill(word: str) -> str:
    """Return the list of a skill, without suffix; two spellings of one slug share it."""
    return f"skill/{slug(word)}"


def numbered(path: str, number: int) -> str:
    """Return the file of one page of a list: no slug holds "--", so it is nobody else's."""
    return f"{path}.html" if number == 1 else f"{path}--{number}.html"


def root(path: str) -> str:
    """Return the way from a page back to the folder of the site: "" or "../"."""
    return "../" * path.count("/")
