DROP TABLE ticket_words;
DROP FUNCTION ticket_words_stay;
