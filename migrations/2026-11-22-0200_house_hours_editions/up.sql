-- Whoever changes the house's hours or what it promises makes the next edition of them: two who both saw the same one cannot
-- both have made the next.
CREATE FUNCTION house_hours_edition_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.edition <> OLD.edition + 1 THEN
        RAISE EXCEPTION 'the house''s hours were at edition %, not at %', OLD.edition, NEW.edition - 1
            USING ERRCODE = 'check_violation', CONSTRAINT = 'house_hours_edition_rises';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER house_hours_edition_rises BEFORE UPDATE ON house_hours FOR EACH ROW EXECUTE FUNCTION house_hours_edition_rises();
