DROP TABLE abuse_reports;
DROP FUNCTION abuse_reports_settled_once();
