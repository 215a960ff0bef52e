-- The table of moves of domain/project/status.rs and domain/proposal/status.rs once more, so that no path around the
-- program can make a move that the program would not. The table stands in the functions, not in WHEN, whose text is read
-- anew with each statement. On projects AFTER, because a BEFORE trigger makes PostgreSQL compute its generated columns (the
-- search words) anew with every UPDATE.
CREATE FUNCTION projects_legal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status = ANY (ARRAY[
        'DRAFT>OPEN', 'DRAFT>CANCELLED', 'OPEN>ASSIGNED', 'OPEN>CANCELLED', 'ASSIGNED>COMPLETED', 'ASSIGNED>OPEN']) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'project % cannot go from % to %', OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_legal_moves';
END $$;
CREATE TRIGGER projects_legal_moves AFTER UPDATE OF status ON projects FOR EACH ROW
    WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION projects_legal_moves();

CREATE FUNCTION proposals_legal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status = ANY (ARRAY[
        'PENDING>ACCEPTED', 'PENDING>REJECTED', 'PENDING>WITHDRAWN', 'WITHDRAWN>PENDING',
        'REJECTED>PENDING', 'REJECTED>WITHDRAWN', 'ACCEPTED>REVOKED']) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'proposal % cannot go from % to %', OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_legal_moves';
END $$;
CREATE TRIGGER proposals_legal_moves BEFORE UPDATE OF status ON proposals FOR EACH ROW
    WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION proposals_legal_moves();
