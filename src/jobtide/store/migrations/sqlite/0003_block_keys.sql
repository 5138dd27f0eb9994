-- For finding duplicates from what changed (jobtide.dedupe.neighbourhood), not from everything.

-- Rises with every write of words or history: which postings are newer than the openings.
ALTER TABLE posting ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posting_rev ON posting (rev);

-- Postings under their blocking keys, as of merging.rev.
CREATE TABLE block_key (
    key INTEGER NOT NULL,
    posting_key INTEGER NOT NULL,
    PRIMARY KEY (key, posting_key)
) STRICT, WITHOUT ROWID;

-- The same by posting: eight bytes a key, so that old ones can be taken away.
CREATE TABLE posting_keys (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    keys BLOB NOT NULL
) STRICT;

-- What the openings were computed from: one row.
CREATE TABLE merging (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rev INTEGER NOT NULL,               -- postings up to here
    rules TEXT NOT NULL,                -- with these rules
    decisions TEXT NOT NULL             -- JSON: and these decisions of people
) STRICT;
