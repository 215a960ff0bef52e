-- What everybody could read cannot be taken back: a published project that is public stays so. Judged only
-- where an UPDATE names the column, so that others pay nothing; AFTER, because a BEFORE trigger computes the search words anew with every UPDATE.
CREATE FUNCTION projects_public_stays_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'project % was published for everybody', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_public_stays_public';
END $$;
CREATE TRIGGER projects_public_stays_public AFTER UPDATE OF visibility ON projects FOR EACH ROW
    WHEN (OLD.published_at IS NOT NULL AND OLD.visibility = 'PUBLIC' AND NEW.visibility <> 'PUBLIC')
    EXECUTE FUNCTION projects_public_stays_public();
