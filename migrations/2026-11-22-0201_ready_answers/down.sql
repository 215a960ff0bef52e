DROP TABLE ready_answers;
DROP FUNCTION ready_answers_version_rises();
