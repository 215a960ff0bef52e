DROP TABLE proposal_marks;
DROP FUNCTION refuse_version;
