DROP TABLE recovery_codes;
DROP FUNCTION recovery_codes_used_once();
