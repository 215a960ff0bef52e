-- Whoever keeps the house alone does not leave it either: two who leave at once take turns where two who keep each other out do.
CREATE TRIGGER users_keep_an_admin_closed AFTER UPDATE OF closed_at ON users FOR EACH ROW
    WHEN (OLD.is_admin AND OLD.suspended_at IS NULL AND OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION users_keep_an_admin();
