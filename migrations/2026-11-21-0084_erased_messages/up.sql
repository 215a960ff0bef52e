-- A message stays as it was sent, but for the words of somebody who closed their account: those are erased, and nothing else.
DROP TRIGGER messages_stay ON messages;
CREATE TRIGGER messages_stay BEFORE DELETE OR TRUNCATE ON messages FOR EACH STATEMENT EXECUTE FUNCTION messages_stay();

CREATE FUNCTION messages_are_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.words = 'These words were erased: their author closed the account.'
        AND (NEW.id, NEW.thread_id, NEW.number, NEW.author_id, NEW.sent_at) = (OLD.id, OLD.thread_id, OLD.number, OLD.author_id, OLD.sent_at)
        AND EXISTS (SELECT FROM users WHERE id = OLD.author_id AND closed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a message is followed by another one, never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'messages_stay';
END $$;
CREATE TRIGGER messages_stay_update BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION messages_are_only_erased();
