DROP TABLE work_logs;
DROP DOMAIN work_log_origin;
