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
    r"please mention the word\b[^<\n]{0,400}?"
    r"(?:\(?#R[A-Za-z0-9+/]{4,64}={0,2}\)?\.?|(?=[<\n])|$|(?<=[.!?])(?=\s))"
    # What the board adds to it; whole sentences, up to three.
    r"(?:\s*(?:this (?:is a beta feature|helps)|companies can search|thanks?\b)"
    r"[^<\n]{0,300}?(?:[.!](?=\s|<|$)|(?=[<\n])|$)){0,3}",
    re.IGNORECASE,
)
#: The same as the board writes it, at the end of a text: found five times as fast.
_USUAL = re.compile(
    r"Please mention the word \**\w+\** and tag R[A-Za-z0-9+/=]+ when applying [^<\n(]{1,60}"
    r" \(#R[A-Za-z0-9+/]{4,64}={0,2}\)\. This is a beta feature [^<\n.]{1,60}\."
    r" Companies can search [^<\n.]{1,90}\.(?=\s*\Z)"
)
_CODE = r"R([A-Za-z0-9+/]{8,64}={0,2})"
_TAG = re.compile(rf"\(#{_CODE}\)|#{_CODE}|\btag {_CODE}")
_ADDRESS = re.compile(rb"[0-9a-fA-F]{0,4}[.:][0-9a-fA-F:.]{2,42}\Z")


def strip_antibot(text: str) -> str:
    """Return a description (HTML or plain) without the request and without stray tags.

    >>> strip_antibot("<p>Own it.</p>Please mention the word **X** and tag RMTAuMC4wLjE= now.")
    '<p>Own it.</p>'
    """
    at = text.find("ention the word") - 8
    if at >= -8:
        at = max(0, at)
        usual = _USUAL.match(text, at)
        if usual:
            text = text[:at] + text[usual.end() :]
        else:
            text = text[:at] + _SENTENCE.sub("", text[at:])
        if "tag R" in text:
            text = _TAG.sub(_keep_hashtag, text)
    if "#" in text and "#R" in text:  # looked for first: the pattern takes twenty times as long
        text = _TAG.sub(_keep_hashtag, text)
    return text


def _keep_hashtag(match: re.Match[str]) -> str:
    """Return nothing for a tag that holds an address; "#RemoteFirst" stays."""
    code = (match[1] or match[2] or match[3]).rstrip("=")
    try:
        plain = base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
    except binascii.Error:
        return match[0]
    return "" if _ADDRESS.match(plain) else match[0]
