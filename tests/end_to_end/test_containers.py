"""Dockerfile and compose.yaml, read as text: pinned, not root, watched, no secret in them.

Nothing is built here. What Docker itself would find wrong is not found by these tests.
"""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer.main
import yaml

from jobtide import cli, config

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("prepare", "worker", "web")
#: A name and a whole version, such as postgres:17.6-bookworm.
PINNED = re.compile(r"[a-z][\w./-]*:\d+\.\d+[\w.-]*")
#: Words of names whose values must come from a file.
SECRET = re.compile(r"PASSW|SECRET|TOKEN|KEY|CREDENTIAL")


def instructions():
    """Yield (instruction, arguments) of the Dockerfile."""
    text = re.sub(r"^\s*#.*$", "", DOCKERFILE, flags=re.M).replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, rest = line.partition(" ")
        yield name, rest.strip()


def commands():
    """Yield every command of jobtide that is started, as words."""
    yield next(yaml.safe_load(rest) for name, rest in instructions() if name == "CMD")
    for service in SERVICES.values():
        if service.get("command", [""])[0] == "jobtide":
            yield service["command"]


def test_images_are_pinned_to_a_version():
    """The same file builds the same thing next year: no `latest`, no bare name."""
    images = [rest.split(" AS ")[0] for name, rest in instructions() if name == "FROM"]
    images += [service["image"] for service in SERVICES.values()]

    assert len(images) == 6
    for image in images:
        assert PINNED.fullmatch(image), image
    assert "latest" not in DOCKERFILE
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert SERVICES["web"]["image"] == f"jobtide:{version['version']}"


def test_nothing_runs_as_root():
    """Neither by the image nor by compose; and ours can gain no rights and write nowhere."""
    users = [rest for name, rest in instructions() if name == "USER"]
    assert users == ["10001:10001"]
    assert [name for name, _ in instructions()].index("USER") > DOCKERFILE.count("FROM ")
    for name, service in SERVICES.items():
        assert service["user"] in ("10001:10001", "postgres"), name
        assert "no-new-privileges:true" in service["security_opt"], name
    for name in OURS:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_everything_that_stays_up_is_watched():
    """A healthcheck each, and others wait for the database and its tables."""
    assert any(name == "HEALTHCHECK" and "/healthz" in rest for name, rest in instructions())
    for name, service in SERVICES.items():
        if service["restart"] == "no":
            continue
        assert service["healthcheck"]["test"][0] == "CMD", name
        assert {"interval", "timeout", "retries"} <= set(service["healthcheck"]), name
    assert SERVICES["prepare"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("worker", "web"):
        waits = SERVICES[name]["depends_on"]["prepare"]
        assert waits == {"condition": "service_completed_successfully"}
    assert SERVICES["worker"]["deploy"]["replicas"] == 2


def test_secrets_come_by_files():
    """No value of a password, key or token stands in either file; each secret is a file."""
    for name, rest in instructions():
        if name in ("ENV", "ARG"):
            assert not SECRET.search(rest.upper()), rest
    for service in SERVICES.values():
        for key, value in service["environment"].items():
            if SECRET.search(key):
                assert key.endswith("_FILE"), key
                assert Path(value).parent == Path("/run/secrets")
                assert Path(value).name in service["secrets"]
            assert not re.search(r"://[^/@]*:[^/@]*@", value), key
    for secret in COMPOSE["secrets"].values():
        assert set(secret) == {"file"}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "/secrets/" in ignored


def test_only_the_web_page_is_reached_and_only_from_this_machine():
    """The database has no port outside; a proxy in front of the page is the user's choice."""
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:8765:8765"]}
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "database" in COMPOSE["volumes"]


def test_what_is_copied_is_there_and_nothing_else_is_sent():
    """Every source of COPY exists and passes .dockerignore, which lets nothing else through."""
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert allowed[0] == "*"
    for name, rest in instructions():
        assert name != "ADD"
        if name == "COPY" and "--from=" not in rest:
            *sources, _ = [word for word in shlex.split(rest) if not word.startswith("--")]
            for source in sources:
                assert (ROOT / source).exists(), source
                assert f"!{source}" in allowed


def test_the_extras_that_are_installed_exist():
    """A misspelled extra is a warning of pip and a failure at run time."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (named,) = re.findall(r"'\.\[([\w,]+)\]'", DOCKERFILE)

    assert set(named.split(",")) == {"web", "postgres", "alerts", "export"}
    assert set(named.split(",")) <= set(project["optional-dependencies"])
    assert "-c constraints.txt" in DOCKERFILE


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_commands_exist_with_their_options(words):
    """What is started is a command of this version."""
    _, name, *arguments = words
    command = typer.main.get_command(cli.build()).commands[name]
    command.make_context(name, list(arguments))


def test_the_settings_exist():
    """Each JOBTIDE_ variable is a setting with a value it takes."""
    for service in SERVICES.values():
        config.load(None, service["environment"])
    env = next(rest for name, rest in instructions() if name == "ENV")
    config.load(None, dict(word.split("=", 1) for word in shlex.split(env)))


def test_the_password_reaches_the_command_from_its_file(tmp_path):
    """The entrypoint puts it into the environment of the command, and takes no other way."""
    (tmp_path / "password").write_text('it\'s $HOME "secret"\n')
    told = subprocess.run(
        [str(ROOT / "tools" / "container_entrypoint.sh"), "printenv", "PGPASSWORD"],
        env={"PATH": "/usr/bin:/bin", "PGPASSWORD_FILE": str(tmp_path / "password")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.stdout == 'it\'s $HOME "secret"\n'
