"""
Does a page say, in so many words, that its job is over? Pure; for any bytes.

The words are those that careers pages and boards put in place of the Apply button. Each row of
CLOSING is one way of saying it, over folded text (no case, no accents), with the reason it gives.
Sources: the notices of Greenhouse, Lever, Workable, SmartRecruiters, Personio, Recruitee and
LinkedIn in these languages, and the reports of lists that showed closed jobs (career-ops #129,
#163, #373).
"""

import re
from typing import NamedTuple

import lxml.etree
import lxml.html

from jobtide.answers import parse_html
from jobtide.text import decoded, fold, squeeze


class Closing(NamedTuple):
    """What a page says, and why that means the job is over."""

    reason: str  #: "filled", "not_accepting" or "gone"
    sentence: str  #: the page's own words, folded


#: "This job", in each language, as the subject of a notice.
_JOB = {
    "en": r"(?:this|the) (?:job|position|role|vacancy|opening|opportunity|posting|listing|advert"
    r"|ad|requisition)(?: (?:ad|advert|posting|listing|opening|offer|you are looking for))?",
    "de": r"(?:diese|die) (?:stelle|position|anzeige|stellenanzeige|ausschreibung"
    r"|stellenausschreibung|vakanz)",
    "fr": r"(?:cette offre(?: d'emploi)?|cette annonce|ce poste|l'offre|le poste)",
    "es": r"(?:esta|la) (?:oferta|vacante|posicion|convocatoria)(?: de (?:empleo|trabajo))?"
    r"|(?:este|el) (?:puesto|empleo|anuncio)",
    "pt": r"(?:esta|essa|a) (?:vaga|oferta|posicao|oportunidade)(?: de emprego)?",
    "nl": r"(?:deze|de) (?:vacature|functie|positie|baan)",
    "it": r"(?:questa|la) (?:offerta|posizione|opportunita|ricerca)(?: di lavoro)?"
    r"|questo annuncio",
}
#: (language, what is said, reason). "{job}" is the language's row of _JOB.
CLOSING: tuple[tuple[str, str, str], ...] = (
    ("en", r"{job} (?:has|have) (?:now |already |since )?been filled", "filled"),
    ("en", r"{job} is (?:now |already )?filled\b", "filled"),
    ("en", r"{job} (?:has (?:now |already )?(?:been )?|is (?:now |already )?)"
           r"(?:closed|expired|cancelled|archived|removed|taken down|unpublished)\b", "gone"),
    ("en", r"{job} is no longer (?:available|active|open|online|live|advertised"
           r"|listed)\b", "gone"),
    ("en", r"{job} is not (?:currently )?(?:available|active)(?=\W*$)", "gone"),
    ("en", r"{job} is (?:no longer|not) (?:currently )?accepting (?:any )?(?:new )?applica"
           r"(?:tions|nts)\b", "not_accepting"),
    ("en", r"no longer accepting (?:any )?(?:new )?applica(?:tions|nts)\b", "not_accepting"),
    ("en", r"applications (?:for this \w+ )?(?:are|have) (?:now )?closed\b", "not_accepting"),
    ("de", r"{job} (?:ist|wurde) (?:leider |bereits |schon |inzwischen )*"
           r"(?:neu )?(?:besetzt|vergeben)\b", "filled"),
    ("de", r"{job} (?:ist|wurde) (?:leider |bereits |schon |inzwischen )*(?:geschlossen|abgelaufen"
           r"|deaktiviert|entfernt|geloscht|nicht mehr (?:verfugbar|aktiv|online|offen|vakant"
           r"|ausgeschrieben|aktuell))\b", "gone"),
    ("de", r"(?:bewerbungen (?:sind|werden)|bewerben ist) (?:\w+ )*?nicht mehr (?:moglich"
           r"|angenommen|entgegengenommen)\b", "not_accepting"),
    ("fr", r"{job} (?:a (?:deja )?ete pourvue?|est (?:deja )?pourvue?)\b", "filled"),
    ("fr", r"{job} (?:n'est (?:malheureusement )?plus (?:disponible|en ligne|active?|ouverte?"
           r"|d'actualite|a pourvoir)|a expire|est (?:desormais )?(?:expiree?|cloturee?|fermee?"
           r"|close)|a ete (?:cloturee?|fermee?|retiree?|supprimee?))\b", "gone"),
    ("fr", r"(?:nous n'acceptons plus (?:de |les )?candidatures"
           r"|les candidatures sont (?:desormais )?(?:closes|cloturees|fermees))\b",
     "not_accepting"),
    ("es", r"(?:{job}) (?:ya )?(?:ha sido|fue|esta) (?:ya )?cubiert[oa]\b", "filled"),
    ("es", r"(?:{job}) (?:ya no (?:esta|se encuentra) (?:disponible|activ[oa]|abiert[oa]|vigente)"
           r"|ha (?:expirado|caducado|finalizado|sido (?:cerrad[oa]|eliminad[oa]|retirad[oa]))"
           r"|esta (?:cerrad[oa]|caducad[oa]))\b", "gone"),
    ("es", r"ya no (?:se aceptan|aceptamos) (?:mas )?(?:solicitudes|candidaturas|postulaciones)\b",
     "not_accepting"),
    ("pt", r"{job} (?:ja )?(?:foi|esta) (?:ja )?preenchida\b", "filled"),
    ("pt", r"{job} (?:(?:ja )?nao esta mais (?:disponivel|aberta|ativa)"
           r"|ja nao esta (?:disponivel|aberta|ativa)"
           r"|expirou|(?:ja )?(?:foi|esta) (?:encerrada|fechada|cancelada|expirada|removida))\b",
     "gone"),
    ("pt", r"(?:as )?(?:inscricoes|candidaturas) (?:ja )?(?:estao |foram )?(?:encerradas"
           r"|fechadas)\b", "not_accepting"),
    ("nl", r"{job} is (?:helaas |inmiddels |al )*(?:vervuld|ingevuld)\b", "filled"),
    ("nl", r"{job} is (?:helaas |inmiddels |al )*(?:gesloten|verlopen|verwijderd"
           r"|niet (?:meer|langer) (?:beschikbaar|actief|online|open|actueel))\b", "gone"),
    ("nl", r"(?:solliciteren (?:op deze \w+ )?is|sollicitaties zijn) (?:helaas )?niet meer "
           r"mogelijk\b", "not_accepting"),
    ("it", r"(?:{job}) e (?:gia )?stat[ao] (?:gia )?copert[ao]\b", "filled"),
    ("it", r"(?:{job}) (?:non e piu (?:disponibile|attiv[ao]|apert[ao]|online)|e (?:stat[ao] )?"
           r"(?:scadut[ao]|chius[ao]|rimoss[ao]))\b", "gone"),
    ("it", r"(?:non accettiamo piu|non si accettano piu) candidature\b"
           r"|le candidature sono (?:ormai )?chiuse\b", "not_accepting"),
)  # fmt: skip

#: Words before the notice that make it a condition or a question: "until this position has been
#: filled", "if this job is closed".
_CONDITION = {
    "en": "until till once when whenever if unless after before whether should may might as_soon",
    "de": "bis sobald wenn falls sollte nachdem bevor ob",
    "fr": "jusqu jusque quand lorsque lorsqu si s' des_que une_fois apres avant",
    "es": "hasta cuando si una_vez en_cuanto despues antes",
    "pt": "ate quando se assim_que caso apos antes",
    "nl": "tot totdat zodra wanneer als nadat voordat of indien",
    "it": "fino finche quando se appena una_volta dopo prima",
}
#: Words after it that narrow it ("no longer accepting applications from agencies", "no longer
#: open to candidates in ...") or make it a condition ("is closed as soon as ...").
_NARROWED = re.compile(
    r"\s*(?:from|by|via|through|over|at|per|to|in|for (?!this)|as soon|once|when|if|upon|until"
    r"|von|durch|fur (?!diese)|sobald|wenn|de la part|par|para (?!est)|por|door|via|da parte)\b"
)


def _condition(language: str) -> re.Pattern[str]:
    words = "|".join(_CONDITION[language].split()).replace("_", " ")
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


_NOTICES = [
    (
        re.compile(rf"(?<!\w)(?:{said.replace('{job}', _JOB[language])})"),
        _condition(language),
        reason,
    )
    for language, said, reason in CLOSING
]
_SENTENCE = re.compile(r"(?<=[.!?:;|])\s+|\n+")
#: What no reader sees, and what is offered to choose ("Report: this job has expired").
_UNSEEN = (
    "script", "style", "template", "noscript", "head", "option", "select", "label", "button",
    "textarea",
)  # fmt: skip
#: Elements that end a line of text.
_BLOCKS = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 section article header footer main aside nav table tr td th "
    "br dt dd form figure blockquote".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: Text looked at: a notice stands where the Apply button was, not behind a book.
MAX_CHARS = 200_000


def closing(text: str, listed: str = "") -> Closing | None:
    """
    Return the sentence of a page that says its job is over, or None.

    `text` is what a reader sees; `listed` what the board said while it listed the job: the same
    sentence there is no news.
    """
    before = _folded(listed)
    for sentence in _SENTENCE.split(text[:MAX_CHARS]):
        folded = _folded(sentence)
        if folded.endswith("?") or not folded:
            continue
        for notice, condition, reason in _NOTICES:
            found = notice.search(folded)
            if (
                found
                and not condition.search(folded, 0, found.start())
                and not _NARROWED.match(folded, found.end())
                and folded not in before
            ):
                return Closing(reason, folded[:200])
    return None


def _folded(text: str) -> str:
    return squeeze(fold(text).replace("’", "'"))


def page_text(body: bytes) -> str:
    """Return what a reader of an HTML page sees, a line a block, the title first; "" for none."""
    try:
        page = parse_html(decoded(body))
    except (lxml.etree.LxmlError, ValueError):
        return ""
    title = page.findtext(".//title") or ""
    for element in [one for one in page.iter() if _is_unseen(one)]:
        if isinstance(element, lxml.html.HtmlElement) and element.getparent() is not None:
            element.drop_tree()
    for element in page.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    text = str(page.xpath("string()"))
    lines = (squeeze(line) for line in f"{title}\n{text}".splitlines())
    return "\n".join(line for line in lines if line)


def _is_unseen(element: "lxml.etree._Element") -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "") is not None
    )
