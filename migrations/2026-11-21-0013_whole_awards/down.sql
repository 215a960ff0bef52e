DROP TRIGGER proposals_whole_award_update ON proposals;
DROP TRIGGER proposals_whole_award_insert ON proposals;
DROP FUNCTION proposals_whole_award();
DROP TRIGGER projects_whole_award_update ON projects;
DROP TRIGGER projects_whole_award_insert ON projects;
DROP FUNCTION projects_whole_award();
DROP FUNCTION check_award(bigint);
