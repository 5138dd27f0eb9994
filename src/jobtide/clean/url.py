"""Write addresses in one form, without what follows the reader; refuse what is no address."""

import re

from jobtide.clean.mended import mend
from jobtide.model import Posting, Reject

#: Query parameters that only say where a reader came from. Drawn from what boards and their
#: readers add (Greenhouse gh_src, Lever lever-source, Remotive source=public_api, WP feeds utm_*),
#: and the parameters browsers strip (https://github.com/AdguardTeam/AdguardFilters, section
#: TrackParamFilter). Functional ones (gh_jid, id, jk, job, lang) are in no list of these.
TRACKING = frozenset(
    (
        "gh_src", "lever-source", "lever-source[]", "lever-origin", "lever-via", "ashby_source",
        "jobsource", "job_source", "applicant_source", "rx_source", "rx_campaign", "rx_medium",
        "rx_c", "rx_ch", "rx_group", "rx_job", "rx_r", "rx_ts", "rx_vp", "rx_p", "rx_viewer",
        "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "twclid", "ttclid",
        "li_fat_id", "yclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
        "__hstc", "__hssc", "__hsfp", "hsctatracking", "hsa_cam", "_ga", "_gl", "trk",
        "trackingid",         "refid", "oly_enc_id", "vero_id", "wickedid", "s_kwcid", "ef_id",
        "_openstat", "cmpid",
    )
)  # fmt: skip
#: The same, by beginning.
TRACKING_STARTS = ("utm_", "pk_", "mtm_", "hsa_")
#: Dropped only when the value holds no digit: "?ref=weworkremotely" follows the reader,
#: "?ref=ENG-120" may be the vacancy.
TRACKING_WORDS = frozenset(("ref", "referrer", "referer", "source", "src", "via"))

_DIGIT = re.compile(r"\d")
_URL = re.compile(
    r"(?i:(https?):)//(?:[^/?#@\\\s]*@)?(\[[^\]/?#@\s]+\]|[^/?#@:\\\s]+)(?::(\d{0,5}))?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?"
)
_HOST = re.compile(r"[\w.-]+\Z|\[[0-9a-fA-F:.]+\]\Z")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
#: Longest address kept; browsers and servers refuse longer ones (RFC 9110 asks for 8,000 octets).
MAX_URL = 8000


def canonical(url: str | None) -> str | None:
    """Return an http(s) address in one form, None when it is none.

    Host in lower case, no default port, no user name, no fragment unless it is a route ("#/",
    "#!") or names something (holds a digit), no parameters that follow the reader. The order of
    parameters, the case of the path and functional parameters stay.

    >>> canonical("HTTPS://Boards.Example:443/x?gh_jid=7&utm_source=y#top")
    'https://boards.example/x?gh_jid=7'
    >>> canonical("javascript:alert(1)") is None
    True
    """
    if not url:
        return None
    text = _BLANK.sub("", url.strip().replace(" ", "%20").replace("&amp;", "&"))
    match = _URL.fullmatch(text)
    if match is None or len(text) > MAX_URL or not _HOST.match(match[2]):
        return None
    scheme, host, port = match[1].lower(), match[2].lower(), match[3]
    if port and port != {"http": "80", "https": "443"}[scheme]:
        host = f"{host}:{port}"
    address = f"{scheme}://{host}{match[4] or '/'}"
    if match[5] and (query := strip_tracking(match[5])):
        address += f"?{query}"
    if match[6] and (match[6][0] in "!/" or (_DIGIT.search(match[6]) and ":~:" not in match[6])):
        address += f"#{match[6]}"
    return address


def strip_tracking(query: str) -> str:
    """Return a query without the parameters that only follow the reader.

    >>> strip_tracking("gh_jid=7&utm_source=x&ref=board")
    'gh_jid=7'
    """
    parts = query.split("&")
    kept = [part for part in parts if part and not _follows(*part.partition("=")[::2])]
    return "&".join(kept)


def _follows(name: str, value: str) -> bool:
    """Say whether a parameter only follows the reader."""
    key = name.lower().replace("%5b%5d", "[]")
    if key in TRACKING or key.startswith(TRACKING_STARTS):
        return True
    return key in TRACKING_WORDS and not _DIGIT.search(value)


def tidy_urls(posting: Posting) -> Posting | Reject:
    """Put the posting's addresses into one form; refuse a posting without an address."""
    url = canonical(posting.url)
    if url is None:
        return Reject(
            source=posting.source,
            board=posting.board,
            identifier=posting.identifier,
            step="tidy_urls",
            reason="no_url",
            detail=posting.url[:200],
        )
    after = {
        "url": url,
        "apply_url": canonical(posting.apply_url),
        "organization_url": canonical(posting.organization_url),
        "logo_url": canonical(posting.logo_url),
    }
    if after["apply_url"] == url:
        after["apply_url"] = None
    changes = {name: value for name, value in after.items() if value != getattr(posting, name)}
    words = sorted({_word(getattr(posting, name), value) for name, value in changes.items()})
    return mend(posting, words, dict(changes))


def _word(before: str | None, after: str | None) -> str:
    """Say what was mended in one address."""
    shorter = before is not None and after is not None and len(before) - len(after) > 3
    return "tracking" if shorter and before is not None and "?" in before else "url"
