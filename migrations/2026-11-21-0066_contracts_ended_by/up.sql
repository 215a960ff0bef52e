-- Who ended a contract before it was completed: one of its sides, or both together. Said exactly where it ended early, so
-- that a record can say how many times, and by whom. (Rules of one column stand in domains, for the reason given with
-- the projects. No operation ends a contract yet: there is nothing to fill in.)
CREATE DOMAIN contract_ended_by AS text CONSTRAINT contracts_ended_by CHECK (VALUE IN ('CLIENT', 'FREELANCER', 'BOTH'));
ALTER TABLE contracts
    ADD COLUMN ended_by contract_ended_by,
    ADD CONSTRAINT contracts_ended_by_iff_terminated CHECK ((ended_by IS NOT NULL) = (status = 'TERMINATED'));
