-- The table of moves of domain/project/status.rs and domain/proposal/status.rs once more, so that no path around the
-- program can make a move that the program would not. The legal moves stand in WHEN, so that they cost nothing; on
-- projects AFTER, because a BEFORE trigger makes PostgreSQL compute its generated columns (the search words) anew with
-- every UPDATE.
CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % cannot go from % to %', TG_TABLE_NAME, OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_legal_moves';
END $$;

CREATE TRIGGER projects_legal_moves AFTER UPDATE OF status ON projects FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (
        ('DRAFT', 'OPEN'), ('OPEN', 'ASSIGNED'), ('ASSIGNED', 'COMPLETED'), ('DRAFT', 'CANCELLED'), ('OPEN', 'CANCELLED'),
        ('ASSIGNED', 'OPEN')))
    EXECUTE FUNCTION refuse_move();

CREATE TRIGGER proposals_legal_moves BEFORE UPDATE OF status ON proposals FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (
        ('PENDING', 'ACCEPTED'), ('PENDING', 'REJECTED'), ('PENDING', 'WITHDRAWN'), ('WITHDRAWN', 'PENDING'),
        ('REJECTED', 'PENDING'), ('REJECTED', 'WITHDRAWN'), ('ACCEPTED', 'REVOKED')))
    EXECUTE FUNCTION refuse_move();
