DROP FUNCTION record_refused_attempt(bigint, text, bigint, bigint, text, integer);
DROP TABLE refused_counts;
DROP TABLE refused_attempts;
