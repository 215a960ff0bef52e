-- Rules of one column stand in domains, for the reason given with the projects.
CREATE DOMAIN house_reason AS text CONSTRAINT house_reason_short CHECK (length(VALUE) BETWEEN 1 AND 1000);

-- People whom the house keeps out: they cannot sign in, and nothing new is agreed with them. What runs goes on.
ALTER TABLE users
    ADD COLUMN suspended_at  timestamptz,
    -- why, in the words of the admin who did it; the person reads them
    ADD COLUMN suspended_for house_reason,
    -- the ticket by which they ask the house to think again
    ADD COLUMN appeal_id     bigint REFERENCES tickets,
    ADD CONSTRAINT users_suspended_with_reason CHECK ((suspended_at IS NULL) = (suspended_for IS NULL)),
    ADD CONSTRAINT users_appeal_while_suspended CHECK (appeal_id IS NULL OR suspended_at IS NOT NULL);
CREATE INDEX users_suspended ON users (id) WHERE suspended_at IS NOT NULL;

-- What admins say with their acts: the words beside an event, which holds their salted hash and no word.
CREATE TABLE act_words (
    stream_kind event_stream_kind NOT NULL,
    stream_id   bigint            NOT NULL,
    seq         event_seq         NOT NULL,
    words       house_reason      NOT NULL,
    -- no key to the events: what hangs on those would keep them from being looked after as what they are, a log
    PRIMARY KEY (stream_kind, stream_id, seq)
);

-- There is always somebody who keeps the house. Two who keep each other out at once take turns here.
CREATE FUNCTION users_keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('users_keep_an_admin', 0));
    IF NOT EXISTS (SELECT FROM users WHERE is_admin AND suspended_at IS NULL) THEN
        RAISE EXCEPTION 'person % is the last who keeps the house', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_keep_an_admin';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER users_keep_an_admin AFTER UPDATE OF suspended_at ON users FOR EACH ROW
    WHEN (NEW.is_admin AND OLD.suspended_at IS NULL AND NEW.suspended_at IS NOT NULL) EXECUTE FUNCTION users_keep_an_admin();

-- Nothing new is agreed with somebody who is kept out. Whoever suspends holds the projects on which the person has offered.
CREATE FUNCTION contracts_nobody_is_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id = NEW.freelancer_id AND suspended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'freelancer % is suspended', NEW.freelancer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_nobody_is_out';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contracts_nobody_is_out BEFORE INSERT ON contracts FOR EACH ROW EXECUTE FUNCTION contracts_nobody_is_out();

-- And no offer comes from them: as with an account that is closed, whoever suspends holds the profile's row until the end.
CREATE OR REPLACE FUNCTION proposals_author_is_here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    SELECT closed_at INTO closed FROM freelancers WHERE user_id = NEW.freelancer_id FOR KEY SHARE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'freelancer % has left', NEW.freelancer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_author_is_here';
    END IF;
    IF EXISTS (SELECT FROM users WHERE id = NEW.freelancer_id AND suspended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'freelancer % is suspended', NEW.freelancer_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposals_author_is_in';
    END IF;
    RETURN NEW;
END $$;
