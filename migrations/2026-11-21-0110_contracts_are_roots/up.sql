-- A contract is a root as a project is: its row is the lock for what hangs on it (milestones, weeks, invoices), and keeps
-- the end of its own stream of events. All by default, so that the award writes what it wrote before.
ALTER TABLE contracts
    ADD COLUMN event_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN chain_head  bytea NOT NULL DEFAULT '',
    -- mixed into the hashes of this contract's texts in its events, so that an erased text cannot be guessed back
    ADD COLUMN salt        bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()),
    ADD COLUMN updated_at  timestamptz NOT NULL DEFAULT clock_timestamp();
-- Room on each page, so that totals and the history's head move without touching the indexes (HOT).
ALTER TABLE contracts SET (fillfactor = 85);

ALTER DOMAIN event_stream_kind DROP CONSTRAINT events_stream_kind;
ALTER DOMAIN event_stream_kind
    ADD CONSTRAINT events_stream_kind CHECK (VALUE IN ('PROJECT', 'ORGANISATION', 'PERSON', 'CONTRACT'));
