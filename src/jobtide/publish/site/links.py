"""Addresses that lead out of the site, exact enough for a validator."""

import re

from jobtide.publish.markdown import href, url

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def address(raw: str | None) -> str | None:
    """Return an http(s) address for an attribute, or None.

    A browser forgives a "%" that escapes nothing and a second "#"; the URL Standard does not
    (https://url.spec.whatwg.org/#url-writing).
    """
    found = url(raw)
    if found is None:
        return None
    before, mark, fragment = _LONE_PERCENT.sub("%25", found).partition("#")
    return href(before + mark + fragment.replace("#", "%23"))
