-- What the schema promises by itself of sealed bids: whether they are sealed is settled when the project is published,
-- they are opened once and never before the deadline, and that deadline only moves later once somebody has trusted it.
-- AFTER, not BEFORE: see projects_legal_moves. The columns are named, so that no other UPDATE looks at them.
ALTER TABLE projects ADD CONSTRAINT projects_opened_only_if_sealed CHECK (bids_opened_at IS NULL OR sealed AND published_at IS NOT NULL);

CREATE FUNCTION refuse_change_of_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'project % is % and cannot change whether its bids are sealed', OLD.id, OLD.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_sealed_is_settled';
END $$;
CREATE TRIGGER projects_sealed_is_settled AFTER UPDATE OF sealed ON projects FOR EACH ROW
    WHEN (OLD.sealed <> NEW.sealed AND OLD.status <> 'DRAFT')
    EXECUTE FUNCTION refuse_change_of_seal();

CREATE FUNCTION check_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.bids_opened_at IS NOT NULL THEN
        RAISE EXCEPTION 'the bids of project % were opened at %', NEW.id, OLD.bids_opened_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_bids_opened_once';
    END IF;
    -- neither too early by the clock, nor by a time that is made up
    IF NEW.status <> 'OPEN' OR NEW.bids_opened_at < NEW.deadline OR NEW.bids_opened_at > clock_timestamp() THEN
        RAISE EXCEPTION 'the bids of project % cannot be opened at % before its deadline %', NEW.id, NEW.bids_opened_at, NEW.deadline
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_bids_opened_after_deadline';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER projects_opening_insert AFTER INSERT ON projects FOR EACH ROW
    WHEN (NEW.bids_opened_at IS NOT NULL) EXECUTE FUNCTION check_opening();
CREATE TRIGGER projects_opening_update AFTER UPDATE OF bids_opened_at ON projects FOR EACH ROW
    WHEN (OLD.bids_opened_at IS DISTINCT FROM NEW.bids_opened_at) EXECUTE FUNCTION check_opening();

-- The row is held by whoever changes it, and a proposal takes that same lock before it is written: none can slip in.
CREATE FUNCTION check_sealed_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.bids_opened_at IS NOT NULL
        OR NEW.deadline < OLD.deadline AND EXISTS (SELECT FROM proposals WHERE project_id = NEW.id) THEN
        RAISE EXCEPTION 'the deadline of project % with sealed bids cannot go from % to %', NEW.id, OLD.deadline, NEW.deadline
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_sealed_deadline_only_later';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER projects_sealed_deadline_only_later AFTER UPDATE OF deadline ON projects FOR EACH ROW
    WHEN (NEW.sealed AND OLD.deadline <> NEW.deadline AND OLD.status = 'OPEN') EXECUTE FUNCTION check_sealed_deadline();
