"""
A recorded case: the answers of one board, and what must be read in them.

tests/payloads/<source>/<case>/ holds
- board.json       the `Board`
- 1.json           the answer to `source.start(board)`; any suffix: 1.rss, 1.xml, 1.html
- 2.json, 3.json   the answers to what the pages ask to follow, in the order asked; one whose
                   request is optional may be missing: it stands for a failed request
- request.json     optional: fields of the first `Request` that differ, {"context": {...}}
- empty.json       optional: the board's answer when it has no postings, if it has one of its own
- requests.txt     expected: what is asked, one line a request
- expected.jsonl   expected: one `Posting` or `Reject` a line, in order

The last two are written by `python -m tests.contract.write_expected SOURCE/CASE`.
"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from jobtide import sources
from jobtide.model import Board, Page, Posting, Reject, Request, Response

PAYLOADS = Path(__file__).parents[1] / "payloads"
CASES = sorted(path.parent for path in PAYLOADS.glob("*/*/board.json"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOST_REQUESTS = 200


class Recorded:
    """One case; see above."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.board = msgspec.json.decode((folder / "board.json").read_bytes(), type=Board)
        self.source = sources.load(self.board.source)

    def first_request(self) -> Request:
        """Return what the source asks first, changed as request.json says."""
        request = self.source.start(self.board)
        changes = self.folder / "request.json"
        if changes.exists():
            fields = msgspec.to_builtins(request) | msgspec.json.decode(changes.read_bytes())
            request = msgspec.convert(fields, Request)
        return request

    def answer(self, number: int) -> bytes | None:
        """Return the bytes of the answer to the request asked as number `number`, or None."""
        found = list(self.folder.glob(f"{number}.*"))
        assert len(found) < 2, found
        return found[0].read_bytes() if found else None

    def empty(self) -> bytes | None:
        """Return the board's answer when it has no postings, or None."""
        found = list(self.folder.glob("empty.*"))
        return found[0].read_bytes() if found else None

    def split(self, body: bytes, request: Request | None = None) -> Page:
        """Take one answer apart, by default to the first request."""
        response = Response(request=request or self.first_request(), body=body, fetched_at=NOW)
        return self.source.split(response, self.board)

    def first_page(self) -> Page:
        """Return the first answer taken apart."""
        body = self.answer(1)
        assert body is not None, f"{self.folder} has no first answer"
        return self.split(body)

    def play(self) -> tuple[list[Request], list[Page]]:
        """Return what is asked and what is answered, following as `fetch` does."""
        requests, pages = [self.first_request()], []
        for number, request in enumerate(requests, start=1):  # grows as pages are followed
            assert number < MOST_REQUESTS, "following does not end"
            body = self.answer(number)
            if body is None and request.optional:
                continue
            assert body is not None, f"{self.folder} has no answer {number} to {request.url}"
            pages.append(self.split(body, request))
            requests += pages[-1].follow
        return requests, pages

    def results(self) -> list[Posting | Reject]:
        """Return what is read; a later page may say again, better, what an earlier one said."""
        results: dict[str, Posting | Reject] = {}
        for page in self.play()[1]:
            for result in sources.read(self.source, page, self.board):
                key = result.id if isinstance(result, Posting) else f"reject {len(results)}"
                results[key] = result
        return list(results.values())


def requests_text(requests: list[Request]) -> str:
    """Return the requests as people read them: method, address, body, one a line."""
    lines = [f"{r.method} {r.url} {(r.body or b'').decode()}".rstrip() for r in requests]
    return "".join(f"{line}\n" for line in lines)


def results_text(results: list[Posting | Reject]) -> bytes:
    """Return the results as JSON Lines; a `Reject` is known by its `step`."""
    return b"".join(msgspec.json.encode(result) + b"\n" for result in results)


def read_results(text: bytes) -> list[Posting | Reject]:
    """Return what `results_text` wrote."""
    lines = [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
    return [msgspec.convert(line, Reject if "step" in line else Posting) for line in lines]
