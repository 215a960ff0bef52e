-- Accounts that their people have closed. The row stays, because history and contracts name its number; what it said of the
-- person is gone, and so is the salt by which a guess at it could be tried against the history's hashes.
ALTER TABLE users
    ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT users_closed_is_empty CHECK (closed_at IS NULL OR (name = 'Somebody who left' AND email = 'closed-' || id
        AND password_hash = '' AND salt = '' AND NOT is_admin AND email_confirmed_at IS NULL));
ALTER TABLE freelancers
    ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT freelancers_closed_is_empty
        CHECK (closed_at IS NULL OR (NOT listed AND headline = '' AND about = '' AND skills = '{}' AND rate IS NULL));

-- Whoever has left does not come back.
CREATE FUNCTION users_closed_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account % is closed for good', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'users_closed_for_good';
END $$;
CREATE TRIGGER users_closed_for_good BEFORE UPDATE OF closed_at ON users FOR EACH ROW
    WHEN (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at) EXECUTE FUNCTION users_closed_for_good();

-- Nothing that waits for an answer is left behind, and no membership.
CREATE FUNCTION users_leave_nothing_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM proposals WHERE freelancer_id = NEW.id AND status = 'PENDING')
        OR EXISTS (SELECT FROM memberships WHERE user_id = NEW.id) THEN
        RAISE EXCEPTION 'person % left a pending proposal or a membership behind', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_leave_nothing_open';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER users_leave_nothing_open AFTER UPDATE OF closed_at ON users
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL) EXECUTE FUNCTION users_leave_nothing_open();

-- And nothing comes from them later: whoever closes an account holds the profile's row until the end, and a proposal waits
-- for it here. (The foreign key asks for the same lock, but not what became of the row.)
CREATE FUNCTION proposals_author_is_here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    SELECT closed_at INTO closed FROM freelancers WHERE user_id = NEW.freelancer_id FOR KEY SHARE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'freelancer % has left', NEW.freelancer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_author_is_here';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposals_author_is_here_insert BEFORE INSERT ON proposals FOR EACH ROW EXECUTE FUNCTION proposals_author_is_here();
CREATE TRIGGER proposals_author_is_here_update BEFORE UPDATE OF status ON proposals FOR EACH ROW
    WHEN (NEW.status = 'PENDING' AND OLD.status <> 'PENDING') EXECUTE FUNCTION proposals_author_is_here();
