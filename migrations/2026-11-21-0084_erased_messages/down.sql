DROP TRIGGER messages_stay_update ON messages;
DROP FUNCTION messages_are_only_erased;
DROP TRIGGER messages_stay ON messages;
CREATE TRIGGER messages_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON messages FOR EACH STATEMENT EXECUTE FUNCTION messages_stay();
