"""Settings: where each comes from, and what is said about a wrong one."""

import pytest

from jobtide import config
from jobtide.errors import ConfigError, UsageError


def write(tmp_path, text):
    path = tmp_path / "jobtide.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_flag_beats_environment_beats_file_beats_default(tmp_path):
    """The nearest word to the user wins, and `config show` says which one it was."""
    path = write(tmp_path, "database = 'file.db'\n[fetch]\nretries = 1\ntimeout_s = 9\n")
    environment = {"JOBTIDE_FETCH_RETRIES": "2", "JOBTIDE_DATABASE": "env.db"}

    found, settings = config.load(path, environment, {"database": "flag.db"})
    origin = {row.name: row.origin for row in settings}

    assert (found.database, found.fetch.retries, found.fetch.timeout_s) == ("flag.db", 2, 9.0)
    assert found.fetch.max_redirects == 5
    assert origin["database"] == "flag"
    assert origin["fetch.retries"] == "JOBTIDE_FETCH_RETRIES"
    assert origin["fetch.timeout_s"] == str(path)
    assert origin["fetch.max_redirects"] == "default"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("databse = 'x'", "unknown key databse. Did you mean 'database'?"),
        ("[fetch]\ntimeout = 3", "unknown key fetch.timeout. Did you mean 'timeout_s'?"),
        ("[sources.remoteok]\nenable = true", "sources.remoteok.enable. Did you mean 'enabled'?"),
        ("[[pages]]\nname='x'\nquerry=''", "unknown key pages.querry. Did you mean 'query'?"),
        ("[fetch]\nretries = 'many'", "fetch.retries: Expected `int`, got `str`"),
        ("[publish]\nlayout = 'grid'", "publish.layout: must be cards or list"),
        ("database = ", "is not valid TOML"),
        ("[[pages]]\nname='../x'\nquery=''", "pages[0].name: "),
        ("[sources.remoteok]\nenabled = 3", "enabled: "),
        (2 * "[[pages]]\nname='x'\nquery=''\n", "pages: 2 are called 'x'"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_file_key_and_remedy(tmp_path, text, says):
    """A typing error in a setting is never silently ignored."""
    path = write(tmp_path, text)

    with pytest.raises(ConfigError) as error:
        config.load(path, {})

    assert says in str(error.value)
    assert "jobtide.toml" in str(error.value)


def test_a_missing_file_that_was_named_is_an_error(tmp_path):
    """A file the user asked for must exist; the message says how to write one."""
    with pytest.raises(ConfigError, match="jobtide init"):
        config.load(tmp_path / "absent.toml", {})


def test_a_wrong_variable_is_named():
    """The message names the variable, not a key the user never wrote."""
    with pytest.raises(ConfigError, match="JOBTIDE_FETCH_RETRIES"):
        config.load(None, {"JOBTIDE_FETCH_RETRIES": "many"})


def test_a_variable_that_is_no_setting_is_refused():
    """A typing error in the environment is not ignored either; others' variables are."""
    with pytest.raises(ConfigError, match="Did you mean JOBTIDE_DATABASE"):
        config.load(None, {"JOBTIDE_DATABSE": "x.db"})

    assert config.load(None, {"_JOBTIDE_COMPLETE": "1"})[0] == config.Config()


def test_a_wrong_flag_is_wrong_usage():
    """What was typed on the command line is named as it was typed there."""
    with pytest.raises(UsageError, match="--layout: must be cards or list"):
        config.load(None, {}, {"publish.layout": "grid"})


def test_lists_come_from_commas_in_the_environment():
    """A list in the environment is one line."""
    found, _ = config.load(None, {"JOBTIDE_FETCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1, localhost"})

    assert found.fetch.allow_private_hosts == ("127.0.0.1", "localhost")


def test_every_setting_has_a_help_sentence():
    """The reference is written from these rows, so none may be empty."""
    assert all(row.help.endswith(".") for _, row in config.rows())


def test_secrets_come_from_the_variable_or_its_file(tmp_path):
    """`NAME` or `NAME_FILE`; a file that cannot be read is an error, not an absent key."""
    file = tmp_path / "key"
    file.write_text("from-file\n")

    assert config.secret("KEY", {"KEY": "plain"}) == "plain"
    assert config.secret("KEY", {"KEY_FILE": str(file)}) == "from-file"
    assert config.secret("KEY", {}) is None
    with pytest.raises(ConfigError, match="KEY_FILE"):
        config.secret("KEY", {"KEY_FILE": str(tmp_path / "absent")})
