"""Changes brought to a search cluster; its stand-in speaks the Bulk API as documented."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.config import Config, FetchConfig
from jobtide.errors import Forbidden, PayloadError, Throttled
from jobtide.run import opensearch
from jobtide.run.indexing import bring_up_to_date, bulk_door
from jobtide.run.opensearch import Item, bodies, document_id, mapping, read_answer
from jobtide.store import OpeningRow, open_store
from tests.contract.test_store import DAY, START, at, made


class Cluster:
    """Documents by id with external versions, and what it was told to answer instead."""

    def __init__(self):
        self.documents, self.versions = {}, {}
        self.requests = []  # (path, headers, number of items)
        self.busy = {}  # id -> how often it is answered 429
        self.whole = []  # statuses of whole requests, the first first

    def answer(self, path, headers, body):
        """Return status, headers and body."""
        assert body.endswith(b"\n")
        lines = iter(body.decode().splitlines())
        items = []
        for line in lines:
            ((action, about),) = json.loads(line).items()
            document = json.loads(next(lines)) if action == "index" else None
            items.append({action: self._one(action, about, document)})
        self.requests.append((path, headers, len(items)))
        if self.whole:
            return self.whole.pop(0), b"{}"
        errors = any("error" in one for item in items for one in item.values())
        return 200, json.dumps({"took": 1, "errors": errors, "items": items}).encode()

    def _one(self, action, about, document):
        name, version = about["_id"], about["version"]
        assert about["version_type"] == "external"
        if self.whole:
            return {"_id": name, "status": 200}
        if self.busy.get(name, 0) > 0:
            self.busy[name] -= 1
            return {"_id": name, "status": 429, "error": {"type": "rejected", "reason": "full"}}
        if document and "poison" in document["title"]:
            return {"_id": name, "status": 400, "error": {"reason": "cannot be parsed"}}
        if version <= self.versions.get(name, -1):
            return {"_id": name, "status": 409, "error": {"reason": "version conflict"}}
        self.versions[name] = version
        if action == "delete":
            return {"_id": name, "status": 200 if self.documents.pop(name, None) else 404}
        self.documents[name] = document
        return {"_id": name, "status": 201}


@contextmanager
def served(cluster):
    """Serve a cluster on loopback; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = cluster.answer(self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def cluster():
    return Cluster()


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:{tmp_path / 'jobs.db'}", create=True) as opened:
        yield opened


@pytest.fixture
def send(cluster, store):
    """Return what brings the cluster up to date, without waiting."""
    config = Config(fetch=FetchConfig(allow_private_hosts=("127.0.0.1",), retries=1))
    with served(cluster) as url:
        door = bulk_door(config, url, "Basic abc", lambda: datetime.now(UTC), Random(1))
        yield lambda after=0: bring_up_to_date(store, door, "jobs", after, sleep=lambda _: None)


def test_what_is_in_the_store_is_in_the_cluster(store, cluster, send):
    """Open and closed ones, by the fields of the search language; the next pass sends nothing."""
    store.save_reading(at(0), [made(1, location_text="Porto"), made(2)])
    store.mark_gone("lever:acme:2", START + DAY)

    done = send()

    assert (done.written, done.stale, done.refused) == (2, 0, ())
    assert cluster.documents["lever:acme:1"]["location"] == "Porto"
    assert cluster.documents["lever:acme:1"]["source"] == ["lever"]
    assert cluster.documents["lever:acme:2"]["status"] == "closed"
    path, headers, _ = cluster.requests[0]
    assert path == "/_bulk"
    assert headers["Content-Type"] == "application/x-ndjson"
    assert headers["Authorization"] == "Basic abc"
    assert set(cluster.documents["lever:acme:1"]) <= set(mapping()["mappings"]["properties"])

    assert send(done.upto).upto == done.upto
    assert len(cluster.requests) == 1


def test_only_what_changed_is_sent_again(store, cluster, send):
    """From the number on where the last pass ended."""
    store.save_reading(at(0), [made(1), made(2), made(3)])
    first = send()
    store.save_reading(at(1), [made(1, title="Lead"), made(2), made(3)])

    assert send(first.upto).written == 1
    assert cluster.documents["lever:acme:1"]["title"] == "Lead"
    assert cluster.requests[-1][2] == 1


def test_a_pass_done_twice_changes_nothing(store, cluster, send):
    """The versions are those of the first time: every write is stale, none is an error."""
    store.save_reading(at(0), [made(1), made(2)])
    send()
    before = dict(cluster.documents)

    again = send()

    assert (again.written, again.stale) == (0, 2)
    assert cluster.documents == before


def test_an_older_write_that_comes_late_changes_nothing(store, cluster, send):
    """Two workers: what the slower one read before does not undo the quicker one's."""
    store.save_reading(at(0), [made(1)])
    slow = []
    bring_up_to_date(store, lambda body: slow.append(body) or answer_ok(body), "jobs")
    store.save_reading(at(1), [made(1, title="Lead")])
    send()

    cluster.answer("/_bulk", {}, slow[0])

    assert cluster.documents["lever:acme:1"]["title"] == "Lead"


def answer_ok(body):
    return json.dumps({"items": [{"index": {"status": 201}}] * (body.count(b"\n") // 2)}).encode()


def test_openings_that_were_merged_leave_one_document(store, cluster, send):
    """The id that was merged away is deleted when a change of its posting is told."""
    store.save_reading(at(0), [made(1)])
    first = send()
    store.save_reading(at(1), [made(1), made(2)])
    both = ("lever:acme:1", "lever:acme:2")
    send(first.upto)
    store.save_reading(at(2), [made(1), made(2, title="Engineer 1")])
    row = OpeningRow(id=both[0], canonical_id=both[0], posting_ids=both, reasons=("same",))
    store.save_openings([row])

    send(first.upto)

    assert set(cluster.documents) == {"lever:acme:1"}


def test_what_a_busy_cluster_refused_is_sent_again(store, cluster, send):
    """Only the items that were answered 429, until they are in."""
    store.save_reading(at(0), [made(1), made(2), made(3)])
    cluster.busy = {"lever:acme:2": 2}

    assert send().written == 3
    assert [number for _, _, number in cluster.requests] == [3, 1, 1]


def test_a_cluster_that_stays_busy_is_an_error(store, cluster, send):
    """The pass ends; the next one goes on after the old number, and nothing is lost."""
    store.save_reading(at(0), [made(1), made(2)])
    cluster.busy = {"lever:acme:2": 100}
    with pytest.raises(PayloadError, match="busy"):
        send()
    cluster.busy = {}

    assert (send().written, set(cluster.documents)) == (1, {"lever:acme:1", "lever:acme:2"})


def test_a_document_that_cannot_be_read_holds_nothing_up(store, cluster, send):
    """It is told by its id with the cluster's reason; the others are in."""
    store.save_reading(at(0), [made(1), made(2, title="poison"), made(3)])

    done = send()

    assert done.written == 2
    assert done.refused == (("lever:acme:2", "400: cannot be parsed"),)


def test_a_whole_request_is_tried_again(store, cluster, send):
    """429 for all: once more, then it is an error of the fetcher."""
    store.save_reading(at(0), [made(1)])
    cluster.whole = [429]
    assert send().written == 1
    cluster.whole = [429, 429]
    with pytest.raises(Throttled):
        send()


def test_an_answer_of_something_else_is_an_error(store, cluster, send):
    """A login page, or fewer items than were sent, is not taken for success."""
    store.save_reading(at(0), [made(1), made(2)])
    for answer in (b"<html>", b"{}", b'{"items": []}', b'{"items": [{}, {}]}', b"\xff"):
        with pytest.raises(PayloadError):
            bring_up_to_date(store, lambda _, said=answer: said, "jobs")


def test_a_private_cluster_must_be_allowed(store):
    """The guard of every request holds here too."""
    store.save_reading(at(0), [made(1)])
    door = bulk_door(Config(), "http://127.0.0.1:9", None, lambda: START, Random(1))

    with pytest.raises(Forbidden):
        bring_up_to_date(store, door, "jobs")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=20))
def test_bodies_hold_every_item_once_in_order(names):
    """However small the requests: each line is JSON, each action has its document."""
    items = [Item(id=name, version=1, document={"title": name}) for name in names]
    sent = []
    for batch, body in bodies(items, "jobs", most=200):
        lines = body.decode().split("\n")
        assert lines.pop() == ""
        assert len(batch) == 1 or len(body) <= 200
        assert [json.loads(line)["title"] for line in lines[1::2]] == [one.id for one in batch]
        sent += batch
    assert sent == items


@given(st.text())
def test_ids_are_as_short_as_the_cluster_takes(name):
    """At most 512 bytes, the same for the same opening, another one for another."""
    long = name * 600
    assert len(document_id(long).encode()) <= opensearch.MOST_ID
    assert document_id(long) == document_id(long)
    assert document_id(long + "x" * 600) != document_id(long + "y" * 600)


def test_a_deleted_document_that_was_not_there_is_fine():
    """404 of a delete is what was wanted; 404 of an index is not."""
    gone = Item(id="a", version=1, document=None)
    kept = Item(id="b", version=1, document={})
    body = b'{"items": [{"delete": {"status": 404}}, {"index": {"status": 404, "error": "no"}}]}'

    sent = read_answer([gone, kept], body)

    assert (sent.written, sent.refused) == (1, (("b", "404: no"),))
