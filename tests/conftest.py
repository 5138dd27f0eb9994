"""What every test may use."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tools.postgres_cluster import cluster, programs

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared():
    """Return the folder of recorded payloads beside the project, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the recorded payloads (../shared) are not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server():
    """Return the address of a PostgreSQL server of our own, or skip."""
    pytest.importorskip("psycopg", reason="pip install 'jobtide[postgres]'")
    if programs() is None:
        pytest.skip("no PostgreSQL server; on Debian: apt-get install postgresql")
    # Not below pytest's folder, which is closed to the user that the server runs as.
    with TemporaryDirectory(prefix="jobtide-postgres-") as folder:
        Path(folder).chmod(0o755)
        with cluster(Path(folder) / "cluster") as url:
            yield url


@pytest.fixture
def postgres_database(postgres_server):
    """Return what makes an empty database and returns its address; they go when the test ends."""
    import psycopg

    made = []
    with psycopg.connect(postgres_server, autocommit=True) as server:

        def make():
            name = f"t{next(_NUMBERS)}"
            server.execute(f'CREATE DATABASE "{name}"')
            made.append(name)
            return postgres_server.rsplit("/", 1)[0] + f"/{name}"

        yield make
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


_NUMBERS = count(1)
