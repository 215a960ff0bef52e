-- Checked at commit, from both sides: pending proposals stand only beside an open project, and a proposal is accepted
-- if and only if its project names it. Together with projects_winner_iff_assigned this is "exactly one".
CREATE FUNCTION check_award(checked_project bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT p.status, p.accepted_proposal_id AS named,
           p.status <> 'OPEN' AND EXISTS (SELECT FROM proposals r WHERE r.project_id = p.id AND r.status = 'PENDING') AS forgets,
           (SELECT r.id FROM proposals r WHERE r.accepted_for = p.id) AS accepted
        INTO project FROM projects p WHERE p.id = checked_project;
    IF project.forgets THEN
        RAISE EXCEPTION 'project % is % and has a pending proposal', checked_project, project.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_pending_only_beside_open';
    END IF;
    IF project.accepted IS DISTINCT FROM project.named THEN
        RAISE EXCEPTION 'project % names proposal %, accepted is %', checked_project, project.named, project.accepted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_accepted_iff_named';
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION projects_whole_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole boolean;
BEGIN
    whole := check_award(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_whole_award_insert AFTER INSERT ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.accepted_proposal_id IS NOT NULL)
    EXECUTE FUNCTION projects_whole_award();
CREATE CONSTRAINT TRIGGER projects_whole_award_update AFTER UPDATE OF status, accepted_proposal_id ON projects
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.accepted_proposal_id IS DISTINCT FROM NEW.accepted_proposal_id)
    EXECUTE FUNCTION projects_whole_award();

-- From the proposals' side only a winner that comes or goes: what becomes pending was judged under the project's lock, and
-- a project that changes its state later is looked at for itself. An accepted proposal cannot be deleted: its project
-- refers to it.
CREATE FUNCTION proposals_whole_award() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole boolean;
BEGIN
    whole := check_award(NEW.project_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proposals_whole_award_insert AFTER INSERT ON proposals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'ACCEPTED')
    EXECUTE FUNCTION proposals_whole_award();
CREATE CONSTRAINT TRIGGER proposals_whole_award_update AFTER UPDATE OF status, project_id ON proposals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.accepted_for IS DISTINCT FROM NEW.accepted_for)
    EXECUTE FUNCTION proposals_whole_award();
