"""Pay is read from fields and prose; other money is not pay."""

import pytest

from jobtide.clean.salary import parse_salaries, read_pay
from jobtide.model import UnitText


def told(salary):
    """Return what a salary says, short: (low, high, currency, period)."""
    return salary and (
        salary.min_value,
        salary.max_value,
        salary.currency,
        salary.unit_text and salary.unit_text.value,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€64,000 - €78,000", (64_000, 78_000, "EUR", "YEAR")),
        ("$100-130k", (100_000, 130_000, "USD", "YEAR")),
        ("$100k-130", (100_000, 130_000, "USD", "YEAR")),
        ("55-65.000 €", (55_000, 65_000, "EUR", "YEAR")),
        ("$31,2k", (31_200, 31_200, "USD", "YEAR")),
        ("$130,000 - $105,000", (105_000, 130_000, "USD", "YEAR")),
        ("CHF 105’000 – 128’000", (105_000, 128_000, "CHF", "YEAR")),
        ("9 800 – 11 200 PLN", (9_800, 11_200, "PLN", "MONTH")),
        ("14-20 LPA", (1_400_000, 2_000_000, "INR", "YEAR")),
        ("₹8 lakh – ₹11 lakh per year", (800_000, 1_100_000, "INR", "YEAR")),
        ("R$ 7 mil a R$ 9 mil", (7_000, 9_000, "BRL", "MONTH")),
        ("COP 6.000.000 mensual", (6_000_000, 6_000_000, "COP", "MONTH")),
        ("£600/day", (600, 600, "GBP", "DAY")),
        ("$1,200 a week", (1_200, 1_200, "USD", "WEEK")),
        ("140 – 175 zł/h netto (+ VAT)", (140, 175, "PLN", "HOUR")),
        ("1 100 - 1 350 PLN / MD", (1_100, 1_350, "PLN", "DAY")),
        ("bis zu 95.000 € p.a.", (None, 95_000, "EUR", "YEAR")),
        ("up to $70k", (None, 70_000, "USD", "YEAR")),
        ("ab 2.900,- € brutto monatlich", (2_900, None, "EUR", "MONTH")),
        ("à partir de 38 000 €", (38_000, None, "EUR", "YEAR")),
        ("$120,000+", (120_000, None, "USD", "YEAR")),
        ("$120,000+ equity", (120_000, 120_000, "USD", "YEAR")),
        ("$225k max", (None, 225_000, "USD", "YEAR")),
        ("41200 - 58350 Annual", (41_200, 58_350, None, "YEAR")),
        ("US$ 35 – US$ 48 / hour", (35, 48, "USD", "HOUR")),
        ("CA$88,000–CA$104,000 a year", (88_000, 104_000, "CAD", "YEAR")),
        ("$90,000 - $110,000 NZD", (90_000, 110_000, "NZD", "YEAR")),
        ("48 000 kr per månad", (48_000, 48_000, None, "MONTH")),
        ("$75,341—$98,112 USD", (75_341, 98_112, "USD", "YEAR")),
        ("PKR 250,000 - 300,000 per month", (250_000, 300_000, "PKR", "MONTH")),
        ("TEUR 70-85", (70_000, 85_000, "EUR", "YEAR")),
    ],
)
def test_pay_fields(text, expected):
    """Ranges, open ends, suffixes, separators, currencies and periods of pay fields are read."""
    assert expected == told(read_pay(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "Competitive",
        "0.5% - 1.5% equity",
        "4 days a week, 32 hours",
        "12 jobs that pay well",
        "Up to $5,000 sign-on bonus",
        "2,500 colleagues",
        "USD 0 - 0",
        "$20 per article",
        "401k",
    ],
)
def test_fields_without_pay(text):
    """A pay field that names no pay gives nothing."""
    assert read_pay(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The annual base pay for someone hired in Ohio is expected to be $84,500 to $112,900, "
            "plus a bonus of up to 10 percent of it",
            (84_500, 112_900, "USD", "YEAR"),
        ),
        (
            "We raised $38M. There is a 401k match and a $1,500 home-office stipend for everyone "
            "in our team of 1,300. Base: $91,000 to $117,000.",
            (91_000, 117_000, "USD", "YEAR"),
        ),
        (
            "Wir zahlen ein Bruttomonatsgehalt ab 3.150 Euro, dazu 50 € Sachbezug im Monat und "
            "1.000 € Weiterbildungsbudget",
            (3_150, None, "EUR", "MONTH"),
        ),
        (
            "Je salaris ligt tussen € 3.400 en € 4.250 bruto per maand, met acht procent "
            "vakantiegeld",
            (3_400, 4_250, "EUR", "MONTH"),
        ),
        (
            "base pay is $118,000/year to $139,000/year + equity, by a formula that all can read",
            (118_000, 139_000, "USD", "YEAR"),
        ),
        (
            "Senior Baker | Remote | €85-100k | We build tide tables for harbours and pilots",
            (85_000, 100_000, "EUR", "YEAR"),
        ),
        (
            "Minimum: $73,400.00 Maximum: $98,100.00. Where in the range depends on your skills "
            "and on your city",
            (73_400, 98_100, "USD", "YEAR"),
        ),
        (
            "MIN $88,000 - MID $104,000 - MAX $120,000, and few are hired above the middle of it "
            "in their first year",
            (88_000, 120_000, "USD", "YEAR"),
        ),
        (
            "Salary (38 hours) Mid: €71,200.50 Senior: €84,900.75, the same for everyone, and no "
            "negotiation about it",
            (71_200.5, 84_900.75, "EUR", "YEAR"),
        ),
    ],
)
def test_pay_in_prose(text, expected):
    """Pay is found among other money, with the period the sentence names."""
    assert expected == told(read_pay(text))


@pytest.mark.parametrize(
    "text",
    [
        "We closed a $38M Series B and plan to stay below eighty people for as long as we can do",
        "You will own a media budget of $250,000 to $400,000 per quarter and report on the return",
        "Benefits: $1,500 home office setup and a $100 monthly internet allowance, dental and eye",
        "401(k) with a 4% match, up to $9,000 a year, from your first day here, with no waiting",
        "Refer a friend and receive 1.500 € Prämie, sobald die Probezeit deiner Empfehlung endet",
        "Close deals with a contract value between $50,000 and $120,000 in the banking sector",
        "Group life insurance pays 3x your salary up to a maximum of $500,000, and travel cover",
        "A competitive salary, thirty days of leave and a yearly €800 wellness budget for you",
        "Earn $100 for every 10 rides in 7 days, and keep all of the tips that riders leave",
        "Funding of more than $200 million, 1,200 customers, 18 countries and one silent pager",
        "The tournament pays a prize of $25,000 to $40,000 a year to the winners of each group",
    ],
)
def test_other_money_is_not_pay(text):
    """Funding, budgets, allowances, matches, prizes and deals are not the pay for the job."""
    assert parse_salaries(text) == ()


def test_hourly_pay_stays_hourly():
    """The stated period is kept; nothing is made yearly."""
    salary = read_pay(
        "Compensation for this contract is $62/hr on W2, forty hours a week, to June"
    )

    assert (salary.max_value, salary.unit_text) == (62, UnitText.HOUR)


def test_what_is_concluded_is_marked():
    """A bare dollar and a period from the size of the figure are marked as inferred."""
    salary = read_pay("$96,000 - $118,000")

    assert (salary.currency, salary.currency_inferred) == ("USD", True)
    assert (salary.unit_text, salary.unit_inferred) == (UnitText.YEAR, True)


def test_what_is_written_is_not_marked():
    """A written currency and period are not inferred."""
    salary = read_pay("USD 96,000 - 118,000 per year")

    assert not salary.currency_inferred
    assert not salary.unit_inferred


def test_the_place_says_which_dollar():
    """The country decides what "$", "kr" and "Rs" mean; a full sign does not need it."""
    [dollars] = parse_salaries("$96,000 - $118,000", field="salary_text", country="CA")
    [crowns] = parse_salaries("48 000 kr per month", field="salary_text", country="NO")
    [written] = parse_salaries("US$96,000", field="salary_text", country="CA")

    assert [one.currency for one in (dollars, crowns, written)] == ["CAD", "NOK", "USD"]
    assert dollars.currency_inferred


def test_zones_are_kept_apart():
    """Each range of several is given with the place or level it is for."""
    found = parse_salaries(
        "Pay range:\nZone A: $148,000 - $171,000\nZone B: $134,000 - $155,000\n"
        "All other places: $120,000 - $139,000"
    )

    assert [one.zone for one in found] == ["Zone A", "Zone B", "All other places"]
    assert [one.min_value for one in found] == [148_000, 134_000, 120_000]


def test_on_target_earnings_are_told_apart():
    """OTE is another kind, and base pay is preferred to it."""
    text = "Compensation: $80k–$95k base, $150k–$170k OTE, uncapped above plan, paid each quarter."
    found = parse_salaries(text)

    assert [one.kind for one in found] == ["base", "ote"]
    assert read_pay(text).max_value == 95_000


def test_one_period_for_two_currencies():
    """A period written once behind two currencies is that of both."""
    found = parse_salaries("We pay a rate of 45-60 USD or 180-240 PLN per hour, as you like.")

    assert [(one.currency, one.unit_text) for one in found] == [
        ("USD", UnitText.HOUR),
        ("PLN", UnitText.HOUR),
    ]


def test_a_range_stated_twice_is_one():
    """Repeating a range adds nothing."""
    text = "Salary €75K – €90K. Offers equity. Salary €75K – €90K."

    assert len(parse_salaries(text)) == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Baker (m/w/d) | 52.000 - 61.000 €", (52_000, 61_000, "EUR", "YEAR")),
        ("Contract Developer - $600 per day", (600, 600, "USD", "DAY")),
        ("Fitness Coach (remote, $28/hr)", (28, 28, "USD", "HOUR")),
        ("Veterinary Nurse - $1,500 sign-on bonus", None),
        ("Manager, $50M Fund", None),
        ("Top 100 Engineer", None),
    ],
)
def test_titles(title, expected):
    """In a title only money of the size of pay is pay."""
    found = parse_salaries(title, field="title")

    assert expected == (told(found[0]) if found else None)


def test_evidence_stands_where_it_says():
    """The words of a salary stand at its position in the text."""
    text = "What you get: a base salary between $128,000 and $151,000, and four weeks off."
    [salary] = parse_salaries(text)

    assert text[salary.start :].startswith(salary.evidence)
    assert salary.evidence == "$128,000 and $151,000"
    assert salary.field == "text"
