-- What proposals_only_while_open looks at under the project's lock, and one thing more: once sealed bids are opened, none
-- is sent or changed. A decline that is undone is no change of the bid: its version stays.
CREATE OR REPLACE FUNCTION proposals_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT status, bids_opened_at INTO project FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF project.status IS DISTINCT FROM 'OPEN' THEN
        RAISE EXCEPTION 'project % takes no proposals: it is %', NEW.project_id, project.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_only_while_open';
    END IF;
    IF project.bids_opened_at IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.version <> OLD.version) THEN
        RAISE EXCEPTION 'project % takes no proposals: its bids were opened at %', NEW.project_id, project.bids_opened_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_none_after_opening';
    END IF;
    RETURN NEW;
END $$;
-- A revision may leave the state alone, but never the version.
DROP TRIGGER proposals_only_while_open_update ON proposals;
CREATE TRIGGER proposals_only_while_open_update BEFORE UPDATE OF status, project_id, version ON proposals FOR EACH ROW
    WHEN (NEW.status = 'PENDING') EXECUTE FUNCTION proposals_only_while_open();
