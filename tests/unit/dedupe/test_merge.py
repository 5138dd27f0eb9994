"""The canonical posting is completed by the others, and every borrowed field says from where."""

from jobtide.dedupe.merge import FIELDS, fill
from jobtide.model import Opening, Posting, Salary
from tests.unit.dedupe.made import GRAIN, START, elsewhere, label, posting, tracked

PAY = Salary(currency="EUR", min_value=60_000, max_value=70_000, start=12, field="text")


def opening(*postings):
    """Return an opening of these postings, the first of them canonical."""
    return Opening(
        id=postings[0].id,
        posting=postings[0],
        postings=tuple(map(tracked, postings)),
        first_seen_at=START,
        last_seen_at=START,
    )


def by_id(one):
    return one.posting.id


def test_what_is_lacking_comes_from_the_best_of_the_others():
    """Pay from the first that states it, in the order of rank; the canonical's own words stay."""
    canonical = posting(title="Data Engineer", text=GRAIN)
    first = elsewhere("DATA ENGINEER", number=1, base_salary=(PAY,), salary_text="60-70k")
    second = elsewhere(number=2, base_salary=(PAY, PAY), seniority=label("senior"))

    found = fill(opening(canonical, second, first), by_id)

    assert found.posting.base_salary[0].max_value == 70_000
    assert len(found.posting.base_salary) == 1
    assert found.posting.seniority.value == "senior"
    assert found.posting.title == "Data Engineer"
    assert found.filled == {
        "base_salary": first.id,
        "salary_text": first.id,
        "seniority": second.id,
    }
    assert [one.posting for one in found.postings] == [canonical, second, first]


def test_what_belongs_together_is_not_mixed():
    """A canonical posting with a place line takes no eligibility from elsewhere."""
    canonical = posting(location_text="Berlin")

    found = fill(opening(canonical, elsewhere(city="Paris")), by_id)

    assert found.posting.job_location == ()
    assert found.filled == {}


def test_positions_of_other_texts_are_not_taken_over():
    """Evidence keeps its words; where they stand is true only of the other text."""
    found = fill(opening(posting(text=GRAIN), elsewhere(base_salary=(PAY,))), by_id)

    assert found.posting.base_salary[0].start is None


def test_a_source_may_forbid_it():
    """Where a source's terms say no, its field is not shown beside another's posting."""
    one = opening(posting(), elsewhere(text=GRAIN, logo_url="https://a.example/logo.png"))

    assert fill(one, by_id).posting.text == GRAIN
    found = fill(one, by_id, may=lambda source, field: field != "text")
    assert found.posting.text == ""
    assert set(found.filled) == {"logo_url"}


def test_a_posting_alone_is_as_it_was():
    """Nothing to borrow from, nothing borrowed."""
    one = opening(posting())

    assert fill(one, by_id) is one


def test_every_field_is_one_of_a_posting():
    """The table names fields that exist, each once."""
    names = [name for together in FIELDS for name in together]

    assert set(names) <= set(Posting.__struct_fields__)
    assert len(names) == len(set(names))
