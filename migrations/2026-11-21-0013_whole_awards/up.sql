-- Checked at commit, from both sides: pending proposals stand only beside an open project, and a proposal is accepted
-- if and only if its project names it. Together with projects_winner_iff_assigned this is "exactly one".
CREATE FUNCTION check_award(checked_project bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    project record;
    bids    record;
BEGIN
    SELECT status, accepted_proposal_id INTO project FROM projects WHERE id = checked_project;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT bool_or(status = 'PENDING') AS pending,
           array_agg(id) FILTER (WHERE status = 'ACCEPTED') AS accepted
        INTO bids FROM proposals WHERE project_id = checked_project AND status IN ('PENDING', 'ACCEPTED');
    IF bids.pending AND project.status <> 'OPEN' THEN
        RAISE EXCEPTION 'project % is % and has a pending proposal', checked_project, project.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_pending_only_beside_open';
    END IF;
    IF bids.accepted IS DISTINCT FROM
        (CASE WHEN project.accepted_proposal_id IS NOT NULL THEN ARRAY[project.accepted_proposal_id] END) THEN
        RAISE EXCEPTION 'project % names proposal %, accepted are %', checked_project, project.accepted_proposal_id, bids.accepted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_accepted_iff_named';
    END IF;
END $$;

CREATE FUNCTION projects_whole_award() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM check_award(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_whole_award_insert AFTER INSERT ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.accepted_proposal_id IS NOT NULL)
    EXECUTE FUNCTION projects_whole_award();
CREATE CONSTRAINT TRIGGER projects_whole_award_update AFTER UPDATE ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.accepted_proposal_id IS DISTINCT FROM NEW.accepted_proposal_id)
    EXECUTE FUNCTION projects_whole_award();

-- An accepted proposal cannot be deleted: its project refers to it.
-- From the proposal's side its own row and its project's are enough: the project's side looks at all of them.
CREATE FUNCTION proposals_whole_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bid record;
BEGIN
    SELECT r.id, r.status, p.id AS project_id, p.status AS project_status, p.accepted_proposal_id INTO bid
        FROM proposals r JOIN projects p ON p.id = r.project_id
        WHERE r.id = NEW.id;
    IF bid.status = 'PENDING' AND bid.project_status <> 'OPEN' THEN
        RAISE EXCEPTION 'project % is % and has a pending proposal', bid.project_id, bid.project_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_pending_only_beside_open';
    END IF;
    IF (bid.status = 'ACCEPTED') <> (bid.id IS NOT DISTINCT FROM bid.accepted_proposal_id) THEN
        RAISE EXCEPTION 'project % names proposal %, proposal % is %', bid.project_id, bid.accepted_proposal_id, bid.id, bid.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_accepted_iff_named';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proposals_whole_award_insert AFTER INSERT ON proposals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status IN ('PENDING', 'ACCEPTED'))
    EXECUTE FUNCTION proposals_whole_award();
-- A rejection by the award need not be looked at again: its project is, once.
CREATE CONSTRAINT TRIGGER proposals_whole_award_update AFTER UPDATE ON proposals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.project_id <> NEW.project_id
          OR OLD.status <> NEW.status AND (NEW.status IN ('PENDING', 'ACCEPTED') OR OLD.status = 'ACCEPTED'))
    EXECUTE FUNCTION proposals_whole_award();
