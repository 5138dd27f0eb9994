"""
Words of titles: what decorates one, what is written in several ways, what names a level.

The lists were drawn from titles of recorded boards (a word is decoration when the same vacancy is
listed with and without it) and are compared folded, as `text.fold` makes them.
"""

import re

#: Marks of gender and of equal treatment, as German, French, Polish and Dutch law or habit put
#: them behind a title: "(m/w/d)", "H/F", "(all genders)".
GENDER = re.compile(
    r"(?<![\w/&])[(\[]?\s*"
    r"(?:[mwfhdxvkng](?:\s*[/|*,.•·:-]\s*(?:[mwfhdxvkng]|div|gn|nb|all)\b\.?){1,4}"
    r"|all\s+genders?(?:\s+welcome)?|any\s+gender|(?:he|she|they)/(?:he|she|they)(?:/(?:he|she|they))?)\s*[)\]]?(?![\w/&])"
)
#: "Entwickler*in", "Entwickler:innen", "Kaufmann/-frau", "Desarrollador/a", "Développeur(euse)".
GENDERED_END = re.compile(
    r"(?<=[a-z]{3})(?:[*:_/]-?|\(-?)(?:in|innen|frau|euse|trice|e|r|a|o)\b\)?"
)

#: One spelling for what is written in several; applied to the folded title, in this order.
SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bc\+\+", " cpp "),
        (r"\b([cf])\s?#", r" \1sharp "),
        (r"(?<![a-z])\.net\b", " dotnet "),
        (r"\b(node|react|vue|next|nest|angular|express)[. ]?js\b", r"\1"),
        (r"\br\s?&\s?d\b", " research development "),
        (r"\b(front|back|full)[ -]?(end|stack)\b", r"\1\2"),
        (r"\b(full|part)[ -]?time\b", r"\1time"),
        (r"\bdev[ -]?(sec)?[ -]?ops\b", r"dev\1ops"),
        (r"\bpre[ -]sales\b", "presales"),
        (r"\be[ -]commerce\b", "ecommerce"),
        (r"\bon[ -]site\b", "onsite"),
        (r"\bhome[ -]office\b", "homeoffice"),
        (r"\bwork(?:ing)? from (?:home|anywhere)\b", "wfh"),
        (r"\bfixed[ -]term\b", "fixedterm"),
        (r"\b(co|non|multi|sub|re)-(?=[a-z])", r"\1"),
        (r"\bmachine[ -]learning\b", "ml"),
        (r"\bartificial[ -]intelligence\b", "ai"),
        (r"\bquality[ -]assurance\b", "qa"),
        (r"\bhuman[ -]resources?\b", "hr"),
        (r"\bvice[ -]president\b", "vp"),
        (r"\buser[ -]experience\b", "ux"),
        (r"\buser[ -]interface\b", "ui"),
        (r"\blife[ -]?cycle\b", "lifecycle"),
        (r"\b(?:level|lvl|grade)\s(?=[1-7]\b)", " "),
    )
)

#: Short forms of one word, and of several.
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    short: tuple(long.split())
    for short, long in {
        "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "eng": "engineer",
        "engr": "engineer", "engg": "engineer", "engineering": "engineer", "dev": "developer",
        "mgr": "manager", "mgmt": "management", "mktg": "marketing", "sw": "software",
        "swe": "software engineer", "sde": "software engineer", "asst": "assistant",
        "sre": "site reliability engineer", "assoc": "associate", "admin": "administrator",
        "ops": "operation", "coord": "coordinator", "rep": "representative", "exec": "executive",
        "dir": "director", "tech": "technical", "intl": "international", "natl": "national",
        "sdr": "sale development representative", "bdr": "business development representative",
        "csm": "customer success manager", "svp": "senior vp", "evp": "executive vp",
        "avp": "assistant vp", "infra": "infrastructure", "biz": "business",
        "gov": "government", "govt": "government", "comms": "communication",
        "cyber": "cybersecurity", "golang": "go", "k8s": "kubernetes", "js": "javascript",
        "ts": "typescript", "ii": "2", "iii": "3", "iv": "4", "grad": "graduate",
        "internship": "intern",
    }.items()
}  # fmt: skip

#: A part of a title made of these says nothing of the role: how and from where one works, for how
#: long, how urgently. "(Contract)" is one; in "Contract Manager" the word keeps its meaning.
DECORATION = frozenset(
    """
    remote remotely remoto remota telecommute telecommuting telework teletravail teletrabajo wfh
    homeoffice worldwide anywhere hybrid hibrido hybride onsite inoffice virtual zdalnie zdalna
    zdalny thuiswerken fulltime parttime permanent contract contractor temporary fixedterm vollzeit
    teilzeit festanstellung unbefristet befristet indefinido cdi cdd urgent urgently hiring
    immediate immediately asap new hot featured wanted needed opening openings position positions
    vacancy vacancies job opportunity
    """.split()
)
#: Words that such a part may hold besides.
FILLERS = frozenset(
    """
    the a an and or und oder of for to with per pro is are we us now apply join start starting
    full fully first friendly eligible ok possible optional only option based in on from work
    working home office open multiple perm temp term month months week weeks year years day days
    hour hours hourly h hrs std stunden woche praca moglich smart live living located
    location locations
    """.split()
)
#: Words that may stand between the places of a title: "must reside in Iowa", "EU residents only".
AROUND_PLACES = (
    DECORATION
    | FILLERS
    | frozenset(
        """
        must reside residing resident residents live living citizen citizens candidate candidates
        within near around area areas region timezone timezones time zone zones hub hq headquarters
        preferred required any all other select selected multiple various i global globally
        """.split()
    )
)
#: Parts of titles that read as places and are none: the trade, not Italy; a sales region.
NO_PLACES = frozenset(
    "IT north south east west northeast northwest southeast southwest central".split()
)
#: Words that stand alone in a title without naming the role.
ALONE = frozenset(
    "remote remotely remoto remota wfh telecommute homeoffice hiring urgent urgently".split()
)
#: Words that only join others: "Director of Product" is "Director, Product".
JOINING = frozenset("and of the for a an in to with at und der die das de du et y e".split())

#: Words that set a level; a title with another one is another job. "manager" is here because
#: managing people is not the work of those people; figures are grades ("Engineer II").
LEVELS = frozenset(
    """
    intern trainee graduate apprentice junior associate entry mid intermediate senior staff
    principal distinguished fellow lead head director vp chief executive manager management
    supervisor president student assistant deputy l1 l2 l3 l4 l5 l6 l7 ic1 ic2 ic3 ic4 ic5 ic6
    1 2 3 4 5 6 7 i v
    """.split()
)
