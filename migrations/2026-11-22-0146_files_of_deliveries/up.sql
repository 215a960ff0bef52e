-- Files go with the deliveries of milestones too. As on a message, they stay what they were.
ALTER TABLE files ADD COLUMN submission_id bigint REFERENCES submissions;
ALTER TABLE files DROP CONSTRAINT files_of_one_thing;
ALTER TABLE files ADD CONSTRAINT files_of_one_thing CHECK (num_nonnulls(proposal_id, message_id, submission_id) <= 1);
CREATE INDEX files_of_submission ON files (submission_id) WHERE submission_id IS NOT NULL;

CREATE OR REPLACE FUNCTION files_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF num_nonnulls(OLD.proposal_id, OLD.message_id, OLD.submission_id) > 0
        OR (OLD.owner_id, OLD.place, OLD.name, OLD.kind, OLD.size) IS DISTINCT FROM (NEW.owner_id, NEW.place, NEW.name, NEW.kind, NEW.size) THEN
        RAISE EXCEPTION 'a file that was sent stays what it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'files_stay';
    END IF;
    RETURN NEW;
END $$;
