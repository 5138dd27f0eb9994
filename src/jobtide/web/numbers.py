"""The pages of numbers: counts, pictures, sources."""

from litestar import Response, get
from litestar.params import FromPath

from jobtide.publish import facts
from jobtide.publish.pictures import THEMES, draw
from jobtide.run.health import all_alarms
from jobtide.web.api.lists import source_states, store_stats
from jobtide.web.desk import Asked, desk_of, page
from jobtide.web.filters import label
from jobtide.web.problems import missing

#: A picture changes with the data, not with the clock of the reader.
_PICTURE_AGE = "private, max-age=600"


@get("/stats", sync_to_thread=True, include_in_schema=False)
def stats(request: Asked) -> Response[bytes]:
    """Show the numbers of the whole store, each picture with its table."""
    desk = desk_of(request)
    counted = store_stats(desk)
    return page(
        request,
        "stats.j2",
        "Numbers",
        stats=counted,
        read=facts.day(counted.last_read_at) if counted.last_read_at else None,
        pictures=desk.pictures(),
        columns=[
            (name, words, [(label(name, one.value), one.value, one.jobs) for one in values[:12]])
            for name, words in (("category", "Category"), ("country", "Country"),
                                ("skill", "Skill"), ("seniority", "Level"))
            if (values := counted.facets[name])
        ],
    )  # fmt: skip


@get("/stats/{name:str}", sync_to_thread=True, include_in_schema=False)
def picture(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Return one picture: "over-time-dark.svg"."""
    drawn = {one.name: one for one in desk_of(request).pictures() or []}
    for theme in THEMES:
        found = drawn.get(name.removesuffix(f"-{theme}.svg"))
        if found is not None and name.endswith(f"-{theme}.svg"):
            headers = {"Cache-Control": _PICTURE_AGE}
            body = draw(found, theme).encode()
            return Response(body, media_type="image/svg+xml", headers=headers)
    return missing(request, "picture")


@get("/sources", sync_to_thread=True, include_in_schema=False)
def sources(request: Asked) -> Response[bytes]:
    """Show how fresh each source is, what its terms ask, and which boards need a look."""
    desk = desk_of(request)
    health = desk.store.health()
    states = source_states(desk)
    read = [one for one in states if one.read_at is not None or one.failing_boards]
    return page(
        request,
        "sources.j2",
        "Sources",
        now=facts.day(desk.clock()),
        read=[(one, facts.day(one.read_at) if one.read_at else "never") for one in read],
        others=[one for one in states if one not in read],
        failed=[
            (f"{one.source}/{one.board}", one.error.removeprefix(f"{one.source}/{one.board}: "))
            for one in health
            if one.error
        ],
        alarms=[
            (f"{source}/{board}", one.sentence)
            for (source, board), alarms in all_alarms(desk.store).items()
            for one in alarms
        ],
    )


ROUTES = (stats, picture, sources)
