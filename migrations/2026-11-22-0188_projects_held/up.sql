-- Projects that the house holds: they take no proposals, are not changed, published or opened again, and nobody wins them until an
-- admin releases them. In the row itself, so that everybody who locks it to decide reads it there.
ALTER TABLE projects
    ADD COLUMN held_at  timestamptz,
    -- why, in the words of the admin who did it; both sides read them
    ADD COLUMN held_for house_reason,
    ADD CONSTRAINT projects_held_with_reason CHECK ((held_at IS NULL) = (held_for IS NULL));
CREATE INDEX projects_held ON projects (id) WHERE held_at IS NOT NULL;

-- What a hold keeps from being written, whoever writes it. Calling the project off stays, and so does the work of its contract. AFTER,
-- for the reason given with the legal moves.
CREATE FUNCTION projects_held_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> OLD.version OR NEW.status <> OLD.status AND NEW.status IN ('OPEN', 'ASSIGNED') THEN
        RAISE EXCEPTION 'project % is held by the house', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_held_stay';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER projects_held_stay AFTER UPDATE OF status, version ON projects FOR EACH ROW
    WHEN (OLD.held_at IS NOT NULL AND NEW.held_at IS NOT NULL) EXECUTE FUNCTION projects_held_stay();

-- Only what still can be given to somebody is held, and only once: whoever comes second is told of the first.
CREATE FUNCTION projects_hold_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.held_at IS NOT NULL AND NEW.held_at IS DISTINCT FROM OLD.held_at THEN
        RAISE EXCEPTION 'project % is held already', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_held_once';
    END IF;
    IF OLD.held_at IS NULL AND NEW.status NOT IN ('DRAFT', 'OPEN') THEN
        RAISE EXCEPTION 'project % is not held any more: it is %', NEW.id, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_held_while_undecided';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER projects_hold_moves AFTER UPDATE OF held_at ON projects FOR EACH ROW
    WHEN (NEW.held_at IS NOT NULL) EXECUTE FUNCTION projects_hold_moves();

-- And no new proposal comes, and none is revised, read under the lock that the function takes anyway. A decline that is undone is no
-- change of the proposal: its version stays.
CREATE OR REPLACE FUNCTION proposals_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT status, held_at, bids_opened_at, reopened_at INTO project FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF project.status IS DISTINCT FROM 'OPEN' THEN
        RAISE EXCEPTION 'project % takes no proposals: it is %', NEW.project_id, project.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_only_while_open';
    END IF;
    IF project.bids_opened_at IS NOT NULL AND coalesce(project.reopened_at < project.bids_opened_at, true)
        AND (TG_OP = 'INSERT' OR NEW.version <> OLD.version) THEN
        RAISE EXCEPTION 'project % takes no proposals: its bids were opened at %', NEW.project_id, project.bids_opened_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_none_after_opening';
    END IF;
    IF project.held_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.status = 'WITHDRAWN' OR NEW.version <> OLD.version) THEN
        RAISE EXCEPTION 'project % takes no proposals: the house holds it', NEW.project_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_not_while_held';
    END IF;
    RETURN NEW;
END $$;
