"""README pages from a store: regions, logos, and nothing made when nothing changed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from jobtide.config import Config, FetchConfig, PageConfig, PublishConfig
from jobtide.errors import ConfigError, PublishError
from jobtide.model import Label
from jobtide.publish.pictures.figures import counted
from jobtide.run import figures, kept_pages, logos, pages, publishing
from jobtide.run.openings import refresh_openings, snapshot
from jobtide.store import SqliteStore, open_store
from tests.hostile.server import HostileServer, answer
from tests.unit.run.test_restoring import DAY, START, made, read

NOW = START + 20 * DAY
REMOTE = Label(value="remote", rule="made.up")


def remote(number, **fields):
    """Return a remote backend posting."""
    return made(number, arrangement=REMOTE, **fields)


@pytest.fixture
def store(tmp_path):
    """Return a store with two open remote jobs and one that ended."""
    with open_store(str(tmp_path / "jobs.db"), create=True) as opened:
        read(opened, 0, [remote(number) for number in range(3)])
        for day in (1, 2):
            read(opened, day, [remote(0), remote(1)])
        refresh_openings(opened)
        yield opened


def config(**publish):
    return Config(publish=PublishConfig(**publish))


def test_an_unchanged_run_reads_no_opening(store, tmp_path, monkeypatch):
    """Later on the same day nothing is loaded and nothing is written."""
    first = pages.publish_readme(config(), store, tmp_path / "out", NOW)

    def never(*_, **__):
        raise AssertionError("openings were read")

    monkeypatch.setattr(SqliteStore, "openings", never)
    again = pages.publish_readme(config(), store, tmp_path / "out", NOW + timedelta(hours=2))

    assert first.written
    assert (again.written, again.removed) == ((), ())
    assert set(again.unchanged) == set(first.written)


@pytest.mark.parametrize("change", ["file", "gone", "setting", "store", "day", "list"])
def test_whatever_changed_is_made_anew(store, tmp_path, change):
    """A page that was edited or lost, another setting, another day, a new job: pages are made."""
    out = tmp_path / "out"
    pages.publish_readme(config(), store, out, NOW)
    before = (out / "backend.md").read_bytes()
    now, title = NOW, "Remote jobs"
    if change == "file":
        (out / "backend.md").write_bytes(before + b"more")
    elif change == "gone":
        (out / "backend.md").unlink()
    elif change == "setting":
        title = "Jobs by the sea"
    elif change == "store":
        read(store, 3, [remote(0), remote(1), remote(7)])
        refresh_openings(store)
    elif change == "day":
        now += DAY
    else:
        (out / kept_pages.LIST).write_text("{")
    again = pages.publish_readme(config(title=title), store, out, now)

    assert bool(again.written) == (change != "list")
    if change in ("file", "gone"):
        assert again.written == ("backend.md",)
        assert (out / "backend.md").read_bytes() == before


def test_a_quiet_day_leaves_the_folder_as_it_was(store, tmp_path):
    """With dates on the cards the next day changes no byte, not even of our own list."""
    out = tmp_path / "out"
    quiet = config(age="date", pictures=False)
    pages.publish_readme(quiet, store, out, NOW)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = pages.publish_readme(quiet, store, out, NOW + DAY)

    assert again.written == ()
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_what_ended_is_in_the_archive_and_can_be_left_out(store, tmp_path):
    """The month of its end has a page; a setting says that none is wanted."""
    with_archive = pages.publish_readme(config(), store, tmp_path / "a", NOW)
    without = pages.publish_readme(config(archive_months=0), store, tmp_path / "b", NOW)
    body = (tmp_path / "a" / "archive" / "2026-11.md").read_text()

    assert "archive/2026-11.md" in with_archive.written
    assert "Engineer 2" in body
    assert "its board no longer lists it" in body
    assert not [path for path in without.written if "archive" in path]


def test_a_month_that_is_too_old_stays_as_it_was(store, tmp_path):
    """A page of the archive that is written no more is not removed either."""
    out = tmp_path / "out"
    pages.publish_readme(config(archive_months=1), store, out, NOW)
    body = (out / "archive" / "2026-11.md").read_bytes()
    again = pages.publish_readme(config(archive_months=1), store, out, NOW + 90 * DAY)

    assert not [path for path in again.removed if "archive" in path]
    assert (out / "archive" / "2026-11.md").read_bytes() == body


OWN = "# Mine\r\n\r\n<!-- jobtide:begin pages -->\r\n<!-- jobtide:end pages -->\r\n\r\nBye.\r\n"


def test_a_hand_written_readme_keeps_its_text(store, tmp_path):
    """Its region is filled with the list of pages; written again it is the same."""
    (tmp_path / "README.md").write_bytes(OWN.encode())
    own = config(pages_folder="jobs")
    first = pages.publish_readme(own, store, tmp_path, NOW)
    body = (tmp_path / "README.md").read_bytes().decode()
    again = pages.publish_readme(own, store, tmp_path, NOW)

    assert body.startswith("# Mine\r\n\r\n<!-- jobtide:begin pages -->\r\n\r\n| Page |")
    assert body.endswith("<!-- jobtide:end pages -->\r\n\r\nBye.\r\n")
    assert "[Backend](jobs/backend.md) | 2 |" in body
    assert not re.search(r"(?<!\r)\n", body)
    assert {"README.md", "jobs/backend.md"} <= set(first.written)
    assert again.written == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (OWN.replace("<!-- jobtide:end pages -->", ""), "never ends"),
        (OWN + OWN, "there twice"),
        ("# Mine\n", "not written by jobtide"),
        (b"\xff\xfe<\0", "not UTF-8"),
    ],
)
def test_a_readme_that_cannot_be_filled_is_an_error(store, tmp_path, body, said):
    """It stays as it was; where its regions are broken, no other file is written either."""
    body = body if isinstance(body, bytes) else body.encode()
    (tmp_path / "README.md").write_bytes(body)
    with pytest.raises(PublishError, match=said):
        pages.publish_readme(config(pages_folder="jobs"), store, tmp_path, NOW)

    assert (tmp_path / "README.md").read_bytes() == body
    if said != "not written by jobtide":
        assert not (tmp_path / "jobs").exists()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("category:backend arrangement:remote", {"backend"}),
        ("category:backend category:data", {"backend", "data"}),
        ("-category:backend", None),
        ("engineer", None),
        ("category:backend OR engineer", None),
    ],
)
def test_a_search_says_which_categories_it_needs(text, wanted):
    """Only where one of them must hold: others are then not looked at."""
    page = pages.page_settings("x", "X", text, NOW)

    assert page.categories == wanted


def test_pages_and_pictures_speak_of_one_set(store):
    """The predicate of all pages is what each page says, asked one by one."""
    some = (PageConfig(name="a", query="category:backend"), PageConfig(name="b", query="nurse"))
    settings = pages.readme_settings(Config(pages=some), NOW)
    wanted = pages.on_some_page(settings)
    found = snapshot(store, NOW).openings

    assert [wanted(one) for one in found] == [
        any(page.matches(one) for page in settings.pages) for one in found
    ]
    assert figures.figures(store, NOW, wanted) == counted(filter(wanted, store.openings()), NOW)


def test_all_kinds_share_one_reading_of_the_store(store, tmp_path, monkeypatch):
    """README pages, feeds and the data set are made of one snapshot."""
    asked = []
    monkeypatch.setattr(
        publishing, "snapshot", lambda *given: asked.append(given) or snapshot(*given)
    )
    load = publishing.loader(store, NOW)
    for kind in ("readme", "feeds", "dataset"):
        publishing.KINDS[kind](config(), store, tmp_path / kind, NOW, load)

    assert len(asked) == 1


def picture(colour):
    body = BytesIO()
    Image.new("RGB", (80, 80), colour).save(body, "PNG")
    return body.getvalue()


@pytest.fixture
def server():
    with HostileServer() as running:
        image = "image/png"
        running.answers = {
            "/good.png": [answer(picture("red"), content_type=image)],
            "/gone.png": [answer(b"no", "404 Not Found", content_type="text/html")],
            "/evil.svg": [answer(b"<svg onload='x()'/>", content_type="image/svg+xml")],
            "/private.png": [answer(picture("red"), content_type=image)],
        }
        yield running


def with_logos(store, server, out, now=NOW, **publish):
    found = Config(
        publish=PublishConfig(**({"logos": 10} | publish)),
        fetch=FetchConfig(allow_private_hosts=("127.0.0.1",), host_delay_s=0.0),
    )
    return pages.publish_readme(found, store, out, now)


def test_logos_are_fetched_once_and_kept(tmp_path, server):
    """A picture becomes a file beside the pages; what failed is an initial, asked again later."""
    out = tmp_path / "out"
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        read(store, 0, [
            remote(name, hiring_organization=name.title(), logo_url=server.url(f"/{path}"))
            for name, path in (("fir", "good.png"), ("elm", "gone.png"), ("oak", "evil.svg"))
        ])  # fmt: skip
        refresh_openings(store)
        with_logos(store, server, out)
        page = (out / "backend.md").read_text()
        with_logos(store, server, out, NOW + DAY)
        with_logos(store, server, out, NOW + 8 * DAY)

    (kept,) = (out / "logos").glob("*.webp")
    with Image.open(kept) as logo:
        assert (logo.format, logo.size) == ("WEBP", (64, 64))
    assert f'src="logos/{kept.name}"' in page
    assert {"initials/e.svg", "initials/o.svg"} <= set(re.findall(r'src="([^"]+)"', page))
    assert "127.0.0.1" not in "".join(re.findall(r"<img[^>]*>", page))
    assert [server.count(f"/{path}") for path in ("good.png", "gone.png", "evil.svg")] == [1, 2, 2]


def test_logos_of_companies_that_left_are_removed(tmp_path, server):
    """When a company is on no page any more, its file goes."""
    out = tmp_path / "out"
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        fir = remote("fir", hiring_organization="Fir", logo_url=server.url("/good.png"))
        elm = remote("elm", hiring_organization="Elm")
        read(store, 0, [fir, elm])
        refresh_openings(store)
        with_logos(store, server, out)
        assert len(list((out / "logos").glob("*.webp"))) == 1
        for day in (1, 2):
            read(store, day, [elm])
        refresh_openings(store)
        with_logos(store, server, out, NOW + DAY)

    assert list((out / "logos").glob("*.webp")) == []


def test_a_private_address_is_never_asked(tmp_path, server):
    """A logo address that leads into the machine is refused by the fetcher."""
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        read(store, 0, [remote("fir", logo_url=server.url("/private.png"))])
        refresh_openings(store)
        pages.publish_readme(config(logos=5), store, tmp_path / "out", NOW)

    assert server.count("/private.png") == 0
    assert list((tmp_path / "out" / "logos").glob("*.webp")) == []


def test_logos_are_off_by_default_and_need_their_package(store, tmp_path, monkeypatch):
    """Publishing asks the network for nothing unless it is told to."""
    monkeypatch.setattr(logos, "read_boards", lambda *_, **__: pytest.fail("the network"))
    pages.publish_readme(config(), store, tmp_path / "a", NOW)
    monkeypatch.setattr(logos.logos, "ready", lambda: False)
    with pytest.raises(ConfigError, match=r"jobtide\[logos\]"):
        pages.publish_readme(config(logos=1), store, tmp_path / "b", NOW)
