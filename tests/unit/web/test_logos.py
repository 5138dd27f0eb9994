"""Logos: only those we drew ourselves, from one folder."""

import pytest

from jobtide.config import Config, PublishConfig
from jobtide.publish.logos import path
from jobtide.text import fold
from jobtide.web.logos import Logos, folder_of

#: The smallest picture of its kind: one pixel.
WEBP = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")


@pytest.fixture
def config(tmp_path):
    """Return settings whose output folder holds one logo, and a secret beside it."""
    config = Config(publish=PublishConfig(out=str(tmp_path / "public")))
    file = folder_of(config).parent / path(fold("Halyard"))
    file.parent.mkdir(parents=True)
    file.write_bytes(WEBP)
    (file.parent / "list.json").write_text("{}")
    return config


def test_a_kept_logo_is_shown(client_of, config):
    """The card of its company has the picture, with no words, for the name stands beside it."""
    client = client_of(config=config)
    page = client.get("/companies/Halyard").text.replace("&#x2f;", "/")
    address = Logos(folder_of(config)).of("Halyard")

    assert f'<img class="logo" src="{address}" width="48" height="48" alt=""' in page
    answer = client.get(address)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.content == WEBP


def test_a_company_without_one_keeps_its_initial(client_of, config):
    """No picture is fetched from anywhere as the page is shown."""
    page = client_of(config=config).get("/companies/Cinderpath").text

    assert "<img" not in page
    assert '<span class="logo" aria-hidden="true">C</span>' in page


@pytest.mark.parametrize("name", ["list.json", "..%2flist.json", "none.webp", "%2e%2e%2fx.webp"])
def test_nothing_else_of_the_folder_is_served(client_of, config, name):
    """The folder's own list of pictures is all there is."""
    assert client_of(config=config).get(f"/logos/{name}").status_code == 404


def test_a_missing_folder_is_no_logo(tmp_path):
    """Who never fetched a logo has none, and nothing fails."""
    assert Logos(tmp_path / "none").of("Halyard") is None
