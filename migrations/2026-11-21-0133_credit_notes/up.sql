-- What takes an invoice back, whole: a paper of the freelancer's with a number of its own.
CREATE TABLE credit_notes (
    invoice_id bigint      NOT NULL,
    issuer_id  bigint      NOT NULL REFERENCES freelancers,
    year       integer     NOT NULL,
    seq        integer     NOT NULL,
    issued_at  timestamptz NOT NULL,
    issued_on  date        NOT NULL,
    CONSTRAINT credit_notes_one_per_invoice PRIMARY KEY (invoice_id),
    CONSTRAINT credit_notes_of_invoice FOREIGN KEY (invoice_id) REFERENCES invoices,
    CONSTRAINT credit_notes_year_of_issue CHECK (year = extract(year FROM issued_on)),
    CONSTRAINT credit_notes_one_per_number UNIQUE (issuer_id, year, seq)
);
CREATE FUNCTION credit_notes_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'credit notes stay' USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_notes_frozen';
END $$;
CREATE TRIGGER credit_notes_frozen BEFORE UPDATE OR DELETE ON credit_notes FOR EACH ROW EXECUTE FUNCTION credit_notes_frozen();

-- The papers as files, drawn once in the background from what stays as it is.
CREATE TABLE invoice_papers (
    invoice_id bigint      NOT NULL REFERENCES invoices,
    series     text        NOT NULL CONSTRAINT invoice_papers_series CHECK (series IN ('INVOICE', 'CREDIT_NOTE')),
    bytes      bytea       NOT NULL CONSTRAINT invoice_papers_bounded CHECK (length(bytes) BETWEEN 1 AND 4194304),
    made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT invoice_papers_one_each PRIMARY KEY (invoice_id, series)
);
-- They are packed already.
ALTER TABLE invoice_papers ALTER COLUMN bytes SET STORAGE EXTERNAL;
