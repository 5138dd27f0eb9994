"""Files reach the disk whole or not at all, inside the folder, and only when they differ."""

import errno
from pathlib import Path

import pytest

from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish.write import write_files

MARK = b"<!-- jobtide: test page -->\n"


def page(path, body=b"text"):
    return File(path=path, body=MARK + body)


def test_only_what_differs_is_written(tmp_path):
    """A second run with the same files touches none of them."""
    files = [page("a.md"), page("sub/b.md")]
    first = write_files(tmp_path, files)
    before = (tmp_path / "a.md").stat().st_mtime_ns
    second = write_files(tmp_path, [page("a.md"), page("sub/b.md", b"other")])

    assert first.written == ("a.md", "sub/b.md")
    assert (second.written, second.unchanged, second.removed) == (("sub/b.md",), ("a.md",), ())
    assert before == (tmp_path / "a.md").stat().st_mtime_ns


def test_pages_of_earlier_runs_are_removed(tmp_path):
    """A page that is no longer published goes; what others wrote stays."""
    write_files(tmp_path, [page("a.md"), page("old.md")])
    (tmp_path / "mine.md").write_text("my own notes")
    (tmp_path / "site.html").write_bytes(b"<!-- jobtide: another publisher -->\n")
    result = write_files(tmp_path, [page("a.md")])

    assert result.removed == ("old.md",)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "mine.md", "site.html"]


def test_files_of_others_are_not_overwritten(tmp_path):
    """A README that a person wrote is refused, not lost."""
    (tmp_path / "README.md").write_text("my project")

    with pytest.raises(PublishError, match="not written by jobtide"):
        write_files(tmp_path, [page("README.md")])

    assert (tmp_path / "README.md").read_text() == "my project"


def test_an_empty_file_is_nobodys(tmp_path):
    """What a crash of the machine left empty is written again."""
    (tmp_path / "a.md").touch()

    assert write_files(tmp_path, [page("a.md")]).written == ("a.md",)


@pytest.mark.parametrize(
    "path",
    ["../a.md", "/etc/a.md", "a/../../b.md", "..", "", "a\\b.md", "c:a.md", ".git/config",
     ".github/workflows/x.yml", "a\0b", "a\nb", "x" * 300],
)  # fmt: skip
def test_paths_stay_below_the_folder(tmp_path, path):
    """A path that leads out, or is no plain name, is refused before anything is written."""
    out = tmp_path / "out"

    with pytest.raises(PublishError):
        write_files(out, [page(path)])

    assert list(tmp_path.rglob("*")) == []


def test_links_are_not_followed(tmp_path):
    """Neither a folder nor a file that is a link is written through."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "jobs").symlink_to(elsewhere)
    (out / "a.md").symlink_to(elsewhere / "a.md")

    for path in ("jobs/a.md", "a.md"):
        with pytest.raises(PublishError, match="is a link"):
            write_files(out, [page(path)])

    assert list(elsewhere.iterdir()) == []


def test_a_name_is_given_once(tmp_path):
    """Two files that differ by case alone would be one on some disks."""
    with pytest.raises(PublishError, match="two files"):
        write_files(tmp_path, [page("A.md"), page("a.md")])


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "no space"), (errno.EACCES, "rights"), (errno.EIO, "I/O")]
)
def test_a_refusing_disk_leaves_the_old_page(tmp_path, monkeypatch, number, words):
    """When the disk refuses, the old page is whole, nothing half-written stays, and we say so."""
    write_files(tmp_path, [page("a.md", b"old")])

    def refuse(*_):
        raise OSError(number, errno.errorcode[number] if number != errno.EIO else "I/O error")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(PublishError, match=words):
        write_files(tmp_path, [page("a.md", b"new")])

    assert (tmp_path / "a.md").read_bytes() == MARK + b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_folder_in_the_way_is_an_error(tmp_path):
    """A folder of the file's name is reported, not removed."""
    (tmp_path / "a.md").mkdir()

    with pytest.raises(PublishError, match=r"a\.md"):
        write_files(tmp_path, [page("a.md")])


def test_what_a_killed_run_left_is_taken_away(tmp_path):
    """A half-written file of a run that was killed does not stay for ever."""
    (tmp_path / ".jobtide-1.tmp").write_bytes(b"half")
    write_files(tmp_path, [page("a.md")])

    assert [p.name for p in Path(tmp_path).iterdir()] == ["a.md"]
