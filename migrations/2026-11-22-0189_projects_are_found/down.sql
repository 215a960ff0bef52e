DROP INDEX projects_found;
