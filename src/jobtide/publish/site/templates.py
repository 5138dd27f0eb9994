"""The templates of the site: the built-in ones, and those a user puts in their place."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from minijinja import Environment, TemplateError
from rapidfuzz.process import extractOne

from jobtide.errors import ConfigError, PublishError

#: Every template, by the name an override has in its folder `site`.
NAMES = (
    "about.j2",
    "changes.j2",
    "closed.j2",
    "frame.j2",
    "home.j2",
    "index.j2",
    "job.j2",
    "list.j2",
    "lost.j2",
    "moved.j2",
    "row.j2",
    "search.j2",
    "sources.j2",
    "stats.j2",
)


class Templates:
    """Compiled templates; what they are given is escaped already, the rest they escape."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        """Compile the templates; raises ConfigError for an unknown name or a broken one."""
        for name in overrides:
            if name not in NAMES:
                near = extractOne(name, NAMES)
                raise ConfigError(f"there is no template {name!r}; did you mean {near[0]!r}?")
        self.sources = {
            name: overrides.get(name) or text(f"templates/site/{name}") for name in NAMES
        }
        self._environment = Environment(
            auto_escape_callback=lambda _: "html",
            undefined_behavior="strict",
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name, source in self.sources.items():
            try:
                self._environment.add_template(name, source)
            except TemplateError as error:
                raise ConfigError(f"template site/{name}: {error}") from error

    def fill(self, name: str, **values: object) -> str:
        """Fill one template; raises PublishError when it asks for what is not there."""
        try:
            return self._environment.render_template(name, **values)
        except TemplateError as error:
            raise PublishError(f"template site/{name}: {error}") from error


@cache
def text(path: str) -> str:
    """Return a file of the package `publish`, read like a module, once."""
    return content(path).decode()


@cache
def content(path: str) -> bytes:
    """Return the bytes of a file of the package `publish`."""
    return files("jobtide.publish").joinpath(path).read_bytes()


#: Folders of `publish` whose files say what pages look like.
_FOLDERS = (".", "site", "templates/site", "static")


@cache
def code() -> bytes:
    """Return all that makes pages: other code may make other pages of the same openings."""
    root = files("jobtide.publish")
    found = [
        one.read_bytes()
        for folder in _FOLDERS
        for one in sorted((root / folder).iterdir(), key=lambda one: one.name)
        if one.is_file()
    ]
    return b"\0".join(found)
