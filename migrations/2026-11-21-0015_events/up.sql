-- What happened: one row a change, written in the change's own transaction, never changed again. Each row carries the
-- hash of the one before it in its stream; the stream is a root (a project, an organisation, a person) whose row is
-- locked and keeps the count and the last hash, so that a cut tail shows as well as a changed byte.
-- Rows hold ids, states, numbers and salted hashes of texts; never names or letters, so that a person can be erased.
CREATE TABLE events (
    stream_kind text        NOT NULL CONSTRAINT events_stream_kind CHECK (stream_kind IN ('PROJECT', 'ORGANISATION', 'PERSON')),
    stream_id   bigint      NOT NULL,
    seq         bigint      NOT NULL CONSTRAINT events_seq_positive CHECK (seq > 0),
    at          timestamptz NOT NULL,
    -- who did it; null: the house itself
    actor_id    bigint      REFERENCES users,
    kind        text        NOT NULL,
    proposal_id bigint,
    -- whom it is about, where that is not the actor
    subject_id  bigint,
    from_state  text,
    to_state    text,
    -- ids, versions and salted hashes, by name
    facts       jsonb       NOT NULL DEFAULT '{}' CONSTRAINT events_facts_object CHECK (jsonb_typeof(facts) = 'object'),
    prev_hash   bytea       NOT NULL,
    hash        bytea       NOT NULL CONSTRAINT events_hash_whole CHECK (length(hash) = 32),
    PRIMARY KEY (stream_kind, stream_id, seq)
);
