"""A query as it is typed into a shell: what the shell took away is put back."""

from typing import Any

from typer.core import TyperCommand

#: Stands for the hyphen of what is excluded while options are read. People copy it as well.
_MINUS = "\u2212"


class Asking(TyperCommand):
    """A command whose arguments are a query: "-senior" excludes a word and is no option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own
        """Keep what is excluded from being read as options; "-h" and all "--" stay options."""
        return super().parse_args(ctx, [_shielded(one) for one in args])


def _shielded(argument: str) -> str:
    excluded = len(argument) > 1 and argument[0] == "-" and argument[1] != "-"
    return _MINUS + argument[1:] if excluded and argument != "-h" else argument


def asked(arguments: list[str] | None) -> str:
    """Return the query that the arguments of a command are.

    One argument is a whole query. Of several, one with a blank in it stood in quotes, which the
    shell has taken away: it is a phrase.

    >>> asked(["python -senior"]), asked(["c++", "machine learning", "title:data engineer"])
    ('python -senior', 'c++ "machine learning" title:"data engineer"')
    """
    parts = [f"-{one[1:]}" if one.startswith(_MINUS) else one for one in arguments or []]
    return " ".join(parts if len(parts) == 1 else map(_quoted, parts))


def _quoted(part: str) -> str:
    if '"' in part or not any(map(str.isspace, part)):
        return part
    minus, rest = ("-", part[1:]) if part.startswith("-") else ("", part)
    name, colon, value = rest.partition(":")
    if colon and name.isalpha():
        return f'{minus}{name}:"{value}"'
    return f'{minus}"{rest}"'
