-- Moments are text, "2026-08-08T19:57:22.000000Z": UTC, always this long, so that text order is
-- time order. run and reading are the log; every other table changes only when something did.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    summary TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE board (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    token TEXT NOT NULL,
    UNIQUE (source, token)
) STRICT;

-- One try to read one board.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES run (id),
    board_id INTEGER NOT NULL REFERENCES board (id),
    read_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed', 'stale')),
    counted INTEGER NOT NULL,   -- 1: it says something about the board
    whole INTEGER NOT NULL,     -- 1: read to its end
    believed INTEGER NOT NULL,  -- 1: a whole board, no surprise: absence means something
    rolling INTEGER NOT NULL,   -- 1: a rolling window
    listed INTEGER NOT NULL,    -- records listed, readable or not
    note TEXT NOT NULL,         -- why a whole board is not believed: empty, shrink, unreadable
    counts TEXT NOT NULL,
    error TEXT,
    captured_by INTEGER         -- the reading that holds the same answers; NULL: none kept
) STRICT;
CREATE INDEX reading_board ON reading (board_id, id);
CREATE INDEX reading_counted ON reading (board_id, id) WHERE counted = 1;
CREATE INDEX reading_believed ON reading (board_id, id) WHERE believed = 1;
CREATE INDEX reading_captured ON reading (captured_by) WHERE captured_by IS NOT NULL;

CREATE TABLE posting (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,            -- source:board:identifier
    board_id INTEGER NOT NULL REFERENCES board (id),
    listed_as TEXT NOT NULL,            -- the identifier as the board writes it
    superseded INTEGER NOT NULL DEFAULT 0,  -- 1: the board gave its identifier to another job
    digest BLOB NOT NULL,               -- of the whole posting
    data TEXT NOT NULL,                 -- JSON, without description and text
    valid_through TEXT,
    opening_id TEXT,                    -- NULL: an opening of its own
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT,                  -- NULL: listed at its board's last counted reading
    status TEXT NOT NULL CHECK (status IN ('open', 'missing', 'closed', 'expired')),
    missing_since TEXT,
    closed_at TEXT,
    closed_reason TEXT,
    changed_at TEXT,
    bumped INTEGER NOT NULL DEFAULT 0,
    reopened TEXT NOT NULL DEFAULT '[]'  -- JSON: [{"at": ..., "was": ...}]
) STRICT;
CREATE UNIQUE INDEX posting_listed_as ON posting (board_id, listed_as) WHERE superseded = 0;
CREATE INDEX posting_going ON posting (board_id)
    WHERE status IN ('open', 'missing') OR last_seen_at IS NULL;
CREATE INDEX posting_opening ON posting (coalesce(opening_id, id));

CREATE TABLE posting_body (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    body BLOB NOT NULL                  -- zstd of JSON [description, text]
) STRICT;

-- A posting without its words (rows.py: Row), and with them.
CREATE VIEW posting_state AS
    SELECT key, board_id, id, listed_as, superseded, digest, valid_through, first_seen_at,
        last_seen_at, status, missing_since, closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting;
CREATE VIEW posting_whole AS
    SELECT coalesce(opening_id, id) AS opening, data, body, posting.key, board_id, id, listed_as,
        superseded, digest, valid_through, first_seen_at, last_seen_at, status, missing_since,
        closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting JOIN posting_body ON posting_key = key;

-- What happened, in the order it was stored.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    posting_key INTEGER NOT NULL REFERENCES posting (key) ON DELETE CASCADE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}'   -- JSON: fields, reason, was
) STRICT;
CREATE INDEX event_posting ON event (posting_key);
CREATE INDEX event_at ON event (at);

-- The posting as it was before the event changed it.
CREATE TABLE posting_version (
    event_id INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- Postings that are one job; one that stands alone has no row here.
CREATE TABLE opening (
    id TEXT PRIMARY KEY,
    canonical_id TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;

-- The rejects of each board's last readings.
CREATE TABLE reject (
    board_id INTEGER NOT NULL REFERENCES board (id),
    identifier TEXT,
    step TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;
CREATE INDEX reject_board ON reject (board_id);

-- Raw answers, each body once.
CREATE TABLE capture (
    digest BLOB PRIMARY KEY,
    body BLOB NOT NULL                  -- zstd
) STRICT;

CREATE TABLE capture_use (
    reading_id INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    request TEXT NOT NULL,              -- JSON: url, method, body, context; never the headers
    request_digest BLOB NOT NULL,
    url TEXT NOT NULL,
    digest BLOB NOT NULL REFERENCES capture (digest),
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    PRIMARY KEY (reading_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_use_digest ON capture_use (digest);
