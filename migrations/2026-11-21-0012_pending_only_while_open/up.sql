-- A net below the program's own lock: a proposal becomes pending only while its project is open, judged under the
-- project's lock. Free for a caller who holds that lock already; raw SQL that takes locks in another order may deadlock.
CREATE FUNCTION proposals_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER proposals_only_while_open_insert BEFORE INSERT ON proposals FOR EACH ROW
    WHEN (NEW.status = 'PENDING') EXECUTE FUNCTION proposals_only_while_open();
CREATE TRIGGER proposals_only_while_open_update BEFORE UPDATE OF status, project_id ON proposals FOR EACH ROW
    WHEN (NEW.status = 'PENDING') EXECUTE FUNCTION proposals_only_while_open();
