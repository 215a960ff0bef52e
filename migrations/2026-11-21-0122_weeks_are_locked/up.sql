-- What stands behind the program's own locks, so that no path around it changes what was sent. The contract's row is locked, free
-- for a caller who holds it already.
CREATE FUNCTION check_timesheet() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    contract record;
    worked record;
BEGIN
    SELECT freelancer_id INTO contract FROM contracts WHERE id = NEW.contract_id FOR NO KEY UPDATE;
    IF contract.freelancer_id IS DISTINCT FROM NEW.freelancer_id THEN
        RAISE EXCEPTION 'a week of contract % is its freelancer''s', NEW.contract_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_of_own_freelancer';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'OPEN' THEN
            RAISE EXCEPTION 'a week begins open' USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_legal_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.contract_id, NEW.freelancer_id, NEW.week, NEW.zone, NEW.starts_at, NEW.ends_at)
        IS DISTINCT FROM (OLD.contract_id, OLD.freelancer_id, OLD.week, OLD.zone, OLD.starts_at, OLD.ends_at) THEN
        RAISE EXCEPTION 'week % stays where it is', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_stay';
    END IF;
    -- The table of moves of domain/work/sheet.rs once more.
    IF OLD.state || '>' || NEW.state <> ALL (ARRAY[
        'OPEN>SUBMITTED', 'SUBMITTED>QUERIED', 'QUERIED>SUBMITTED', 'SUBMITTED>APPROVED', 'APPROVED>INVOICED', 'INVOICED>APPROVED']) THEN
        RAISE EXCEPTION 'week % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_legal_moves';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'week % goes from version % to %', OLD.id, OLD.version, NEW.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_version_rises';
    END IF;
    IF NEW.state = 'SUBMITTED' THEN
        SELECT coalesce(sum(extract(epoch FROM ended_at - started_at)) / 60, 0) AS minutes, coalesce(bool_or(ended_at IS NULL), false) AS runs
            INTO worked FROM work_logs WHERE freelancer_id = NEW.freelancer_id AND started_at >= NEW.starts_at AND started_at < NEW.ends_at
            AND timesheet_id = NEW.id AND deleted_at IS NULL;
        IF worked.runs OR worked.minutes <> NEW.minutes THEN
            RAISE EXCEPTION 'week % has % minutes', NEW.id, worked.minutes
                USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_minutes_are_worked';
        END IF;
    ELSIF NEW.minutes <> OLD.minutes THEN
        RAISE EXCEPTION 'week % was counted when it was sent', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'timesheets_minutes_are_worked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER timesheets_moves BEFORE INSERT OR UPDATE ON timesheets FOR EACH ROW EXECUTE FUNCTION check_timesheet();

-- A session lies in its week, which takes changes while it is open or queried; and new work only while the contract is active.
-- Of a week that was sent nothing changes but that a note can be erased.
CREATE FUNCTION check_work_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    week record;
BEGIN
    SELECT t.state, t.starts_at, t.ends_at, c.status INTO week FROM timesheets t JOIN contracts c ON c.id = t.contract_id
        WHERE t.id = NEW.timesheet_id FOR NO KEY UPDATE OF c;
    IF NOT FOUND THEN
        RETURN NEW; -- the foreign key says so
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.timesheet_id <> NEW.timesheet_id
        AND EXISTS (SELECT FROM timesheets WHERE id = OLD.timesheet_id AND state NOT IN ('OPEN', 'QUERIED'))
        OR week.state NOT IN ('OPEN', 'QUERIED') THEN
        RAISE EXCEPTION 'week % is %', NEW.timesheet_id, week.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_logs_only_in_open_weeks';
    END IF;
    IF NEW.deleted_at IS NULL AND (NEW.started_at < week.starts_at OR coalesce(NEW.ended_at, NEW.started_at) > week.ends_at
        OR NEW.started_at >= week.ends_at) THEN
        RAISE EXCEPTION 'session % lies in another week than %', NEW.id, NEW.timesheet_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_logs_in_own_week';
    END IF;
    IF TG_OP = 'INSERT' AND week.status <> 'ACTIVE' THEN
        RAISE EXCEPTION 'contract % is %', NEW.contract_id, week.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_logs_only_while_active';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER work_logs_in_open_weeks_insert BEFORE INSERT ON work_logs FOR EACH ROW EXECUTE FUNCTION check_work_log();
CREATE TRIGGER work_logs_in_open_weeks_update BEFORE UPDATE ON work_logs FOR EACH ROW
    WHEN (OLD.timesheet_id <> NEW.timesheet_id OR OLD.contract_id <> NEW.contract_id OR OLD.freelancer_id <> NEW.freelancer_id
        OR OLD.started_at <> NEW.started_at OR OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
        OR OLD.note <> NEW.note AND NEW.note <> '')
    EXECUTE FUNCTION check_work_log();

CREATE FUNCTION work_logs_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'sessions stay: they are marked as deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'work_logs_stay';
END $$;
CREATE TRIGGER work_logs_stay BEFORE DELETE OR TRUNCATE ON work_logs FOR EACH STATEMENT EXECUTE FUNCTION work_logs_stay();
