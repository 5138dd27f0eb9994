"""
The XML of a feed, mended before it is parsed: what can be mended without loss is no damage.

Feeds are written by templates that know no XML. What is met: a wrong encoding or none, blank lines
before the declaration, bare "&", HTML's entities, control characters, prefixes nobody declared,
and the document types of 1999 that declare entities for letters.
"""

import html
import re
from html.entities import html5

from lxml import etree

from jobtide.model import Board, Response
from jobtide.sources import refused
from jobtide.text import decoded

_DECLARED = re.compile(rb"\A[^<]{0,20}<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{1,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A<\?xml\b[^>]*\?>\s*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(#\d{1,9};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{0,31};)?")
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
#: What may stand before the root: comments and instructions.
_PROLOG = re.compile(r"(?:\s*(?:<\?.*?\?>|<!--.*?-->))*\s*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]{0,1000}(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?(\S{1,60})\s+(?:\"([^\"]*)\"|'([^']*)'|([^>]*))")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,60}(?=[\s/>=])")
_NAMESPACE = re.compile(r"\sxmlns:([\w.-]{1,41})\s*=")
#: Bounds of what a document type may declare: RSS 0.91's declares 100 letters of one character.
MOST_ENTITIES, LONGEST_ENTITY, MOST_GROWTH = 300, 60, 2**20
#: Prefixes that are declared for the author; feeds use about five.
MOST_PREFIXES = 40


def mended(response: Response, board: Board) -> str:
    """Return the XML of an answer, without what only templates write.

    Raises:
        PayloadError: the document type declares entities of entities, outside ones, or long ones.
    """
    in_document = _DECLARED.search(response.body[:200])
    header = _CHARSET.search(response.content_type or "")
    declared = (in_document and in_document[1].decode("ascii"), header and header[1])
    text = _CONTROL.sub("", decoded(response.body, declared)).lstrip("\ufeff \t\r\n\u00a0")
    text, entities = _without_doctype(_XML_DECLARATION.sub("", text), board)
    return _with_prefixes(_with_entities(text, entities))


def parsed(text: str) -> "tuple[etree._Element, bool] | None":
    """Return the root of a mended document, and whether it is well-formed; None: no element.

    Nothing is fetched and no entity is expanded: all that may be were replaced as text.
    """
    body = text.encode()
    for recover in (False, True):
        parser = etree.XMLParser(
            recover=recover, no_network=True, resolve_entities=False, huge_tree=False,
            load_dtd=False, dtd_validation=False, remove_pis=True, remove_comments=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(body, parser)
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            return root, not recover
    return None


def _without_doctype(text: str, board: Board) -> tuple[str, dict[str, str]]:
    """Return the document without its type, and the letters that it declares."""
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    found = _DOCTYPE.match(text, start)
    if not found or text[start : start + 20].lower().startswith("<!doctype html"):
        return text, {}
    entities: dict[str, str] = {}
    for count, entity in enumerate(_ENTITY.finditer(found[1] or "")):
        parameter, name, double, single, outside = entity.groups()
        value = html.unescape(double if double is not None else single or "")
        if parameter or outside is not None or count == MOST_ENTITIES:
            raise refused("a document type that reaches outside the document", board)
        if len(value) > LONGEST_ENTITY or "&" in value or "<" in value:
            raise refused("a document type that declares entities of entities", board)
        entities.setdefault(f"{name};", value)
    rest = text[:start] + text[found.end() :]
    growth = sum(rest.count(f"&{name}") * len(value) for name, value in entities.items())
    if growth > MOST_GROWTH:
        raise refused("a document type that makes the document grow", board)
    return rest, entities


def _with_entities(text: str, entities: dict[str, str]) -> str:
    """Return the document with every "&" outside CDATA as XML wants it."""

    def mend(found: re.Match[str]) -> str:
        name = found[1]
        if name in _OF_XML:
            return found[0]
        if name in entities:
            return html.escape(entities[name], quote=False)
        if name and (name[0] == "#" or name in html5):
            letters = html.unescape(found[0])  # "&#146;" is a quotation mark, as in HTML
            return html.escape(_CONTROL.sub("", letters), quote=False)
        return f"&amp;{name or ''}"

    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        parts += (_AMPERSAND.sub(mend, text[at:start]), text[start:end])
        at = end
    parts.append(_AMPERSAND.sub(mend, text[at:]))
    return "".join(parts)


def _with_prefixes(text: str) -> str:
    """Return the document with the prefixes declared that nobody declared."""
    used = set(_PREFIX.findall(text)) - set(_NAMESPACE.findall(text)) - {"xml", "xmlns"}
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    if not used or not root:
        return text
    names = sorted(used)[:MOST_PREFIXES]
    declared = "".join(f' xmlns:{name}="urn:undeclared:{name}"' for name in names)
    return text[: root.end()] + declared + text[root.end() :]
