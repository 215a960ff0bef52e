DROP TRIGGER work_logs_stay ON work_logs;
DROP FUNCTION work_logs_stay;
DROP TRIGGER work_logs_in_open_weeks_update ON work_logs;
DROP TRIGGER work_logs_in_open_weeks_insert ON work_logs;
DROP FUNCTION check_work_log;
DROP TRIGGER timesheets_moves ON timesheets;
DROP FUNCTION check_timesheet;
