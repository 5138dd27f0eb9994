"""Words of hiring comments: what names a role, a kind of employment, pay, a way of working."""

import re
from typing import Final

#: Nouns that name who does the work. From the titles of hiring threads; words that name companies
#: as often ("partners", "builders") are left out.
_NOUNS: Final = (
    r"engineers?|develop+ers?|programmers?|designers?|managers?|scientists?|architects?|analysts?"
    r"|researchers?|reserchers?|administrators?|sysadmins?|specialists?|consultants?|associates?"
    r"|marketers?|recruiters?|editors?|writers?|copywriters?|technicians?|advocates?|directors?"
    r"|coordinators?|representatives?|strategists?|accountants?|controllers?|counsel|attorneys?"
    r"|leaders?|lawyers?|nurses?|teachers?|instructors?|professors?|faculty|leads?|interns?|internships?"
    r"|testers?|executives?|officers?|assistants?|generalists?|evangelists?|founder|co-?founder"
    r"|hackers?|trainers?|planners?|bookkeepers?|paralegals?|physicists?|chemists?"
    r"|biologists?|mathematicians?|statisticians?|economists?|artists?|animators?|producers?"
    r"|videographers?|drivers?|translators?|tutors?|interviewers?|labellers?|labelers?|annotators?"
    r"|experts?|freelancers?|contractors?|sres?|swes?|sdets?|fdes?|bdrs?|sdrs?|ctos?|csms?|tpms?"
    r"|dbas?|mts"
)
#: Short forms that are words of their own in small letters ("5 pm", "them").
_SHORT: Final = r"CEO|CFO|COO|CPO|CMO|CRO|EMs?|PMs?|QA|VP|AEs?|TAMs?|[Ee]ng|[Dd]ev"
_HEAD: Final = re.compile(rf"(?:^|[\s/+&-])(?:(?i:{_NOUNS})|{_SHORT})(?:/(?i:devops|ops))?$")
#: Roles whose noun does not come last.
_LEADING: Final = re.compile(
    r"^(?:\w+[\s-]+){0,3}?(?:heads? of|director of|vp,? (?:of )?|vice president|chief \w+"
    r"|members? of (?:the )?(?:technical )?staff)\b",
    re.IGNORECASE,
)
#: What may follow a role without being part of its head: brackets, tasks, qualities, levels.
_BRACKETS: Final = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]?")
_TAIL: Final = re.compile(r"\s+[-–—~]+\s|\s*[-–—]{2,}|\s*[,:;|]|\s+/\s")
_TASK: Final = re.compile(
    r"\s+(?:for|in|at|of|on|with|to|from|who|that|based|focused|working|across|and/or)\s|\s+@",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(
    r"(?:\s+(?:[IVX]{1,4}|[1-9]|L\d|level \d|(?:multiple |several |various )?(?:role|position"
    r"|opening)s?))+$",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"^(?:\d{1,2}x?|one|two|three|several|multiple|various)\s+", re.IGNORECASE
)

#: Words that stand for roles no one has written out: "Multiple roles", "Engineering positions".
GENERIC: Final = re.compile(
    r"\b(?:roles?|positions?|openings?|jobs|opportunities)\b", re.IGNORECASE
)
_FIELD: Final = (
    r"(?:software|product|full[- ]?stack|back[- ]?end|front[- ]?end|data|ai|ml)?\s*"
    r"(?:engineering|eng|product|design|sales|marketing|gtm|go-to-market|operations|ops"
    r"|growth|data|security|machine learning|ml|ai|infra(?:structure)?|research|finance|people|hr"
    r"|support|frontend|backend|mobile|hardware|development|science)"
)
#: Names of departments and nothing else: "Engineering, GTM", "Security, Machine Learning".
FIELDS: Final = re.compile(rf"{_FIELD}(?:\s*(?:,|&|/|\+|\band\b)+\s*{_FIELD})*", re.IGNORECASE)

EMPLOYMENT: Final = re.compile(
    r"full[\s-]?time|part[\s-]?time|fulltime|partt?ime|permanent|contract(?:or|ing)?(?:[\s-]to[\s-]"
    r"(?:hire|perm))?|freelanc\w*|intern(?:ship)?s?\b|co-?ops?\b|temporary|fractional"
    r"|project[\s-]based|\bW-?2\b|\b1099\b|\bC2C\b|all levels",
    re.IGNORECASE,
)
WORKPLACE: Final = re.compile(
    r"\bremote(?:ly)?\b|\bon[\s-]?site\b|\bhybrid\b|\bin[\s-](?:the )?office\b|\bin[\s-]person\b"
    r"|\bwork(?:ing)? from (?:home|anywhere)\b|\bwfh\b|\bhyrbid\b",
    re.IGNORECASE,
)
PAY: Final = re.compile(
    r"[$€£¥₹]\s?\d|\b(?!401)\d{2,3}(?:[.,]\d+)?\s?[kK]\b|\b(?:USD|EUR|GBP|CAD|CHF|AUD)\b|\bsalary\b"
    r"|\bcompensation\b|\bequity\b",
    re.IGNORECASE,
)
#: What else stands in a header line and is neither company nor role.
OTHER: Final = re.compile(
    r"\bvisas?\b|\bsponsor\w*|\brelocat\w+|\bcitizen\w*|\bclearance\b|\bbenefits\b|\bimmigration\b"
    r"|\bYC\s?[A-Z]?\d*\b|\bseries [a-f]\b|\b(?:pre-)?seed\b|\bfunding\b|\bfluency\b|\blanguage\b"
    r"|\bearly[\s-]stage\b|\bfounded\b|\bequity\b|\b(?:multiple|various|several|flexible)\s+locations\b",
    re.IGNORECASE,
)


def is_role(phrase: str) -> bool:
    """Tell whether a phrase names a role, by its last noun.

    >>> [is_role(one) for one in ("Senior Engineer, Data (Spark)", "Head of Growth", "Data Works")]
    [True, True, False]
    """
    plain = _COUNT.sub("", _BRACKETS.sub("", phrase).strip(" *_#-–—•·:.")) or phrase
    if _LEADING.match(plain):
        return True
    if "(" in phrase:  # "Engineer (Python) Boston"
        before = _TASK.split(phrase.partition("(")[0].strip(" *_#-–—•·:."))[0]
        if _HEAD.search(before):
            return True
    plain = _TASK.split(plain)[0]
    ends = [match.start() for match in _TAIL.finditer(plain)]
    return any(_HEAD.search(_LEVEL.sub("", plain[:end]).rstrip(" .")) for end in (*ends, None))


def is_generic(phrase: str) -> bool:
    """Tell whether a phrase says that there are roles, without naming one.

    >>> [is_generic(one) for one in ("Multiple roles", "Engineering & Sales", "Kelpworks")]
    [True, True, False]
    """
    plain = phrase.strip(" .")
    return bool(FIELDS.fullmatch(plain)) or (len(plain) < 60 and bool(GENERIC.search(plain)))
