"""
Take out Remote OK's request to mention a word, and the tag that goes with it.

"Please mention the word **X** and tag R... when applying ... (#R...). This is a beta feature ...":
the word differs by posting, the tag is "R" and base64 of the address of whoever asked the API, so
it changes with the reader, defeats comparing, and would publish our own address.
"""

import base64
import binascii
import re

_SENTENCE = re.compile(
    r"(?:<(?:p|div|span|br|em|i|b|strong)\b[^<>]*>|&nbsp;|\s)*"
    r"please mention the word\b[^<\n]{0,400}?"
    r"(?:\(?#R[A-Za-z0-9+/]{4,64}={0,2}\)?\.?|(?=[<\n])|$|(?<=[.!?])(?=\s))"
    r"(?:\s*(?:this (?:is a beta feature|helps)|companies can search|thanks?\b)"
    r"(?:(?!please mention)[^<\n]){0,300}?(?:[.!](?=\s|<|$)|(?=[<\n])|$)){0,3}",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:\band\s+)?(?:\btag\s+|\(?#)R([A-Za-z0-9+/]{8,64}={0,2})\)?")
_ADDRESS = re.compile(rb"[0-9a-fA-F:.]{3,45}\Z")


def strip_antibot(text: str) -> str:
    """Return a description (HTML or plain) without the request and without stray tags.

    >>> strip_antibot("<p>Own it.</p>Please mention the word **X** and tag RMTAuMC4wLjE= now.")
    '<p>Own it.</p>'
    """
    if "ention the word" in text or "ENTION THE WORD" in text:
        text = _SENTENCE.sub("", text)
    if "#R" in text or "tag R" in text:
        text = _TAG.sub(_keep_hashtag, text)
    return text


def _keep_hashtag(match: re.Match[str]) -> str:
    """Return nothing for a tag that holds an address; "#RemoteFirst" stays."""
    code = match[1].rstrip("=")
    try:
        plain = base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
    except binascii.Error:
        return match[0]
    return "" if _ADDRESS.match(plain) and (b"." in plain or b":" in plain) else match[0]
