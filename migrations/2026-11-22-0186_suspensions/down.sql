CREATE OR REPLACE FUNCTION proposals_author_is_here() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP TRIGGER contracts_nobody_is_out ON contracts;
DROP FUNCTION contracts_nobody_is_out();
DROP TRIGGER users_keep_an_admin ON users;
DROP FUNCTION users_keep_an_admin();
DROP TABLE act_words;
ALTER TABLE users DROP COLUMN appeal_id, DROP COLUMN suspended_for, DROP COLUMN suspended_at;
DROP DOMAIN house_reason;
