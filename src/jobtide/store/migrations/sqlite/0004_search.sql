-- What search needs; all of it is made from the postings, and made anew when it is of other rules
-- (jobtide.store.sqlite.search). Nothing here is content.

-- Which rules made it, and how far building has come: one row.
CREATE TABLE search_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rules TEXT NOT NULL,
    built_to TEXT,                      -- openings up to this id are in; NULL: all are
    rev INTEGER NOT NULL                -- rises with every change of search_bits
) STRICT;
INSERT INTO search_state VALUES (1, '', '', 0);

-- One row an opening. docid rises with the date (place.py), so the newest need no sorting.
CREATE TABLE search_doc (
    docid INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL,              -- its bit in search_bits
    opening TEXT NOT NULL,
    posted INTEGER NOT NULL,            -- seconds since 1970
    shift INTEGER NOT NULL,             -- docids that were taken before it found one
    first_seen INTEGER NOT NULL,        -- microseconds since 1970
    pay INTEGER NOT NULL,               -- best comparable yearly pay, US cents; 0: none
    pay_least INTEGER NOT NULL,         -- the least of several
    pays TEXT                           -- JSON: [[currency, a year], ...]; NULL: none
) STRICT;
CREATE UNIQUE INDEX search_doc_opening ON search_doc (opening);
CREATE UNIQUE INDEX search_doc_slot ON search_doc (slot);
CREATE INDEX search_doc_shift ON search_doc (shift) WHERE shift > 0;

-- What is in the index of words and in the bits, to take it out again.
CREATE TABLE search_kept (
    slot INTEGER PRIMARY KEY,
    vals BLOB NOT NULL,                 -- ids of search_value, four bytes each
    words BLOB NOT NULL                 -- zstd of the five columns, a line each
) STRICT;

-- The index of words: no copy of the text, words as jobtide.query.words cuts them.
CREATE VIRTUAL TABLE search_words USING fts5 (
    title, company, more, body, facets,
    content = '', columnsize = 0, tokenize = "ascii tokenchars '+#.%=-_~'"
);

-- The values that are counted, and for each 8,192 slots which of them have it (bits.py).
CREATE TABLE search_value (
    id INTEGER PRIMARY KEY,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (field, value)
) STRICT;
CREATE TABLE search_bits (
    chunk INTEGER NOT NULL,
    value_id INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (chunk, value_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_chunk (
    chunk INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL
) STRICT;
