-- A job's row is written anew with each change of its state, and with it an entry in every index that knows the row: those
-- for a few rows know only those few.
ALTER TABLE jobs DROP CONSTRAINT jobs_one_retry;
CREATE UNIQUE INDEX jobs_one_retry ON jobs (retry_of) WHERE retry_of IS NOT NULL;
DROP INDEX jobs_by_status;
CREATE INDEX jobs_not_completed ON jobs (status, id) WHERE status IN ('FAILED', 'CANCELLED');
