-- A net below the program's own lock: a question comes while the project takes proposals, an answer while it is open,
-- both judged under the project's lock (free for a caller who holds it already); and no answer is written over.
CREATE FUNCTION enquiries_only_before_the_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    project record;
BEGIN
    SELECT status, deadline INTO project FROM projects WHERE id = NEW.project_id FOR NO KEY UPDATE;
    IF project.status IS DISTINCT FROM 'OPEN' OR NEW.asked_at >= project.deadline THEN
        RAISE EXCEPTION 'project % takes no questions: it is %, its deadline %', NEW.project_id, project.status, project.deadline
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enquiries_only_before_the_deadline';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enquiries_only_before_the_deadline BEFORE INSERT ON enquiries FOR EACH ROW
    EXECUTE FUNCTION enquiries_only_before_the_deadline();

CREATE FUNCTION enquiry_answers_only_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT p.status INTO state FROM projects p JOIN enquiries e ON e.project_id = p.id WHERE e.id = NEW.enquiry_id FOR NO KEY UPDATE OF p;
    IF state IS DISTINCT FROM 'OPEN' THEN
        RAISE EXCEPTION 'question % cannot be answered: its project is %', NEW.enquiry_id, state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enquiry_answers_only_while_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enquiry_answers_only_while_open BEFORE INSERT ON enquiry_answers FOR EACH ROW
    EXECUTE FUNCTION enquiry_answers_only_while_open();

CREATE FUNCTION enquiry_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answer is corrected by another one, never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'enquiry_answers_stay';
END $$;
CREATE TRIGGER enquiry_answers_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON enquiry_answers
    FOR EACH STATEMENT EXECUTE FUNCTION enquiry_answers_stay();
