"""
Undo UTF-8 that was read as Latin-1 or windows-1252, and take out invisible characters.

This is the first step, before any trimming: a no-break space (U+00A0) or a next-line (U+0085) can
be the second half of a broken letter. Correct text in any language must come out unchanged, so
each pattern below matches only what no language writes. `lossy` mends what is beyond a round trip.
"""

import re
from collections.abc import Callable

from jobtide.clean.controls import CP1252, strip_controls
from jobtide.clean.lossy import restore
from jobtide.clean.mended import LIST_FIELDS, TEXT_FIELDS, URL_FIELDS, mend
from jobtide.model import Posting

#: windows-1252's 27 printable signs back to the bytes they stand for, as Latin-1 characters.
_TO_LATIN1 = {ord(sign): byte for byte, sign in CP1252.items()}

_SIGNS = "".join(CP1252.values())
#: A byte that goes on a UTF-8 sequence (0x80 to 0xBF), as Latin-1 or as windows-1252 shows it.
_C = f"[\x80-\xbf{_SIGNS}]"
#: The same, without what may follow a letter in correct text: blanks, closing quotes, dashes, ….
_HARD = f"(?:(?![\xa0»›”’–—…•™®€]){_C})"
#: Those signs that are letters themselves.
_LETTERS = "ŠšŒœŽžŸƒ"
_LETTER = r"[^\W\d_]"
_LOWER = "[a-zß-öø-ÿ]"

#: Sequences no language writes. Each line: the lead bytes, as letters, and why it is safe.
_BROKEN = re.compile(
    "|".join(
        (
            f"ð[\x90-\xbf{_SIGNS}]{_C}{_C}",  # planes 1 to 3: emoji
            f"ó\xa0[\x80\x81€]{_C}",  # plane 14: the tags of flag emoji
            f"â(?![\xa0»]){_C}{_C}",  # U+2000 to U+2FFF: typography, arrows, symbols
            "â€(?!\\w)",  # a closing quote that lost its last byte (0x9D shows as nothing)
            f"[ã][\x80-\x83€‚ƒ]{_C}",  # kana and CJK punctuation
            f"ï(?:[¸¼½¬]{_C}|»¿|¿[½¼¾])",  # variation selector, full width, ligature, BOM, U+FFFD
            f"[à-ï][\x80-\x84\x86-\x9f]{_C}|[à-ï]{_C}[\x80-\x84\x86-\x9f]",  # a C1 control in it
            f"(?:[à-ï]{_C}{_C}){{2,}}",  # two letters of CJK, Thai, Hindi, Korean ... in a row
            f"á[º»](?:{_HARD}|{_C}(?={_LETTER}))",  # Vietnamese
            # U+0080 to U+00BF. A word in capitals may end in Â (Inari Sami): then no closing sign.
            f"Â(?![»”’…–—€{_LETTERS}]){_C}|(?<![A-ZÀ-Þ])Â[»”’…–—€]|Â[»”’…–—€](?={_LETTER})",
            # À to ÿ. A word in capitals may end in Ã (Portuguese MANHÃ).
            f"Ã(?![\xa0»”]){_C}|(?<![A-ZÀ-Þ])Ã[\xa0»”]|Ã[»”](?={_LETTER})"
            r"|(?<![A-ZÀ-Þ][A-ZÀ-Þ])Ã\xa0(?=[a-z])",
            # Polish, Czech, Turkish and others; ə of Azerbaijani.
            f"[ÄÅ](?:{_HARD}|{_C}(?={_LETTER}))|(?<={_LOWER})[ÄÅ]{_C}|É™(?=[a-z])",
            f"È[˜™š›](?={_LETTER})|(?<={_LOWER})È[˜™š›]|Æ[°¡]",  # Romanian; Vietnamese
            "[ÎÏÐÑÖ×ØÙÚÛ][\x80-\x84\x86-\x9f]",  # Greek, Cyrillic, Hebrew, Arabic with a C1
            f"(?:[ÎÏÐÑÕÖ×ØÙÚÛ]{_C}){{2,}}|(?:[Æ-ß]{_C}){{3,}}",  # or two letters in a row
        )
    )
)
#: Where a broken sequence may begin, in UTF-8: a letter Â to ô, then a sign of _C. Most texts have
#: none, and bytes are searched ten times as fast.
_GATE_BYTES = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
_GATE = re.compile(f"[Â-ô](?={_C})")
#: Any UTF-8 sequence, as Latin-1 or windows-1252 shows it; what is decoded near a broken one.
_ONE = f"[Â-ô](?:(?<=[Â-ß]){_C}|(?<=[à-ï]){_C}{_C}|(?<=[ð-ô]){_C}{_C}{_C}|(?<=â)€(?!{_C}))"
_SEQUENCE = re.compile(f"{_ONE}(?:{_ONE})*")

_CUT_QUOTE = re.compile(f"â€(?!{_C})")
#: A text broken twice is not rare, five times was never seen; eight ends any loop.
_LAYERS = 8


def repair(text: str) -> str:
    """Return `text` with broken encoding undone, in as many layers as it has.

    Args:
        text: one line or a whole document; HTML is fine.

    Returns:
        The text as it was meant; exactly `text` when nothing in it is broken.

    Raises:
        Nothing: every string is a valid input.

    >>> repair("Weâ€™re at the cafÃ©")
    'We’re at the café'
    >>> repair("Château, âge, SÃO PAULO")
    'Château, âge, SÃO PAULO'
    """
    if text.isascii():
        return text
    for _ in range(_LAYERS):
        if not _GATE_BYTES.search(text.encode("utf-8", "surrogatepass")) or not _is_broken(text):
            break
        mended = _undo(text)
        if mended == text:
            break
        text = mended
    return restore(text) if "â" in text or "Â" in text else text


def _is_broken(text: str, start: int = 0, end: int | None = None) -> bool:
    """Say whether a sequence that no language writes begins between `start` and `end`."""
    hits = _GATE.finditer(text, start, len(text) if end is None else end)
    return any(_BROKEN.match(text, hit.start()) for hit in hits)


def _undo(text: str) -> str:
    """Undo one layer: the whole text when it is one, else piece by piece, else as ftfy does."""
    try:
        return _decode(text)
    except UnicodeError:
        pass
    mended = _SEQUENCE.sub(_piece, text)
    if mended == text:
        import ftfy  # loaded for few texts; not fix_text, which straightens quotes

        mended = ftfy.fix_encoding(text)
    return mended


def _decode(text: str) -> str:
    """Return what the bytes of `text` mean in UTF-8; raise UnicodeError when they mean nothing."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:  # it holds windows-1252's signs; translating is ten times slower
        raw = text.translate(_TO_LATIN1).encode("latin-1")
    return raw.decode("utf-8")


def _piece(match: re.Match[str]) -> str:
    """Return one run of sequences decoded, if it is surely broken and means something."""
    run = match[0]
    if not _is_broken(match.string, match.start(), match.end()):
        return run
    # "â€" without a third sign is a closing quote whose last byte, 0x9D, shows as nothing.
    whole = _CUT_QUOTE.sub("â€\x9d", run)
    try:
        return _decode(whole)
    except UnicodeError:
        return run


def repair_encoding(posting: Posting) -> Posting:
    """Repair every text of the posting, then take out control characters."""
    words: list[str] = []
    changes: dict[str, object] = {}
    for field in (*TEXT_FIELDS, *LIST_FIELDS, *URL_FIELDS):
        before = getattr(posting, field)
        if not before or _is_plain(before):
            continue
        for word, mended_by in (("encoding", repair), ("control", strip_controls)):
            if word == "encoding" and field in URL_FIELDS:
                continue
            after = _each(before, mended_by)
            if after != before:
                words.append(f"{word}:{field}")
                changes[field] = before = after
    return mend(posting, words, changes)


def _is_plain(value: str | tuple[str, ...]) -> bool:
    """Say whether a short value is nothing but printable ASCII, as most are."""
    text = value if isinstance(value, str) else "".join(value)
    return len(text) < 500 and text.isascii() and text.isprintable()


def _each(value: str | tuple[str, ...], function: Callable[[str], str]) -> str | tuple[str, ...]:
    """Apply `function` to a string, or to each string of a tuple."""
    if isinstance(value, str):
        return function(value)
    return tuple(function(part) for part in value)
