"""Which nodes of a page's JSON-LD are job postings, with their names in schema.org's spelling."""

from typing import Any

from msgspec import Struct

from jobtide.schema_org.blocks import data, read_page

#: Bounds of the walk through one page; the largest recorded page has some 900 values.
MOST_VALUES = 200_000
MOST_POSTINGS = 1000
#: Levels of a node that are read: a posting needs six (list, place, address, country, name, text).
DEEPEST = 12
_KIND = "jobposting"


class Found(Struct, frozen=True):
    """What the JSON-LD of one page holds."""

    nodes: list[dict[str, Any]]  #: the job postings, as plain data
    blocks: int  #: JSON-LD blocks the page has
    unreadable: int  #: blocks that are no JSON and could not be mended
    whole: bool  #: False: the page ends inside a block


def job_postings(body: bytes, content_type: str | None = None) -> Found:
    """Return the job postings of a page (HTML with JSON-LD, or JSON-LD itself), in order.

    Names are put into schema.org's spelling ("Title", "schema:title" become "title"). Nodes that
    are only named where they are used ({"@id": "#org"}) are put into their place. A posting that
    stands on the page twice, word for word, is returned once.
    """
    page = read_page(body, content_type)
    values = [data(block) for block in page.blocks]
    nodes, named_nodes = _walk([value for value in values if value is not None])
    found: list[dict[str, Any]] = []
    for node in nodes:
        whole = {name: _resolved(value, named_nodes) for name, value in node.items()}
        if whole not in found[-20:]:
            found.append(whole)
    return Found(found, len(page.blocks), values.count(None), page.whole)


def named(node: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return a node of any program with its names in schema.org's spelling."""
    spelled = _spelled(node, DEEPEST)
    return spelled if isinstance(spelled, dict) else {}


def _walk(roots: list[Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the job postings below the roots, and every node that has a name ("@id")."""
    postings: list[dict[str, Any]] = []
    named_nodes: dict[str, Any] = {}
    waiting = roots[::-1]
    for _ in range(MOST_VALUES):
        if not waiting or len(postings) == MOST_POSTINGS:
            break
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value[::-1])
        elif isinstance(value, dict):
            if is_posting(value):
                postings.append(named(value))
            else:
                identifier = value.get("@id")
                if isinstance(identifier, str) and len(value) > 1:
                    named_nodes.setdefault(identifier, named(value))
                waiting.extend([one for one in value.values() if _holds(one)][::-1])
    return postings, named_nodes


def is_posting(node: dict[str, Any]) -> bool:
    """Tell whether a node says that it is a JobPosting, as a text or in a list of kinds."""
    kinds = node.get("@type") or node.get("@Type") or node.get("type") or node.get("Type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str) and kind.rpartition("/")[2].rpartition(":")[2].lower() == _KIND:
            return True
    return False


def _holds(value: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(value, list | dict) and bool(value)


def _spelled(value: Any, levels: int) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return _text(value)
    if not _holds(value):
        return value if not isinstance(value, list | dict) else type(value)()
    if levels == 0:
        return None
    if isinstance(value, list):
        return [_spelled(one, levels - 1) for one in value]
    spelled: dict[str, Any] = {}
    for name, one in value.items():
        spelled.setdefault(_name(name), _spelled(one, levels - 1))
    return spelled


def _name(name: str) -> str:
    """Return a name in camel case without a prefix, whoever wrote it."""
    short = _text(name).rpartition("/")[2].rpartition(":")[2].strip()
    return (
        short[:2].lower() + short[2:] if short.startswith("@") else short[:1].lower() + short[1:]
    )


def _text(text: str) -> str:
    """Return a text without NUL and halves of surrogate pairs: no database takes them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\x00", "")


def _resolved(value: Any, named_nodes: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return what a node that is only a name stands for."""
    if isinstance(value, list):
        return [_resolved(one, named_nodes) for one in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) <= 2:
        return named_nodes.get(value["@id"], value)
    return value
