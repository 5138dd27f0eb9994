"""The pages of jobs: what they answer, what their boards allow, and how they end."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from jobtide.errors import ConfigError
from jobtide.model import Eligibility, Salary, UnitText
from jobtide.publish.readme import PageSettings
from jobtide.publish.site import paths
from tests.unit.publish import builders as make
from tests.unit.publish.site.building import employers_own, files, read, snapshot

SITE = files()
FULL = paths.job("remoteok:main:101")
OWN = paths.job("greenhouse:quillwort:9")
GONE = paths.job("greenhouse:quillwort:30")


def markup(body):
    """Return the markup of a page."""
    return [json.loads(text) for text in read(body).scripts]


def page_of(posting, **fields):
    """Return the page of one opening on a site of its own."""
    return files(make.snapshot(make.opening(posting)), **fields)[paths.job(posting.id)]


def test_a_job_page_answers_the_first_questions():
    """Where one may live, what it pays, when it was posted and first seen, where it was found."""
    text = read(SITE[FULL]).text

    for words in (
        "USA only",
        "$120,000–150,000 a year",
        "14 Nov 2026",
        "15 Nov 2026",
        "Remote OK",
        "Remotive",
        "Reposted once.",
        "first seen on Remote OK",
    ):
        assert words in text


def test_what_is_not_stated_is_said_to_be_so():
    """A bare posting says of each answer that it is not stated."""
    text = read(page_of(make.posting("1", date_posted=None, hiring_organization=None))).text

    for words in ("eligibility not stated", "pay not stated", "company not stated", "not stated"):
        assert words in text


def test_words_that_support_a_fact_stand_beside_it():
    """Whoever doubts an answer finds what it was read from, and where."""
    evidence = make.label("PT", evidence="must live in Portugal", field="text")
    body = page_of(employers_own(eligibility=Eligibility(countries=(evidence,))))

    assert "the text: must live in Portugal" in read(body).text


def test_every_apply_link_is_kept():
    """An opening on two boards has two ways to apply."""
    links = [address for address, found in read(SITE[FULL]).links if "button" in str(found)]

    assert links == [
        "https://remoteok.com/remote-jobs/101",
        "https://remotive.com/remote-jobs/a9",
    ]


def test_a_board_that_asks_for_a_followed_link_gets_one():
    """No link to a board is marked nofollow."""
    for address, found in read(SITE[FULL]).links:
        if "remoteok.com" in address:
            assert "nofollow" not in found.get("rel", "")


def test_markup_stands_on_the_employers_own_open_jobs_alone():
    """One object a page, never on lists, never for other boards' jobs, gone with the job."""
    own = markup(SITE[OWN])

    assert [one["@type"] for one in own] == ["JobPosting"]
    assert own[0]["jobLocationType"] == "TELECOMMUTE"
    assert own[0]["applicantLocationRequirements"] == [{"@type": "Country", "name": "Portugal"}]
    assert "baseSalary" not in own[0]
    with_markup = {path for path, body in SITE.items() if b"ld+json" in body}
    assert with_markup == {paths.job(f"greenhouse:quillwort:{number}") for number in (9, 21, 22)}


def test_the_description_is_shown_as_far_as_its_board_allows():
    """Where only an excerpt may be shown the page holds no more, and says where the rest is."""
    sentence = "The tide comes in twice a day and nobody asks it why. "
    long = f"<p>{sentence * 40}</p>"
    whole = page_of(employers_own(description=long))
    cut = page_of(make.posting("7", source="no-such-source", description=long))

    assert read(whole).text.count("nobody asks it why") == 40
    assert read(cut).text.count("nobody asks it why") < 9
    assert "The whole text is on no-such-source" in read(cut).text


def test_a_heading_of_a_description_stands_below_ours():
    """Whatever level a description begins with, on the page it is the third."""
    for level in (3, 4, 6):
        description = f"<h{level}>What you do</h{level}><p>Keep tides.</p>"
        heads = read(page_of(employers_own(description=description))).heads
        assert heads[:3] == [1, 2, 3]


def test_a_closed_job_has_a_short_page_that_no_list_names():
    """It says when and why, asks engines to leave it out, and shows nothing of the old text."""
    page = read(SITE[GONE])
    others = {path: body for path, body in SITE.items() if path not in (GONE, "changes.html")}

    assert "21 Nov 2026: its page is gone" in page.text
    assert b'name="robots" content="noindex' in SITE[GONE]
    assert "parcels" not in page.text
    assert not any(GONE.encode() in body for body in others.values())


def test_a_closed_jobs_page_goes_after_a_month():
    """What ended long ago has no page."""
    found = snapshot()
    later = replace(found, taken_at=make.NOW + timedelta(days=28))

    assert GONE not in files(later)


def test_an_id_that_was_merged_leads_to_the_older_one():
    """The page of the old id sends its readers on, and engines too."""
    body = SITE[paths.job("remotive:main:a9")].decode()

    assert f'content="0; url={FULL.removeprefix("job/")}"' in body
    assert f'rel="canonical" href="https://larkspur.example/site/{FULL}"' in body


def test_places_of_one_role_are_one_row_and_name_each_other():
    """A role in two cities stands once in a list; each page leads to the other."""
    rows = read(SITE["all/newest.html"]).text.count("Keeper of Tides")
    lisbon = SITE[paths.job("greenhouse:quillwort:21")].decode()

    assert rows == 1
    assert paths.job("greenhouse:quillwort:22") in lisbon
    assert "Also in other places" in lisbon


def test_places_are_told_beside_links_when_boards_differ():
    """Two postings of one job that name different places say which is which."""
    one = employers_own("41", location_text="Lisbon")
    other = make.posting("42", source="remotive", location_text="Porto")
    body = files(make.snapshot(make.opening(one, other)))[paths.job(one.id)].decode()

    assert "<small>Lisbon</small>" in body
    assert "<small>Porto</small>" in body


def test_the_sitemap_holds_what_is_open_and_indexed():
    """Jobs with the day of their last change; no closed page, no page that only leads on."""
    text = SITE["sitemap-1.xml"].decode()

    assert f"/{FULL}</loc><lastmod>2026-11-15</lastmod>" in text
    assert "/site/</loc>" in text
    for path in (GONE, paths.job("remotive:main:a9"), "404.html", "search.html"):
        assert path not in text
    assert b"sitemap-1.xml</loc>" in SITE["sitemap.xml"]
    assert b"Sitemap: https://larkspur.example/site/sitemap.xml" in SITE["robots.txt"]


def test_sitemaps_are_split():
    """No file holds more addresses than the protocol allows."""
    site = files(urls_a_sitemap=5)
    parts = [path for path in site if path.startswith("sitemap-")]

    assert len(parts) > 2
    assert all(site[path].count(b"<loc>") <= 5 for path in parts)
    assert site["sitemap.xml"].count(b"<loc>") == len(parts)


def test_a_list_names_its_feed_when_it_has_one():
    """A reader of feeds finds the feed of the list, and no link leads to one that is not there."""
    feeds = [
        one for _, one in read(SITE["category/backend.html"]).links if "alternate" in str(one)
    ]

    assert [one["href"] for one in feeds] == [
        f"../../feeds/category/backend{suffix}" for suffix in (".atom", ".rss", ".json")
    ]
    assert b"alternate" not in SITE["company/larkspur.html"]
    assert b"alternate" not in files(feeds_at=None)["index.html"]


def test_a_country_lists_what_names_it_and_leads_to_what_is_open_to_all():
    """From Portugal: what names it; what is open to the whole world is one link away."""
    page = read(SITE["country/pt.html"])

    assert "Ledger Engineer" in page.text
    assert "Senior Backend Engineer" not in page.text
    assert "../all/anywhere.html" in [address for address, _ in page.links]


def test_long_lists_go_on_in_numbered_pages_up_to_a_last_one():
    """Pages lead to each other; what is older than the last one is counted."""
    many = make.snapshot(*(make.opening(make.posting(str(number))) for number in range(12)))
    site = files(many, per_page=5, max_pages=2)

    assert "all/newest--2.html" in site
    assert "all/newest--3.html" not in site
    assert "2 older ones are not listed here" in read(site["all/newest--2.html"]).text
    assert site["all/newest--2.html"].count(b'class="job"') == 5


def test_thin_lists_ask_engines_to_leave_them_out():
    """A list of one opening is there for readers and not in the sitemap."""
    assert b"noindex" in SITE["country/pt.html"] or b"noindex" in SITE["company/larkspur.html"]
    assert b"company/larkspur.html" not in SITE["sitemap-1.xml"]


def test_without_an_index_the_search_page_leads_to_the_categories():
    """It says what is missing, and its form works without a script."""
    page = read(files(search=False)["search.html"])
    actions = [one["formaction"] for tag, one in page.tags if "formaction" in one]

    assert "jobtide[site]" in page.text
    assert "category/backend.html" in actions


def test_the_search_says_what_it_looks_into():
    """Where there are too many descriptions to search in them, the page does not promise it."""
    small, large = (files(search=True, search_text=told)["search.html"] for told in (True, False))

    assert "Words in titles, companies and descriptions" in read(small).text
    assert "Words in titles, companies and skills" in read(large).text


def test_searches_of_the_user_have_lists_and_their_jobs_pages():
    """A job that only a user's own search finds has a page and stands in that list alone."""
    rare = make.posting("77", title="Rare Bird")
    own = PageSettings(
        name="birds", title="Birds", query_text="title:bird", matches=lambda one: one.id == rare.id
    )
    rest = PageSettings(
        name="all", title="All", query_text="-bird", matches=lambda one: one.id != rare.id
    )
    found = replace(snapshot(), openings=(*snapshot().openings, make.opening(rare)))
    site = files(found, pages=(own,), everything=rest)

    assert "Rare Bird" in read(site["page/birds.html"]).text
    assert "title:bird" in read(site["page/birds.html"]).text
    assert "Rare Bird" not in read(site["all/newest.html"]).text
    assert paths.job(rare.id) in site


def test_pay_of_several_places_is_told_in_full():
    """A job page names every range, a row the first and how many more."""
    ranges = tuple(
        Salary(currency="EUR", min_value=low, max_value=low + 5000, unit_text=UnitText.YEAR)
        for low in (50_000, 60_000)
    )
    text = read(page_of(employers_own(base_salary=ranges))).text

    assert "€50,000–55,000 a year" in text
    assert "€60,000–65,000 a year" in text


def test_a_template_of_the_user_takes_the_place_of_ours():
    """One template is replaced, what it is given stays escaped, the others stay."""
    site = files(templates={"row.j2": "<li><b>{{ title }}</b></li>"})

    assert b"<b>API Engineer | Platform &lt;Remote&gt; *now*</b>" in site["all/newest.html"]
    with pytest.raises(ConfigError, match=r"did you mean 'row\.j2'"):
        files(templates={"rows.j2": ""})
    with pytest.raises(ConfigError, match=r"site/row\.j2"):
        files(templates={"row.j2": "{% for %}"})


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- --!> <img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202egnp.exe\u2066\u0000\ud800",
    "]]> &amp;lt; &#x3c;",
    "javascript:alert(1)",
    "x" * 5_000,
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_field_of_a_posting_can_break_out(words):
    """Whatever stands in a posting is text on every page, and leads nowhere it should not."""
    label = make.label(words, evidence=words, field=words)
    one = employers_own(
        "13",
        title=words,
        hiring_organization=words,
        location_text=words,
        description=f"<p>{words}</p>",
        url=f"https://quillwort.example/{words}",
        apply_url=words,
        tags=(words,),
        requisition=words,
        skills=(label,),
        seniority=label,
        eligibility=Eligibility(countries=(make.label("PT", evidence=words),)),
    )
    opening = make.opening(one, reasons=(words,))
    site = files(make.snapshot(opening), signals={one.id: (words,)}, search=True, min_skill=1)
    ours = {"../static/site.js", "static/site.js", "static/search.js", "/site/static/site.js"}
    for path, body in site.items():
        if not path.endswith(".html"):
            continue
        page = read(body)
        assert not page.faults
        for tag, found in page.tags:
            assert not any(name.startswith("on") for name in found)
            assert tag not in ("svg", "img") or "pictures/" in found["src"]
            assert tag != "script" or found.get("src", "") in ours | {""}
        for address, _ in page.links:
            assert not address.lower().startswith("javascript")
