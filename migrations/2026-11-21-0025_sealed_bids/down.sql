DROP TRIGGER projects_sealed_deadline_only_later ON projects;
DROP TRIGGER projects_opening_update ON projects;
DROP TRIGGER projects_opening_insert ON projects;
DROP TRIGGER projects_sealed_is_settled ON projects;
DROP FUNCTION check_sealed_deadline();
DROP FUNCTION check_opening();
DROP FUNCTION refuse_change_of_seal();
ALTER TABLE projects DROP CONSTRAINT projects_opened_only_if_sealed;
