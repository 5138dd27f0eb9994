"""Postings for the tests of duplicates, made from the few words a test cares about."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from jobtide.model import History, Label, Place, Posting, Tracked

START = datetime(2026, 1, 5, tzinfo=UTC)
COUNTRIES = {"Berlin": "DE", "Munich": "DE", "Paris": "FR", "London": "GB", "Oslo": "NO"}
#: Two texts of some forty words with nothing in common.
GRAIN = (
    "We move grain by rail from the plains to the coast, and you will keep the timetables of "
    "forty trains honest: write the planner, watch it at night, and argue with the weather. "
    "We expect five winters of experience with queues and patience with old signal boxes."
)
SPOONS = (
    "Our kitchens feed nine hospitals and every spoon is counted twice, once by hand. Your first "
    "year goes into the warehouse scanners and their brittle firmware, your second into teaching "
    "three apprentices how to measure soup. Knowledge of trolleys, elevators and tact is a must."
)


def posting(
    title="Data Engineer", company="Lorne", *, source="greenhouse", board="lorne", **words
):
    """Return a posting; `city` is a word of COUNTRIES, `number` its identifier."""
    city, number = words.pop("city", None), str(words.pop("number", 1))
    if city:
        words["job_location"] = (Place(country=COUNTRIES[city], city=city),)
        words["location_text"] = city
    return Posting(
        **{
            "source": source,
            "board": board,
            "identifier": number,
            "url": f"https://{source}.example/{board}/{number}",
            "title": title,
            "hiring_organization": company,
        }
        | words
    )


def elsewhere(title="Data Engineer", company="Lorne", **words):
    """Return a posting of another board."""
    return posting(title, company, **{"source": "remotive", "board": "main"} | words)


def tracked(one, first_day=0, last_day=None, status="open"):
    """Return the posting with a history, in days after START."""
    last = first_day if last_day is None else last_day
    history = History(
        first_seen_at=START.replace(day=5 + first_day),
        last_seen_at=START.replace(day=5 + last),
        status=status,
        closed_at=START.replace(day=6 + last) if status in ("closed", "expired") else None,
    )
    return Tracked(posting=one, history=history)


def label(value, field="title", **more):
    return Label(value=value, rule="test", field=field, **more)


#: Postings of a small world in which nearly all are nearly one.
worlds = st.lists(
    st.builds(
        posting,
        st.sampled_from(
            ("Data Engineer", "Senior Data Engineer", "Data Engineer - Berlin", "Engineer, Data")
        ),
        st.sampled_from(("Lorne", "Lorne GmbH", "Pell", None)),
        source=st.sampled_from(("greenhouse", "remotive", "remoteok")),
        board=st.just("main"),
        number=st.integers(0, 5),
        city=st.sampled_from(("Berlin", "Paris", None)),
        text=st.sampled_from(("", GRAIN, SPOONS)),
        requisition=st.sampled_from((None, None, "R-10", "R-22")),
    ),
    max_size=10,
    unique_by=lambda one: one.id,
)
