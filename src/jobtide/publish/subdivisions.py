"""Names of the states and provinces that postings name most: those of the USA and of Canada."""

#: ISO 3166-2:US without outlying areas, and ISO 3166-2:CA (https://www.iso.org/obp/ui).
#: "code name" pairs, one a line, behind the country they belong to.
_TABLE = {
    "US": """AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;
    DE Delaware;DC Washington DC;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;
    IA Iowa;KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;
    MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;
    NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;
    OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;
    TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;
    WY Wyoming;PR Puerto Rico""",
    "CA": """AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland;
    NS Nova Scotia;NT Northwest Territories;NU Nunavut;ON Ontario;PE Prince Edward Island;
    QC Quebec;SK Saskatchewan;YT Yukon""",
}

NAMES = {
    f"{country}-{code}": name
    for country, rows in _TABLE.items()
    for code, _, name in (row.strip().partition(" ") for row in rows.split(";"))
}


def subdivision(code: str) -> str:
    """Return the English name of an ISO 3166-2 code; the code itself for other countries.

    >>> subdivision("US-CA"), subdivision("DE-BY")
    ('California', 'DE-BY')
    """
    return NAMES.get(code, code)
