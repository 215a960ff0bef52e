DROP TABLE invoice_taxes;
DROP TABLE invoice_lines;
DROP FUNCTION invoice_parts_frozen();
