"""Postings that attack the page: whatever they hold, it is shown as words or not at all."""

from urllib.parse import urlsplit

import lxml.html
import pytest
from msgspec.structs import replace

from jobtide.model import Eligibility, History, Label, Posting, Salary, Tracked, UnitText
from jobtide.store import open_store
from jobtide.web.links import key
from tests.unit.openings import NOW

#: Short attacks, each of another kind: elements, attributes, schemes, ends of what is around them.
ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>',
    "'><b onmouseover=alert(1)>x", "javascript:alert(1)", "<a href='javascript:alert(1)'>x</a>",
    "<a href='//evil.test/'>x</a>", "<base href=//evil.test>", "</script><script>alert(1)",
    "<iframe src=//evil.test>", "<form action=//evil.test><button>x", "<style>*{display:none}",
    "<meta http-equiv=refresh content=0;url=//evil.test>", "{{ 7*7 }}{% include 'x' %}",
    "<math><mi//xlink:href='data:x,<script>'>", "<template><script>alert(1)</script></template>",
    "<p style='position:fixed;inset:0'>x", "<div hx-get=//evil.test hx-trigger=load>x",
    "<p data-mark=hidden data-id=x class=skip id=q>x", "\u202eevil\u0000\ufeff", "<!--", "]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)  # fmt: skip


def posting(number, attack):
    """Return a posting that holds the attack wherever a posting holds words."""
    label = Label(value=attack, rule=attack, evidence=attack, field=attack)
    return Posting(
        source="greenhouse", board="acme", identifier=f"{number}/{attack[:40]}".replace("\0", ""),
        url=attack, apply_url=attack, organization_url=attack, logo_url=attack,
        title=f"Engineer {attack}", hiring_organization=attack,
        description=f"<p>Words.</p>{attack}", text=attack, tags=(attack, "x"),
        location_text=attack, salary_text=attack, date_posted=NOW,
        category=Label(value="backend", rule="test"),
        arrangement=Label(value="remote", rule=attack, evidence=attack, field="text"),
        seniority=label, employment_type=(label,), skills=(label,), language=None,
        eligibility=Eligibility(countries=(replace(label, value="PL"),)),
        base_salary=(Salary(currency="EUR", min_value=1.0, unit_text=UnitText.YEAR, zone=attack,
                            evidence=attack, field=attack),),
        mended=(attack,),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return a store of attacks that no step has cleaned, as an imported file could make it."""
    history = History(first_seen_at=NOW, last_seen_at=NOW)
    path = tmp_path_factory.mktemp("hostile") / "jobtide.db"
    with open_store(str(path), create=True) as found:
        found.restore(
            Tracked(posting=posting(number, attack), history=history)
            for number, attack in enumerate(ATTACKS)
        )
        yield found


@pytest.fixture
def client(client_of, hostile):
    """Return a client of a service on that store."""
    return client_of(hostile)


def faults(text):
    """Yield what a page holds that none of our templates wrote."""
    page = lxml.html.fromstring(text)
    for one in page.iter():
        if not isinstance(one.tag, str):
            yield f"comment {one.text}"
            continue
        if one.tag in FOREIGN or wrong_element(one):
            yield f"<{one.tag}>"
        yield from (f"{one.tag} {name}" for name, value in one.items() if wrong(name, value))
    if "49" in page.text_content().split():
        yield "template"


FOREIGN = ("iframe", "style", "svg", "math", "base", "object", "embed", "template")


def wrong_element(one):
    """Say whether an element of ours leads where ours never lead."""
    starts = {"script": ("src", "/static/"), "img": ("src", "/stats/"), "form": ("action", "/")}
    if one.tag == "script" and one.get("type") == "application/ld+json":
        return False
    if one.tag == "meta":
        return one.get("http-equiv") is not None
    name, start = starts.get(one.tag, ("", ""))
    dialog = one.get("method") == "dialog"
    return bool(name) and not dialog and not (one.get(name) or "").startswith(start)


def wrong(name, value):
    """Say whether an attribute runs something, or leads elsewhere than to a page."""
    if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
        return True
    if name.endswith("hx-get"):
        return not value.startswith("/") or value.startswith("//")
    address = name in ("href", "src")
    return address and (
        urlsplit(value.strip()).scheme not in ("", "http", "https", "mailto")
        or value.startswith("//")
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_attack_becomes_markup_on_a_job_page(client, attack):
    """Job page and evidence: the attack is words; nothing of it is an element or an address."""
    one = posting(ATTACKS.index(attack), attack)
    for address in (f"/jobs/{key(one.id)}?me=PL", f"/jobs/{key(one.id)}/why"):
        page = client.get(address)
        assert page.status_code == 200
        assert list(faults(page.text)) == []
    part = client.get(f"/jobs/{key(one.id)}/why", headers={"HX-Request": "true"})
    assert list(faults(part.text)) == []


@pytest.mark.parametrize("address", [
    "/?arrangement=any&me=DE", "/?q=engineer&sort=pay", "/companies", "/changes?since=30d",
    "/stats", "/sources", "/?skill=python", "/?company=%3Cscript%3E",
])  # fmt: skip
def test_no_attack_becomes_markup_on_a_list(client, address):
    """Search, employers, changes, numbers: as above."""
    page = client.get(address)

    assert page.status_code in (200, 400)
    assert list(faults(page.text)) == []


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_what_is_asked_is_no_markup_either(client, attack):
    """Words, filters and paths come back escaped, or not at all."""
    for name in ("q", "company", "skill", "me", "offset", "pay", "cursor", "nonsense"):
        page = client.get("/", params={name: attack})
        assert page.status_code in (200, 400)
        assert list(faults(page.text)) == []
    for path in ("/companies/", "/jobs/", "/stats/", "/unsubscribe/", "/"):
        page = client.get(path + key(attack))
        if page.headers["content-type"].startswith("text/html"):
            assert list(faults(page.text)) == []


def test_the_cookie_is_no_markup(client):
    """What a cookie says is a country, an offset and a theme, or nothing."""
    for attack in ATTACKS:
        value = f'PL|1|dark" onload="alert(1)|{attack}'.encode("ascii", "ignore").decode()
        page = client.get("/saved", headers={"Cookie": f"jobtide={key(value).replace('~', '%')}"})
        assert list(faults(page.text)) == []


@pytest.mark.parametrize("suffix", [".rss", ".atom", ".json", ".csv"])
def test_feeds_of_attacks_are_well_formed(client, suffix):
    """A feed of attacks is a feed; a spreadsheet runs nothing of it."""
    answer = client.get(f"/jobs{suffix}?arrangement=any")

    assert answer.status_code == 200
    if suffix in (".rss", ".atom"):
        lxml.etree.fromstring(answer.content)


def test_the_api_gives_attacks_as_plain_json(client):
    """JSON is JSON: nothing in it is run, and its type says so."""
    answer = client.get("/api/v1/jobs?limit=100")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["total"] == len(ATTACKS)
    for job in answer.json()["jobs"]:
        assert client.get(job["href"]).status_code == 200
        assert client.get(f"{job['href']}/explain").status_code == 200
