"""What every publisher promises. A new one is tested here when its name is in publish.NAMES."""

import copy
import inspect
from datetime import timedelta

import pytest
from msgspec.structs import replace

from jobtide import publish, sources
from jobtide.publish.dataset import FORMATS, DatasetSettings
from jobtide.publish.feeds import FeedSettings
from jobtide.publish.site import SiteSettings
from jobtide.publish.write import write_files
from tests.unit.publish import builders as make

#: What each publisher is told, beside the snapshot.
SETTINGS = {
    "readme": make.settings,
    "feeds": lambda: FeedSettings(everything=make.settings().pages[0]),
    # What can be read as text; the other formats say the same (tests/unit/publish/test_dataset).
    "dataset": lambda: DatasetSettings(formats={one: FORMATS[one] for one in (".jsonl", ".csv")}),
    "site": SiteSettings,
}


@pytest.fixture(params=publish.NAMES)
def files(request):
    """Return a function that publishes a snapshot."""
    module = publish.load(request.param)
    settings = SETTINGS[request.param]()

    def render(snapshot):
        return list(module.render(snapshot, settings))

    return render


def test_publishers_are_listed():
    """Every name leads to a module with `render`; an unknown one is a KeyError."""
    for name in publish.NAMES:
        assert list(inspect.signature(publish.load(name).render).parameters) == [
            "snapshot",
            "settings",
        ]
    with pytest.raises(KeyError):
        publish.load("nowhere")


def test_rendering_is_pure(files):
    """The same snapshot gives the same bytes, and is left as it was."""
    snapshot = make.example()
    before = copy.deepcopy(snapshot)

    assert files(snapshot) == files(snapshot)
    assert snapshot == before


def test_a_quiet_hour_changes_nothing(files, tmp_path):
    """Published again on the same day with nothing new, no file is touched."""
    snapshot = make.example()
    write_files(tmp_path, files(snapshot))
    later = replace(snapshot, taken_at=snapshot.taken_at + timedelta(hours=1))
    result = write_files(tmp_path, files(later))

    assert result.written == result.removed == ()


def test_names_are_plain_and_used_once(files):
    """Every file has a name of its own, without regard to case."""
    paths = [file.path for file in files(make.example())]

    assert len({path.lower() for path in paths}) == len(paths)
    assert all(path.isascii() and not path.startswith("/") for path in paths)


def test_boards_are_credited_with_a_link(files):
    """Whatever shows an opening names its board and links the posting's page on it."""
    for name in ("remoteok", "remotive", "weworkremotely"):
        credit = sources.load(name).terms.credit
        url = f"https://{name}.example/jobs/1"
        found = files(make.snapshot(make.opening(make.posting("1", source=name, url=url))))
        shown = [file.body.decode() for file in found if b"Senior Backend" in file.body]

        assert shown
        assert all(credit in body and url in body for body in shown)


def test_no_picture_of_a_board_is_linked(files):
    """Logos that a board serves are never loaded from there by a reader."""
    posting = make.posting("1", logo_url="https://remoteok.com/logo-of-larkspur.png")

    for file in files(make.snapshot(make.opening(posting))):
        assert b"logo-of-larkspur" not in file.body


def test_closed_openings_are_not_published(files):
    """An opening that is closed stands nowhere."""
    closed = make.opening(make.posting("1", title="Gone for good"), status="closed")

    for file in files(make.snapshot(closed, make.opening(make.posting("2")))):
        assert b"Gone for good" not in file.body


def test_an_empty_snapshot_is_published(files):
    """No opening at all is no error, and is said somewhere."""
    assert files(make.snapshot())
