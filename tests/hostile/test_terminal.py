"""What a posting says reaches the terminal as words: it sends no orders to it."""

import pytest
from msgspec.structs import replace

from jobtide import cli
from jobtide.cli import screen
from jobtide.model import History, Label, Tracked
from jobtide.store import open_store
from tests.unit.openings import NOW
from tests.unit.web.test_hostile import posting

ORDERS = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear the screen": "\x1b[2J\x1b[H",
    "window title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://evil.test\x1b\\here\x1b]8;;\x1b\\",
    "copy to the clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "one byte CSI": "\x9b31mred",
    "device control": "\x90q\x9c",
    "back over the line": "good\x08\x08\x08\x08evil",
    "back to its start": "good\revil",
    "turn round": "\u202egnp.exe\u2066",
    "separators": "a\u2028b\u2029c",
    "nothing": "a\x00b",
    "half a letter": "a\ud800b",
}
BAD = {chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
BAD |= set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800")


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("name", ["out", "err"])
def test_a_console_prints_words_only(capsys, order, name):
    """A line and a cell of a table lose the orders, and keep the words around them."""
    console = getattr(screen, name)()
    console.print(f"before {order} after")
    table = screen.rows_with_id(2)
    table.add_row(f"first {order} last", "id-1")
    screen.print_table(console, table)
    shown = "".join(capsys.readouterr())
    assert not BAD & set(shown)
    assert all(word in shown for word in ("before", "after", "first", "last", "id-1"))


@pytest.mark.parametrize("order", [one for one in ORDERS.values() if "\ud800" not in one])
def test_search_and_show_print_no_orders(tmp_path, monkeypatch, capsys, order):
    """Also what came into the store without cleaning, as by an imported file."""
    monkeypatch.chdir(tmp_path)
    path = "hostile.db"
    made = replace(posting(1, order.replace("\0", "")), identifier="1", base_salary=())
    made = replace(made, arrangement=Label(value="remote", rule="test"))
    with open_store(path, create=True) as store:
        store.restore(
            [Tracked(posting=made, history=History(first_seen_at=NOW, last_seen_at=NOW))]
        )
    for words in (["search", "--all", "--db", path], ["show", made.id, "--db", path]):
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert not end.value.code
    shown = "".join(capsys.readouterr())
    assert "Engineer" in shown
    assert not BAD & set(shown)
