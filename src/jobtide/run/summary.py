"""What a run did, counted by source, step and reason."""

from collections import Counter
from typing import Any

from jobtide.publish.markdown import md

#: Boards named in one list of the Markdown; a job summary may have 1 MiB in all (GitHub's docs,
#: "Workflow commands", job summaries), and nobody reads more.
_MOST = 50
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

    def include(self, other: "Summary") -> None:
        """Count what another one counted as well."""
        for source, counts in other.sources.items():
            self.add(source, **counts)
        for mine, its in (
            (self.rejects, other.rejects),
            (self.mended, other.mended),
            (self.links, other.links),
        ):
            mine.update(its)
        self.errors += other.errors
        self.alarms += other.alarms
        self.rows_written += other.rows_written

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

    def as_markdown(self) -> str:
        """Return the run as a section of Markdown: what the job summary of an Action shows."""
        total: Counter[str] = Counter()
        for counts in self.sources.values():
            total.update(counts)
        rows = [(md(name), counts) for name, counts in sorted(self.sources.items())]
        lines = [
            "## Job boards read",
            "",
            f"| source | {' | '.join(COUNTS)} |",
            f"| :--- |{' ---: |' * len(COUNTS)}",
            *(_row(name, counts) for name, counts in [*rows, ("**all**", total)]),
            "",
            *_folded("Boards that could not be read", [md(error) for error in self.errors]),
            *_folded("Boards that need a look", [md(alarm) for alarm in self.alarms]),
            *_folded(
                "Refused, because it is no job",
                [f"{number} {md(reason)}" for reason, number in sorted(self.rejects.items())],
            ),
        ]
        return "\n".join(lines) + "\n"

    def for_log(self) -> dict[str, Any]:
        """Return what the log of the run keeps: alarms and link checks besides."""
        return {
            **self.as_dict(),
            "alarms": self.alarms,
            "links": dict(sorted(self.links.items())),
        }


def _row(name: str, counts: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(counts[key]) for key in COUNTS)} |"


def _folded(title: str, items: list[str]) -> list[str]:
    """Return a list that is folded up; nothing for no items, and a count for those too many."""
    if not items:
        return []
    more = [f"- and {len(items) - _MOST} more"] if len(items) > _MOST else []
    listed = [f"- {item}" for item in items[:_MOST]]
    head = f"<details><summary>{title}: {len(items)}</summary>"
    return [head, "", *listed, *more, "", "</details>", ""]
