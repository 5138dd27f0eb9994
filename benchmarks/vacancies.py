"""
Made-up postings whose true duplicates are known: the corpus of the duplicates measure.

Of a hundred postings thirty are copies of an earlier one on another board: the title decorated
(one in thirty with a slip), the employer spelled otherwise (one in twenty: an agency's name in its
place), one word in fifty changed, cut off to an excerpt, framed by the board's own lines,
"anywhere" in place of the city. Twenty are another vacancy that differs from an earlier one in a
single thing: the city (half of them), the level, the text under the same title and city, or the
team. A text has 500 words; a third of it is the employer's own praise, the same in all its
postings. The same seed gives the same postings.
"""

import random
from datetime import UTC, datetime
from itertools import accumulate

from jobtide.model import Place, Posting

MOMENT = datetime(2026, 11, 25, tzinfo=UTC)
COPIES = 0.30

_LEVELS = ("", "", "", "Senior ", "Staff ", "Junior ", "Lead ", "Principal ")
_FIELDS = (
    "Backend", "Frontend", "Data", "Machine Learning", "Security", "Site Reliability", "Android",
    "iOS", "Quality", "Network", "Embedded", "Hardware", "Payments", "Growth", "Support", "Sales",
    "Solutions", "Research", "Design Systems", "Customer", "Field", "Cloud", "Mobile", "Database",
)  # fmt: skip
_NOUNS = (
    "Engineer", "Developer", "Architect", "Analyst", "Specialist", "Manager", "Consultant",
    "Scientist",
)  # fmt: skip
_TEAMS = ("", "", "", ", Ledger", ", Maps", ", Billing", ", Search", ", Onboarding", ", Platform")
_CITIES = (
    ("DE", "DE-BE", "Berlin"), ("FR", None, "Paris"), ("GB", "GB-ENG", "London"),
    ("US", "US-NY", "New York City"), ("US", "US-CA", "San Francisco"), ("PL", None, "Warsaw"),
    ("ES", None, "Madrid"), ("NL", None, "Amsterdam"), ("IN", None, "Bengaluru"),
    ("BR", "BR-SP", "São Paulo"), ("CA", "CA-ON", "Toronto"), ("IE", None, "Dublin"),
)  # fmt: skip
_DECORATIONS = (
    "{}", "{}", "{} (m/f/d)", "{} - Remote", "[Remote] {}", "{} (Remote, US)", "{} (w/m/d)",
    "{} | 100% Remote", "🚀 {}", "{} - Full-time", "{} #{number}", "URGENT: {}",
)  # fmt: skip
_SPELLINGS = ("{}", "{}", "{}, Inc.", "{} GmbH", "{} Ltd", "The {} Company", "{} LLC")
_BOARDS = ("remoteok", "remotive", "weworkremotely", "himalayas", "jobicy", "arbeitnow")


class Vacancy:
    """One job: its first posting, the boards that do not list it yet, and its namesakes."""

    def __init__(self, number, posting):
        self.number, self.posting = number, posting
        self.boards = list(_BOARDS)
        self.elsewhere = False  #: the same role is offered in another city: a copy names its own
        self.unplaced = False  #: a copy names no city


def vacancies(size, seed=1):
    """Yield `size` (posting, number of its vacancy), copies after what they copy."""
    chance = random.Random(seed)
    words = _vocabulary(chance)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    employers = [_employer(chance, words, number) for number in range(max(size // 25, 2))]
    recent, used = [], set()
    for number in range(size):
        if recent and chance.random() < COPIES:
            at = chance.randrange(len(recent))
            vacancy = recent[at]
            yield _copy(chance, words, vacancy, number), vacancy.number
            if not vacancy.boards:
                recent[at] = recent[-1]
                recent.pop()
            continue
        like = chance.choice(recent) if recent and chance.random() < 0.29 else None
        text = " ".join(chance.choices(words, cum_weights=weights, k=340))
        made = _namesake(chance, words, like, text, number) if like else None
        if made is None or _name(made) in used:
            like, made = None, _original(chance, employers, text, number)
        used.add(_name(made))
        recent.append(Vacancy(number, made))
        recent[-1].elsewhere = like is not None and like.elsewhere
        if len(recent) > 5000:
            recent[chance.randrange(5000)] = recent.pop()
        yield made, number


def _name(posting):
    """Employer, title and city and the start of the text: two such are one to any reader."""
    city = posting.job_location[0].city
    return hash((posting.hiring_organization, posting.title, city, posting.text[:40]))


def _vocabulary(chance):
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en")]
    found = {"".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(9000)}
    return sorted(found)


def _employer(chance, words, number):
    name = f"{chance.choice(words).title()}{chance.choice(words)} {number}"
    return name, " ".join(chance.choices(words, k=160))


def _original(chance, employers, text, number):
    name, praise = chance.choice(employers)
    title = f"{chance.choice(_LEVELS)}{chance.choice(_FIELDS)} {chance.choice(_NOUNS)}"
    whole = f"{text} {praise}"
    return _posting(number, name, title + chance.choice(_TEAMS), whole, chance.choice(_CITIES))


def _namesake(chance, words, vacancy, text, number):
    """Return another vacancy of the employer that differs in one thing only."""
    like, draw = vacancy.posting, chance.random()
    title, whole, place = like.title, like.text, like.job_location[0]
    city = (place.country, place.subdivision, place.city)
    if draw < 0.5 and not vacancy.unplaced:
        vacancy.elsewhere = True
        city = chance.choice([one for one in _CITIES if one != city])
    elif draw < 0.7:
        title = chance.choice(("Junior ", "Staff ", "Principal ")) + title
    elif draw < 0.85:
        whole = f"{text} {' '.join(whole.split()[-160:])}"
    else:
        title = f"{title}, Team {chance.choice(words).title()}"
    return _posting(number, like.hiring_organization, title, whole, city)


def _posting(number, name, title, text, city):
    return Posting(
        source="greenhouse",
        board=name.lower().replace(" ", ""),
        identifier=str(number),
        url=f"https://jobs.example/{number}/{title.lower().replace(' ', '-')}",
        title=title,
        hiring_organization=name,
        text=text,
        requisition=f"R-{10_000 + number}",
        job_location=(Place(country=city[0], subdivision=city[1], city=city[2]),),
    )


def _copy(chance, words, vacancy, number):
    """Return another board's posting of the same vacancy."""
    like, text = vacancy.posting, vacancy.posting.text.split()
    for _ in range(len(text) // 50):
        text[chance.randrange(len(text))] = chance.choice(words)
    draw = chance.random()
    if draw < 0.25:
        text = text[: max(len(text) // 4, 60)]
    elif draw < 0.5:
        text = ["Headquarters:", like.job_location[0].city, *text, "apply", "on", "our", "site"]
    anywhere = chance.random() < 0.4 and not vacancy.elsewhere
    vacancy.unplaced |= anywhere
    source = vacancy.boards.pop(chance.randrange(len(vacancy.boards)))
    title, name = like.title, chance.choice(_SPELLINGS).format(like.hiring_organization)
    draw_name = chance.random()
    if draw_name < 0.05:
        name = f"{chance.choice(words).title()} Staffing"
    elif draw_name < 0.08:
        title = _slip(title)
    title = chance.choice(_DECORATIONS).format(title, number=vacancy.number + 1000)
    return Posting(
        source=source,
        board="main",
        identifier=str(number),
        url=f"https://{source}.example/{number}",
        title=title,
        hiring_organization=name,
        text=" ".join(text),
        description_complete=draw >= 0.25,
        location_text="Anywhere in the World" if anywhere else like.job_location[0].city,
        job_location=() if anywhere else like.job_location,
    )


def _slip(title):
    """Return the title with two letters of its longest word exchanged."""
    word = max(title.split(), key=len)
    middle = len(word) // 2
    return title.replace(
        word, word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
    )
