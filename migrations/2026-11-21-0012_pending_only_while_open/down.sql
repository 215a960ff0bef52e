DROP TRIGGER proposals_only_while_open_update ON proposals;
DROP TRIGGER proposals_only_while_open_insert ON proposals;
DROP FUNCTION proposals_only_while_open();
