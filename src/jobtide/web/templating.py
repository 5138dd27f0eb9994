"""The templates of the pages: compiled once, everything escaped that is not marked safe."""

from functools import cache
from importlib.resources import files

from minijinja import Environment

from jobtide.web import links

#: Every template there is; a page asks for one of these.
NAMES = tuple(
    sorted(
        one.name
        for one in (files("jobtide.web") / "templates").iterdir()
        if one.name.endswith(".j2")
    )
)


@cache
def environment() -> Environment:
    """Return the compiled templates."""
    made = Environment(
        auto_escape_callback=lambda _: "html",
        undefined_behavior="strict",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        debug=False,  # an error must not write all values into the log
    )
    folder = files("jobtide.web") / "templates"
    for name in NAMES:
        made.add_template(name, folder.joinpath(name).read_text(encoding="utf-8"))
    made.add_filter("job_href", links.job)
    made.add_filter("company_href", links.company)
    return made


def fill(name: str, /, **values: object) -> str:
    """Fill one template."""
    return environment().render_template(name, **values)
