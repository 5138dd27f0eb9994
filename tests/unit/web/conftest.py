"""A service on the sample boards, read once for all tests of the web page."""

import pytest
from litestar.testing import TestClient

from jobtide.cli.demonstration import demonstrate
from jobtide.config import Config
from jobtide.store import open_store
from jobtide.web import WebSettings, application
from tests.unit.openings import NOW

HOSTS = ("testserver.local", "127.0.0.1", "localhost")


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Return the database of the demonstration."""
    folder = tmp_path_factory.mktemp("web")
    demonstrate(folder, quiet=True)
    return folder / "jobtide.db"


@pytest.fixture(scope="session")
def store(sample):
    """Return the open store of the demonstration."""
    with open_store(str(sample)) as found:
        yield found


@pytest.fixture
def client_of(store):
    """Return a function that makes a client of the service with further settings."""
    clients = []

    def make(held=store, config=None, **settings):
        settings = {"hosts": HOSTS, "rate_per_minute": 0} | settings
        app = application(held, config or Config(), WebSettings(**settings), lambda: _now(held))
        client = TestClient(app)
        clients.append(client)
        return client.__enter__()

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(client_of):
    """Return a client of the service."""
    return client_of()


def _now(store):
    """Return the moment of the last reading: the sample boards are dated by the real clock."""
    return max((one.read_at for one in store.health() if one.read_at), default=NOW)
