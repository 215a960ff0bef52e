DROP TABLE invoice_papers;
DROP TABLE credit_notes;
DROP FUNCTION credit_notes_frozen();
