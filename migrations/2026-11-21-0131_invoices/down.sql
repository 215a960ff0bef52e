DROP TABLE invoices;
DROP FUNCTION invoices_moves();
DROP DOMAIN invoice_status;
