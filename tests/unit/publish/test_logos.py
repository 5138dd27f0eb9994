"""Logos: a stranger's picture is drawn anew within limits, or there is none."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jobtide.publish import logos
from jobtide.publish.logos import LogoError, allowed, redrawn
from tests.unit.publish import builders as make


def picture(kind="PNG", size=(300, 150), colour="red", **more):
    """Return a picture as a server would send it."""
    body = BytesIO()
    Image.new("RGB", size, colour).save(body, kind, **more)
    return body.getvalue()


def bomb(side):
    """Return a PNG of few bytes that says it has `side` times `side` pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(
            ">I", zlib.crc32(name + data)
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square(kind):
    """Any allowed format gives a square WebP of 64 pixels under 4 kB, the same every time."""
    made = redrawn(picture(kind))
    with Image.open(BytesIO(made)) as logo:
        assert (logo.format, logo.size) == ("WEBP", (64, 64))
        red, corner = (logo.convert("RGB").getpixel(at) for at in ((32, 32), (32, 2)))

    assert red[0] > 200 > 60 > red[1]
    assert min(corner) > 240
    assert len(made) < 4096
    assert made == redrawn(picture(kind))


def test_nothing_of_the_file_is_kept():
    """Comments, and whatever stands behind the picture, are gone."""
    made = redrawn(picture("JPEG", comment=b"<script>alert(1)</script>") + b"<?php evil ?>")

    assert b"script" not in made
    assert b"php" not in made


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "no picture"),
        (b"<!doctype html><title>404</title>", "no picture"),
        (b"", "no picture"),
        (picture("BMP"), "no picture"),
        (picture("TIFF"), "no picture"),
        (picture("PNG")[:60], "broken"),
        (bomb(100_000), "pixels"),
        (bomb(5_000), "pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * logos.MAX_BYTES, "bytes"),
    ],
)
def test_what_is_no_logo_is_refused(body, why):
    """SVG, a page, an odd format, a broken file, a bomb and a photograph are refused, and why."""
    with pytest.raises(LogoError, match=why):
        redrawn(body)


@given(
    st.binary(max_size=300), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]), st.integers(0, 90)
)
def test_any_bytes_give_a_logo_or_an_error(noise, kind, at):
    """Nothing a server sends raises anything else."""
    whole = picture(kind, (9, 9))
    try:
        made = redrawn(whole[:at] + noise + whole[at + len(noise) :])
    except LogoError:
        return

    assert made[:4] == b"RIFF"


def test_boards_that_forbid_their_logos_are_obeyed():
    """Neither a posting of such a board nor a picture on its site gives a logo."""
    address = "https://cdn.example/logo.png"
    own = make.posting(source="greenhouse", hiring_organization="Larkspur", logo_url=address)
    cases = {
        "their posting": make.posting(source="remoteok", logo_url=address),
        "their picture": make.posting(source="greenhouse", logo_url="https://remoteok.com/a.png"),
        "no address": make.posting(source="greenhouse", logo_url="data:image/png;base64,AAAA"),
    }

    assert allowed([make.opening(own)]) == {"larkspur": address}
    for name, posting in cases.items():
        assert allowed([make.opening(posting)]) == {}, name


def test_the_same_posting_gives_the_logo_whatever_the_order():
    """Of several pictures of one company the choice stays."""
    two = [
        make.opening(
            make.posting(str(at), source="greenhouse", logo_url=f"https://a.example/{at}.png")
        )
        for at in (2, 1)
    ]

    assert allowed(two) == allowed(two[::-1]) == {"larkspur": "https://a.example/1.png"}


def test_files_of_two_companies_are_two():
    """Names of one slug have files of their own, below the folder."""
    paths = {logos.path(name) for name in ("c++", "c", "../../etc", "con", "")}

    assert len(paths) == 5
    assert all(path.startswith("logos/") and path.count("/") == 1 for path in paths)
