DROP INDEX notices_read;
