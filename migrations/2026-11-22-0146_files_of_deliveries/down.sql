CREATE OR REPLACE FUNCTION files_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF num_nonnulls(OLD.proposal_id, OLD.message_id) > 0
        OR (OLD.owner_id, OLD.place, OLD.name, OLD.kind, OLD.size) IS DISTINCT FROM (NEW.owner_id, NEW.place, NEW.name, NEW.kind, NEW.size) THEN
        RAISE EXCEPTION 'a file that was sent stays what it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'files_stay';
    END IF;
    RETURN NEW;
END $$;
DROP INDEX files_of_submission;
ALTER TABLE files DROP CONSTRAINT files_of_one_thing;
ALTER TABLE files DROP COLUMN submission_id;
ALTER TABLE files ADD CONSTRAINT files_of_one_thing CHECK (num_nonnulls(proposal_id, message_id) <= 1);
