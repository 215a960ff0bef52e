-- Admins look for organisations by any part of their name.
CREATE INDEX organisations_found ON organisations USING gin (name gin_trgm_ops);
