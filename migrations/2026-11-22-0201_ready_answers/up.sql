-- What admins say often: put into an answer, and changed there before it is sent.
CREATE TABLE ready_answers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title      text        NOT NULL CONSTRAINT ready_answers_title_short CHECK (length(title) BETWEEN 1 AND 200),
    -- Markdown; {name} stands for whoever asked
    words      text        NOT NULL CONSTRAINT ready_answers_words_short CHECK (length(words) BETWEEN 1 AND 10000),
    version    integer     NOT NULL DEFAULT 1,
    changed_by bigint      NOT NULL REFERENCES users,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- found by its title in a list: two of one title would not be told apart
CREATE UNIQUE INDEX ready_answers_one_per_title ON ready_answers (lower(title));

-- Whoever changes one makes its next version: two who both saw the same one cannot both have made the next.
CREATE FUNCTION ready_answers_version_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'ready answer % is at version %', OLD.id, OLD.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ready_answers_version_rises';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ready_answers_version_rises BEFORE UPDATE ON ready_answers FOR EACH ROW EXECUTE FUNCTION ready_answers_version_rises();
