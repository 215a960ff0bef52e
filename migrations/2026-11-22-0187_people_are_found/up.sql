-- Admins look for people by any part of their name or address.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX users_found ON users USING gin ((name || ' ' || email) gin_trgm_ops);
