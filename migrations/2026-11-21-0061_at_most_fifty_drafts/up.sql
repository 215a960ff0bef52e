-- Nobody keeps more than fifty drafts. The person's row is locked before they are counted, so that two windows cannot
-- both be the fiftieth. AFTER: an INSERT that ends as an UPDATE by ON CONFLICT is no new draft.
CREATE FUNCTION check_number_of_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM users WHERE id = NEW.user_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM drafts WHERE user_id = NEW.user_id AND state = 'KEPT') > 50 THEN
        RAISE EXCEPTION 'person % keeps 50 drafts already', NEW.user_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'drafts_at_most_fifty';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER drafts_at_most_fifty_insert AFTER INSERT ON drafts FOR EACH ROW
    WHEN (NEW.state = 'KEPT') EXECUTE FUNCTION check_number_of_drafts();
CREATE TRIGGER drafts_at_most_fifty_update AFTER UPDATE OF state ON drafts FOR EACH ROW
    WHEN (NEW.state = 'KEPT' AND OLD.state <> 'KEPT') EXECUTE FUNCTION check_number_of_drafts();
