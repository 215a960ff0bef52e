-- The second thing by which somebody shows who they are: codes that an app makes of a secret and the time (RFC 6238).
CREATE TABLE second_factors (
    user_id      bigint      PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- the secret, encrypted for this person under a key of the site that is not kept here: a stolen dump makes no codes.
    -- 12 bytes chosen by chance, 20 of the secret, 16 that show whether anything was altered
    sealed       bytea       NOT NULL CONSTRAINT second_factors_sealed_whole CHECK (length(sealed) = 48),
    created_at   timestamptz NOT NULL,
    -- when a first code showed that the app has the secret; until then nobody is asked for one
    confirmed_at timestamptz,
    -- the half minute, counted from 1970, of the latest code that was used: neither it nor one before it is taken again
    last_step    bigint,
    CONSTRAINT second_factors_confirmed_by_a_code CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
);

-- Whoever forgets the account's lock uses no code twice, and nothing else of a factor changes while it is on.
CREATE FUNCTION second_factors_step_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last_step IS NULL OR NEW.last_step <= OLD.last_step OR NEW.sealed <> OLD.sealed OR NEW.confirmed_at <> OLD.confirmed_at THEN
        RAISE EXCEPTION 'a code of % was used before', OLD.user_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factors_step_rises';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER second_factors_step_rises BEFORE UPDATE ON second_factors FOR EACH ROW
    WHEN (OLD.last_step IS NOT NULL) EXECUTE FUNCTION second_factors_step_rises();
