ALTER DOMAIN event_stream_kind DROP CONSTRAINT events_stream_kind;
ALTER DOMAIN event_stream_kind ADD CONSTRAINT events_stream_kind CHECK (VALUE IN ('PROJECT', 'ORGANISATION', 'PERSON'));
ALTER TABLE contracts RESET (fillfactor);
ALTER TABLE contracts DROP COLUMN event_count, DROP COLUMN chain_head, DROP COLUMN salt, DROP COLUMN updated_at;
