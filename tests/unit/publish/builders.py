"""A small invented snapshot, and the parts to build others."""

from datetime import UTC, datetime, timedelta

from jobtide.model import (
    BoardHealth,
    Eligibility,
    History,
    Label,
    Opening,
    Place,
    Posting,
    Salary,
    Snapshot,
    Tracked,
    UnitText,
)
from jobtide.publish.readme import PageSettings, ReadmeSettings

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def label(value, **more):
    """Return a label as a classifier would give it."""
    return Label(value=value, rule="made.up", **more)


def posting(identifier="1", **fields):
    """Return a posting of an invented employer, remote, posted ten days ago."""
    values = {
        "source": "remoteok",
        "board": "main",
        "identifier": identifier,
        "url": f"https://remoteok.com/remote-jobs/{identifier}",
        "title": "Senior Backend Engineer",
        "hiring_organization": "Larkspur",
        "description": "<p>We move parcels by night. You write the service that plans it.</p>",
        "date_posted": NOW - timedelta(days=10),
        "arrangement": label("remote"),
    }
    return Posting(**(values | fields))


def opening(first, *others, seen=None, status="open", **fields):
    """Return the opening behind postings, the first one canonical."""
    seen = seen or NOW - timedelta(days=9)
    history = History(first_seen_at=seen, last_seen_at=NOW)
    values = {
        "id": first.id,
        "posting": first,
        "postings": tuple(Tracked(posting=each, history=history) for each in (first, *others)),
        "first_seen_at": seen,
        "last_seen_at": NOW,
        "status": status,
    }
    return Opening(**(values | fields))


def snapshot(*openings, health=(), taken_at=NOW):
    """Return what was found at one moment."""
    return Snapshot(taken_at=taken_at, openings=tuple(openings), health=tuple(health))


def settings(*pages, **fields):
    """Return settings with one page that takes all."""
    everything = PageSettings(
        name="backend",
        title="Backend",
        query_text="category:backend arrangement:remote",
        matches=lambda opening: True,
    )
    return ReadmeSettings(pages=pages or (everything,), **fields)


def example():
    """Return six openings that show every element of a card, and two boards' health."""
    full = posting(
        "101",
        title="Senior Backend Engineer",
        hiring_organization="Larkspur",
        description=(
            "<h2>About us</h2><p>Larkspur moves parcels by night, with a small team in nine "
            "countries.</p><h2>You will</h2><ul><li>Plan routes &amp; loads in <code>Go</code>."
            "</li><li>Keep the queue short: <strong>under 3 s</strong>, day &lt; night.</li></ul>"
            "<p>Read <a href='https://larkspur.example/about?a=1&amp;b=2'>about us</a>.</p>"
        ),
        skills=(label("go"), label("postgresql"), label("kubernetes")),
        eligibility=Eligibility(countries=(label("US"),)),
        base_salary=(
            Salary(currency="USD", min_value=120000, max_value=150000, unit_text=UnitText.YEAR),
        ),
    )
    elsewhere = posting(
        "a9", source="remotive", url="https://remotive.com/remote-jobs/a9", title="Backend (Go)"
    )
    inferred = posting(
        "102",
        source="weworkremotely",
        url="https://weworkremotely.com/remote-jobs/102",
        title="API Engineer | Platform <Remote> *now*",
        hiring_organization="Birch & Söhne GmbH",
        description="<p>" + "One sentence is like the next, and ends. " * 40 + "</p>",
        eligibility=Eligibility(regions=(label("europe", inferred=True),)),
        base_salary=(
            Salary(
                currency="EUR",
                min_value=60000,
                max_value=80000,
                unit_text=UnitText.YEAR,
                unit_inferred=True,
            ),
        ),
        tags=("Python", "python", "", "API design"),
        date_posted=NOW - timedelta(hours=2),
    )
    bare = posting(
        "103",
        source="remotive",
        url="https://remotive.com/remote-jobs/103?a=1&copy=2",
        title="Platform Developer",
        hiring_organization=None,
        description="",
        date_posted=None,
    )
    anywhere = posting(
        "104",
        title="Site Reliability Engineer",
        hiring_organization="Quillwort",
        eligibility=Eligibility(anywhere=label("yes"), excluded=(label("RU"),)),
        base_salary=(Salary(currency="GBP", max_value=45.5, unit_text=UnitText.HOUR),),
        arrangement=label("hybrid"),
        job_location=(Place(city="Leeds", country="GB"),),
    )
    twins = [
        posting(
            str(number),
            title="Support Engineer",
            hiring_organization="Fenwick",
            location_text=place,
            requisition=f"R-{number}",
        )
        for number, place in ((105, "Remote"), (106, "Remote"))
    ]
    return snapshot(
        opening(full, elsewhere),
        opening(inferred, seen=NOW - timedelta(hours=1)),
        opening(bare, seen=NOW - timedelta(days=3)),
        opening(anywhere),
        *(opening(twin) for twin in twins),
        opening(posting("107", title="Closed long ago"), status="closed"),
        health=(
            BoardHealth(source="remoteok", board="main", read_at=NOW, tried_at=NOW, kept=5),
            BoardHealth(
                source="remotive",
                board="main",
                read_at=NOW - timedelta(days=2),
                tried_at=NOW,
                error="the answer was a log-in page",
                kept=1,
            ),
        ),
    )
