ALTER TABLE proposals DROP COLUMN decline_shared;
