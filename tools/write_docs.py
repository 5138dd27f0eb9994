"""
Write the reference pages from the code, or check that they are in step with it.

    python tools/write_docs.py            write
    python tools/write_docs.py --check    exit 1 and name the pages that are not in step
"""

import itertools
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer.main

from jobtide import cli, config, errors, query, sources
from jobtide.model import Posting
from jobtide.run.boards import listed_boards
from jobtide.run.health import limits

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "jobtide"
NOTE = "<!-- Written by `make docs` from the code; do not edit. -->\n\n"


def settings() -> str:
    """Return the page of all settings."""
    lines = ["# Settings", ""]
    lines += [
        "A flag beats the variable, the variable beats the file, the file beats the default.",
        "",
    ]
    lines += ["| setting | variable | default | what |", "| --- | --- | --- | --- |"]
    _, rows = config.load(None, {}) if not Path(config.FILE_NAME).exists() else (None, ())
    for row in rows:
        variable = config.PREFIX + row.name.upper().replace(".", "_")
        lines.append(f"| `{row.name}` | `{variable}` | `{row.value!r}` | {row.help} |")
    for title, kind in (
        ("[sources.NAME]", config.SourceConfig),
        ("[[boards]]", config.BoardConfig),
        ("[[pages]]", config.PageConfig),
    ):
        lines += ["", f"## `{title}`", "", "| key | what |", "| --- | --- |"]
        lines += [f"| `{name}` | {row.help} |" for name, row in config.rows(kind)]
    return "\n".join(lines) + "\n"


def search_language() -> str:
    """Return the page of the search language."""
    lines = ["# The search language", "", (query.__doc__ or "").strip(), ""]
    lines += ["| field | what | values | example |", "| --- | --- | --- | --- |"]
    for field in query.FIELDS.values():
        values = field.form or ", ".join(f"`{one}`" for one in field.values)
        lines.append(f"| `{field.name}:` | {field.help} | {values} | `{field.example}` |")
    return "\n".join(lines) + "\n"


def source_table() -> str:
    """Return the page of all sources."""
    lines = ["# Sources", ""]
    lines += ["| source | kind | answers | boards of its own | credit | least interval | terms |"]
    lines += ["| --- | --- | --- | ---: | --- | ---: | --- |"]
    for name in sorted(sources.names()):
        one = sources.load(name)
        window = "rolling window" if one.window else "whole board"
        lines.append(
            f"| [{name}]({one.documentation}) | {one.kind} | {window} | {len(one.boards)} "
            f"| {one.terms.credit} | {one.terms.min_interval_s / 3600:g} h | {limits(one.terms)} |"
        )
    for name in sorted(sources.names()):
        lines += ["", f"## {name}", "", *_about(name)]
    return "\n".join(lines) + "\n"


def _about(name: str) -> list[str]:
    """Return what a source is, which fields it gave in its cases, and its terms."""
    one = sources.load(name)
    quirks = (sys.modules[f"jobtide.sources.{name}"].__doc__ or "").strip()
    listed = sum(1 for _ in listed_boards(name))
    terms = one.terms
    return [
        quirks,
        "",
        f"- Boards: {len(one.boards)} of its own, {listed} employers in `boards/{name}.csv`.",
        f"- Fields: {', '.join(f'`{field}`' for field in _fields(name)) or 'none recorded'}.",
        f"- Terms, read at {terms.read_at} on {terms.read_on}. {terms.note}".rstrip(),
        *([f"- Needs: {', '.join(one.keys)}."] if one.keys else []),
    ]


def _fields(name: str) -> list[str]:
    """Return the fields of a posting that the source's recorded cases fill."""
    found: set[str] = set()
    for path in (ROOT / "tests" / "payloads" / name).glob("*/expected.jsonl"):
        for line in path.read_bytes().splitlines():
            found.update(json.loads(line))
    return sorted(found & set(Posting.__struct_fields__) - {"source", "board", "identifier"})


def commands() -> str:
    """Return the page of all commands with their help."""
    lines = ["# Commands", ""]
    for path, command in _walk(typer.main.get_command(cli.build()), "jobtide"):
        lines += [f"## `{path}`", "", (command.help or "").strip(), ""]
        for parameter in command.params:
            names = ", ".join(f"`{one}`" for one in (*parameter.opts, *parameter.secondary_opts))
            text = getattr(parameter, "help", None) or ""
            lines.append(f"- {names} {text}".rstrip())
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(inner, f"{path} {name}")


def rules() -> str:
    """Return the page of all rules: what each says, why, and how many words it knows."""
    lines = [
        "# Rules",
        "",
        "Every rule stands in a TOML file, with its reason. To correct a wrong",
    ]
    lines += ["label, add one line there and one line to the labelled set in `evaluation/`.", ""]
    for path in [*sorted(SOURCE.glob("*/rules/*.toml")), SOURCE / "clean/salary/words.toml"]:
        text = path.read_text(encoding="utf-8")
        lines += [f"## `{path.relative_to(SOURCE.parent).as_posix()}`", "", *_opening(text), ""]
        lines += ["| rule | says | why | words |", "| --- | --- | --- | ---: |"]
        for kind, table in _rule_tables(tomllib.loads(text)):
            lines.append(
                f"| {table.get('name', kind)} | {_cell(table.get('label', table.get('value')))} "
                f"| {_cell(table.get('reason', table.get('source')))} | {_words(table)} |"
            )
        lines.append("")
    return "\n".join(lines)


def _opening(text: str) -> list[str]:
    """Return the comment a file begins with, as plain lines."""
    found = itertools.takewhile(lambda line: line.startswith("#"), text.splitlines())
    return [line.lstrip("# ").rstrip() for line in found]


def _rule_tables(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, value in tree.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield kind, one


def _words(table: dict[str, Any]) -> int:
    """Return how many words and phrases a rule knows."""
    count = 0
    for value in table.values():
        if isinstance(value, list):
            count += len(value)
        elif isinstance(value, str) and ("," in value or "\n" in value):
            count += len([part for part in re.split(r"[,\n]", value) if part.strip()])
    return count


def _cell(value: Any) -> str:
    return str(value or "").replace("|", "\\|").replace("\n", " ")


def error_tree() -> str:
    """Return the page of the errors and exit statuses."""
    return f"# Errors\n\n```text\n{(errors.__doc__ or '').strip()}\n```\n"


def api() -> str:
    """Return the page of the API, from the description that the service itself gives."""
    from jobtide.web.api import description

    described = description()
    lines = ["# API of `jobtide serve`", "", described["info"]["description"], ""]
    lines += ["OpenAPI 3.1: `/api/v1/openapi.json`; for reading: the page `/api`.", ""]
    for path, item in described["paths"].items():
        for method, one in item.items():
            lines += [f"## `{method.upper()} {path}`", "", one["description"], ""]
            if "security" in one:
                lines += ["Needs a token: `Authorization: Bearer TOKEN`.", ""]
            named = one.get("parameters", [])
            lines += [f"- `{each['name']}`: {each['description']}" for each in named]
            lines += [""] if named else []
            answers = (f"`{status}` {_type(found)}".strip() for status, found in _statuses(one))
            lines += [f"Answers: {', '.join(answers)}.", ""]
    lines += ["## Types", ""]
    for name, schema in described["components"]["schemas"].items():
        fields = ", ".join(f"`{field}`" for field in schema.get("properties", {}))
        lines.append(f"- **{name}**: {fields or ', '.join(map(str, schema.get('enum', [])))}")
    return "\n".join(lines).rstrip() + "\n"


def _statuses(route: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(route["responses"].items())


def _type(answer: dict[str, Any]) -> str:
    """Return the name of the type an answer has; empty when it has no body."""
    for content in answer.get("content", {}).values():
        return str(content["schema"].get("$ref", "")).rpartition("/")[2]
    return ""


PAGES: dict[str, Callable[[], str]] = {
    "api.md": api,
    "settings.md": settings,
    "search-language.md": search_language,
    "sources.md": source_table,
    "commands.md": commands,
    "errors.md": error_tree,
    "rules.md": rules,
}


def main() -> int:
    """Write or check every page."""
    stale = []
    for name, make in PAGES.items():
        path, text = REFERENCE / name, NOTE + make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"docs/reference is not in step with the code: {', '.join(stale)}. Run 'make docs'.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
