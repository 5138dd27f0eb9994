-- The values of an opening beside its date, where one that is common is looked up for a few hits
-- instead of walking its long list; and how common each is, to know which are. The index is made
-- anew after this (jobtide.store.sqlite.search.building).

DROP TABLE search_kept;
CREATE TABLE search_kept (
    slot INTEGER PRIMARY KEY,
    words BLOB NOT NULL                 -- zstd of the five columns, a line each
) STRICT;
DELETE FROM search_doc;
ALTER TABLE search_doc ADD COLUMN vals BLOB NOT NULL DEFAULT x'';  -- see bits.coded
ALTER TABLE search_value ADD COLUMN n INTEGER NOT NULL DEFAULT 0;  -- openings that have it
UPDATE search_state SET rules = '', built_to = '';
