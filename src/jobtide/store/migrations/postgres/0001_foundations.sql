-- The tables of store/migrations/sqlite, for PostgreSQL. Names and ids compare by their bytes
-- (COLLATE "C"), as in SQLite, so that both stores yield everything in the same order.
-- run and reading are the log; every other table changes only when something did.

CREATE TABLE run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    summary text NOT NULL DEFAULT '{}'
);

CREATE TABLE board (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    token text COLLATE "C" NOT NULL,
    UNIQUE (source, token)
);

-- One try to read one board.
CREATE TABLE reading (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint REFERENCES run (id),
    board_id bigint NOT NULL REFERENCES board (id),
    read_at timestamptz NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('ok', 'unchanged', 'failed', 'stale')),
    counted boolean NOT NULL,   -- it says something about the board
    whole boolean NOT NULL,     -- read to its end
    believed boolean NOT NULL,  -- a whole board, no surprise: absence means something
    rolling boolean NOT NULL,   -- a rolling window
    listed bigint NOT NULL,     -- records listed, readable or not
    note text NOT NULL,         -- why a whole board is not believed: empty, shrink, unreadable
    counts text NOT NULL,
    error text,
    captured_by bigint          -- the reading that holds the same answers; NULL: none kept
);
CREATE INDEX reading_board ON reading (board_id, id);
CREATE INDEX reading_counted ON reading (board_id, id) WHERE counted;
CREATE INDEX reading_believed ON reading (board_id, id) WHERE believed;
CREATE INDEX reading_captured ON reading (captured_by) WHERE captured_by IS NOT NULL;

CREATE TABLE posting (
    key bigint PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,         -- source:board:identifier
    board_id bigint NOT NULL REFERENCES board (id),
    listed_as text COLLATE "C" NOT NULL,         -- the identifier as the board writes it
    superseded boolean NOT NULL DEFAULT false,   -- the board gave its identifier to another job
    digest bytea NOT NULL,                       -- of the whole posting
    data text NOT NULL,                          -- JSON, without description and text
    valid_through timestamptz,
    opening_id text COLLATE "C",                 -- NULL: an opening of its own
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz,                    -- NULL: listed at its board's last counted reading
    status text NOT NULL CHECK (status IN ('open', 'missing', 'closed', 'expired')),
    missing_since timestamptz,
    closed_at timestamptz,
    closed_reason text,
    changed_at timestamptz,
    bumped bigint NOT NULL DEFAULT 0,
    reopened text NOT NULL DEFAULT '[]',         -- JSON: [{"at": ..., "was": ...}]
    rev bigint NOT NULL DEFAULT 0                -- rises with every write of words or history
);
CREATE UNIQUE INDEX posting_listed_as ON posting (board_id, listed_as) WHERE NOT superseded;
CREATE INDEX posting_named ON posting (board_id, listed_as);
CREATE INDEX posting_going ON posting (board_id)
    WHERE status IN ('open', 'missing') OR last_seen_at IS NULL;
CREATE INDEX posting_opening ON posting ((coalesce(opening_id, id)));
CREATE INDEX posting_rev ON posting (rev);

CREATE TABLE posting_body (
    posting_key bigint PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    body bytea NOT NULL                          -- zstd of JSON [description, text]
);
-- zstd is not made smaller by being compressed again.
ALTER TABLE posting_body ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE VIEW posting_state AS
    SELECT key, board_id, id, listed_as, superseded, digest, valid_through, first_seen_at,
        last_seen_at, status, missing_since, closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting;
CREATE VIEW posting_whole AS
    SELECT coalesce(opening_id, id) AS opening, data, body, posting.key, board_id, id, listed_as,
        superseded, digest, valid_through, first_seen_at, last_seen_at, status, missing_since,
        closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting JOIN posting_body ON posting_key = key;

-- What happened, in the order it was stored; one partition a month, made when it is needed, so
-- that old months can be detached and kept elsewhere.
CREATE TABLE event (
    id bigint NOT NULL,
    posting_key bigint NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL DEFAULT '{}',           -- JSON: fields, reason, was
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX event_posting ON event (posting_key);
CREATE INDEX event_at ON event (at);

-- The posting as it was before the event changed it.
CREATE TABLE posting_version (
    event_id bigint PRIMARY KEY,
    posting_key bigint NOT NULL REFERENCES posting (key) ON DELETE CASCADE,
    data text NOT NULL,
    body bytea NOT NULL
);
CREATE INDEX posting_version_posting ON posting_version (posting_key);
ALTER TABLE posting_version ALTER COLUMN body SET STORAGE EXTERNAL;

-- Postings that are one job; one that stands alone has no row here.
CREATE TABLE opening (
    id text COLLATE "C" PRIMARY KEY,
    canonical_id text COLLATE "C" NOT NULL,
    reasons text NOT NULL DEFAULT '[]'
);

-- The rejects of each board's last readings.
CREATE TABLE reject (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    board_id bigint NOT NULL REFERENCES board (id),
    identifier text COLLATE "C",
    step text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    detail text COLLATE "C" NOT NULL,
    since timestamptz NOT NULL
);
CREATE INDEX reject_board ON reject (board_id);

-- Raw answers, each body once.
CREATE TABLE capture (
    digest bytea PRIMARY KEY,
    body bytea NOT NULL                          -- zstd
);
ALTER TABLE capture ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE capture_use (
    reading_id bigint NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    request text NOT NULL,                       -- JSON: url, method, body, context; no headers
    request_digest bytea NOT NULL,
    url text NOT NULL,
    digest bytea NOT NULL REFERENCES capture (digest),
    fetched_at timestamptz NOT NULL,
    status bigint NOT NULL,
    content_type text,
    etag text,
    last_modified text,
    PRIMARY KEY (reading_id, position)
);
CREATE INDEX capture_use_digest ON capture_use (digest);

-- When the page of a posting was last asked whether the job is still there: part of the log.
CREATE TABLE link_check (
    posting_key bigint PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    outcome text NOT NULL
);

-- Postings under their blocking keys, as of merging.rev.
CREATE TABLE block_key (
    key bigint NOT NULL,
    posting_key bigint NOT NULL,
    PRIMARY KEY (key, posting_key)
);

-- The same by posting: eight bytes a key, so that old ones can be taken away.
CREATE TABLE posting_keys (
    posting_key bigint PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    keys bytea NOT NULL
);

-- What the openings were computed from: one row.
CREATE TABLE merging (
    id bigint PRIMARY KEY CHECK (id = 1),
    rev bigint NOT NULL,                         -- postings up to here
    rules text NOT NULL,                         -- with these rules
    decisions text NOT NULL                      -- JSON: and these decisions of people
);
