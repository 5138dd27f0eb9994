"""How much of a body is decoded, and which bodies are taken at all."""

import asyncio
import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError, Unreachable
from jobtide.fetch import limits
from jobtide.fetch.outcome import Failure

MANY = 10 * 2**20


def raw_deflate(data):
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


def streamed_zstd(data):
    machine = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    return machine.compress(data) + machine.flush()


PACKERS = {
    "gzip": ("gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "bare": ("deflate", raw_deflate),
    "br": ("br", lambda data: brotli.compress(data, quality=3)),
    "zstd": ("zstd", zstandard.compress),
    "zstd streamed": ("zstd", streamed_zstd),
}


@pytest.mark.parametrize("packer", PACKERS)
@given(data=st.binary(max_size=3000))
def test_what_was_packed_comes_back(packer, data):
    """Every coding we offer gives back what was put in."""
    coding, pack = PACKERS[packer]
    assert limits.decode(pack(data), coding, MANY) == data


@pytest.mark.parametrize("packer", PACKERS)
def test_a_large_body_comes_back(packer):
    """A body of several megabytes is decoded whole, in many pieces."""
    coding, pack = PACKERS[packer]
    data = b"".join(b"%d," % (n * 7919) for n in range(300_000))
    assert limits.decode(pack(data), coding, MANY) == data


@pytest.mark.parametrize("packer", PACKERS)
@given(data=st.binary(min_size=1, max_size=400), where=st.floats(0, 0.999))
def test_a_body_that_breaks_off_is_never_taken_for_a_whole_one(packer, data, where):
    """Cut anywhere, a body is an error that may pass, not a shorter list."""
    coding, pack = PACKERS[packer]
    packed = pack(data)
    cut = packed[: max(1, int(len(packed) * where))]
    with pytest.raises(Failure) as caught:
        limits.decode(cut, coding, MANY)
    assert caught.value.kind is Unreachable
    assert caught.value.retry


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_are_decoded_or_refused(coding, data):
    """No bytes crash a decoder with anything but a Failure, and the bound holds."""
    code, body = None, b""
    try:
        body = limits.decode(data, coding, 5000)
    except Failure as failure:
        code = failure.code
    assert code in (None, "damaged_body", "decompression_limit")
    assert len(body) <= 5000


@pytest.mark.parametrize("packer", PACKERS)
def test_a_body_over_the_bound_is_refused(packer):
    """One byte more than the bound is too much; exactly the bound is not."""
    coding, pack = PACKERS[packer]
    data = bytes(range(256)) * 400
    assert limits.decode(pack(data), coding, len(data)) == data
    with pytest.raises(Failure, match=r"^decompression_limit"):
        limits.decode(pack(data), coding, len(data) - 1)


def test_a_ratio_over_a_hundred_is_refused_above_the_floor():
    """2 MiB of zeros is a bomb; half a MiB of zeros is a small page."""
    assert len(limits.decode(gzip.compress(bytes(2**19)), "gzip", MANY)) == 2**19
    with pytest.raises(Failure, match=r"^decompression_limit"):
        limits.decode(gzip.compress(bytes(2**21)), "gzip", MANY)


def test_a_few_members_are_one_body_and_many_are_not():
    """Gzip members and zstd frames follow each other, up to a bound."""
    for coding, part in (("gzip", gzip.compress(b"ab")), ("zstd", zstandard.compress(b"ab"))):
        assert limits.decode(part * 3, coding, MANY) == b"ababab"
        with pytest.raises(Failure, match=r"^damaged_body"):
            limits.decode(part * (limits.MAX_PARTS + 1), coding, MANY)


def test_a_wide_zstd_window_is_refused():
    """A window over 8 MiB would cost more memory than the body may have."""
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    machine = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    with pytest.raises(Failure, match=r"^damaged_body"):
        limits.decode(machine.compress(b"x" * 100) + machine.flush(), "zstd", MANY)


def test_endless_small_zstd_blocks_are_refused():
    """Empty blocks by the hundred thousand cost time, not memory; they are refused too."""
    header = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    frame = header.compress(b"x") + header.flush()
    start = frame[: zstandard.frame_header_size(frame)]
    with pytest.raises(Failure, match="blocks"):
        limits.decode(start + bytes(3) * 300_000, "zstd", MANY)


@pytest.mark.parametrize(
    ("values", "coding"),
    [
        ([], None),
        ([""], None),
        (["identity"], None),
        (["gzip"], "gzip"),
        ([" GZIP "], "gzip"),
        (["x-gzip"], "gzip"),
        (["identity, br"], "br"),
    ],
)
def test_one_coding_is_read(values, coding):
    """The header is read as RFC 9110 writes it."""
    assert limits.coding_of(values) == coding


@pytest.mark.parametrize("values", [["gzip, gzip"], ["gzip", "br"], ["gzip," * 1000]])
def test_chained_codings_are_refused(values):
    """More than one coding is refused unread."""
    with pytest.raises(Failure, match=r"^chained_codings") as caught:
        limits.coding_of(values)
    assert caught.value.kind is PayloadError


def test_an_unknown_coding_is_refused():
    """What we did not offer we cannot read."""
    with pytest.raises(Failure, match=r"^unknown_coding"):
        limits.decode(b"x", "compress", MANY)


def test_an_empty_body_needs_no_decoding():
    """Some servers name a coding and send nothing."""
    assert limits.decode(b"", "gzip", MANY) == b""


def test_collecting_stops_at_the_bound():
    """The chunk that goes over the bound is the last one asked for."""
    given_out = []

    async def chunks():
        for _ in range(100):
            given_out.append(10)
            yield b"x" * 10

    assert len(asyncio.run(limits.collect(chunks(), 1000))) == 1000
    given_out.clear()
    with pytest.raises(Failure, match=r"^body_too_large"):
        asyncio.run(limits.collect(chunks(), 55))
    assert len(given_out) == 6


def test_headers_are_bounded_together():
    """64 KiB of headers pass, one byte more does not."""
    line = (b"n", b"v" * (1024 - 5))
    limits.check_headers([line] * 64)
    with pytest.raises(Failure, match=r"^headers_too_large"):
        limits.check_headers([*[line] * 64, (b"", b"")])
