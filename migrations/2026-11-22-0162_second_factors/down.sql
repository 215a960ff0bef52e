DROP TABLE second_factors;
DROP FUNCTION second_factors_step_rises();
