DROP TABLE sign_ins;
ALTER TABLE sessions DROP COLUMN id, DROP COLUMN agent, DROP COLUMN address, DROP COLUMN seen_at;
