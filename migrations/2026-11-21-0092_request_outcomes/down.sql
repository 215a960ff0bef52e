ALTER TABLE request_keys DROP COLUMN made_new;
