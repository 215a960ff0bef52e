-- Of what people want no letters, and how often they want a digest; without a row, all letters and a daily digest.
CREATE TABLE mail_choices (
    user_id     bigint PRIMARY KEY REFERENCES users,
    -- kinds of letters
    off         text[] NOT NULL DEFAULT '{}'
        CONSTRAINT mail_choices_off_known CHECK (off <@ ARRAY['AWARDED', 'NOT_SELECTED', 'INVITED']),
    digest      text   NOT NULL DEFAULT 'DAILY' CONSTRAINT mail_choices_digest CHECK (digest IN ('DAILY', 'WEEKLY', 'NEVER'))
);
