DROP INDEX organisations_found;
