"""The templates of the pages: compiled once, everything escaped that is not marked safe."""

from functools import cache
from html import escape
from importlib.resources import files

from minijinja import Environment, safe

from jobtide.places.regions import REGIONS
from jobtide.places.table import countries
from jobtide.publish import terms
from jobtide.publish.facts import country, region
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
    made.add_filter("coded", coded)
    made.add_filter("named", named)
    made.add_filter("credited", lambda source: terms.of_source(source).credit)
    return made


def named(value: str) -> str:
    """Return a value that was read as people say it: countries and regions by their names.

    >>> named("PL"), named("latam"), named("on_site"), named("c++")
    ('Poland', 'Latin America', 'on site', 'c++')
    """
    if value in countries():
        return country(value)
    return region(value) if value in REGIONS else value.replace("_", " ")


def coded(text: str) -> str:
    """Return plain text as HTML, with what stands in backticks as code.

    >>> print(coded("`next` of <it>"))
    <code>next</code> of &lt;it&gt;
    """
    parts = [escape(part, quote=True) for part in text.split("`")]
    marked = (f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
    return safe("".join(marked))


def fill(name: str, /, **values: object) -> str:
    """Fill one template."""
    return environment().render_template(name, **values)
