"""Cards of the bundled templates are written without a template engine: to the same bytes."""

import pytest

from jobtide.publish.readme.cards import Maker
from jobtide.publish.readme.templates import Templates, built_in
from jobtide.publish.readme.values import card_values
from tests.unit.publish import builders as make
from tests.unit.publish.test_lint import nasty


@pytest.mark.parametrize("layout", ["cards", "list"])
@pytest.mark.parametrize("up", ["", "../"])
def test_the_fast_way_gives_what_the_template_gives(layout, up):
    """Every kind of card, with and without its description, comes out of both alike."""
    snapshot = nasty()
    maker = Maker(make.settings(layout=layout), snapshot.taken_at)
    bundled = Templates({})
    for card in maker.cards(list(snapshot.openings)):
        for described in (True, False):
            values = card_values(card, maker, up, described=described)
            filled = bundled.render(f"{layout}-card.j2", **values)

            assert filled == bundled.card(card, maker, up, described=described)


def test_a_template_of_the_user_is_always_filled():
    """The fast way is taken for the bundled template alone."""
    snapshot = make.example()
    maker = Maker(make.settings(), snapshot.taken_at)
    (first, *_) = maker.cards(list(snapshot.openings))
    text = built_in("cards-card.j2")
    same, other = Templates({"cards-card.j2": text}), Templates({"cards-card.j2": f"{text}!"})

    assert same.card(first, maker) == Templates({}).card(first, maker)
    assert other.card(first, maker) == Templates({}).card(first, maker) + "!"
