"""The templates of README pages: the built-in ones, and those a user puts in their place."""

from functools import cache
from importlib.resources import files

from minijinja import Environment, TemplateError
from rapidfuzz.process import extractOne

from jobtide.errors import ConfigError, PublishError
from jobtide.publish.readme.cards import Card, Maker
from jobtide.publish.readme.regions import NAMES as REGIONS
from jobtide.publish.readme.rows import cards_row, list_row
from jobtide.publish.readme.values import card_values

#: Every template, by the name an override has in its folder.
NAMES = (
    "cards-head.j2",
    "cards-card.j2",
    "cards-foot.j2",
    "list-head.j2",
    "list-card.j2",
    "list-foot.j2",
    "index.j2",
    *(f"index-{name}.j2" for name in REGIONS if name != "index"),
)


class Templates:
    """Compiled templates; what they are given is escaped already, the rest they escape."""

    def __init__(self, overrides: dict[str, str]) -> None:
        """Compile the templates; raises ConfigError for an unknown name or a broken one."""
        for name in overrides:
            if name not in NAMES:
                near = extractOne(name, NAMES)
                raise ConfigError(f"there is no template {name!r}; did you mean {near[0]!r}?")
        self._environment = Environment(
            auto_escape_callback=lambda _: "html",
            undefined_behavior="strict",
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name in NAMES:
            try:
                self._environment.add_template(name, overrides.get(name) or built_in(name))
            except TemplateError as error:
                raise ConfigError(f"template {name}: {error}") from error

        layouts = (("cards", cards_row), ("list", list_row))
        self._rows = {
            layout: row for layout, row in layouts if f"{layout}-card.j2" not in overrides
        }

    def is_bundled(self, layout: str) -> bool:
        """Say whether the cards of a layout have the bundled template."""
        return layout in self._rows

    def card(self, card: Card, maker: Maker, up: str = "", *, described: bool = True) -> str:
        """Fill the template of one card; the bundled one is followed without an engine."""
        layout = maker.settings.layout
        row = self._rows.get(layout)
        if row is not None:
            return row(card, maker, up, described=described)
        values = card_values(card, maker, up, described=described)
        return self.render(f"{layout}-card.j2", **values)

    def render(self, name: str, **values: object) -> str:
        """Fill one template; raises PublishError when it asks for what is not there."""
        try:
            return self._environment.render_template(name, **values)
        except TemplateError as error:
            raise PublishError(f"template {name}: {error}") from error


@cache
def built_in(name: str) -> str:
    """Return a template of the package: text of the program, read like a module, once."""
    folder = files("jobtide.publish") / "templates" / "readme"
    return folder.joinpath(name).read_text(encoding="utf-8")
