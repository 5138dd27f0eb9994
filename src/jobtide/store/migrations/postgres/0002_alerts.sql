-- Who is told of what. None of it is content: a store rebuilt from its captures takes it over.

CREATE TABLE subscription (
    id text COLLATE "C" PRIMARY KEY,
    data text NOT NULL,                 -- JSON: what the person asked for, and the signing key
    position bigint NOT NULL,           -- event.id of the last change that was matched
    sent_at timestamptz,
    failures bigint NOT NULL DEFAULT 0,
    error text,
    failed_at timestamptz,
    retry_at timestamptz,
    paused text                         -- why nothing is sent
);

-- What is sent in one go, the same at each try.
CREATE TABLE alert_message (
    id text COLLATE "C" PRIMARY KEY,
    subscription_id text COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    data text NOT NULL,                 -- JSON
    tries bigint NOT NULL DEFAULT 0,
    sent_at timestamptz                 -- NULL: not yet known to have arrived
);
CREATE INDEX alert_message_due ON alert_message (subscription_id) WHERE sent_at IS NULL;

-- One row for each change of an opening that a subscription must be told of.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription_id text COLLATE "C" NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    opening_id text COLLATE "C" NOT NULL,
    change text COLLATE "C" NOT NULL,
    data text NOT NULL,                 -- JSON
    message_id text COLLATE "C" REFERENCES alert_message (id),  -- NULL: waits for the next digest
    UNIQUE (subscription_id, opening_id, change)
);
CREATE INDEX outbox_waiting ON outbox (subscription_id) WHERE message_id IS NULL;
CREATE INDEX outbox_message ON outbox (message_id) WHERE message_id IS NOT NULL;
