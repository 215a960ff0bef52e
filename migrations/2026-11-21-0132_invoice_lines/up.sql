-- What an invoice is for: a week at the rate of that time, or a milestone. Of a void one the lines stay, but hold nothing.
CREATE TABLE invoice_lines (
    invoice_id   bigint  NOT NULL,
    place        integer NOT NULL CONSTRAINT invoice_lines_in_order CHECK (place > 0),
    contract_id  bigint  NOT NULL,
    issuer_id    bigint  NOT NULL,
    -- as its invoice
    live         boolean NOT NULL DEFAULT true,
    timesheet_id bigint,
    milestone_id bigint,
    words        text    NOT NULL CONSTRAINT invoice_lines_words_short CHECK (length(words) BETWEEN 1 AND 300),
    minutes      integer,
    -- minor units an hour
    rate         bigint,
    amount       bigint  NOT NULL CONSTRAINT invoice_lines_not_negative CHECK (amount >= 0),
    CONSTRAINT invoice_lines_one_per_place PRIMARY KEY (invoice_id, place),
    CONSTRAINT invoice_lines_one_thing CHECK (num_nonnulls(timesheet_id, milestone_id) = 1
        AND num_nonnulls(timesheet_id, minutes, rate) IN (0, 3)),
    -- time × rate, a half away from zero: the rule of domain/invoice/sums.rs once more
    CONSTRAINT invoice_lines_rounded CHECK (minutes IS NULL OR amount = (2 * minutes * rate + 60) / 120),
    CONSTRAINT invoice_lines_of_own_contract FOREIGN KEY (invoice_id, contract_id, issuer_id) REFERENCES invoices (id, contract_id, issuer_id)
        ON DELETE CASCADE,
    CONSTRAINT invoice_lines_live FOREIGN KEY (invoice_id, live) REFERENCES invoices (id, live) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT invoice_lines_of_own_week FOREIGN KEY (timesheet_id, contract_id, issuer_id)
        REFERENCES timesheets (id, contract_id, freelancer_id),
    CONSTRAINT invoice_lines_of_own_milestone FOREIGN KEY (milestone_id, contract_id) REFERENCES milestones (id, contract_id)
);
-- Each week and each milestone stands on at most one invoice that is not void.
CREATE UNIQUE INDEX invoice_lines_week_once ON invoice_lines (timesheet_id) WHERE live;
CREATE UNIQUE INDEX invoice_lines_milestone_once ON invoice_lines (milestone_id) WHERE live;

-- Taxes on the sum of all lines.
CREATE TABLE invoice_taxes (
    invoice_id   bigint  NOT NULL REFERENCES invoices ON DELETE CASCADE,
    place        integer NOT NULL CONSTRAINT invoice_taxes_in_order CHECK (place > 0),
    label        text    NOT NULL CONSTRAINT invoice_taxes_label_short CHECK (length(label) BETWEEN 1 AND 60),
    -- hundredths of a percent
    basis_points integer NOT NULL CONSTRAINT invoice_taxes_rate CHECK (basis_points BETWEEN 0 AND 10000),
    -- the sum of all lines
    base         bigint  NOT NULL,
    amount       bigint  NOT NULL,
    CONSTRAINT invoice_taxes_one_per_place PRIMARY KEY (invoice_id, place),
    CONSTRAINT invoice_taxes_once UNIQUE (invoice_id, label),
    CONSTRAINT invoice_taxes_rounded CHECK (amount = (2 * base * basis_points + 10000) / 20000)
);

-- From the issue on, nothing of them comes, goes or changes but whether they hold what they name. The invoice's row is held
-- for it, so that none slips in while it is being issued.
CREATE FUNCTION invoice_parts_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.invoice_id ELSE NEW.invoice_id END;
    state text;
BEGIN
    SELECT status INTO state FROM invoices WHERE id = whole FOR SHARE;
    IF state <> 'DRAFT' AND (TG_OP <> 'UPDATE' OR to_jsonb(OLD) - 'live' <> to_jsonb(NEW) - 'live') THEN
        RAISE EXCEPTION 'invoice % is %: its lines stay', whole, state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_lines_frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER invoice_lines_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_lines FOR EACH ROW EXECUTE FUNCTION invoice_parts_frozen();
CREATE TRIGGER invoice_taxes_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_taxes FOR EACH ROW EXECUTE FUNCTION invoice_parts_frozen();
