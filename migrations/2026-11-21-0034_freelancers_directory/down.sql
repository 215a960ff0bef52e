ALTER TABLE freelancers DROP COLUMN search, DROP COLUMN skill_keys, DROP COLUMN hours_a_week, DROP COLUMN available_from, DROP COLUMN listed;
