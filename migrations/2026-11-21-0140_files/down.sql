DROP TABLE file_leftovers;
DROP TABLE files;
DROP FUNCTION files_stay();
