DROP TRIGGER jobs_beat ON jobs;
DROP FUNCTION jobs_beat();
DROP TRIGGER jobs_moves ON jobs;
DROP FUNCTION jobs_moves();
