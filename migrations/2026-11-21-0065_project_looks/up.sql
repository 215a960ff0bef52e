-- Up to which event of a project each member has looked at its proposals: what was sent later is new to them. An event's
-- number and not a time, because numbers are given under the project's lock: what a page has shown, it has shown whole.
-- No foreign key to the project: it would lock the row that an award wants, with every look. `guildhall verify` looks for
-- looks at nothing.
CREATE TABLE project_looks (
    project_id bigint NOT NULL,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    seen       bigint NOT NULL CONSTRAINT project_looks_seen_positive CHECK (seen > 0),
    PRIMARY KEY (project_id, user_id)
) WITH (fillfactor = 70);
