DROP TABLE threads;
DROP FUNCTION check_thread();
