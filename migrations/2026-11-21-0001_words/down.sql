DROP FUNCTION keys_of(text[]);
DROP FUNCTION words_of(text[]);
DROP FUNCTION key_of(text);
