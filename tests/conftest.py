"""What every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared():
    """Return the folder of recorded payloads beside the project, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the recorded payloads (../shared) are not here")
    return SHARED
