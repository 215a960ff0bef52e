-- The table of moves of domain/job/status.rs once more, and what holds between: a final state is final, a claim ends before
-- the next begins, progress never goes back within an attempt, and every change but a heartbeat raises the version by one.
CREATE FUNCTION jobs_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('COMPLETED', 'FAILED', 'CANCELLED') THEN
        RAISE EXCEPTION 'job % is %, for ever', OLD.id, OLD.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_final_is_final';
    END IF;
    IF OLD.status <> NEW.status AND OLD.status || '>' || NEW.status <> ALL (ARRAY[
        'QUEUED>RUNNING', 'QUEUED>CANCELLED', 'RUNNING>QUEUED', 'RUNNING>COMPLETED', 'RUNNING>FAILED', 'RUNNING>CANCELLED']) THEN
        RAISE EXCEPTION 'job % cannot go from % to %', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_legal_moves';
    END IF;
    IF OLD.lock_token <> NEW.lock_token THEN
        RAISE EXCEPTION 'job % is claimed', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_one_claim_at_a_time';
    END IF;
    IF NEW.progress < OLD.progress AND NEW.status = 'RUNNING' AND OLD.status = 'RUNNING' THEN
        RAISE EXCEPTION 'progress of job % cannot go back', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_progress_rises';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'job % goes from version % to %', OLD.id, OLD.version, NEW.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_version_rises';
    END IF;
    IF (NEW.organisation_id, NEW.queue, NEW.kind, NEW.arguments, NEW.unique_key)
        IS DISTINCT FROM (OLD.organisation_id, OLD.queue, OLD.kind, OLD.arguments, OLD.unique_key) THEN
        RAISE EXCEPTION 'job % is what was asked for', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_stay_what_was_asked';
    END IF;
    RETURN NEW;
END $$;
-- Heartbeats touch these two columns of a running job and nothing else; what a deleted job or a closed account leaves in the
-- rows that name it does not count as a change of theirs.
CREATE TRIGGER jobs_moves BEFORE UPDATE OF organisation_id, queue, kind, arguments, unique_key, priority, run_at, status, attempts,
    most_attempts, version, lock_token, worker, stop_asked_at, progress, step, result, error, started_at, ended_at
    ON jobs FOR EACH ROW EXECUTE FUNCTION jobs_moves();
CREATE FUNCTION jobs_beat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'job % does not run', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'jobs_final_is_final';
END $$;
CREATE TRIGGER jobs_beat BEFORE UPDATE OF heartbeat_at, leased_until ON jobs FOR EACH ROW
    WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION jobs_beat();
