-- Codes for whoever has lost the app: ten at a time, shown once, each of use once. Only their hashes are kept; a code is long
-- enough that nobody finds it from its hash.
CREATE TABLE recovery_codes (
    user_id bigint      NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    number  smallint    NOT NULL CONSTRAINT recovery_codes_ten CHECK (number BETWEEN 1 AND 10),
    hash    bytea       NOT NULL CONSTRAINT recovery_codes_hash_whole CHECK (length(hash) = 32),
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, number),
    CONSTRAINT recovery_codes_one_per_hash UNIQUE (user_id, hash)
);

-- What was used stays used: whoever forgets the account's lock uses no code twice.
CREATE FUNCTION recovery_codes_used_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'recovery code % of % was used', OLD.number, OLD.user_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_codes_used_once';
END $$;
CREATE TRIGGER recovery_codes_used_once BEFORE UPDATE ON recovery_codes FOR EACH ROW
    WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION recovery_codes_used_once();
