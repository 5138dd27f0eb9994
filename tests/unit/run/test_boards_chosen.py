"""Which boards are read."""

import pytest

from jobtide.config import BoardConfig, Config, SourceConfig, UpdateConfig
from jobtide.errors import ConfigError
from jobtide.run import known_boards


def sources_of(config, only=()):
    return {board.source for board in known_boards(config, only)}


def test_only_the_sources_of_the_settings_are_read():
    """A newcomer's first run asks three boards, not every employer there is."""
    config = Config(update=UpdateConfig(sources=("remoteok", "remotive")))

    assert sources_of(config) == {"remoteok", "remotive"}
    assert sources_of(config, ["weworkremotely"]) == {"weworkremotely"}


def test_a_board_of_the_settings_is_read_whatever_the_list_says():
    """Who adds a board wants it."""
    config = Config(
        update=UpdateConfig(sources=("remotive",)),
        boards=(BoardConfig(source="lever", token="acme"),),
    )

    assert {"lever", "remotive"} == sources_of(config)


def test_a_source_that_is_switched_off_is_not_read():
    """Off is off, even with boards of its own in the settings."""
    config = Config(
        sources={"lever": SourceConfig(enabled=False)},
        boards=(BoardConfig(source="lever", token="acme"),),
    )

    assert "lever" not in sources_of(config)


def test_an_unknown_source_in_the_list_is_named():
    """A typing error must not read nothing in silence."""
    with pytest.raises(ConfigError, match="Did you mean 'remotive'"):
        known_boards(Config(update=UpdateConfig(sources=("remotiv",))))
