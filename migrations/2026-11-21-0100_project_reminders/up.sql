-- What the house has told about a project's deadline, once for each deadline: that it is near, and that the project will be
-- closed because nobody decided. Written under the project's lock; whoever comes second finds it.
CREATE TABLE project_reminders (
    project_id bigint      NOT NULL REFERENCES projects,
    kind       text        NOT NULL CONSTRAINT project_reminders_kind CHECK (kind IN ('DEADLINE_NEAR', 'CLOSING_AHEAD')),
    -- as it was then: another one is told of again
    deadline   timestamptz NOT NULL,
    told_at    timestamptz NOT NULL,
    -- nobody is told that a deadline is near that has passed, nor that they waited too long before it has
    CONSTRAINT project_reminders_in_time CHECK ((kind = 'DEADLINE_NEAR') = (told_at < deadline)),
    CONSTRAINT project_reminders_once PRIMARY KEY (project_id, kind, deadline)
);
