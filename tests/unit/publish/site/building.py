"""A small invented site, and how its pages are read back."""

from datetime import timedelta
from html.parser import HTMLParser

from msgspec.structs import replace

from jobtide.model import Eligibility, Place, Reopening
from jobtide.publish.site import Happening, SiteSettings, render
from tests.unit.publish import builders as make

BASE = "https://larkspur.example/site/"
#: Elements without an end (HTML Standard, 13.1.2).
VOID = {"meta", "link", "br", "img", "input", "source", "hr"}


def employers_own(identifier="9", **fields):
    """Return a posting on an employer's own board, with all that markup asks for."""
    values = {
        "source": "greenhouse",
        "board": "quillwort",
        "url": f"https://boards.greenhouse.io/quillwort/jobs/{identifier}",
        "title": "Ledger Engineer",
        "hiring_organization": "Quillwort",
        "eligibility": Eligibility(countries=(make.label("PT", evidence="Portugal"),)),
        "category": make.label("backend", evidence="Ledger Engineer", field="title"),
        "skills": (make.label("python"),),
    }
    return make.posting(identifier, **(values | fields))


def snapshot():
    """Return the example of all publishers, an employer's own posting, places, and the closed."""
    example = make.example()
    places = [
        make.opening(
            employers_own(
                str(number),
                title="Keeper of Tides",
                location_text=city,
                job_location=(Place(city=city, country="PT"),),
            ),
            group="quillwort/keeper",
        )
        for number, city in ((21, "Lisbon"), (22, "Porto"))
    ]
    closed = make.opening(
        employers_own("30", title="Gone Keeper"),
        status="closed",
        closed_at=make.NOW - timedelta(days=3),
    )
    past = replace(
        closed.postings[0].history,
        status="closed",
        closed_at=make.NOW - timedelta(days=3),
        closed_reason="gone",
        reopened=(Reopening(at=make.NOW - timedelta(days=5), was="closed"),),
    )
    closed = replace(closed, postings=(replace(closed.postings[0], history=past),))
    more = (make.opening(employers_own()), *places, closed)
    return replace(example, openings=(*example.openings, *more))


def settings(**fields):
    """Return settings with everything that can be told."""
    values = {
        "base_url": BASE,
        "feeds": frozenset({"all", "category/backend"}),
        "moved": {"remotive:main:a9": "remoteok:main:101"},
        "signals": {"remoteok:main:101": ("Reposted once.",)},
        "changes": (
            Happening(
                at=make.NOW - timedelta(days=1),
                kind="pay changed",
                opening_id="remoteok:main:101",
                title="Senior Backend Engineer",
                company="Larkspur",
                detail="€1 → €2",
            ),
        ),
    }
    return SiteSettings(**(values | fields))


def files(found=None, **fields):
    """Return path -> body of a whole site."""
    return {one.path: one.body for one in render(found or snapshot(), settings(**fields))}


class Read(HTMLParser):
    """What a page holds: tags in order, links, ids, headings, and the text of scripts."""

    def __init__(self, body):
        super().__init__()
        self.tags, self.links, self.ids, self.heads = [], [], [], []
        self.scripts, self.text, self.open, self.faults = [], "", [], []
        self.feed(body.decode())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag in ("a", "link") and "href" in found:
            self.links.append((found["href"], found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heads.append(int(tag[1]))
        if self.open and self.open[-1] in ("ul", "ol") and tag != "li":
            self.faults.append(f"{tag} right in a list")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ends something else")

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        else:
            self.text += data


def read(body):
    """Return what a page holds."""
    return Read(body)
