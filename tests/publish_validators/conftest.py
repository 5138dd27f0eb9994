"""
The published files, held against validators that others wrote: `make test-publish`.

What is published is the output of the sample boards (`jobtide demo`) and, where the recorded
payloads lie beside the project, a replay of all of them. One Chromium serves every test. Nothing
leaves the machine: pages are served on loopback, and a request that leads elsewhere is a fault.
"""

import shutil
import socket
from pathlib import Path

import pytest

from tests.publish_validators.published import Published, publish_demo, publish_replay
from tests.publish_validators.running import NODE, chromium, jobtide_serve, serve

HERE = Path(__file__).parent
_NEEDED = ("chromium", "node", "java", "ruby")


def pytest_addoption(parser):
    """Add the flag without which the validators stay out of the way of ordinary tests."""
    parser.addoption("--validators", action="store_true", help="run the validators of publishing")


def pytest_collection_modifyitems(config, items):
    """Skip the tests of this folder unless they are asked for; give each ten minutes.

    Asked for without what they need they fail: a check that did not run is no check passed.
    """
    asked = config.getoption("--validators", default=False)
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    missing += [] if NODE.is_dir() else ["the Node packages"]
    if asked and missing:
        raise pytest.UsageError(f"missing: {', '.join(missing)}; run tools/validate/install.sh")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(600))
            if not asked:
                item.add_marker(pytest.mark.skip(reason="`make test-publish` runs the validators"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Publish what the sample boards gave, and serve it while the tests run."""
    yield from _served(tmp_path_factory.mktemp("demo"), publish_demo)


@pytest.fixture(scope="session")
def replayed(shared, tmp_path_factory):
    """Publish what all recorded payloads gave, and serve it while the tests run."""

    def publish(folder, address):
        return publish_replay(folder, address, shared / "replay" / "manifest.csv")

    yield from _served(tmp_path_factory.mktemp("replay"), publish)


@pytest.fixture(params=["demo", pytest.param("replayed", marks=pytest.mark.shared)])
def published(request) -> Published:
    """Return the one and then the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def served(demo, tmp_path_factory):
    """Run `jobtide serve` on what the sample boards gave; yields its address."""
    with jobtide_serve(demo.database) as address:
        yield address


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Start the one Chromium; yields what opens pages in it, and its debugging port."""
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


def _served(folder, publish):
    """Publish into a folder under the address it is then served from."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    made = publish(folder, f"http://127.0.0.1:{port}/")
    with serve(made.root, port):
        yield made
