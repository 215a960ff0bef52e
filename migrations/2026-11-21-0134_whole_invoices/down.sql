DROP TRIGGER invoice_counters_no_gap ON invoice_counters;
DROP FUNCTION invoice_counters_no_gap();
DROP TRIGGER credit_notes_whole ON credit_notes;
DROP TRIGGER invoice_taxes_whole ON invoice_taxes;
DROP TRIGGER invoice_lines_whole ON invoice_lines;
DROP FUNCTION invoice_parts_whole();
DROP TRIGGER invoices_whole ON invoices;
DROP FUNCTION invoices_whole();
DROP FUNCTION check_invoice(bigint);
