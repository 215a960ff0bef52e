DROP TRIGGER proposals_only_while_open_update ON proposals;
CREATE TRIGGER proposals_only_while_open_update BEFORE UPDATE OF status, project_id ON proposals FOR EACH ROW
    WHEN (NEW.status = 'PENDING') EXECUTE FUNCTION proposals_only_while_open();
CREATE OR REPLACE FUNCTION proposals_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF state IS DISTINCT FROM 'OPEN' THEN
        RAISE EXCEPTION 'project % takes no proposals: it is %', NEW.project_id, state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_only_while_open';
    END IF;
    RETURN NEW;
END $$;
