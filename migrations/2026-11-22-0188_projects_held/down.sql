CREATE OR REPLACE FUNCTION proposals_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT status, bids_opened_at, reopened_at INTO project FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF project.status IS DISTINCT FROM 'OPEN' THEN
        RAISE EXCEPTION 'project % takes no proposals: it is %', NEW.project_id, project.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_only_while_open';
    END IF;
    IF project.bids_opened_at IS NOT NULL AND coalesce(project.reopened_at < project.bids_opened_at, true)
        AND (TG_OP = 'INSERT' OR NEW.version <> OLD.version) THEN
        RAISE EXCEPTION 'project % takes no proposals: its bids were opened at %', NEW.project_id, project.bids_opened_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_none_after_opening';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER projects_hold_moves ON projects;
DROP FUNCTION projects_hold_moves();
DROP TRIGGER projects_held_stay ON projects;
DROP FUNCTION projects_held_stay();
ALTER TABLE projects DROP COLUMN held_for, DROP COLUMN held_at;
