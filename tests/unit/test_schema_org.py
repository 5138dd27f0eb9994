"""schema_org: job postings in the markup of pages."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide import schema_org
from jobtide.model import Posting, UnitText
from jobtide.schema_org.blocks import data
from jobtide.schema_org.mending import mended, mended_quotes
from jobtide.schema_org.pay import number, salary

ORIGIN = schema_org.Origin(source="jsonld", board="acme", page="https://acme.example/jobs/7-cook")
BLOCK = '<script type="application/ld+json">{}</script>'
JOB = {"@type": "JobPosting", "title": "Cook"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
FIELDS = (
    "@id", "url", "title", "description", "datePosted", "validThrough", "hiringOrganization",
    "identifier", "jobLocation", "applicantLocationRequirements", "jobLocationType", "baseSalary",
    "employmentType", "skills", "industry", "occupationalCategory", "responsibilities",
    "mainEntityOfPage", "workHours", "jobBenefits",
)  # fmt: skip


def found(text):
    return schema_org.job_postings(text if isinstance(text, bytes) else text.encode())


def titles(text):
    return [node.get("title") for node in found(text).nodes]


def posting(**fields):
    result = schema_org.posting({**JOB, **fields}, ORIGIN)
    assert isinstance(result, Posting), result
    return result


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "JobPosting", "title": "Cook"}',
        '[{"@type": "Thing"}, {"@type": "JobPosting", "title": "Cook"}]',
        '{"@graph": [{"@type": ["Thing", "JobPosting"], "title": "Cook"}]}',
        '{"list": [{"item": {"@type": "http://schema.org/JobPosting", "title": "Cook"}}]}',
        '{"mainEntity": {"@type": "schema:JobPosting", "schema:title": "Cook"}}',
        '{"@type": "JobPosting", "Title": "Cook"}',
        '<!-- {"@type": "JobPosting", "title": "Cook"} -->',
        '/*<![CDATA[*/ {"@type": "JobPosting", "title": "Cook"} /*]]>*/',
        '//<![CDATA[\n{"@type": "JobPosting", "title": "Cook"};\n//]]>',
        "\ufeff{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;Cook&quot;}",
        '{"@type": "JobPosting", "description": "raw\nnew line\x01", "title": "Cook",}',
        '{"@type": "JobPosting" "title": "Cook"}',
        '{"@type": "JobPosting", "title": "Cook", "p": "\\$1 it\\\'s"}',
        '{"@type": "JobPosting", "title": "Cook", "p": "a <a href="/x">link</a> of", "q": 1}',
        '{"@type": "JobPosting", /* no. 7 */ "title": "Cook" // fine\n}',
        '{"@type": "JobPosting", "title": "Cook", "n": 1e999}',
        '{"@type": "JobPosting", "title": "Cook", "half": "\\ud83d"}',
    ],
)  # KEEP
def test_markup_is_found_however_it_was_printed(block):
    """Lists, graphs, guards, escapes and faults that can be mended hide no posting."""
    assert titles(f"<html>{BLOCK.format('')}{BLOCK.replace('{}', block)}</html>") == ["Cook"]


def test_scripts_that_are_no_markup_are_not_read():
    """Comments, other scripts and other types of data are not for search engines either."""
    job = json.dumps(JOB)

    assert titles(f"<!-- {BLOCK.replace('{}', job)} --><script>{job}</script>") == []
    assert titles(f"<script type='application/json'>{job}</script>") == []
    assert titles(f"<!-- unclosed {BLOCK.replace('{}', job)}") == ["Cook"]
    assert titles(f"<SCRIPT TYPE=application/ld&#43;json>{job}</SCRIPT>") == ["Cook"]


def test_a_page_that_breaks_off_inside_a_block_is_a_part():
    """What was cut away may have been a posting."""
    page = found(
        f"{BLOCK.replace('{}', json.dumps(JOB))}<script type='application/ld+json'>" + '{"@'
    )

    assert (len(page.nodes), page.whole) == (1, False)


def test_nodes_that_are_only_named_are_put_into_their_place():
    """A graph names the employer once, and its postings refer to it."""
    block = {"@graph": [{"@id": "#org", "@type": "Organization", "name": "Acme"},
                        {**JOB, "hiringOrganization": {"@id": "#org"}}]}  # fmt: skip
    (node,) = found(json.dumps(block)).nodes

    assert schema_org.posting(node, ORIGIN).hiring_organization == "Acme"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_any_encoding(encoding):
    """Pages lie about their encoding, so the bytes are believed first."""
    page = '<meta charset="iso-8859-1">' + BLOCK.replace(
        "{}", '{"@type":"JobPosting","title":"Köchin"}'
    )

    assert titles(page.encode(encoding)) == ["Köchin"]


@pytest.mark.parametrize(
    ("base", "pay"),
    [
        (
            {"currency": "usd", "value": {"minValue": 1, "maxValue": 2, "unitText": "YEAR"}},
            ("USD", 1, 2, "YEAR"),
        ),
        (
            {"currency": "USD", "value": {"value": "52,000", "unitText": "per year"}},
            ("USD", 52000, 52000, "YEAR"),
        ),
        ({"currency": "EUR", "value": 30, "unitText": "Hourly"}, ("EUR", 30, 30, "HOUR")),
        (
            {
                "currency": "&amp;euro;",
                "minValue": "2.500",
                "maxValue": "3.000,50",
                "unitText": "MONTH",
            },
            ("EUR", 2500, 3000.5, "MONTH"),
        ),
        ({"priceCurrency": "GBP", "price": "300", "unitText": "DAY"}, ("GBP", 300, 300, "DAY")),
        (
            [{"currency": "PLN", "value": [{"minValue": 5, "unitCode": "HUR"}]}],
            ("PLN", 5, None, "HOUR"),
        ),
        ({"currency": "$", "value": {"maxValue": 9}}, ("$", None, 9, None)),
        ({"value": "100 - 200"}, (None, 100, 200, None)),
        (45000, (None, 45000, 45000, None)),
        ("45000", (None, 45000, 45000, None)),
        ({"currency": {"name": "CHF"}, "value": {"minValue": 7}}, ("CHF", 7, None, None)),
    ],
)  # KEEP
def test_pay_is_read_from_every_form(base, pay):
    """The outer node may hold what belongs into the inner one; texts may hold the numbers."""
    stated, words = salary({"baseSalary": base})

    assert words is None
    unit = pay[3] and UnitText(pay[3])
    assert (stated.currency, stated.min_value, stated.max_value, stated.unit_text) == (
        *pay[:3],
        unit,
    )
    assert stated.evidence or not isinstance(base, dict)


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (None, None),
        (0, None),
        ({}, None),
        ([], None),
        (True, None),
        ({"value": {"minValue": 0}}, None),
        ({"value": {"minValue": -5, "maxValue": "NaN"}}, None),
        (float("inf"), None),
        (10**400, None),
        ("negotiable", "negotiable"),
        ("from 500 EUR", "from 500 EUR"),
        ({"value": "40k to 50k"}, "40k to 50k"),
    ],
)  # KEEP
def test_pay_that_is_no_figure_is_words_or_nothing(base, words):
    """Zero means "not stated", and nobody is paid less."""
    assert salary({"baseSalary": base}) == (None, words)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1'234'567", 1234567),
        ("12.50", 12.5),
        ("0.500", 0.5),
        ("1.234.567,89", 1234567.89),
        ("x", None),
    ],
)  # KEEP
def test_amounts_are_read_with_any_marks(text, value):
    """Three digits after the only mark are thousands, unless nothing stands before it."""
    assert number(text) == value


@pytest.mark.parametrize(
    ("location", "lines"),
    [
        (
            {"address": {"addressLocality": "Cork", "addressRegion": "", "addressCountry": "IE"}},
            ("Cork, IE",),
        ),
        ({"address": {"addressCountry": {"@type": "Country", "name": ["USA", "USA"]}}}, ("USA",)),
        ({"address": "12 Quay, Cork"}, ("12 Quay, Cork",)),
        ("Cork", ("Cork",)),
        ([{"name": "A", "address": "X"}, {"name": "B", "address": "X"}], ("A", "B")),
        ({"name": "Acme", "address": {}}, ()),
        ({"name": "Harbour site", "address": None}, ("Harbour site",)),
        ({"address": {"addressLocality": "UNAVAILABLE", "addressCountry": "HK"}}, ("HK",)),
        ({"addressLocality": "Cork", "addressCountry": "IE"}, ("Cork, IE",)),
        ({"address": {"streetAddress": "España"}}, ("España",)),
        (None, ()),
        ([], ()),
        ([None, {}], ()),
    ],
)  # KEEP
def test_places_are_lines_a_reader_understands(location, lines):
    """Addresses come as nodes, texts and lists; placeholders and the employer's name are none."""
    one = posting(jobLocation=location, hiringOrganization={"name": "Acme"})

    assert one.job_locations == lines
    assert one.location_text == ("; ".join(lines) or None)


def test_anywhere_is_where_one_may_live_not_where_the_office_is():
    """Remote boards fill the workplace with "Anywhere", since Google wants one."""
    anywhere = {"address": {"addressLocality": "Anywhere", "addressCountry": "Anywhere"}}
    one = posting(jobLocation=anywhere, jobLocationType="TELECOMMUTE")

    assert (one.job_locations, one.applicant_locations) == ((), ("Anywhere",))
    assert one.arrangement_text.startswith("remote")
    assert posting().arrangement_text is None


def test_the_employers_number_names_a_posting_only_where_the_address_holds_it():
    """Some boards print the number of the employer: all its postings would be one."""
    in_address = posting(identifier={"value": 7})
    elsewhere = posting(identifier={"value": "R-99"})
    employers = posting(
        identifier={"value": 67}, hiringOrganization={"name": "A", "sameAs": "https://b.example/c/67.html"}
    )  # fmt: skip

    assert (in_address.identifier, in_address.requisition) == ("7", "7")
    assert (len(elsewhere.identifier), elsewhere.requisition) == (16, "R-99")
    assert (employers.identifier, employers.requisition) == (elsewhere.identifier, None)


def test_tracking_does_not_make_another_posting():
    """The same page with another campaign in its address is the same posting."""
    url = "https://acme.example/o/cook?id=5"
    keys = {posting(url=f"{url}{more}").identifier for more in ("", "&utm_source=x", "#apply")}

    assert len(keys) == 1
    assert posting(url="https://acme.example/o/cook?id=6").identifier not in keys


def test_postings_that_share_an_address_are_told_apart():
    """A careers page with all its jobs names no page for each."""
    nodes = [
        {**JOB, "url": "https://acme.example/apply", "title": title} for title in ("Cook", "Diver")
    ]
    records = schema_org.records(nodes, ORIGIN)
    results = [
        schema_org.posting(record, schema_org.origin_of(record, ORIGIN)) for record in records
    ]

    assert len({result.identifier for result in results}) == 2
    assert {result.url for result in results} == {ORIGIN.page}


def test_a_posting_marked_up_twice_is_one():
    """Two plugins on one page describe the same job; the one that says more is kept."""
    nodes = [JOB, {**JOB, "description": "Cook for all of us."}]

    (record,) = schema_org.records(nodes, ORIGIN)
    assert record["description"]


def test_what_stands_in_fields_beside_the_description_is_not_lost():
    """Requirements are what applicants look for first."""
    text = posting(
        description="We cook.\nAll day.", qualifications="Can cook & clean", jobBenefits="We cook."
    )

    assert (
        text.description
        == "<p>We cook.<br>All day.</p>\n<h3>Qualifications</h3>\n<p>Can cook &amp; clean</p>"
    )


def test_dates_are_read_in_the_forms_met():
    """ISO with and without a zone, words, and seconds."""
    day = datetime(2026, 9, 3, tzinfo=UTC)
    for value in ("2026-09-03", "2026-09-03T02:00:00+02:00", "September 3, 2026", 1788393600):
        assert posting(datePosted=value).date_posted == day
    assert posting(datePosted="soon", validThrough=None).date_posted is None


def test_addresses_that_are_none_are_not_used():
    """A script, a mail address or half an address leads nobody to the job."""
    for url in (
        "javascript:alert(1)",
        "mailto:x@y.example",
        "https://[broken",
        "",
        7,
        "https://acme.example/",
    ):
        assert (
            posting(url=url, hiringOrganization={"name": "A", "logo": "data:x", "url": url}).url
            == ORIGIN.page
        )


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_node_is_a_posting_or_a_reject(fields):
    """Whatever a field holds, nothing is raised, and links can be opened."""
    node = schema_org.named({**JOB, **fields})
    for record in schema_org.records([node], ORIGIN):
        result = schema_org.posting(record, schema_org.origin_of(record, ORIGIN))
        if isinstance(result, Posting):
            assert result.url.startswith("http")
            assert result.identifier == result.identifier.strip() != ""
            result.description.encode()


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(
        lambda text: BLOCK.replace("{}", text).encode("utf-8", "surrogatepass")
    )
)
def test_any_bytes_are_a_page(body):
    """Pages are found, not validated."""
    assert found(body).nodes == [] or found(body).nodes


@given(JSON)
def test_correct_json_is_not_changed_by_mending(value):
    """Mending is only tried on what cannot be read; it must not change what can."""
    text = json.dumps(value)

    assert repr(json.loads(mended(text))) == repr(json.loads(text))
    assert repr(data(text)) == repr(json.loads(text)) or "e" in text or "N" in text


@pytest.mark.parametrize(
    "block",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"@type": "JobPosting", "title": "Cook", "n": ' + "9" * 1_000_000 + "}",
        '"' + '\\"' * 300_000,
        '" ' * 300_000,
        '{"a" ' * 100_000,
        "/* " * 300_000,
        "<!--" * 200_000,
        "&quot;" * 200_000,
        ", " * 300_000,
        '{"@id": "a", "b": ' * 400 + "1" + "}" * 400,
        json.dumps([JOB] * 20_000),
    ],
)  # KEEP
def test_hostile_blocks_take_no_time(block):
    """Deep, long and endless data is refused or read in a moment, never followed to the end."""
    began = time.perf_counter()
    page = found(f"<p>{BLOCK.replace('{}', block)}" + "<script " * 1000)

    assert len(page.nodes) <= 1000
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "page", ["<!--" * 300_000, "<script>" * 200_000, "<script " * 300_000, "</script" * 300_000]
)
def test_hostile_pages_take_no_time(page):
    """Openings without an end are looked for once."""
    began = time.perf_counter()

    assert found(page).nodes == []
    assert time.perf_counter() - began < 5


def test_quotation_marks_inside_texts_are_told_from_those_that_end_them():
    """Only a mark that structure follows ends a text."""
    block = '{"a": "b "c" d" e", "f": ""}'

    assert json.loads(mended_quotes(block)) == {"a": 'b "c" d" e', "f": ""}


def test_a_page_that_keeps_programs_out_is_known_by_its_title():
    """It is no careers page that has no jobs."""
    assert schema_org.challenge(b"<html><title>Just a moment...</title>") == "Just a moment..."
    assert schema_org.challenge(b"<html><title>Jobs at Acme</title>") is None
    assert schema_org.challenge(b"") is None
