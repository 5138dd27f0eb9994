"""What a run did, counted by source, step and reason."""

from collections import Counter
from typing import Any

#: The counts of one source, in the order they are shown.
COUNTS = (
    "boards", "read", "kept", "rejected", "new", "changed", "seen", "missing", "closed", "failed",
)  # fmt: skip


class Summary:
    """Counts that grow while a run goes on."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.sources: dict[str, Counter[str]] = {}
        self.rejects: Counter[str] = Counter()
        self.mended: Counter[str] = Counter()
        self.errors: list[str] = []
        self.alarms: list[str] = []  #: boards that gave less than they use to
        self.links: Counter[str] = Counter()  #: what the pages of postings said
        self.rows_written = 0

    def add(self, source: str, **counts: int) -> None:
        """Count for one source; the names are those of COUNTS."""
        self.sources.setdefault(source, Counter()).update(counts)

    @property
    def failed(self) -> int:
        """Boards that could not be read."""
        return sum(counts["failed"] for counts in self.sources.values())

    def as_dict(self) -> dict[str, Any]:
        """Return the object that `--json` prints."""
        return {
            "sources": {
                name: {key: counts[key] for key in COUNTS}
                for name, counts in sorted(self.sources.items())
            },
            "rejects": dict(sorted(self.rejects.items())),
            "rows_written": self.rows_written,
        }

    def for_log(self) -> dict[str, Any]:
        """Return what the log of the run keeps: alarms and link checks besides."""
        return {
            **self.as_dict(),
            "alarms": self.alarms,
            "links": dict(sorted(self.links.items())),
        }
