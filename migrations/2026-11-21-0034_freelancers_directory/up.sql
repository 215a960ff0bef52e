-- The directory of freelancers: who is in it, when they have time, and what it searches.
ALTER TABLE freelancers
    ADD COLUMN listed         boolean NOT NULL DEFAULT true,
    -- null: not said
    ADD COLUMN available_from date,
    ADD COLUMN hours_a_week   integer CONSTRAINT freelancers_hours_a_week CHECK (hours_a_week BETWEEN 1 AND 80),
    -- skills as they are compared
    ADD COLUMN skill_keys     text[]   NOT NULL GENERATED ALWAYS AS (keys_of(skills)) STORED,
    ADD COLUMN search         tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english', headline), 'A') ||
        setweight(to_tsvector('simple', words_of(skills)), 'B') ||
        to_tsvector('english', about)) STORED;
CREATE INDEX freelancers_listed ON freelancers (user_id DESC) WHERE listed;
CREATE INDEX freelancers_search ON freelancers USING gin (search) WHERE listed;
CREATE INDEX freelancers_skills ON freelancers USING gin (skill_keys) WHERE listed;
