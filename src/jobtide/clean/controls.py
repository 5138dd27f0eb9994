"""Characters no reader can see: which are taken out, and which carry meaning and stay."""

import re

#: windows-1252's meaning of bytes 0x80 to 0x9F, for the 27 that have one. The same mapping is
#: what HTML gives the references &#128; to &#159;
#: (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

#: Single bytes that ASCII text must not hold: C0 but tab, line feed, carriage return; and DEL.
_ASCII_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A, 0x0D))

#: Taken out: C0 and C1 controls, soft hyphen, zero-width space and word joiner, byte-order mark,
#: marks and overrides of direction (U+202A to 202E, 2066 to 2069: they can turn a text round,
#: https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing), interlinear annotation,
#: object replacement, lone surrogates and noncharacters. U+200C, U+200D, U+200E and U+200F stay:
#: Persian, Hindi, Arabic, Hebrew and joined emoji need them.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
#: Taken as white space: vertical tab, form feed, next line, line and paragraph separators.
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
#: The two above but for ASCII, in UTF-8, one pattern a first byte: bytes are searched for one
#: fixed byte at the speed of memory, and most texts have none.
_GATES = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f\xad]"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x8b\xa8-\xae]|\x81[\xa0-\xa9])"),
    b"\xef": re.compile(rb"\xef(?:\xbb\xbf|\xbf[\xb9-\xbf])"),
    b"\xed": re.compile(rb"\xed[\xa0-\xbf]"),
}


def strip_controls(text: str) -> str:
    r"""Return `text` without characters that cannot be seen and carry no meaning.

    C1 controls become what windows-1252 means by them: a text that was windows-1252 and was read
    as Latin-1 holds its quotes and dashes there.

    >>> strip_controls("a\x00b\u200bc\x92s")
    'abc’s'
    """
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw.translate(None, _ASCII_CONTROLS)) == len(raw) and (
        len(raw) == len(text)
        or not any(byte in raw and gate.search(raw) for byte, gate in _GATES.items())
    ):
        return text
    return _BREAK.sub("\n", _CONTROL.sub(_replacement, text))


def _replacement(match: re.Match[str]) -> str:
    """Return what a C1 control stands for; nothing for the others."""
    return CP1252.get(ord(match[0]), "")
