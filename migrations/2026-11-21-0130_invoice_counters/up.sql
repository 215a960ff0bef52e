-- How far each freelancer has counted: a row for invoices and one for credit notes, begun anew each year. It is the freelancer
-- who issues invoices, to any client, and their books that may have no gap; so the row is theirs, not the client's. It is
-- moved and read by one statement, the last one of the transaction that uses its number: whoever draws at the same moment
-- waits until that has ended, and what is rolled back was never drawn.
CREATE TABLE invoice_counters (
    issuer_id bigint  NOT NULL REFERENCES freelancers,
    series    text    NOT NULL CONSTRAINT invoice_counters_series CHECK (series IN ('INVOICE', 'CREDIT_NOTE')),
    -- of the day of issue in the freelancer's time zone
    year      integer NOT NULL CONSTRAINT invoice_counters_year CHECK (year BETWEEN 2000 AND 2200),
    -- the number that was drawn last
    last      integer NOT NULL,
    CONSTRAINT invoice_counters_one_a_year PRIMARY KEY (issuer_id, series, year)
);

CREATE FUNCTION invoice_counters_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.last <> (CASE TG_OP WHEN 'UPDATE' THEN OLD.last ELSE 0 END) + 1 THEN
        RAISE EXCEPTION 'numbers are counted one by one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_counters_by_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_counters_by_one BEFORE INSERT OR UPDATE OR DELETE ON invoice_counters FOR EACH ROW
    EXECUTE FUNCTION invoice_counters_by_one();
