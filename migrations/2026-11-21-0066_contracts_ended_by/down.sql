ALTER TABLE contracts DROP COLUMN ended_by;
DROP DOMAIN contract_ended_by;
