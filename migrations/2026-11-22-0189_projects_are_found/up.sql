-- Admins look for projects by any part of their title or of their client's name, the words of which change seldom.
CREATE INDEX projects_found ON projects USING gin ((title || ' ' || organisation_name) gin_trgm_ops);
