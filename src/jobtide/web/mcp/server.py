"""The server: five tools, each a question to the store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from jobtide import __version__
from jobtide.errors import JobtideError
from jobtide.model import Opening
from jobtide.run.alerting import usual_query
from jobtide.run.news import news
from jobtide.run.searching import FACETS, facets, find, understood
from jobtide.run.signals import signals_of
from jobtide.store import Store
from jobtide.web.mcp import answers

#: Jobs of one answer: what an assistant can read without losing the thread.
MOST_JOBS = 20
MOST_CHANGES = 50
MOST_VALUES = 20
#: Days `changes` goes back at most, so that one question cannot read a year.
MOST_DAYS = 31

INSTRUCTIONS = f"""\
Search jobs of many boards, each found once. Start with search_jobs; list_facets shows what there \
is to search for. The search language: words, "a phrase", -not, and fields such as \
category:backend skill:python from:PL salary:>60000EUR seniority:senior since:3d company:acme \
source:remotive type:contract. Only remote and open jobs are found unless `everywhere` is true. \
"Not stated" means that nobody said it: never guess. Name the source of each job you show and \
link to its page (`credits`): the boards ask for it. {answers.UNTRUSTED}"""

READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Text = Annotated[
    str, Field(description="In the search language; empty finds all.", max_length=1_000)
]
Everywhere = Annotated[bool, Field(description="Also jobs that are not remote, and closed ones.")]
Id = Annotated[str, Field(description="Of a job, as search_jobs gives it.", max_length=500)]


def server(store: Store, clock: Callable[[], datetime]) -> MCPServer:
    """Return the server over a store; `clock` gives the present moment."""
    made = MCPServer(
        name="jobtide", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    tools = _Tools(store, clock)
    for tool in (
        tools.search_jobs,
        tools.get_job,
        tools.explain_job,
        tools.list_facets,
        tools.changes,
    ):
        made.tool(annotations=READS)(tool)
    return made


class _Tools:
    """The tools; their docstrings and annotations are what an assistant is told of them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def search_jobs(
        self,
        query: Text = "",
        limit: Annotated[int, Field(ge=1, le=MOST_JOBS)] = 10,
        cursor: Annotated[
            str | None, Field(description="next_cursor of the page before.", max_length=500)
        ] = None,
        everywhere: Everywhere = False,
    ) -> answers.Jobs:
        """Find jobs, the newest first: each with an id for get_job, a link to apply, credits."""
        now = self._clock()
        try:
            wanted = understood(usual_query(query, everywhere=everywhere))
            found = find(self._store, wanted, now, limit=limit, cursor=cursor)
        except JobtideError as error:
            raise ToolError(str(error)) from None
        return answers.jobs(found, wanted.text, now)

    def get_job(self, id: Id) -> answers.WholeJob:
        """Return one job with its text, as far as its board allows, and signs of a ghost job."""
        opening, now = self._opening(id), self._clock()
        return answers.whole_job(opening, signals_of(opening, self._store, now), now)

    def explain_job(self, id: Id) -> answers.Explanation:
        """Say why a job is read as it is: each label with its rule and the words behind it."""
        opening = self._opening(id)
        return answers.explanation(opening, signals_of(opening, self._store, self._clock()))

    def list_facets(
        self,
        query: Text = "",
        fields: Annotated[
            list[str], Field(description=f"Of: {', '.join(FACETS)}. Empty: all.", max_length=10)
        ] = [],  # noqa: B006 - never written to; the schema shows it
        everywhere: Everywhere = False,
    ) -> answers.Facets:
        """Count what the jobs of a search have: category, skill, country, level, employer."""
        names = [_facet(name) for name in fields] or list(FACETS)
        try:
            wanted = understood(usual_query(query, everywhere=everywhere))
            found = facets(self._store, wanted, self._clock(), names)
        except JobtideError as error:
            raise ToolError(str(error)) from None
        return answers.Facets(
            query=wanted.text,
            fields={
                name: [answers.Count(value=value, jobs=n) for value, n in values[:MOST_VALUES]]
                for name, values in found.items()
            },
        )

    def changes(
        self,
        since: Annotated[str, Field(description="Day, such as 2026-11-20.", max_length=10)],
        query: Text = "",
        limit: Annotated[int, Field(ge=1, le=MOST_CHANGES)] = 20,
    ) -> answers.Changes:
        """Tell what happened since a day: new, closed, reopened; pay, title, place changed."""
        now = self._clock()
        first = _day(since, now)
        try:
            wanted = understood(query)
            items = list(news(self._store, first, wanted, now))
        except JobtideError as error:
            raise ToolError(str(error)) from None
        return answers.changes(items, f"{first:%Y-%m-%d}", wanted.text, limit)

    def _opening(self, name: str) -> Opening:
        found = self._store.opening(name)
        if found is None:
            raise ToolError(f"no job is called {name[:80]!r}. Take an id that search_jobs gives.")
        return found


def _facet(name: str) -> str:
    if name in FACETS:
        return name
    near = get_close_matches(name, FACETS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(FACETS)}."
    raise ToolError(f"there is no field {name[:80]!r}. {hint}")


def _day(text: str, now: datetime) -> datetime:
    """Return the beginning of a day, at most `MOST_DAYS` ago."""
    try:
        day = datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ToolError(f"since: cannot read {text!r}. Write it like 2026-11-20.") from None
    return max(day, now - timedelta(days=MOST_DAYS))
