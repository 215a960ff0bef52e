-- What a contract's states hold besides their word: who paused it, and how it ended. The table of moves is that of
-- domain/contract/status.rs once more. (Rules of one column stand in domains, for the reason given with the projects.)
CREATE DOMAIN contract_paused_by AS text CONSTRAINT contracts_paused_by CHECK (VALUE IN ('CLIENT', 'FREELANCER'));
ALTER TABLE contracts
    -- which side paused it: the same resumes it
    ADD COLUMN paused_by contract_paused_by,
    ADD CONSTRAINT contracts_paused_iff CHECK ((paused_by IS NOT NULL) = (status = 'PAUSED'));

CREATE FUNCTION contracts_legal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status || '>' || NEW.status = ANY (ARRAY[
        'ACTIVE>PAUSED', 'PAUSED>ACTIVE', 'ACTIVE>COMPLETED', 'ACTIVE>TERMINATED', 'PAUSED>TERMINATED']) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'contract % cannot go from % to %', OLD.id, OLD.status, NEW.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_legal_moves';
END $$;
CREATE TRIGGER contracts_legal_moves AFTER UPDATE OF status ON contracts FOR EACH ROW
    WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION contracts_legal_moves();

-- How a contract ended: completed, or early.
CREATE DOMAIN ending_fault AS text CONSTRAINT endings_fault CHECK (VALUE IN ('CLIENT', 'FREELANCER', 'NOBODY'));
CREATE DOMAIN ending_reason AS text CONSTRAINT endings_reason_short CHECK (length(VALUE) BETWEEN 1 AND 1000);
CREATE TABLE contract_endings (
    contract_id bigint      PRIMARY KEY REFERENCES contracts,
    ended_by    bigint      NOT NULL REFERENCES users,
    ended_at    timestamptz NOT NULL,
    -- of an early end: whose fault it is, by the word of who ended it; and why
    fault       ending_fault,
    reason      ending_reason,
    CONSTRAINT endings_early_with_reason CHECK ((fault IS NULL) = (reason IS NULL))
);
