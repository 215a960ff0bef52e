-- A person's profile as a freelancer; having one is what makes them a freelancer.
CREATE TABLE freelancers (
    user_id    bigint      PRIMARY KEY REFERENCES users,
    headline   text        NOT NULL DEFAULT '' CONSTRAINT freelancers_headline_short CHECK (length(headline) <= 120),
    skills     text[]      NOT NULL DEFAULT '{}' CONSTRAINT freelancers_skills_whole CHECK (array_position(skills, NULL) IS NULL),
    -- per hour, in minor units of the currency; null: not said
    rate       bigint      CONSTRAINT freelancers_rate_positive CHECK (rate > 0),
    currency   text        NOT NULL DEFAULT 'EUR' CONSTRAINT freelancers_currency CHECK (currency ~ '^[A-Z]{3}$'),
    -- Markdown
    about      text        NOT NULL DEFAULT '' CONSTRAINT freelancers_about_short CHECK (length(about) <= 10000),
    version    integer     NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
