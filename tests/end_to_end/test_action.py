"""The GitHub Action: its very steps, run on a local repository against loopback boards."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from jobtide.demo.server import serve
from jobtide.demo.stage import Stage

PROJECT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
SETTINGS = """
[update]
sources = ["remoteok", "remotive", "lever"]

[publish]
layout = "list"
age = "date"

[[pages]]
name = "python"
query = "skill:python arrangement:remote"
"""


def git(*arguments, cwd):
    return subprocess.run(
        ["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repository(tmp_path):
    """Return a clone of a bare repository that holds the settings."""
    git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git", cwd=tmp_path)
    git("clone", "--quiet", "origin.git", "clone", cwd=tmp_path)
    clone = tmp_path / "clone"
    (clone / "jobtide.toml").write_text(SETTINGS, encoding="utf-8")
    (clone / ".gitignore").write_text("jobtide.db*\n", encoding="utf-8")
    git("config", "user.name", "Somebody", cwd=clone)
    git("config", "user.email", "somebody@example.org", cwd=clone)
    git("add", ".", cwd=clone)
    git("commit", "--quiet", "-m", "settings", cwd=clone)
    git("push", "--quiet", "origin", "HEAD:main", cwd=clone)
    return clone


def run_steps(clone, base_url, summary="/dev/null"):
    """Run every `run` step of the action but the installation, as a runner would."""
    inputs = {name: row["default"] for name, row in ACTION["inputs"].items()}
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or step["name"] == "Install":
            continue
        given = {
            name: text.replace("${{ inputs.", "{").replace(" }}", "}").format(**inputs)
            for name, text in step.get("env", {}).items()
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=clone,
            env={
                **os.environ,
                **given,
                "GITHUB_STEP_SUMMARY": str(summary),
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "JOBTIDE_FETCH_BASE_URL": base_url,
                "JOBTIDE_FETCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
                "JOBTIDE_FETCH_HOST_DELAY_S": "0",
                "JOBTIDE_FETCH_RETRIES": "0",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step['name']}: {done.stderr}"


def test_the_first_run_commits_once_and_the_second_not_at_all(repository, tmp_path):
    """Boards that answer nothing fail; what the others say is published once, and summed up."""
    summary = tmp_path / "summary.md"
    stage = Stage(datetime.now(UTC))
    stage.day = 3
    with serve(stage.answer) as base_url:
        run_steps(repository, base_url, summary)
        first = git("log", "--format=%s", "origin/main", cwd=repository).splitlines()
        run_steps(repository, base_url)
        second = git("log", "--format=%s", "origin/main", cwd=repository).splitlines()

    assert first == ["jobs: refresh the pages", "settings"]
    assert second == first
    told = summary.read_text("utf-8")
    assert re.search(r"^\| remoteok \| 1 \| \d+ \| ", told, re.MULTILINE)
    assert "<summary>Boards that could not be read: " in told
    assert "PYTHON" in (repository / "pages" / "python.md").read_text("utf-8").upper()


def test_every_action_that_is_used_is_pinned_to_a_commit():
    """A tag can be moved; a commit cannot."""
    workflow = PROJECT / "examples/pages-repository/.github/workflows/refresh.yml"
    example = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    steps = ACTION["runs"]["steps"] + example["jobs"]["refresh"]["steps"]
    used = [step["uses"] for step in steps if "uses" in step and "OWNER" not in step["uses"]]

    assert used
    assert all(len(one.partition("@")[2]) == 40 for one in used)
    assert example["permissions"] == {}
    assert example["jobs"]["refresh"]["permissions"] == {"contents": "write"}


def test_the_schedule_avoids_the_full_hour():
    """Runs at minute 0 wait longest, so the example asks for another one; runs never overlap."""
    workflow = PROJECT / "examples/pages-repository/.github/workflows/refresh.yml"
    example = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    # YAML 1.1 reads the key `on` as true.
    (schedule,) = example[True]["schedule"]

    assert int(schedule["cron"].split()[0]) % 5
    assert example["concurrency"]["cancel-in-progress"] is False
    assert 0 < example["jobs"]["refresh"]["timeout-minutes"] <= 60


def test_no_input_stands_in_a_command():
    """What a caller gives reaches a shell through the environment alone, never as a command."""
    commands = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]

    assert commands
    assert not [one for one in commands if "${{" in one]
