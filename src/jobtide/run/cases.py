"""Recorded answers of a source in a folder, as the contract tests read them."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from jobtide.errors import UsageError
from jobtide.fetch import Capture
from jobtide.model import Board, Posting, Reject, Response
from jobtide.run.boards import find_source
from jobtide.run.collect import read_capture

#: The moment recorded answers are read at, so that relative dates come out the same.
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def read_case(folder: Path) -> tuple[list[Posting], list[Reject]]:
    """Return what the answers 1.*, 2.* ... of a folder with board.json become.

    Raises:
        UsageError: a file of the case is missing or is no board.
        PayloadError: an answer has an unknown shape.
    """
    try:
        board = msgspec.json.decode((folder / "board.json").read_bytes(), type=Board)
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(
            f"{folder}: needs a board.json that names source and token: {error}"
        ) from None
    source = find_source(board.source)
    requests, responses, pages = [source.start(board)], [], []
    for number, request in enumerate(requests, start=1):  # grows as pages are followed
        answers = sorted(folder.glob(f"{number}.*"))
        if not answers:
            raise UsageError(f"{folder}: the answer {number}.* to {request.url} is missing")
        response = Response(request=request, body=answers[0].read_bytes(), fetched_at=MOMENT)
        page = source.split(response, board)
        responses.append(response)
        pages.append(page)
        requests += page.follow
    return read_capture(Capture(board=board, responses=tuple(responses), pages=tuple(pages)))
