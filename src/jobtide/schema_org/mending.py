"""
JSON that people's templates printed, mended into JSON.

The faults and where each was met are listed with the tests: commas missing or too many, escapes
that JSON does not know, comments, and quotation marks that nobody escaped.
"""

import re

#: A text without an end reaches to the end of the block: nothing is looked at twice.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)'
#: The same, ended only by a quotation mark that structure follows.
_LONG_STRING = r'"(?:[^"\\]++|\\.|"(?!\s*(?:[,:}\]]|\Z)))*+(?:"|\Z)'
_REST = r"|//[^\n]*|/\*[^*]{0,500}\*/|[\[{]|[\]}]|,|:|[^\s,:\[\]{}\"]++"
_TOKENS = re.compile(_STRING + _REST, re.DOTALL)
_LONG_TOKENS = re.compile(_LONG_STRING + _REST, re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_INNER = re.compile(r'\\.|"', re.DOTALL)
_KNOWN = frozenset('"\\/bfnrt')


def mended(text: str) -> str:
    r"""Return `text` with the commas JSON wants, without comments and escapes JSON has not.

    >>> mended('{"a": "\\$1" "b": [1, 2,],,}')
    '{"a":"$1","b":[1,2]}'
    """
    return _joined(_TOKENS, text)


def mended_quotes(text: str) -> str:
    r"""Do the same, and escape quotation marks inside texts.

    >>> mended_quotes('{"a": "a "good" job", "b": 1}')
    '{"a":"a \\"good\\" job","b":1}'
    """
    return _joined(_LONG_TOKENS, text)


def _joined(tokens: re.Pattern[str], text: str) -> str:
    parts: list[str] = []
    before = "open"  #: what the last part was: "open", "close", "comma", "colon" or "value"
    for found in tokens.finditer(text):
        token = found[0]
        if token.startswith(("//", "/*")):
            continue
        kind = _kind(token)
        if kind == "comma" and before in ("open", "comma"):
            continue
        if kind == "close" and before == "comma":
            parts.pop()
        if before in ("value", "close") and kind in ("value", "open"):
            parts.append(",")
        parts.append(_string(token) if token[0] == '"' else token)
        before = kind
    if before == "comma":
        parts.pop()
    return "".join(parts)


def _kind(token: str) -> str:
    return {"{": "open", "[": "open", "}": "close", "]": "close", ",": "comma", ":": "colon"}.get(
        token, "value"
    )


def _string(token: str) -> str:
    whole = len(token) > 1 and token[-1] == '"'
    text = token[1:-1] if whole else token[1:]
    inner = _INNER.sub(lambda found: '\\"' if found[0] == '"' else found[0], text)
    return f'"{_ESCAPE.sub(_escape, inner)}"'


def _escape(found: re.Match[str]) -> str:
    known = found[1] in _KNOWN or len(found[1]) > 1
    return found[0] if known else found[1]
