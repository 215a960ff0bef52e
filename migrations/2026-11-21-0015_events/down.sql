DROP TABLE events;
DROP DOMAIN event_stream_kind, event_seq, event_facts, event_hash;
