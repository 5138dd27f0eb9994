"""
Refuse what is surely no job: templates, menu entries, blog posts, log-in pages.

Every doubt keeps the posting. A title may be one word in any language ("Growth", "Praktikum"), a
text may be an excerpt; so nothing is refused for what it lacks alone, only for what it shows.
"""

import re

from jobtide.model import Posting, Reject
from jobtide.text import fold, squeeze

#: Titles programs write when they have none.
_NO_TITLE = frozenset(
    ("", "undefined", "null", "none", "nan", "n/a", "[object object]", "untitled", "no title")
)
#: A template that was never filled in: "<<ENTER DISPLAY JOB TITLE>>", "{{title}}", "[Job Title]".
_TEMPLATE = re.compile(
    r"<<[^<>]*>>|\{\{[^{}]*\}\}|\$\{[^{}]*\}|%%[^%]*%%"
    r"|[\[<{(]*(?:(?:enter|insert|add|your|the|a|display)\s+)*(?:job|position|role)\s+title"
    r"(?:\s+(?:here|goes here))?[\]>})]*",
    re.IGNORECASE,
)
#: Words of a page's navigation that scrapers take for an entry. Not "Search" or "Home": agencies
#: use them.
_NAVIGATION = frozenset(
    (
        "menu", "main menu", "blog", "our blog", "about us", "contact us", "login", "log in",
        "sign in", "sign up", "read more", "load more", "see more", "show more", "view all",
        "view more", "see all jobs", "view all jobs", "all jobs", "faq", "faqs", "privacy policy",
        "cookie policy", "cookie settings", "terms of service", "terms and conditions",
        "newsletter", "page not found", "404", "404 not found", "access denied",
        "just a moment...", "subscribe", "skip to content", "skip to main content", "navigation",
        "job alerts", "job detail", "job details", "job openings", "current openings",
    )
)  # fmt: skip

#: A word that names who does the work, in small letters: by its ending, in English and in what
#: borrowed from Latin.
_DOER = re.compile(
    r"\b(?!(?:after|better|career|careers|consider|either|ever|every|her|larger|later|letter"
    r"|matter|matters|never|number|offer|other|others|over|paper|power|rather|remember|smarter"
    r"|summer|their|together|under|water|whether|winter|for|or|color|error|different|important"
    r"|present|recent|parent|client|clients|moment|event|events|current|expect|perfect|project"
    r"|content|modern)\b)"
    r"\w*(?:er|or|ist|ant|ent|ian|ect|ician|eur|euse|iste|chef|coach|vp|nurse|clerk|dev|ops"
    r"|counsel|lead|expert|fellow|intern|trainee|aide|head|chief|associate|engineering"
    r"|representative|executive|specialist)s?\b",
)
#: Headlines of articles, in English: "10 things ...", "How to ...", "... could be the reason".
_HEADLINE = re.compile(
    r"(?:(?:the|these|those|top|my|our|here are)\s+)*(?:\d{1,3}|two|three|four|five|six|seven|ten)"
    r"\s+(?:[\w'’-]+\s+){0,3}?(?:things|ways|tips|reasons|steps|signs|mistakes|ideas|questions"
    r"|lessons|habits|secrets|facts|trends|hacks|benefits|books|jobs that|skills (?:that|you))\b"
    r"|how (?:to|we|i|you)\b|why (?:you|we|i|your|most)\b|what (?:is|are|to|makes|i)\b.*"
    r"|(?:a|the|your)?\s*(?:\w+\s+)?guide to\b|everything you need\b"
    r"|.*\b(?:could|might|may) be (?:the|a) reason\b|.*\byou (?:should|need to) know\b",
    re.IGNORECASE,
)
#: A teaser's last words.
_READ_ON = re.compile(r"(?:read more|continue reading|read the (?:full|whole) \w+)\W*\Z", re.I)
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*\Z")
#: English that is surely English: that many of its commonest words, a text has by three sentences.
_ENGLISH = re.compile(r"\b(?:the|and|of|to|in|is|that|we|for|are|with|you|a)\b", re.IGNORECASE)
_ENGLISH_LEAST = 8
#: What a text about a vacancy says, sooner or later.
_VACANCY = re.compile(
    r"\b(?:apply|applica|candidate|experience|responsib|requirement|qualif|salary|compensation"
    r"|position|hiring|recruit|job|vacanc|full.time|part.time|remote|benefits|degree|employ"
    r"|join us|our team|role|skills|cv|resume|hire|intern)",
    re.IGNORECASE,
)
#: Words no place is called, that stand where a place should.
_NO_PLACE = frozenset(
    ("how", "why", "what", "when", "who", "which", "this", "these", "it", "menu")
)
_ABSTRACT = re.compile(r"\w+(?:ess|ion|ment|ship|ity|ism|ure)\Z")

#: Text without meaning, used to fill a layout (since the 1500s; Cicero, De finibus).
_FILLER = "orem ipsum dolor sit amet"
#: What a log-in page asks, at least two of them.
_LOG_IN = re.compile(
    r"forgot (?:your )?password|agree & join|sign in with|create (?:an|your) account"
    r"|new to \w+\? join|email or phone|keep me logged in|already (?:on|have an account)",
    re.IGNORECASE,
)


def refuse_non_jobs(posting: Posting) -> Posting | Reject:
    """Refuse a posting without a real title, a menu entry, an article or a log-in page."""
    title = squeeze(posting.title)
    key = fold(title)
    if key in _NO_TITLE:
        return _reject(posting, "no_title", title)
    if _TEMPLATE.fullmatch(title.strip("\"'- ")):
        return _reject(posting, "template_title", title)
    if key in _NAVIGATION:
        return _reject(posting, "not_a_job", f"a word of navigation: {title}")
    if _DOER.search(title.lower()) and not _HEADLINE.match(title):
        return posting
    evidence = _evidence(title, posting.text, posting.location_text or "")
    if sum(weight for weight, _ in evidence) < _ENOUGH:
        return posting
    return _reject(posting, "not_a_job", "; ".join(words for _, words in evidence))


#: Weight that refuses. One sign alone does, if no posting can show it; else two or three together.
_ENOUGH = 3


def _evidence(title: str, text: str, place: str) -> list[tuple[int, str]]:
    """Return the signs that a posting without a doer in its title is no job, with weights."""
    found: list[tuple[int, str]] = []
    if _FILLER in text:
        found.append((2, "filler text"))
    if "assword" in text and len(_LOG_IN.findall(text)) >= 2:
        found.append((3, "a log-in page"))
    if _HEADLINE.match(title):
        found.append((2, "a headline"))
    spot = place.lower()
    if spot in _NO_PLACE:
        found.append((3, f"no place: {place}"))
    elif spot and _ABSTRACT.match(spot) and spot in title.lower().split():
        found.append((1, f"no place but a word of the title: {place}"))
    if _READ_ON.search(text[-80:]):
        found.append((1, "a teaser: read more"))
    elif _ELLIPSIS.search(text[-10:]):
        found.append((1, "a teaser: cut off"))
    if found and not _VACANCY.search(text) and len(_ENGLISH.findall(text)) >= _ENGLISH_LEAST:
        found.append((1, "an English text without a word of a vacancy"))
    return found


def _reject(posting: Posting, reason: str, detail: str) -> Reject:
    """Return the `Reject` of a posting."""
    return Reject(
        source=posting.source,
        board=posting.board,
        identifier=posting.identifier,
        step="refuse_non_jobs",
        reason=reason,
        detail=detail[:200],
    )
