"""The words for time zones, and the patterns that find them; `zones` reads with them."""

import re
from typing import Final

#: Abbreviation -> standard offset, IANA time zone database; where one has several meanings the
#: one that job boards use (CST: North America, IST: India, BST: the United Kingdom).
ABBREVIATIONS: Final = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 0, "BST": 0, "CET": 1, "CEST": 1, "MET": 1, "WAT": 1,
    "EET": 2, "EEST": 2, "CAT": 2, "SAST": 2, "EAT": 3, "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5,
    "IST": 5.5, "ICT": 7, "WIB": 7, "SGT": 8, "HKT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "AEST": 10, "AEDT": 10, "AET": 10, "NZST": 12, "NZDT": 12, "NZT": 12,
    "EST": -5, "EDT": -5, "ET": -5, "CST": -6, "CDT": -6, "CT": -6, "MST": -7, "MDT": -7,
    "MT": -7, "PST": -8, "PDT": -8, "PT": -8, "AKST": -9, "AKDT": -9, "HST": -10, "AST": -4,
    "ADT": -4, "NST": -3.5, "BRT": -3, "ART": -3, "CLT": -4, "COT": -5, "PET": -5,
}  # fmt: skip
#: Abbreviations that are also a state, a country or a word: they need a word about time beside.
SHORT: Final = {"PT", "CT", "MT", "CAT", "EAT", "PET", "WEST", "ART", "MET", "GST", "COT", "WAT"}

NAMED: Final = {
    r"central european": 1, r"eastern european": 2, r"western european": 0,
    r"east(?:ern)? africa(?:n)?": 3, r"west africa(?:n)?": 1, r"south africa(?:n)?": 2,
    r"india(?:n)?(?: standard)?": 5.5, r"singapore": 8, r"japan(?:ese)?": 9, r"moscow": 3,
    r"(?:u\.?s\.?[ -]|american )?(?:east(?:ern)?(?: coast)?|new york)": -5,
    r"(?:u\.?s\.?[ -]|american )?central": -6, r"(?:u\.?s\.?[ -])?mountain": -7,
    r"(?:u\.?s\.?[ -]|american )?(?:west(?:ern)? coast|pacific|california)": -8,
    r"us[ -]west(?:ern)?": -8, r"atlantic": -4,
    r"london": 0, r"uk|british": 0, r"german|berlin|paris|french|spanish": 1,
    r"brasilia|brazil(?:ian)?": -3, r"sydney": 10, r"israel(?:i)?": 2, r"dubai": 4,
}  # fmt: skip
#: Areas -> from, to: the zones most of their offices keep (the contiguous states for the US).
AREAS: Final = {
    r"u\.?s\.?a?\.?|united states|american?|north(?:[- ]|ern )america(?:n)?": (-8, -5),
    r"canad(?:a|ian)": (-8, -4),
    r"european?(?: union)?|eu|european union": (0, 2),
    r"emea": (0, 4),
    r"(?:the )?americas?": (-8, -3),
    r"latam|latin[- ]america(?:n)?|south[- ]america(?:n)?": (-6, -3),
    r"apac|asia[- /]pacific": (5.5, 12),
    r"asian?": (5, 9),
    r"african?": (0, 3),
    r"austral(?:ia|ian)": (8, 10),
    r"middle[- ]east(?:ern)?": (2, 4),
}  # fmt: skip

TIME: Final = (
    r"(?:standard |daylight |business |working |work |core |office |normal )?"
    r"(?:time[- ]?zones?|time ?zones?|times?|tzs?|hours?|hrs|business day|working day)\b"
)
SIGN: Final = r"[+\-−–—]"
PLUS_MINUS: Final = (
    r"(?:±|\+\s*/?\s*[-−–—]|[-−–—]\s*/?\s*\+|\+\s*or\s*[-−–—]|plus(?:\s*/\s*|\s+or\s+)minus)"
)
HOURS: Final = r"\s*(?:h\b|hrs?\b|hours?\b)?"
NUMBER: Final = r"\d{1,2}(?:[.:]\d{1,2})?"
ABBREVIATION: Final = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
ZONE: Final = rf"(?:{ABBREVIATION})(?:/(?:{ABBREVIATION}))*"

#: A cheaper look for the same: capitals that end like a zone; `_hinted` has the words.
CAPITALS: Final = re.compile(r"[A-Z]{1,3}[TC]\b|\bWIB\b")
CITIES: Final = {
    "london": 0, "dublin": 0, "lisbon": 0, "berlin": 1, "paris": 1, "amsterdam": 1, "madrid": 1,
    "zurich": 1, "new york": -5, "nyc": -5, "toronto": -5, "boston": -5, "chicago": -6,
    "san francisco": -8, "sf": -8, "seattle": -8, "los angeles": -8, "sydney": 10,
}  # fmt: skip
SPELT: Final = (
    r"(?i:(?:central european|eastern|pacific|uk|london|berlin|german)\s+time(?:[- ]?zone)?)"
)
CITY: Final = rf"(?i:{'|'.join(CITIES)})"
#: Looked for before anything else: most place lines hold none of it.
GATE: Final = re.compile(
    rf"\b(?:{ABBREVIATION})\b|(?i:utc|gmt|\bce?s?t\b|time|\bhours?|\bhrs|\btz|coast|eastern|"
    r"us[ -](?:east|west|central)|pacific|\bpst\b|\best\b|overlap)"
)
LOWER: Final = re.compile(r"\b(?:utc|gmt|cet|cest|pst|pdt|edt|eet|aest|Utc|Gmt|Cet|Pst|Est)\b")
AROUND: Final = re.compile(
    rf"(?P<zone>{ZONE}|{SPELT})"
    rf"(?P<offset>\s*{SIGN}\s*{NUMBER}(?=\s*[(,]?\s*{PLUS_MINUS}))?"
    rf"(?:\s+(?i:time ?zone|time))?\s*[(,]?\s*{PLUS_MINUS}\s*(?P<width>{NUMBER}){HOURS}"
    rf"|{PLUS_MINUS}\s*(?P<width2>{NUMBER}){HOURS}\s*(?:\w+\s+){{0,3}}?"
    rf"(?P<zone2>{ZONE}|{CITY})\b"
    rf"|(?i:within|up to|max(?:imum)?|no more than)\s+(?:\d{{1,2}}\s?[/–-]\s?)?"
    rf"(?P<width3>{NUMBER})\s*-?\s*"
    rf"(?i:h|hrs?|hours?)\s+(?i:time ?zones? )?(?i:difference )?(?i:of|from|to|with)\s+(?i:the )?"
    rf"(?P<zone3>{ZONE}|{CITY}|(?i:central european|eastern|pacific)(?i: time)?)\b"
)
OFFSET: Final = re.compile(
    rf"\b(?P<zone>{ZONE})\s*(?P<offset>{SIGN}\s?{NUMBER})(?!\d)(?!\s*(?:am|pm|AM|PM|%|days?))"
    rf"|(?<![\w:.])(?P<offset2>[+\-−]\s?\d{{1,2}})\s*(?P<zone2>UTC|GMT)\b"
)
TO: Final = r"\s*(?:to|through|thru|until|till|and|bis|à|a|hasta|up to|-|–|—|/|→|\.\.\.?|~)\s*"
RANGE_TAIL: Final = re.compile(
    rf"{TO}(?:(?P<zone>{ZONE})\s*)?(?P<offset>{SIGN}?\s?{NUMBER})(?![\d:])" + HOURS
)
PLAIN: Final = re.compile(rf"\b(?P<zone>{ABBREVIATION})\b")
WORDED: Final = re.compile(
    "|".join(rf"\b(?P<n{at}>{name})" for at, name in enumerate(NAMED)), re.IGNORECASE
)
AREA: Final = re.compile(
    rf"\b(?:(?:{'|'.join(f'(?P<a{at}>{name})' for at, name in enumerate(AREAS))})"
    rf"(?:[- ](?:friendly|compatible|overlapping|based|aligned))?[- ]{TIME})",
    re.IGNORECASE,
)
AMERICAN: Final = {"Eastern": -5.0, "Central": -6.0, "Mountain": -7.0, "Pacific": -8.0}
LIST_WORD: Final = re.compile("|".join(AMERICAN), re.IGNORECASE)
LIST: Final = re.compile(
    rf"\b(?P<list>(?:{'|'.join(AMERICAN)})(?:(?:\s*[,/]\s*(?:or\s|and\s)?|\s(?:or|and|to)\s)"
    rf"(?:{'|'.join(AMERICAN)}))+)[- ]{TIME}",
    re.IGNORECASE,
)
AREA_BEFORE: Final = re.compile(
    rf"\b(?:{'|'.join(f'(?P<a{at}>{name})' for at, name in enumerate(AREAS))})"
    rf"\s*(?:/|&|\band\b|\bor\b)\s*$",
    re.IGNORECASE,
)
AFTER: Final = re.compile(
    rf"[- ]?(?:{TIME}|\()|\s*/|\s*(?:to|through|or|and|-|–)\s", re.IGNORECASE
)
OVERLAP: Final = re.compile(
    r"(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:-\s*\d{1,2}\s*)?(?:h|hrs?|hours?)(?:['’]|/day)?\s+"
    r"(?:\w+\s+){0,3}?overlap|overlap\w*\s+(?:\w+\s+){0,4}?(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:h|hrs?|hours?)\b",
    re.IGNORECASE,
)
