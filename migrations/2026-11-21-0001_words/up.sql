-- How words are compared: one place for the rule, so that a key means the same in every table.

-- A natural key: NFC, white space (the no-break space too) folded to one blank, no blanks around, lower case.
CREATE FUNCTION key_of(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(btrim(regexp_replace(normalize(words, NFC), '[[:space:]' || chr(160) || ']+', ' ', 'g')));

-- array_to_string is only STABLE for any type; for text it never changes.
CREATE FUNCTION words_of(list text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_to_string(list, ' ');

CREATE FUNCTION keys_of(list text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT key_of(word) FROM unnest(list) AS word);
