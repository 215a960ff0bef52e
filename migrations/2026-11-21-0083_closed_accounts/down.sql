DROP TRIGGER proposals_author_is_here_update ON proposals;
DROP TRIGGER proposals_author_is_here_insert ON proposals;
DROP FUNCTION proposals_author_is_here;
DROP TRIGGER users_leave_nothing_open ON users;
DROP FUNCTION users_leave_nothing_open;
DROP TRIGGER users_closed_for_good ON users;
DROP FUNCTION users_closed_for_good;
ALTER TABLE freelancers DROP COLUMN closed_at;
ALTER TABLE users DROP COLUMN closed_at;
