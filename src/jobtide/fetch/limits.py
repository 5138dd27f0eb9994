"""
How much we read: bounds on headers, on the body as sent, and on the body decoded.

A body is taken in encoded first, at most `max_bytes`, then decoded in small pieces that are
counted before the next one is made: a bomb is stopped at the bound, whatever it claims to be.
aiohttp's own decoding is off.
"""

import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import brotli
import zstandard

from jobtide.errors import PayloadError, SourceError, Unreachable
from jobtide.fetch.outcome import Failure

#: What we say in Accept-Encoding, and all that `decode` knows.
CODINGS = "gzip, deflate, br, zstd"

#: All header lines of one answer together. Most servers refuse to send more than 8 to 16 KiB.
MAX_HEADER_BYTES = 64 * 2**10

#: Decoded bytes for one encoded byte. Lists of postings shrink 4 to 20 times; a bomb 1,000 times
#: (gzip, at most 1,032) to 600,000 times (brotli).
MAX_RATIO = 100

#: Below this many decoded bytes the ratio is not asked: a small page of blanks is no bomb.
RATIO_FLOOR = 2**20

#: Largest window of zstd: what RFC 9659 lets a server use for the web.
ZSTD_WINDOW = 8 * 2**20

#: Parts (gzip members, zstd frames) one body may be made of; a server sends one.
MAX_PARTS = 16

#: Blocks of one zstd frame: a block holds up to 128 KiB, so even 1 KiB blocks fill 10 MiB first.
MAX_BLOCKS = 20_000

_PIECE = 64 * 2**10


class _DamagedError(Exception):
    """The encoded bytes are not what their coding says."""


def check_headers(raw_headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Raise Failure when the header lines together are longer than MAX_HEADER_BYTES."""
    size = sum(len(name) + len(value) + 4 for name, value in raw_headers)
    if size > MAX_HEADER_BYTES:
        what = f"{size} bytes of headers, {MAX_HEADER_BYTES} are enough; tell the site"
        raise Failure(Unreachable, "headers_too_large", what)


def coding_of(values: Iterable[str]) -> str | None:
    """Return the one content coding those Content-Encoding headers name, None for plain.

    Raises Failure for more than one: chains of codings are how a bound on decoding was got
    around elsewhere (CVE-2025-66418), and no server needs them.
    """
    named = [word.strip().lower() for value in values for word in value.split(",")]
    named = [word for word in named if word not in ("", "identity")]
    if len(named) > 1:
        what = f"{len(named)} codings one in another ({', '.join(named[:3])}); tell the site"
        raise Failure(PayloadError, "chained_codings", what)
    return named[0].removeprefix("x-") if named else None


async def collect(chunks: AsyncIterator[bytes], max_bytes: int) -> bytes:
    """Return the body as sent; raise Failure as soon as it is longer than `max_bytes`."""
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise too_large(max_bytes)
        parts.append(chunk)
    return b"".join(parts)


async def beginning(chunks: AsyncIterator[bytes], first_bytes: int) -> bytes:
    """Return the first bytes of a body, and take in no more than them."""
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size >= first_bytes:
            break
    return b"".join(parts)[:first_bytes]


def too_large(max_bytes: int) -> Failure:
    """Return the failure of a body over the bound."""
    what = f"more than {max_bytes} bytes; ask for smaller pages, or raise max_bytes"
    return Failure(Unreachable, "body_too_large", what)


def decode(body: bytes, coding: str | None, max_bytes: int) -> bytes:
    """Return `body` decoded of gzip, deflate, br or zstd.

    Raises Failure when it becomes longer than `max_bytes`, or MAX_RATIO times longer than it was
    and over RATIO_FLOOR; when it is damaged or ends too early; when the coding is another one.
    """
    if coding is None or not body:
        return body
    if coding not in _DECODERS:
        raise _failure(PayloadError, "unknown_coding", f"coding {coding[:40]!r}; tell the site")
    bound = min(max_bytes, max(RATIO_FLOOR, MAX_RATIO * len(body)))
    parts: list[bytes] = []
    size = 0
    try:
        for piece in _DECODERS[coding](body):
            size += len(piece)
            if size > bound:
                what = f"{len(body)} bytes of {coding} became more than {bound}; tell the site"
                raise _failure(Unreachable, "decompression_limit", what)
            parts.append(piece)
    except (_DamagedError, zlib.error, brotli.error, zstandard.ZstdError) as error:
        what = f"{len(body)} bytes are no whole {coding} body ({error}); the next run tries again"
        raise Failure(Unreachable, "damaged_body", what, retry=True) from error
    return b"".join(parts)


def _failure(kind: type[SourceError], code: str, what: str) -> Failure:
    return Failure(kind, code, what)


def _inflate(body: bytes, wbits: int) -> Iterator[bytes]:
    """Yield zlib's pieces of one member after another, none longer than _PIECE."""
    for _ in range(MAX_PARTS):
        machine = zlib.decompressobj(wbits)
        rest = body
        while not machine.eof:
            piece = machine.decompress(rest, _PIECE)
            rest = machine.unconsumed_tail
            if not piece and not rest and not machine.eof:
                raise _DamagedError("it breaks off")
            yield piece
        body = machine.unused_data
        # Only gzip may go on with another member; what else follows is padding.
        if not body.startswith(b"\x1f\x8b") or wbits != _GZIP:
            return
    raise _DamagedError(f"more than {MAX_PARTS} parts")


_GZIP = 16 + zlib.MAX_WBITS


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflate(body, _GZIP)


def _deflate(body: bytes) -> Iterator[bytes]:
    """Yield pieces of "deflate": with zlib's two bytes in front (RFC 9110, 8.4.1.2) or bare."""
    with_header = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS)


def _brotli(body: bytes) -> Iterator[bytes]:
    """Yield brotli's pieces; needs brotli >= 1.2, the first that can bound them."""
    machine = brotli.Decompressor()
    piece = machine.process(body, output_buffer_limit=_PIECE)
    while piece or not machine.is_finished():
        if not piece and machine.can_accept_more_data():
            raise _DamagedError("it breaks off")
        yield piece
        piece = b"" if machine.is_finished() else machine.process(b"", output_buffer_limit=_PIECE)


def _zstd(body: bytes) -> Iterator[bytes]:
    """Yield zstd's pieces, frame by frame.

    The reader bounds its pieces but does not say that a frame broke off, so the walk over the
    blocks (RFC 8878, 3.1.1.2) finds where each frame ends before it is decoded.
    """
    for _ in range(MAX_PARTS):
        end = _zstd_frame_end(body)
        machine = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
        with machine.stream_reader(body[:end]) as reader:
            while piece := reader.read(_PIECE):
                yield piece
        body = body[end:]
        if not body:
            return
    raise _DamagedError(f"more than {MAX_PARTS} parts")


def _zstd_frame_end(body: bytes) -> int:
    """Return where the first frame of `body` ends; raise _DamagedError when it has no end."""
    at = zstandard.frame_header_size(body)
    has_checksum = zstandard.get_frame_parameters(body).has_checksum
    for _ in range(MAX_BLOCKS):
        header = int.from_bytes(body[at : at + 3], "little")
        last, kind, size = bool(header & 1), header >> 1 & 3, header >> 3
        at += 3 + (1 if kind == 1 else size)
        if at > len(body):
            raise _DamagedError("it breaks off")
        if last:
            break
    else:
        raise _DamagedError(f"more than {MAX_BLOCKS} blocks")
    at += 4 if has_checksum else 0
    if at > len(body):
        raise _DamagedError("it breaks off")
    return at


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
