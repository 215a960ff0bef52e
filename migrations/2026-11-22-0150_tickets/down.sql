ALTER DOMAIN event_stream_kind DROP CONSTRAINT events_stream_kind;
ALTER DOMAIN event_stream_kind
    ADD CONSTRAINT events_stream_kind CHECK (VALUE IN ('PROJECT', 'ORGANISATION', 'PERSON', 'CONTRACT'));
DROP INDEX users_admins;
DROP TABLE tickets;
DROP DOMAIN ticket_topic;
DROP DOMAIN ticket_status;
