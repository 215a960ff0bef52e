-- The table of moves of domain/ticket/status.rs once more; the level rises by one; a ticket is merged once, into one that was not.
CREATE FUNCTION tickets_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (NEW.status, NEW.level) <> ('NEW', 0) THEN
            RAISE EXCEPTION 'a ticket begins as a new one' USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_legal_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('NEW', 'OPEN'), ('NEW', 'WAITING'), ('NEW', 'RESOLVED'), ('NEW', 'CLOSED'),
        ('OPEN', 'WAITING'), ('OPEN', 'RESOLVED'), ('OPEN', 'CLOSED'),
        ('WAITING', 'OPEN'), ('WAITING', 'RESOLVED'), ('WAITING', 'CLOSED'),
        ('RESOLVED', 'OPEN'), ('RESOLVED', 'CLOSED')) THEN
        RAISE EXCEPTION 'a ticket that is % cannot become %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_legal_moves';
    END IF;
    IF NEW.level NOT IN (OLD.level, OLD.level + 1) THEN
        RAISE EXCEPTION 'a level rises by one' USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_level_by_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tickets_moves BEFORE INSERT OR UPDATE OF status, level ON tickets FOR EACH ROW EXECUTE FUNCTION tickets_moves();

-- A net, not the lock: the program locks the lower number first.
CREATE FUNCTION tickets_merge_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    target tickets;
BEGIN
    IF OLD.merged_into IS NOT NULL AND NEW.merged_into IS DISTINCT FROM OLD.merged_into THEN
        RAISE EXCEPTION 'a ticket is merged once' USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_merge_once';
    END IF;
    IF OLD.merged_into IS NULL AND NEW.merged_into <> NEW.id THEN
        SELECT * INTO target FROM tickets WHERE id = NEW.merged_into FOR NO KEY UPDATE;
        IF target.merged_into IS NOT NULL OR target.status = 'CLOSED' OR target.opener_id IS DISTINCT FROM NEW.opener_id THEN
            RAISE EXCEPTION 'a ticket is merged into one of the same person that goes on'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_merge_once';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tickets_merge_once BEFORE UPDATE OF merged_into ON tickets FOR EACH ROW
    WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into) EXECUTE FUNCTION tickets_merge_once();

-- The history is appended to and nothing else.
CREATE FUNCTION tickets_history_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    had integer := jsonb_array_length(OLD.history);
BEGIN
    -- what is no list at all is the CHECK's to refuse
    IF jsonb_typeof(NEW.history) = 'array' AND had > 0 AND (jsonb_array_length(NEW.history) < had
        OR jsonb_path_query_array(NEW.history, format('$[0 to %s]', had - 1)::jsonpath) <> OLD.history) THEN
        RAISE EXCEPTION 'the history of a ticket is only appended to'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_history_grows';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tickets_history_grows BEFORE UPDATE OF history ON tickets FOR EACH ROW EXECUTE FUNCTION tickets_history_grows();

-- At the commit: the level is the number of escalations that the history tells of, and who and when stand there.
CREATE FUNCTION tickets_level_is_escalations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found tickets;
BEGIN
    SELECT * INTO found FROM tickets WHERE id = NEW.id;
    IF found.level <> jsonb_array_length(jsonb_path_query_array(found.history, '$[*] ? (@.what == "ESCALATED")')) THEN
        RAISE EXCEPTION 'the level of a ticket is the number of its escalations'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tickets_level_is_escalations';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tickets_level_is_escalations AFTER INSERT OR UPDATE OF level, history ON tickets
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tickets_level_is_escalations();
