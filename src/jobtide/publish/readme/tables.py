"""Long tables over several files: archives of ended jobs, lists of employers and countries."""

from collections.abc import Iterator, Sequence

from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish.readme.settings import ReadmeSettings

#: Room for what stands around the rows of a file, in bytes.
_AROUND = 2_000


def write_table(
    path: str, title: str, note: str, head: Sequence[str], rows: Sequence[str], marker: str,
    settings: ReadmeSettings,
) -> Iterator[File]:  # fmt: skip
    """Yield a page with one table, and numbered ones when it grows too long.

    `path` is without suffix and `rows` are lines of Markdown; `note` stands above the table.
    """
    parts = _parts(rows, min(settings.soft_bytes, settings.hard_bytes) - _AROUND)
    folder, _, name = path.rpartition("/")
    names = [f"{name}.md" if at == 0 else f"{name}-{at + 1}.md" for at in range(len(parts))]
    for at, part in enumerate(parts):
        links = [f"[newer]({names[at - 1]})"] if at else []
        links += [f"[older]({names[at + 1]})"] if at + 1 < len(parts) else []
        body = "\n".join(
            [
                f"{marker}# {title}\n",
                f"{note}\n",
                f"| {' | '.join(head)} |",
                f"|{' :--- |' * len(head)}",
                *part,
                *([f"\n{' · '.join(links)}"] if links else []),
                "",
            ]
        ).encode()
        if len(body) > settings.hard_bytes:
            raise PublishError(
                f"{path}: a row of {len(body):,} bytes is more than a file may have"
            )
        yield File(path=f"{folder}/{names[at]}", body=body)


def _parts(rows: Sequence[str], room: int) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    used = 0
    for row in rows:
        size = len(row.encode()) + 1
        if parts[-1] and used + size > room:
            parts.append([])
            used = 0
        parts[-1].append(row)
        used += size
    return parts
