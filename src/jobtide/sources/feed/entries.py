"""The entries of RSS 0.9 to 2.0 and Atom as plain data, whichever names they use."""

from typing import Any

from lxml import etree

#: Documents that are feeds, by the name of their root.
ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
ITEMS = frozenset(("item", "entry"))

#: Names of elements, in lower case and without prefix, and the field they fill; the first that
#: holds anything wins, so the order of a field's names is the order they are believed in.
#: Standard ones: RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0, Atom (RFC 4287),
#: Dublin Core, content. The others: WP Job Manager (job_listing:company, :location, :job_type),
#: themes built on it (:job_category, :salary), We Work Remotely (region, type, expires_at,
#: skills), Teamtailor (tt:department), and what small boards call the same.
FIELDS = {
    name: field
    for field, names in {
        "title": "title",
        "guid": "guid id identifier",
        "description": "description summary abstract",
        "content": "encoded content",
        "published": "pubdate published issued date created",
        "updated": "updated modified",
        "expires": "expires expires_at expirationdate expiration_date expirydate expiry_date"
        " valid_through validthrough closing_date closingdate deadline application_deadline",
        "creator": "creator",
        "company": "company company_name companyname employer hiringorganization"
        " hiring_organization",
        "location": "location job_location joblocation locations region",
        "city": "city",
        "state": "state",
        "country": "country",
        "job_type": "job_type jobtype employment_type employmenttype type contract_type",
        "job_category": "job_category jobcategory department",
        "salary": "salary job_salary salary_range compensation",
        "remote": "remote remotestatus remote_status workplacetype workplace_type",
        "skills": "skills",
        "original": "origlink",
        "logo": "logo company_logo job_logo",
    }.items()
    for name in names.split()
}
#: Fields whose text is HTML, also when the markup stands there as elements.
_PROSE = frozenset(("description", "content"))
#: Namespaces whose title, description and category are not the entry's own, declared or not.
_OTHERS = ("mrss", "itunes", "georss", "googleplay", "podcast", "undeclared:media")
#: What a field may hold at most, in characters; longer ones are bodies in the wrong place.
LONGEST = 2000


def entries(root: "etree._Element", *, whole: bool) -> list[dict[str, Any]]:
    """Return one record an entry; in a damaged document wherever entries stand."""
    if whole:
        found = [item for item in root.iterchildren("{*}*") if local(item) in ITEMS]
        for channel in root.iterchildren("{*}*"):
            if local(channel) == "channel":
                found += [item for item in channel.iterchildren("{*}*") if local(item) in ITEMS]
    else:  # elements that were not closed nest
        found = [item for item in root.iter("{*}*") if local(item) in ITEMS]
    return [_record(item) for item in found]


def local(element: "etree._Element") -> str:
    """Return the name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def _record(item: "etree._Element") -> dict[str, Any]:
    record: dict[str, Any] = {"categories": []}
    ranks: dict[str, int] = {}
    names = list(FIELDS)
    for child in item.iterchildren("{*}*"):
        name = local(child)
        if name in ITEMS:
            continue
        if name == "link":
            _link(child, record)
        elif name in ("category", "subject"):
            record["categories"].append(child.get("label") or child.get("term") or _text(child))
        elif name in ("thumbnail", "enclosure") or (name == "content" and child.get("url")):
            _image(child, record)
        elif name in FIELDS and not any(other in str(child.tag) for other in _OTHERS):
            field, rank = FIELDS[name], names.index(name)
            text = _prose(child) if field in _PROSE else _text(child)[:LONGEST]
            if text.strip() and rank < ranks.get(field, len(names)):
                record[field], ranks[field] = text, rank
    if about := item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"):
        record.setdefault("guid", about)
    record["categories"] = [one for one in record["categories"] if one.strip()]
    return record


def _link(child: "etree._Element", record: dict[str, Any]) -> None:
    """Keep the address of the entry's page: RSS's text, or Atom's link to the page itself."""
    address = (child.get("href") or _text(child)).strip()
    if address and child.get("rel", "alternate") == "alternate":
        record.setdefault("link", address[:LONGEST])


def _image(child: "etree._Element", record: dict[str, Any]) -> None:
    kind = f"{child.get('medium') or ''} {child.get('type') or ''}"
    if child.get("url") and (local(child) == "thumbnail" or "image" in kind or not kind.strip()):
        record.setdefault("image", str(child.get("url"))[:LONGEST])


def _text(element: "etree._Element") -> str:
    return "".join(map(str, element.itertext()))


def _prose(element: "etree._Element") -> str:
    """Return the HTML of an element: its text, or the elements in it as they stand there."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        parts.append(etree.tostring(child, method="html", encoding="unicode", with_tail=True))
    return "".join(parts)
