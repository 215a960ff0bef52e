DROP INDEX users_found;
DROP EXTENSION pg_trgm;
