DROP TABLE messages;
DROP FUNCTION messages_stay();
DROP FUNCTION messages_only_while_open();
