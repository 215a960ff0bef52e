DROP TABLE contract_terms;
DROP FUNCTION contract_terms_pinned;
ALTER TABLE contracts DROP COLUMN terms_number, DROP COLUMN weekly_limit, DROP COLUMN ends_on, DROP COLUMN terms_words;
DROP DOMAIN contract_weekly_limit, terms_side, terms_answer, terms_amount, terms_days, terms_words, terms_milestones;
