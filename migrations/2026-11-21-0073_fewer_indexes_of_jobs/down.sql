DROP INDEX jobs_not_completed;
CREATE INDEX jobs_by_status ON jobs (status, id);
DROP INDEX jobs_one_retry;
ALTER TABLE jobs ADD CONSTRAINT jobs_one_retry UNIQUE (retry_of);
