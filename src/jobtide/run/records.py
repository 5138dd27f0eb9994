"""One posting a job: a detail page completes what the list said of it."""

from collections.abc import Iterable

import msgspec

from jobtide.model import Posting, Reject, Request


def merge_details(results: list[Posting | Reject]) -> tuple[list[Posting], list[Reject]]:
    """Return postings with unique ids, and the rejects.

    A list and the detail pages behind it speak of the same posting: the later one wins where it
    states something, the earlier one where the later is silent.
    """
    merged: dict[str, Posting] = {}
    rejects = []
    for result in results:
        if isinstance(result, Reject):
            rejects.append(result)
        elif result.id in merged:
            merged[result.id] = _overlay(merged[result.id], result)
        else:
            merged[result.id] = result
    return list(merged.values()), rejects


def _overlay(first: Posting, second: Posting) -> Posting:
    stated = {
        name: value
        for name in Posting.__struct_fields__
        if (value := getattr(second, name)) not in (None, (), "")
    }
    return msgspec.structs.replace(first, **stated)


def mark_incomplete(postings: list[Posting], failed: Iterable[Request]) -> list[Posting]:
    """Return the postings; those whose detail page failed say that their text is not whole.

    The list still shows them, so they are kept: such a page costs the text, never the job.
    """
    lost = {request.context.get("identifier") for request in failed}
    return [
        msgspec.structs.replace(one, description_complete=False) if one.identifier in lost else one
        for one in postings
    ]
