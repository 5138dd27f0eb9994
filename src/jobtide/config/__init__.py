"""
Settings: flag > `JOBTIDE_...` > file > default, all checked, each with its origin.

The reference page and `jobtide config show` are written from `rows()`. Secrets are never in the
file: they come from the environment, or from the file that `NAME_FILE` names.
"""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from jobtide.config.schema import (
    AlertsConfig,
    BoardConfig,
    Config,
    FetchConfig,
    LogConfig,
    PageConfig,
    PublishConfig,
    SmtpConfig,
    SourceConfig,
    UpdateConfig,
    WebConfig,
)
from jobtide.errors import ConfigError, JobtideError, UsageError

__all__ = [
    "AlertsConfig",
    "BoardConfig",
    "Config",
    "FetchConfig",
    "LogConfig",
    "PageConfig",
    "PublishConfig",
    "Setting",
    "SmtpConfig",
    "SourceConfig",
    "UpdateConfig",
    "WebConfig",
    "load",
    "rows",
    "secret",
]

#: The file that is read when no other is named, in the working folder.
FILE_NAME = "jobtide.toml"
PREFIX = "JOBTIDE_"


class Setting(Struct, frozen=True, kw_only=True):
    """One row of the reference and of `config show`."""

    name: str  #: "fetch.timeout_s"
    help: str
    value: Any
    origin: str  #: "flag", "JOBTIDE_FETCH_TIMEOUT_S", the file's name, or "default"


def load(
    path: Path | None,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> tuple[Config, tuple[Setting, ...]]:
    """Return the checked settings, and where each came from.

    Args:
        path: the file; None reads `jobtide.toml` of the working folder when it exists.
        environment: variables; None takes the process's own.
        flags: what the command line said, by dotted name; None values are ignored.

    Raises:
        ConfigError: no such file, broken TOML, an unknown key or variable (with the nearest), a
            wrong value, two pages of one name.
        UsageError: a flag has a wrong value.
    """
    environment = os.environ if environment is None else environment
    origin: dict[str, str] = {}
    tree = _from_file(path, origin)
    _from_environment(environment, tree, origin)
    for name, value in (flags or {}).items():
        if value is not None:
            _put(tree, name, value)
            origin[name] = "flag"
    _refuse_unknown(tree, "settings")
    try:
        config = msgspec.convert(tree, Config)
    except msgspec.ValidationError as error:
        raise _wrong_value(str(error), origin) from None
    _refuse_doubles(config.pages, origin)
    listed = tuple(
        Setting(
            name=name, help=row.help, value=_get(config, name), origin=origin.get(name, "default")
        )
        for name, row in rows()
    )
    return config, listed


class _Row(Struct, frozen=True):
    help: str
    type: Any


def rows(kind: type[Struct] = Config, prefix: str = "") -> Iterator[tuple[str, _Row]]:
    """Yield (dotted name, help and type) of every plain setting, in the order of the file."""
    hints = get_type_hints(kind, include_extras=True)
    for name in kind.__struct_fields__:
        hint = hints[name]
        if isinstance(hint, type) and issubclass(hint, Struct):
            yield from rows(hint, f"{prefix}{name}.")
        elif hasattr(hint, "__metadata__"):
            yield f"{prefix}{name}", _Row(hint.__metadata__[0].description, hint.__origin__)


def secret(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """Return a secret: the variable `name`, or the text of the file that `name`_FILE names.

    Raises:
        ConfigError: the file named by the variable cannot be read.
    """
    environment = os.environ if environment is None else environment
    if environment.get(name):
        return environment[name]
    file = environment.get(f"{name}_FILE")
    if not file:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except OSError as error:
        raise ConfigError(f"{name}_FILE names {file}, which cannot be read: {error}") from None


def _from_file(path: Path | None, origin: dict[str, str]) -> dict[str, Any]:
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return {}
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file. Run 'jobtide init' to write one, or name another "
            "with --config."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    _refuse_unknown(tree, str(path))
    for name in (*(name for name, _ in rows()), *_LISTS, *_NAMED):
        if _get(tree, name) is not None:
            origin[name] = str(path)
    return tree


def _from_environment(
    environment: Mapping[str, str], tree: dict[str, Any], origin: dict[str, str]
) -> None:
    """Put every variable of ours into the tree; refuse one that is no setting."""
    known = {PREFIX + name.upper().replace(".", "_"): (name, row) for name, row in rows()}
    for variable in sorted(environment):
        if not variable.startswith(PREFIX):
            continue
        if variable not in known:
            near = get_close_matches(variable, known, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else "'jobtide config show' lists all."
            raise ConfigError(f"{variable}: no setting is called so. {hint}")
        name, row = known[variable]
        _put(tree, name, _from_text(environment[variable], row, variable))
        origin[name] = variable


def _refuse_doubles(pages: Sequence[PageConfig], origin: Mapping[str, str]) -> None:
    """Raise ConfigError when two pages would be written into one file."""
    for name, number in Counter(page.name for page in pages).items():
        if number > 1:
            where = origin.get("pages", "settings")
            raise ConfigError(f"{where}: pages: {number} are called {name!r}; each needs its own")


#: Where a table holds further tables: lists of tables, and tables by name.
_LISTS: dict[str, type[Struct]] = {"boards": BoardConfig, "pages": PageConfig}
_NAMED: dict[str, type[Struct]] = {"sources": SourceConfig}


def _refuse_unknown(tree: dict[str, Any], where: str) -> None:
    """Raise ConfigError at the first key no struct knows."""
    for prefix, table, kind in _tables(tree, Config, ""):
        hints = get_type_hints(kind)
        for key in table:
            if key not in hints:
                near = get_close_matches(key, hints, n=1, cutoff=0.5)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(hints)}."
                raise ConfigError(f"{where}: unknown key {prefix}{key}. {hint}")


def _tables(
    tree: dict[str, Any], kind: type[Struct], prefix: str
) -> Iterator[tuple[str, dict[str, Any], type[Struct]]]:
    """Yield every table of the file with its prefix and the struct that describes it."""
    yield prefix, tree, kind
    for key, inner in get_type_hints(kind).items():
        value = tree.get(key)
        if isinstance(inner, type) and issubclass(inner, Struct) and isinstance(value, dict):
            yield from _tables(value, inner, f"{prefix}{key}.")
    if kind is Config:
        for key, inner in _LISTS.items():
            items = tree.get(key)
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict):
                    yield f"{key}.", item, inner
        for key, inner in _NAMED.items():
            named = tree.get(key)
            for name, item in named.items() if isinstance(named, dict) else ():
                if isinstance(item, dict):
                    yield f"{key}.{name}.", item, inner


def _from_text(text: str, row: _Row, variable: str) -> Any:  # noqa: ANN401
    """Return an environment variable's text as the setting's type."""
    if row.type == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    if row.type in (int, float, bool):
        try:
            return msgspec.convert(text, row.type, strict=False)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{variable}: {error}, got {text!r}") from None
    return text


def _put(tree: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401
    *tables, key = name.split(".")
    for table in tables:
        tree = tree.setdefault(table, {})
    tree[key] = value


def _get(tree: Any, name: str) -> Any:  # noqa: ANN401
    for part in name.split("."):
        tree = tree.get(part) if isinstance(tree, dict) else getattr(tree, part, None)
        if tree is None:
            return None
    return tree


def _wrong_value(message: str, origin: Mapping[str, str]) -> JobtideError:
    """Turn msgspec's "Expected `int`, got `str` - at `$.fetch.retries`" into where and what."""
    what, _, path = message.partition(" - at `$")
    name = path.strip("`").lstrip(".") or "settings"
    if words := re.fullmatch(r"Expected `str` matching regex '\^\(([\w|]+)\)\$'", what):
        what = f"must be {words[1].replace('|', ' or ')}"
    where = origin.get(name) or origin.get(re.split(r"[.\[]", name)[0], "settings")
    if where == "flag":
        return UsageError(f"--{name.rpartition('.')[2].replace('_', '-')}: {what}")
    return ConfigError(f"{where}: {name}: {what}")
