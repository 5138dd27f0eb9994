"""Which feeds are made, and how long they are."""

from msgspec import Struct

from jobtide.publish.readme.settings import PageSettings


class FeedSettings(Struct, frozen=True, kw_only=True):
    """All that `render` must be told beside the snapshot."""

    everything: PageSettings  #: what may stand in any feed but those of `pages`: remote openings
    pages: tuple[PageSettings, ...] = ()  #: one feed each, besides those made by themselves
    title: str = "Remote jobs"
    home: str | None = None  #: address of the published folder; the feeds lie in feeds/ below it
    authority: str = "jobtide,2026"  #: of the ids, for ever (RFC 4151, section 2.1)
    min_items: int = 100  #: as many are shown whole, but in a country's feed
    days: int = 7  #: a feed reaches back at least so far, or has `min_items`, whichever is longer
    max_items: int = 500  #: but is never longer: a first run finds thousands of "new" openings
    min_company: int = 2  #: openings of an employer that has a feed of its own
    kept: frozenset[str] = frozenset()  #: feeds published earlier: they stay while they have one
    full_chars: int = 50_000  #: of a description that may be shown in full
    excerpt_chars: int = 300  #: of a description of which an excerpt may be shown

    @property
    def base(self) -> str | None:
        """Return the address of the folder of feeds, with the slash at its end."""
        return f"{self.home.rstrip('/')}/feeds/" if self.home else None
