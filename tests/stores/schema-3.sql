PRAGMA application_id = 1246708308;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE block_key (
    key INTEGER NOT NULL,
    posting_key INTEGER NOT NULL,
    PRIMARY KEY (key, posting_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE board (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    token TEXT NOT NULL,
    UNIQUE (source, token)
) STRICT;
INSERT INTO "board" VALUES(1,'lever','acme');
INSERT INTO "board" VALUES(2,'ashby','acme');
CREATE TABLE capture (
    digest BLOB PRIMARY KEY,
    body BLOB NOT NULL                  -- zstd
) STRICT;
INSERT INTO "capture" VALUES(X'C88D4DF74262143A08E9D190E3BD67F1',X'28B52FFD20031900006F6E65');
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
INSERT INTO "capture_use" VALUES(1,0,'{"url":"https://api.example/acme"}',X'24DC78B292CB07965511372CF3271A6B','https://api.example/acme',X'C88D4DF74262143A08E9D190E3BD67F1','2026-01-05T08:30:00.000000Z',200,NULL,NULL,NULL);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    posting_key INTEGER NOT NULL REFERENCES posting (key) ON DELETE CASCADE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}'   -- JSON: fields, reason, was
) STRICT;
INSERT INTO "event" VALUES(1,1,'2026-01-05T08:30:00.000000Z','new','{}');
INSERT INTO "event" VALUES(2,2,'2026-01-05T08:30:00.000000Z','new','{}');
INSERT INTO "event" VALUES(3,3,'2026-01-05T08:30:00.000000Z','new','{}');
INSERT INTO "event" VALUES(4,4,'2026-01-05T08:30:00.000000Z','new','{}');
INSERT INTO "event" VALUES(5,1,'2026-01-06T08:30:00.000000Z','changed','{"fields":{"title":["Engineer 0","Lead"]}}');
INSERT INTO "event" VALUES(6,4,'2026-01-06T08:30:00.000000Z','missing','{}');
INSERT INTO "event" VALUES(7,3,'2026-01-07T08:30:00.000000Z','missing','{}');
INSERT INTO "event" VALUES(8,4,'2026-01-07T08:30:00.000000Z','closed','{"reason":"absent"}');
INSERT INTO "event" VALUES(9,5,'2026-01-05T08:30:00.000000Z','new','{}');
CREATE TABLE link_check (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE TABLE merging (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rev INTEGER NOT NULL,               -- postings up to here
    rules TEXT NOT NULL,                -- with these rules
    decisions TEXT NOT NULL             -- JSON: and these decisions of people
) STRICT;
CREATE TABLE opening (
    id TEXT PRIMARY KEY,
    canonical_id TEXT NOT NULL,
    reasons TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;
INSERT INTO "opening" VALUES('lever:acme:0','ashby:acme:9','["same words"]');
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
, rev INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "posting" VALUES(1,'lever:acme:0',1,'0',0,X'BF9B052E859B69432DD06B1B762A897C','{"source":"lever","board":"acme","identifier":"0","url":"https://jobs.example/acme/0","title":"Lead","hiring_organization":"Acme","location_text":"Berlin"}',NULL,'lever:acme:0','2026-01-05T08:30:00.000000Z',NULL,'open',NULL,NULL,NULL,'2026-01-06T08:30:00.000000Z',0,'[]',2);
INSERT INTO "posting" VALUES(2,'lever:acme:1',1,'1',0,X'355272A5B71D41C876B5A20B3F5D0087','{"source":"lever","board":"acme","identifier":"1","url":"https://jobs.example/acme/1","title":"Engineer 1","hiring_organization":"Acme","location_text":"Berlin"}',NULL,NULL,'2026-01-05T08:30:00.000000Z',NULL,'open',NULL,NULL,NULL,NULL,0,'[]',1);
INSERT INTO "posting" VALUES(3,'lever:acme:2',1,'2',0,X'E7E1552B345B9A05777164E922B66230','{"source":"lever","board":"acme","identifier":"2","url":"https://jobs.example/acme/2","title":"Engineer 2","hiring_organization":"Acme","location_text":"Berlin"}',NULL,NULL,'2026-01-05T08:30:00.000000Z','2026-01-06T08:30:00.000000Z','missing','2026-01-07T08:30:00.000000Z',NULL,NULL,NULL,0,'[]',1);
INSERT INTO "posting" VALUES(4,'lever:acme:3',1,'3',0,X'529E785A3B2012BDC7F99CA17242F100','{"source":"lever","board":"acme","identifier":"3","url":"https://jobs.example/acme/3","title":"Engineer 3","hiring_organization":"Acme","location_text":"Berlin"}',NULL,NULL,'2026-01-05T08:30:00.000000Z','2026-01-05T08:30:00.000000Z','closed','2026-01-06T08:30:00.000000Z','2026-01-07T08:30:00.000000Z','absent',NULL,0,'[]',3);
INSERT INTO "posting" VALUES(5,'ashby:acme:9',2,'9',0,X'277718FCC2C0847C25A6677287F41AB1','{"source":"ashby","board":"acme","identifier":"9","url":"https://jobs.example/acme/9","title":"Engineer 9","hiring_organization":"Acme","location_text":"Berlin"}',NULL,'lever:acme:0','2026-01-05T08:30:00.000000Z',NULL,'open',NULL,NULL,NULL,NULL,0,'[]',4);
CREATE TABLE posting_body (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    body BLOB NOT NULL                  -- zstd of JSON [description, text]
) STRICT;
INSERT INTO "posting_body" VALUES(1,X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
INSERT INTO "posting_body" VALUES(2,X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
INSERT INTO "posting_body" VALUES(3,X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
INSERT INTO "posting_body" VALUES(4,X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
INSERT INTO "posting_body" VALUES(5,X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
CREATE TABLE posting_keys (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    keys BLOB NOT NULL
) STRICT;
CREATE TABLE posting_version (
    event_id INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
INSERT INTO "posting_version" VALUES(5,'{"source":"lever","board":"acme","identifier":"0","url":"https://jobs.example/acme/0","title":"Engineer 0","hiring_organization":"Acme","location_text":"Berlin"}',X'28B52FFD202E250100F05B223C703E4275696C6420746865207468696E672E3C2F703E222C22225D010028329D');
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
INSERT INTO "reading" VALUES(1,1,1,'2026-01-05T08:30:00.000000Z','ok',1,1,1,0,5,'','{"read":5,"kept":4,"rejected":1,"new":4,"rows_written":16}',NULL,1);
INSERT INTO "reading" VALUES(2,NULL,1,'2026-01-06T08:30:00.000000Z','ok',1,1,1,0,3,'','{"read":3,"kept":3,"changed":1,"seen":2,"missing":1,"rows_written":6}',NULL,1);
INSERT INTO "reading" VALUES(3,NULL,1,'2026-01-07T08:30:00.000000Z','ok',1,1,1,0,2,'','{"read":2,"kept":2,"seen":2,"missing":1,"closed":1,"rows_written":4}',NULL,1);
INSERT INTO "reading" VALUES(4,NULL,2,'2026-01-05T08:30:00.000000Z','ok',1,1,0,1,1,'','{"read":1,"kept":1,"new":1,"rows_written":4}',NULL,NULL);
CREATE TABLE reject (
    board_id INTEGER NOT NULL REFERENCES board (id),
    identifier TEXT,
    step TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    summary TEXT NOT NULL DEFAULT '{}'
) STRICT;
INSERT INTO "run" VALUES(1,'update','2026-01-05T08:30:00.000000Z','2026-01-05T08:30:00.000000Z','{"kept":4}');
CREATE INDEX reading_board ON reading (board_id, id);
CREATE INDEX reading_counted ON reading (board_id, id) WHERE counted = 1;
CREATE INDEX reading_believed ON reading (board_id, id) WHERE believed = 1;
CREATE INDEX reading_captured ON reading (captured_by) WHERE captured_by IS NOT NULL;
CREATE UNIQUE INDEX posting_listed_as ON posting (board_id, listed_as) WHERE superseded = 0;
CREATE INDEX posting_going ON posting (board_id)
    WHERE status IN ('open', 'missing') OR last_seen_at IS NULL;
CREATE INDEX posting_opening ON posting (coalesce(opening_id, id));
CREATE VIEW posting_state AS
    SELECT key, board_id, id, listed_as, superseded, digest, valid_through, first_seen_at,
        last_seen_at, status, missing_since, closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting;
CREATE VIEW posting_whole AS
    SELECT coalesce(opening_id, id) AS opening, data, body, posting.key, board_id, id, listed_as,
        superseded, digest, valid_through, first_seen_at, last_seen_at, status, missing_since,
        closed_at, closed_reason, changed_at, bumped, reopened
    FROM posting JOIN posting_body ON posting_key = key;
CREATE INDEX event_posting ON event (posting_key);
CREATE INDEX event_at ON event (at);
CREATE INDEX reject_board ON reject (board_id);
CREATE INDEX capture_use_digest ON capture_use (digest);
CREATE INDEX posting_rev ON posting (rev);
COMMIT;
