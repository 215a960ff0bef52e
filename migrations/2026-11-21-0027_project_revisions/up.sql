-- What a project asked for, once for each version of its scope: so that whoever answered an earlier one can be shown what
-- changed. The history holds only the salted hash of the words; they can be erased here without breaking it.
CREATE TABLE project_revisions (
    project_id    bigint      NOT NULL REFERENCES projects,
    scope_version integer     NOT NULL,
    at            timestamptz NOT NULL,
    title         text        NOT NULL,
    description   text        NOT NULL,
    skills        text[]      NOT NULL,
    kind          text        NOT NULL,
    budget_min    bigint      NOT NULL,
    budget_max    bigint      NOT NULL,
    currency      text        NOT NULL,
    deadline      timestamptz NOT NULL,
    questions     text[]      NOT NULL,
    PRIMARY KEY (project_id, scope_version)
);
-- Of projects that were published before: as they stand.
INSERT INTO project_revisions
    SELECT id, scope_version, updated_at, title, description, skills, kind, budget_min, budget_max, currency, deadline, questions
    FROM projects WHERE published_at IS NOT NULL;
