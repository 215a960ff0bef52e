-- Rules of one column stand in domains, for the reason given with the projects.
CREATE DOMAIN event_stream_kind AS text CONSTRAINT events_stream_kind CHECK (VALUE IN ('PROJECT', 'ORGANISATION', 'PERSON'));
CREATE DOMAIN event_seq AS bigint CONSTRAINT events_seq_positive CHECK (VALUE > 0);
CREATE DOMAIN event_facts AS jsonb CONSTRAINT events_facts_object CHECK (jsonb_typeof(VALUE) = 'object');
CREATE DOMAIN event_hash AS bytea CONSTRAINT events_hash_whole CHECK (length(VALUE) = 32);

-- What happened: one row a change, written in the change's own transaction, never changed again. Each row carries the
-- hash of the one before it in its stream; the stream is a root (a project, an organisation, a person) whose row is
-- locked and keeps the count and the last hash, so that a cut tail shows as well as a changed byte.
-- Rows hold ids, states, numbers and salted hashes of texts; never names or letters, so that a person can be erased.
CREATE TABLE events (
    stream_kind event_stream_kind NOT NULL,
    stream_id   bigint      NOT NULL,
    seq         event_seq   NOT NULL,
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
    facts       event_facts NOT NULL DEFAULT '{}',
    prev_hash   bytea       NOT NULL,
    hash        event_hash  NOT NULL,
    PRIMARY KEY (stream_kind, stream_id, seq)
);
