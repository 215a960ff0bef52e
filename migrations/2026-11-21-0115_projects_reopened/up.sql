-- A project whose contract ended early can be opened once more. Its sealed bids were opened before and stay so: what is sent
-- from then on is read at once, like on any other project.
ALTER TABLE projects ADD COLUMN reopened_at timestamptz;

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

-- At the commit: a project is opened again only where the contract of its winner ended early, it is completed only with its
-- contract, and a contract is completed only with its project. The contract's row is held by whoever ends it.
CREATE FUNCTION projects_end_with_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    contract text;
BEGIN
    SELECT status INTO contract FROM contracts WHERE proposal_id = OLD.accepted_proposal_id;
    IF contract IS DISTINCT FROM (CASE NEW.status WHEN 'OPEN' THEN 'TERMINATED' ELSE 'COMPLETED' END) THEN
        RAISE EXCEPTION 'project % cannot be % while its contract is %', NEW.id, NEW.status, contract
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_end_with_contract';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_end_with_contract AFTER UPDATE OF status ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status = 'ASSIGNED' AND NEW.status <> 'ASSIGNED')
    EXECUTE FUNCTION projects_end_with_contract();

CREATE FUNCTION contracts_complete_projects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM projects WHERE id = NEW.project_id AND status = 'COMPLETED' AND accepted_proposal_id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'contract % is completed, its project is not', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_complete_projects';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contracts_complete_projects AFTER UPDATE OF status ON contracts
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'COMPLETED' AND OLD.status <> NEW.status)
    EXECUTE FUNCTION contracts_complete_projects();
