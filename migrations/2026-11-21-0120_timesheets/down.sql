DROP TABLE timesheets;
DROP DOMAIN timesheet_state;
DROP EXTENSION btree_gist;
