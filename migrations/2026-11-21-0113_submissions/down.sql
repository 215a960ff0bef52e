DROP TABLE submissions;
DROP DOMAIN submission_words, submission_answer, submission_reason;
