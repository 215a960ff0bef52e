DROP INDEX notices_to_mail;
DROP TABLE mail_rounds;
DROP TABLE mails;
DROP FUNCTION mails_end_once;
