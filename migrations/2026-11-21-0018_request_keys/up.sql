-- Forms without a natural key carry one of their own, so that a double click or a resend makes one thing. The row is
-- the first write of its transaction; a rival waits on it. What is kept is the outcome, not an HTTP answer.
CREATE TABLE request_keys (
    user_id    bigint      NOT NULL REFERENCES users,
    key        text        NOT NULL CONSTRAINT request_keys_short CHECK (length(key) BETWEEN 8 AND 64),
    act        text        NOT NULL,
    -- SHA-256 of what was sent: the same key with other words is a mistake
    digest     bytea       NOT NULL,
    -- the id of what was made; null only inside the transaction that makes it
    made_id    bigint,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, key)
);
CREATE INDEX request_keys_created ON request_keys (created_at);
