"""
A server that misbehaves in one way a path, on raw sockets, in a thread of its own.

`with HostileServer() as server:` then ask `server.url("/endless")`. `server.seen` lists what was
asked, with the moment and the headers; `server.most_at_once` says how many requests of one host
were in flight together at worst. `Canary` counts connections that must never be made.
"""

import asyncio
import gzip
import socket
import struct
import threading
import time
import zlib
from functools import cache

import brotli
import zstandard

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BOMB_MIB = 256


class Seen:
    """One request as it arrived."""

    def __init__(self, method, path, headers, body, at):
        self.method, self.path, self.headers, self.body, self.at = method, path, headers, body, at


class HostileServer:
    """Answers by path: a method `do_<name>` for "/<name>", "-" written as "_"."""

    def __init__(self):
        self.seen = []
        self.most_at_once = {}
        self._at_once = {}
        self.canary_url = "http://127.0.0.1:9/"
        self.answers = {}  # path -> list of raw answers, the last one repeats

    def __enter__(self):
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(ready)), name="hostile", daemon=True
        )
        self._thread.start()
        ready.wait(5)
        return self

    def __exit__(self, *exc_info):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def count(self, path):
        return sum(1 for seen in self.seen if seen.path.split("?")[0] == path)

    async def _main(self, ready):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._tasks = set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**20)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(asyncio.current_task())
            writer.close()

    async def _one(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            if name:
                headers[name.lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.seen.append(Seen(method, path, headers, body, time.monotonic()))
        host = headers.get("host", "")
        self._at_once[host] = self._at_once.get(host, 0) + 1
        self.most_at_once[host] = max(self.most_at_once.get(host, 0), self._at_once[host])
        try:
            return await self._answer(path, headers, writer)
        finally:
            self._at_once[host] -= 1

    async def _answer(self, path, headers, writer):
        bare = path.split("?")[0]
        if bare in self.answers:
            queue = self.answers[bare]
            raw = queue.pop(0) if len(queue) > 1 else queue[0]
            writer.write(raw(headers) if callable(raw) else raw)
            await writer.drain()
            return True
        name = "do_" + bare.strip("/").split("/")[0].replace("-", "_")
        return await getattr(self, name, self.do_missing)(path, headers, writer)

    # ---- kinds -------------------------------------------------------------------------------

    async def do_missing(self, path, headers, writer):
        writer.write(answer(b"nothing", status="404 Not Found"))
        await writer.drain()
        return True

    async def do_good(self, path, headers, writer):
        writer.write(answer(b'{"jobs": []}'))
        await writer.drain()
        return True

    async def do_echo(self, path, headers, writer):
        text = "\n".join(f"{name}: {value}" for name, value in sorted(headers.items()))
        writer.write(answer(text.encode()))
        await writer.drain()
        return True

    async def do_slow_header(self, path, headers, writer):
        for letter in OK:
            writer.write(bytes([letter]))
            await writer.drain()
            await asyncio.sleep(0.2)

    async def do_never(self, path, headers, writer):
        await asyncio.sleep(60)

    async def do_slow_body(self, path, headers, writer):
        writer.write(OK + b"Content-Length: 1000\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.2)

    async def do_reset(self, path, headers, writer):
        writer.write(OK + b"Content-Length: 1000\r\n\r\n" + b"x" * 300)
        await writer.drain()
        await asyncio.sleep(0.05)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def do_reset_at_once(self, path, headers, writer):
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def do_truncated(self, path, headers, writer):
        writer.write(OK + b"Content-Length: 1000\r\n\r\n" + b"x" * 300)
        await writer.drain()

    async def do_truncated_chunks(self, path, headers, writer):
        writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        await writer.drain()

    async def do_truncated_gzip(self, path, headers, writer):
        writer.write(answer(gzip.compress(b"hello" * 1000)[:-12], coding="gzip"))
        await writer.drain()

    async def do_huge_length(self, path, headers, writer):
        writer.write(OK + f"Content-Length: {10 * 2**30}\r\n\r\n".encode())
        await self._endless(writer, b"x" * 65536)

    async def do_short_length(self, path, headers, writer):
        writer.write(OK + b"Content-Length: 5\r\n\r\nhello" + b"and more" * 1000)
        await writer.drain()

    async def do_negative_length(self, path, headers, writer):
        writer.write(OK + b"Content-Length: -5\r\n\r\nhello")
        await writer.drain()

    async def do_two_lengths(self, path, headers, writer):
        writer.write(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello!!")
        await writer.drain()

    async def do_endless(self, path, headers, writer):
        writer.write(OK + b"Connection: close\r\n\r\n")
        await self._endless(writer, b"x" * 65536)

    async def do_endless_chunks(self, path, headers, writer):
        writer.write(OK + b"Transfer-Encoding: chunked\r\n\r\n")
        await self._endless(writer, b"10000\r\n" + b"x" * 65536 + b"\r\n")

    async def _endless(self, writer, piece):
        while True:
            writer.write(piece)
            await writer.drain()

    async def do_huge_header(self, path, headers, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nX-Big: ")
        for _ in range(256):
            writer.write(b"x" * 65536)
            await writer.drain()

    async def do_many_headers(self, path, headers, writer):
        lines = b"".join(b"X-%d: %s\r\n" % (n, b"x" * 3000) for n in range(5000))
        writer.write(b"HTTP/1.1 200 OK\r\n" + lines + b"Content-Length: 2\r\n\r\n{}")
        await writer.drain()

    async def do_some_headers(self, path, headers, writer):
        lines = b"".join(b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(100))
        writer.write(b"HTTP/1.1 200 OK\r\n" + lines + b"Content-Length: 2\r\n\r\n{}")
        await writer.drain()

    async def do_not_http(self, path, headers, writer):
        writer.write(b"220 mail.example ESMTP ready\r\n" * 10)
        await writer.drain()

    async def do_continue_for_ever(self, path, headers, writer):
        while True:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()
            await asyncio.sleep(0.01)

    async def do_loop(self, path, headers, writer):
        step = int(path.rpartition("/")[2] or 0) if path.count("/") > 1 else 0
        writer.write(redirect(f"/loop/{step + 1}"))
        await writer.drain()
        return True

    async def do_to_canary(self, path, headers, writer):
        writer.write(redirect(self.canary_url))
        await writer.drain()
        return True

    async def do_bomb(self, path, headers, writer):
        coding = path.rpartition("/")[2]
        writer.write(answer(bomb(coding), coding=coding))
        await writer.drain()
        return True

    async def do_redirect_with_bomb(self, path, headers, writer):
        writer.write(redirect("/good", body=bomb("gzip"), coding="gzip"))
        await writer.drain()
        return True

    async def do_html(self, path, headers, writer):
        page = b"<!doctype html><title>Just a moment...</title>"
        writer.write(answer(page, content_type="text/html"))
        await writer.drain()
        return True


def answer(body, status="200 OK", coding=None, content_type="application/json", more=()):
    """Return the bytes of an honest answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", f"Content-Type: {content_type}"]
    if coding:
        lines.append(f"Content-Encoding: {coding}")
    lines.extend(more)
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location, status="302 Found", body=b"", coding=None):
    """Return the bytes of an answer that sends elsewhere."""
    return answer(body, status, coding, "text/html", more=[f"Location: {location}"])


@cache
def bomb(coding):
    """Return BOMB_MIB MiB of zeros, packed as small as the coding can."""
    zeros = bytes(2**20)
    if coding == "gzip":
        machine = zlib.compressobj(6, wbits=31)
        return b"".join([*(machine.compress(zeros) for _ in range(BOMB_MIB)), machine.flush()])
    if coding == "deflate":
        machine = zlib.compressobj(6)
        return b"".join([*(machine.compress(zeros) for _ in range(BOMB_MIB)), machine.flush()])
    if coding == "br":
        machine = brotli.Compressor(quality=5)
        parts = [machine.process(zeros) for _ in range(BOMB_MIB)]
        return b"".join([*parts, machine.finish()])
    machine = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join([*(machine.compress(zeros) for _ in range(BOMB_MIB)), machine.flush()])


class Canary:
    """A listener that must never be reached."""

    def __enter__(self):
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def _listen(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def __exit__(self, *exc_info):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
