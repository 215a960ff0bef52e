-- When the house is there, in its own time zone: what "within eight hours" means. One row; its edition rises with each
-- change of it or of a policy, so that what was reckoned under an earlier one is known.
CREATE TABLE house_hours (
    id         integer     PRIMARY KEY DEFAULT 1 CONSTRAINT house_hours_one CHECK (id = 1),
    zone       text        NOT NULL DEFAULT 'UTC' CONSTRAINT house_hours_zone_short CHECK (length(zone) BETWEEN 1 AND 100),
    -- minutes of the day, Monday first; a day on which nobody is there opens and closes at the same minute
    opens      integer[]   NOT NULL DEFAULT '{540,540,540,540,540,540,540}',
    closes     integer[]   NOT NULL DEFAULT '{1020,1020,1020,1020,1020,540,540}',
    holidays   date[]      NOT NULL DEFAULT '{}' CONSTRAINT house_hours_holidays_few
        CHECK (cardinality(holidays) <= 200 AND array_position(holidays, NULL) IS NULL),
    edition    bigint      NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by bigint      REFERENCES users,
    CONSTRAINT house_hours_whole_week CHECK (cardinality(opens) = 7 AND cardinality(closes) = 7
        AND array_position(opens, NULL) IS NULL AND array_position(closes, NULL) IS NULL
        AND 0 <= ALL (opens) AND 1440 >= ALL (closes)
        AND opens[1] <= closes[1] AND opens[2] <= closes[2] AND opens[3] <= closes[3] AND opens[4] <= closes[4]
        AND opens[5] <= closes[5] AND opens[6] <= closes[6] AND opens[7] <= closes[7]),
    CONSTRAINT house_hours_sometimes CHECK (opens <> closes)
);
INSERT INTO house_hours DEFAULT VALUES;

-- Within how many minutes of these hours the house answers, by what is asked about; and how much later the next level does.
CREATE TABLE ticket_policies (
    topic          ticket_topic PRIMARY KEY,
    answer_minutes integer NOT NULL CONSTRAINT ticket_policies_answer CHECK (answer_minutes BETWEEN 1 AND 60000),
    next_minutes   integer NOT NULL CONSTRAINT ticket_policies_next CHECK (next_minutes BETWEEN 1 AND 60000)
);
INSERT INTO ticket_policies VALUES
    ('ACCOUNT', 480, 240), ('PROJECT', 960, 480), ('CONTRACT', 480, 240), ('MONEY', 480, 240), ('CONDUCT', 240, 120), ('OTHER', 960, 480);
