DROP TRIGGER proposals_scope_is_current ON proposals;
DROP FUNCTION proposals_scope_is_current();
