-- The terms of a contract, version by version. The contract's row holds those in force; here stand the first, as they were
-- accepted, from the moment that others are proposed, and every version that one side proposed, with the other's answer.
CREATE DOMAIN contract_weekly_limit AS integer CONSTRAINT contracts_weekly_limit CHECK (VALUE BETWEEN 1 AND 10080);
CREATE DOMAIN terms_side AS text CONSTRAINT terms_side CHECK (VALUE IN ('CLIENT', 'FREELANCER'));
CREATE DOMAIN terms_answer AS text CONSTRAINT terms_answer CHECK (VALUE IN ('CONFIRMED', 'DECLINED', 'WITHDRAWN'));
CREATE DOMAIN terms_amount AS bigint CONSTRAINT terms_amount_positive CHECK (VALUE > 0);
CREATE DOMAIN terms_days AS integer CONSTRAINT terms_days CHECK (VALUE BETWEEN 1 AND 3650);
CREATE DOMAIN terms_words AS text CONSTRAINT terms_words_short CHECK (length(VALUE) <= 10000);
CREATE DOMAIN terms_milestones AS jsonb CONSTRAINT terms_milestones_list CHECK (jsonb_typeof(VALUE) = 'array');
ALTER TABLE contracts
    -- which version is in force
    ADD COLUMN terms_number integer NOT NULL DEFAULT 1,
    -- minutes a week, of contracts by the hour; null: no limit
    ADD COLUMN weekly_limit contract_weekly_limit,
    -- the last day, where one was agreed on
    ADD COLUMN ends_on      date,
    -- what else was agreed on since, Markdown
    ADD COLUMN terms_words  terms_words NOT NULL DEFAULT '';

CREATE TABLE contract_terms (
    contract_id  bigint       NOT NULL REFERENCES contracts,
    -- 1: as accepted
    number       integer      NOT NULL,
    side         terms_side   NOT NULL,
    proposed_by  bigint       NOT NULL REFERENCES users,
    proposed_at  timestamptz  NOT NULL,
    -- minor units: the whole price, or an hour's
    amount       terms_amount NOT NULL,
    -- working days
    days         terms_days   NOT NULL,
    weekly_limit contract_weekly_limit,
    ends_on      date,
    words        terms_words  NOT NULL DEFAULT '',
    -- with a fixed price, all parts that are not cancelled, in order: [{"id": …, "title": …, "amount": minor units, "due_on": …}],
    -- new ones without an id
    milestones   terms_milestones NOT NULL DEFAULT '[]',
    -- null: it waits for the other side
    answer       terms_answer,
    answered_by  bigint       REFERENCES users,
    answered_at  timestamptz,
    PRIMARY KEY (contract_id, number)
);
-- One waits at a time.
CREATE UNIQUE INDEX contract_terms_one_waiting ON contract_terms (contract_id) WHERE answer IS NULL;

-- What was confirmed is pinned, and so is every other answer; and what was proposed is not reworded under the other side's
-- eyes. Words alone may go, when their author closes the account.
CREATE FUNCTION contract_terms_pinned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.answer IS NOT NULL AND NEW.answer IS DISTINCT FROM OLD.answer
        OR (OLD.contract_id, OLD.number, OLD.side, OLD.proposed_by, OLD.amount, OLD.days, OLD.weekly_limit, OLD.ends_on, OLD.milestones)
            IS DISTINCT FROM (NEW.contract_id, NEW.number, NEW.side, NEW.proposed_by, NEW.amount, NEW.days, NEW.weekly_limit, NEW.ends_on, NEW.milestones) THEN
        RAISE EXCEPTION 'terms % of contract % stay as they were proposed and answered', OLD.number, OLD.contract_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'contract_terms_pinned';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contract_terms_pinned BEFORE UPDATE OR DELETE ON contract_terms FOR EACH ROW EXECUTE FUNCTION contract_terms_pinned();
