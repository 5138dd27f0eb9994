"""
The web page, the API and the feeds of every search: what `jobtide serve` serves.

A request passes `guarding` (hosts, rates, sizes, foreign writes), then `answering` (ETag,
compression, security headers), then its route: `pages` for people, `feeds` for readers of feeds,
`api` for programs. The address is the whole state: `asking` turns its parameters into one search
of the search language. What a reader marks (seen, applied, hidden) stays in the browser.

Handlers run in threads, since the store waits for its database; one store serves all of them.
"""

from jobtide.web.app import application
from jobtide.web.settings import WebSettings

__all__ = ["WebSettings", "application"]
