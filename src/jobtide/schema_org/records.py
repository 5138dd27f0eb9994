"""The job postings of one page as raw records, each knowing where it stood."""

from typing import Any

from jobtide.schema_org.posting import Origin, address, identifier
from jobtide.schema_org.words import said
from jobtide.text import squeeze

#: Names whose value is an address of the node.
_ADDRESSES = ("url", "mainEntityOfPage", "@id")


def records(nodes: list[dict[str, Any]], origin: Origin) -> list[dict[str, Any]]:
    """Return one record a posting: the node, "@page" (where it stood) and "@alone".

    A posting that stands there twice (two plugins, one page) is kept where it says more. An
    address that postings of different titles share is the address of none of them.
    """
    shared = _shared(nodes, origin)
    found: dict[str, dict[str, Any]] = {}
    for node in nodes:
        record = {**node, "@page": origin.page, "@alone": len(nodes) == 1}
        if address(node, origin) in shared:
            record = {name: one for name, one in record.items() if name not in _ADDRESSES}
        key = identifier(record, origin_of(record, origin))
        if key not in found or len(str(record)) > len(str(found[key])):
            found[key] = record
    return list(found.values())


def origin_of(record: dict[str, Any], board: Origin) -> Origin:
    """Return where a record stood; `board` says the rest."""
    return Origin(
        source=board.source,
        board=board.board,
        page=str(record["@page"]),
        alone=bool(record["@alone"]),
        organization=board.organization,
    )


def _shared(nodes: list[dict[str, Any]], origin: Origin) -> set[str]:
    titles: dict[str, set[str]] = {}
    for node in nodes:
        title = squeeze(said(node.get("title")) or said(node.get("name")) or "").lower()
        titles.setdefault(address(node, origin), set()).add(title)
    return {page for page, different in titles.items() if len(different) > 1}
