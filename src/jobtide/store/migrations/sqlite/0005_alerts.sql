-- Who is told of what. None of it is content: a store rebuilt from its captures takes it over.

CREATE TABLE subscription (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,                 -- JSON: what the person asked for, and the signing key
    position INTEGER NOT NULL,          -- event.id of the last change that was matched
    sent_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    failed_at TEXT,
    retry_at TEXT,
    paused TEXT                         -- why nothing is sent
) STRICT, WITHOUT ROWID;

-- What is sent in one go, the same at each try.
CREATE TABLE alert_message (
    id TEXT PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    data TEXT NOT NULL,                 -- JSON
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at TEXT                        -- NULL: not yet known to have arrived
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_message_due ON alert_message (subscription_id) WHERE sent_at IS NULL;

-- One row for each change of an opening that a subscription must be told of.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    opening_id TEXT NOT NULL,
    change TEXT NOT NULL,
    data TEXT NOT NULL,                 -- JSON
    message_id TEXT REFERENCES alert_message (id),  -- NULL: waits for the next digest
    UNIQUE (subscription_id, opening_id, change)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (subscription_id) WHERE message_id IS NULL;
CREATE INDEX outbox_message ON outbox (message_id) WHERE message_id IS NOT NULL;
