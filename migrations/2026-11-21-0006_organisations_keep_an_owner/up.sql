-- The last owner cannot go, whoever asks. Checked at commit, so that ownership can change hands in one transaction.
-- The organisation's row is locked first: two owners who leave at once would else each see the other still there.
CREATE FUNCTION organisations_keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM organisations WHERE id = OLD.organisation_id FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT 1 FROM memberships WHERE organisation_id = OLD.organisation_id AND role = 'OWNER') THEN
        RAISE EXCEPTION 'organisation % would have no owner', OLD.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_keep_an_owner';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER organisations_keep_an_owner_update AFTER UPDATE ON memberships
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'OWNER' AND NEW.role <> 'OWNER')
    EXECUTE FUNCTION organisations_keep_an_owner();
CREATE CONSTRAINT TRIGGER organisations_keep_an_owner_delete AFTER DELETE ON memberships
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'OWNER')
    EXECUTE FUNCTION organisations_keep_an_owner();
