-- Which boards are due, and who may ask which host: shared by all workers. Times are those of the
-- database's clock, the only one that all of them share. No content: made anew from the settings.

CREATE TABLE host (
    name text COLLATE "C" PRIMARY KEY,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),  -- not to be asked before
    lease_until timestamptz,            -- one worker may ask it until then; NULL: nobody does
    fence bigint NOT NULL DEFAULT 0,    -- rises with every lease: an older one is no longer valid
    holder text                         -- of the last lease, for people
);
CREATE INDEX host_next ON host (next_at);

CREATE TABLE due (
    source text COLLATE "C" NOT NULL,
    token text COLLATE "C" NOT NULL,
    host text COLLATE "C" NOT NULL REFERENCES host (name),
    due_at timestamptz NOT NULL,
    PRIMARY KEY (source, token)
);
CREATE INDEX due_host ON due (host, due_at);
