"""
Restore punctuation of which a broken encoding left only "â" or "Â".

UTF-8's ’ is E2 80 99; read as Latin-1 it is "â" and two invisible C1 controls. Where a program
then dropped the controls, only "â" is left: "Weâre". What it was can be told from its place. Words
of French, Romanian, Portuguese, Turkish, Vietnamese and Welsh that are written with â must stay.
"""

import re

#: Places of a lone "â" that no language has, and the sign that stood there.
_SURE = (
    (re.compile(r"\b(we|you|they|there|what|who|how)â(?=re\b)", re.IGNORECASE), r"\1’"),
    (re.compile(r"\b(I|we|you|they|(?:c|sh|w)ould|might|must|who)â(?=ve\b)", re.I), r"\1’"),
    (re.compile(r"(?<=[A-Za-z])â(?=ll\b)"), "’"),
    # Romanian has -râs (râs, surâs); no other language ends a longer word so.
    (re.compile(r"\b([A-Za-z]{3,}[A-Za-qs-z])â(?=s\b)"), r"\1’"),
    (re.compile(r"\b(I)â(?=[md]\b)"), r"\1’"),
    (
        re.compile(
            r"\b((?:ai|are|ca|could|did|does|do|had|has|have|is|might|must|need|should|was|were"
            r"|wo|would)n)â(?=t\b)",
            re.IGNORECASE,
        ),
        r"\1’",
    ),
    (re.compile(r"(?<=[A-Za-z])â¢"), "™"),
    (re.compile(r"â¢(?=\s)"), "•"),
    (re.compile(r"â¦"), "…"),
    (re.compile(r"â¯"), " "),
    (re.compile(r"â¬(?=\s?\d)|(?<=\d)â¬"), "€"),
    (re.compile(r"(?<=\d)â(?=\d)"), "–"),
    (re.compile(r"(?<=[.,!?])â(?=[\s<)]|$)"), "”"),
    (re.compile(r"(?<=[a-z0-9.,;:!?)])Â(?=[\s<]|$)"), ""),
)

#: Places that a language may have; used when the text around is English.
_LIKELY = (
    (re.compile(r"(?:(?<=[\s>(])|^)â(?=[A-Z][a-z])"), "“"),
    (re.compile(r"\b([A-Za-z]{2,})â(?=(?:s|re|ve)\b)"), r"\1’"),
    (re.compile(r"\b(you|we|they|he|she|it)â(?=d\b)", re.IGNORECASE), r"\1’"),
    (re.compile(r"(?<=\s)â(?=\s)|(?<=>)â(?=\s)"), "–"),
    (re.compile(r"(?:(?<=[\s>(])|^)â(?=[a-z][^<â]{0,80}[a-z.,!?]â(?:[\s.,;:!?)<]|$))"), "“"),
    (re.compile(r"(“[^“”<]{1,200}[a-z.,!?])â(?=[\s.,;:!?)<]|$)"), r"\1”"),
    (re.compile(r"(?<=[a-z]s)â(?=\s)"), "’"),
    (re.compile(r"(?:(?<=[\s>])|^)Â(?=[\s<]|$)"), ""),
)

#: Used only where one of the sure places was found: there, no "â" is a letter.
_BETWEEN_WORDS = re.compile(r"(?<=[a-z]{3})â(?=[a-z]{3})")

#: A lone letter: not inside a word, or before what English puts behind an apostrophe.
_LONE = re.compile(r"[âÂ](?:(?![^\W\d_])|(?<![^\W\d_].)|(?=(?:s|re|ll|ve|d|m|t)\b))", re.DOTALL)
#: Common English words: one of them says that â is no letter here.
_ENGLISH = re.compile(
    r"\b(?:the|and|you|your|our|we|for|with|of|to|is|are|engineer|manager|developer)\b", re.I
)
#: Words that are written with â and share the text with English words: names, borrowed words.
_OTHER = re.compile(
    r"\b(?:yn|yr|gyda|mewn|dros|și|pentru|les|des|une|avec|para|uma|bir|ile)\b", re.I
)


def restore(text: str) -> str:
    """Return `text` with lone "â" and "Â" replaced by the sign that stood there.

    >>> restore("Weâre hiring, donât wait")
    'We’re hiring, don’t wait'
    >>> restore("mât, cât, râs, hâlâ, âge")
    'mât, cât, râs, hâlâ, âge'
    """
    if not _LONE.search(text):
        return text
    mended = text
    for pattern, sign in _SURE:
        mended = pattern.sub(sign, mended)
    sure = mended != text
    if sure or (_ENGLISH.search(mended) and not _OTHER.search(mended)):
        for pattern, sign in _LIKELY:
            mended = pattern.sub(sign, mended)
    return _BETWEEN_WORDS.sub("—", mended) if sure else mended
