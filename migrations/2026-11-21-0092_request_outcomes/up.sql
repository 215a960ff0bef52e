-- Whether the request made what it names, or found it there: a machine that asks again with its key is answered the same.
ALTER TABLE request_keys ADD COLUMN made_new boolean NOT NULL DEFAULT true;
