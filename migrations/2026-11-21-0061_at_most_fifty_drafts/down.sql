DROP TRIGGER drafts_at_most_fifty_update ON drafts;
DROP TRIGGER drafts_at_most_fifty_insert ON drafts;
DROP FUNCTION check_number_of_drafts();
