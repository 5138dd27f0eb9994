-- When the page of a posting was last asked whether the job is still there: part of the log.
CREATE TABLE link_check (
    posting_key INTEGER PRIMARY KEY REFERENCES posting (key) ON DELETE CASCADE,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
