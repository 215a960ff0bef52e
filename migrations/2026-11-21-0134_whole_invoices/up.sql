-- At the commit: an invoice adds up to its lines and taxes, is void exactly with its credit note, and was issued with a number
-- that had been drawn; and a number that was drawn is on a paper. So no number is doubled (unique), and none is missing.
CREATE FUNCTION check_invoice(checked bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    invoice record;
BEGIN
    SELECT i.status, i.subtotal, i.tax, i.status <> 'DRAFT' AND i.seq > coalesce((SELECT last FROM invoice_counters c
            WHERE c.issuer_id = i.issuer_id AND c.series = 'INVOICE' AND c.year = i.year), 0) AS undrawn,
        EXISTS (SELECT FROM credit_notes n WHERE n.invoice_id = i.id AND n.issuer_id = i.issuer_id) AS credited,
        (SELECT count(*) FROM invoice_lines l WHERE l.invoice_id = i.id) AS lines,
        (SELECT coalesce(sum(l.amount), 0) FROM invoice_lines l WHERE l.invoice_id = i.id) AS lines_sum,
        (SELECT coalesce(sum(t.amount), 0) FROM invoice_taxes t WHERE t.invoice_id = i.id) AS taxes_sum,
        EXISTS (SELECT FROM invoice_taxes t WHERE t.invoice_id = i.id AND t.base <> i.subtotal) AS other_base
        INTO invoice FROM invoices i WHERE i.id = checked;
    IF invoice.lines = 0 OR invoice.subtotal <> invoice.lines_sum OR invoice.tax <> invoice.taxes_sum OR invoice.other_base THEN
        RAISE EXCEPTION 'invoice % does not add up', checked USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_add_up';
    END IF;
    IF invoice.undrawn THEN
        RAISE EXCEPTION 'the number of invoice % was not drawn', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_number_was_drawn';
    END IF;
    IF (invoice.status = 'VOID') <> invoice.credited THEN
        RAISE EXCEPTION 'invoice % is %', checked, invoice.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_void_iff_credited';
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION invoices_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole boolean;
BEGIN
    whole := check_invoice(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoices_whole AFTER INSERT OR UPDATE ON invoices
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices_whole();

CREATE FUNCTION invoice_parts_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole boolean;
BEGIN
    whole := check_invoice(CASE TG_OP WHEN 'DELETE' THEN OLD.invoice_id ELSE NEW.invoice_id END);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_lines_whole AFTER INSERT OR UPDATE OR DELETE ON invoice_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_parts_whole();
CREATE CONSTRAINT TRIGGER invoice_taxes_whole AFTER INSERT OR UPDATE OR DELETE ON invoice_taxes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_parts_whole();
CREATE CONSTRAINT TRIGGER credit_notes_whole AFTER INSERT ON credit_notes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_parts_whole();

CREATE FUNCTION invoice_counters_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM invoices WHERE NEW.series = 'INVOICE' AND (issuer_id, year, seq) = (NEW.issuer_id, NEW.year, NEW.last)
        UNION ALL SELECT FROM credit_notes WHERE NEW.series = 'CREDIT_NOTE' AND (issuer_id, year, seq) = (NEW.issuer_id, NEW.year, NEW.last)) THEN
        RAISE EXCEPTION 'number %-% of freelancer % is on no paper', NEW.year, NEW.last, NEW.issuer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_counters_no_gap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoice_counters_no_gap AFTER INSERT OR UPDATE ON invoice_counters
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoice_counters_no_gap();
