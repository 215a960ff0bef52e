-- Freelancers whom a client asks to look at a project, and projects that nobody else can see. (`invitations` are links by
-- which people join an organisation.)
CREATE DOMAIN project_visibility AS text CONSTRAINT projects_visibility CHECK (VALUE IN ('PUBLIC', 'INVITED'));
ALTER TABLE projects ADD COLUMN visibility project_visibility NOT NULL DEFAULT 'PUBLIC';

-- A row is an invitation that holds; one that is taken back is deleted, and stands in the history.
CREATE TABLE project_invitations (
    project_id    bigint      NOT NULL REFERENCES projects,
    freelancer_id bigint      NOT NULL REFERENCES freelancers,
    invited_by    bigint      NOT NULL REFERENCES users,
    invited_at    timestamptz NOT NULL,
    PRIMARY KEY (project_id, freelancer_id)
);
CREATE INDEX project_invitations_freelancer ON project_invitations (freelancer_id, project_id DESC);
