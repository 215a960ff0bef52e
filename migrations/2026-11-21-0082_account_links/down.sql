ALTER TABLE users DROP COLUMN email_confirmed_at;
ALTER TABLE mails DROP COLUMN link_id;
DROP TABLE link_requests;
DROP TABLE account_links;
DROP FUNCTION account_links_used_once;
