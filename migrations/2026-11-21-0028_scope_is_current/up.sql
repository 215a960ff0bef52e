-- A proposal comes to answer another version of its project's scope only while the project is open, and only the one that
-- is in force: judged under the project's lock, as proposals_only_while_open does.
CREATE FUNCTION proposals_scope_is_current() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT status, scope_version INTO project FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF project.status <> 'OPEN' OR NEW.scope_version <> project.scope_version THEN
        RAISE EXCEPTION 'proposal % cannot answer version %: project % is % and asks for version %',
            NEW.id, NEW.scope_version, NEW.project_id, project.status, project.scope_version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_scope_is_current';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposals_scope_is_current BEFORE UPDATE OF scope_version ON proposals FOR EACH ROW
    WHEN (OLD.scope_version <> NEW.scope_version) EXECUTE FUNCTION proposals_scope_is_current();
