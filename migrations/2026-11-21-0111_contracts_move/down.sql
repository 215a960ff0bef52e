DROP TABLE contract_endings;
DROP DOMAIN ending_fault, ending_reason;
DROP TRIGGER contracts_legal_moves ON contracts;
DROP FUNCTION contracts_legal_moves;
ALTER TABLE contracts DROP CONSTRAINT contracts_paused_iff, DROP COLUMN paused_by;
DROP DOMAIN contract_paused_by;
