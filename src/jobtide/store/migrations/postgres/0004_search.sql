-- What search needs; all of it is made from the postings, and made anew when it is of other rules
-- (jobtide.store.postgres.search). Nothing here is content.

-- Which rules made it: one row.
CREATE TABLE search_state (
    id bigint PRIMARY KEY CHECK (id = 1),
    rules text NOT NULL
);
INSERT INTO search_state VALUES (1, '');

-- One row an opening.
CREATE TABLE search_doc (
    opening text COLLATE "C" PRIMARY KEY,
    posted bigint NOT NULL,             -- seconds since 1970
    tie bigint NOT NULL,                -- orders those of one second
    first_seen bigint NOT NULL,         -- microseconds since 1970
    pay bigint NOT NULL,                -- best comparable yearly pay, US cents; 0: none
    currencies text[] NOT NULL,         -- of every pay that compares, and beside it
    amounts float8[] NOT NULL,          -- what it is a year
    vals text[] NOT NULL,               -- "field=value", for counting
    title text NOT NULL,
    company text NOT NULL,
    words tsvector NOT NULL             -- title A, company B, skills tags place C, text D; values
);
CREATE INDEX search_doc_words ON search_doc USING gin (words);
CREATE INDEX search_doc_newest ON search_doc (posted DESC, tie DESC, opening);
CREATE INDEX search_doc_pay ON search_doc (pay DESC, posted DESC, tie DESC, opening);

-- For people who look for a part of a name: only where the extension can be had.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX search_doc_company ON search_doc USING gin (company gin_trgm_ops);
    CREATE INDEX search_doc_title ON search_doc USING gin (title gin_trgm_ops);
EXCEPTION
    WHEN undefined_file OR feature_not_supported OR insufficient_privilege
        OR undefined_object OR invalid_schema_name THEN
        RAISE NOTICE 'pg_trgm is not available: no index for parts of names';
END $$;

-- Openings whose postings were written in this transaction; empty at its end.
CREATE TABLE search_touched (opening text COLLATE "C" PRIMARY KEY);

CREATE FUNCTION search_touch_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_touched SELECT DISTINCT coalesce(opening_id, id) FROM now
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION search_touch_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_touched SELECT DISTINCT coalesce(opening_id, id) FROM before
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- A posting that goes missing, or leaves its list, changes what is searched only beside others of
-- its opening (a repost is seen by when the earlier one left).
CREATE FUNCTION search_touch_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_touched
        SELECT DISTINCT name FROM before JOIN now USING (key),
            LATERAL (VALUES (coalesce(before.opening_id, before.id)),
                (coalesce(now.opening_id, now.id))) AS both_of (name)
        WHERE before.digest <> now.digest OR before.data <> now.data
            OR before.bumped <> now.bumped OR before.first_seen_at <> now.first_seen_at
            OR before.opening_id IS DISTINCT FROM now.opening_id
            OR (before.status IN ('open', 'missing')) <> (now.status IN ('open', 'missing'))
            OR (now.status NOT IN ('open', 'missing') AND before.status <> now.status)
            OR (now.opening_id IS NOT NULL
                AND before.last_seen_at IS DISTINCT FROM now.last_seen_at)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER search_new AFTER INSERT ON posting
    REFERENCING NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION search_touch_new();
CREATE TRIGGER search_gone AFTER DELETE ON posting
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION search_touch_gone();
CREATE TRIGGER search_changed AFTER UPDATE ON posting
    REFERENCING OLD TABLE AS before NEW TABLE AS now
    FOR EACH STATEMENT EXECUTE FUNCTION search_touch_changed();

CREATE FUNCTION search_touch_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_touched SELECT DISTINCT coalesce(opening_id, id)
        FROM now JOIN posting ON key = posting_key ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER search_body_new AFTER INSERT ON posting_body
    REFERENCING NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION search_touch_body();
CREATE TRIGGER search_body AFTER UPDATE ON posting_body
    REFERENCING NEW TABLE AS now FOR EACH STATEMENT EXECUTE FUNCTION search_touch_body();

CREATE FUNCTION search_touch_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_touched SELECT id FROM changed ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER search_opening_new AFTER INSERT ON opening
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_touch_opening();
CREATE TRIGGER search_opening AFTER UPDATE ON opening
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_touch_opening();
CREATE TRIGGER search_opening_gone AFTER DELETE ON opening
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_touch_opening();
