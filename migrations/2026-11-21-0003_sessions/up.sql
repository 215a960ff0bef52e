-- Sign-ins that hold. The cookie carries the key, this table only its hash: a stolen dump signs nobody in.
CREATE TABLE sessions (
    key_hash   bytea       PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    -- the person's session_epoch when they signed in
    epoch      integer     NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);
-- "sign out everywhere"
CREATE INDEX sessions_user ON sessions (user_id);
-- clearing out
CREATE INDEX sessions_expires ON sessions (expires_at);
