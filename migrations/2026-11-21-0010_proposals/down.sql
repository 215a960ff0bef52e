ALTER TABLE projects DROP CONSTRAINT projects_accepted_is_own_proposal;
DROP TABLE proposals;
