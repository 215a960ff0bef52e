DROP TABLE job_events;
DROP FUNCTION job_events_stay();
