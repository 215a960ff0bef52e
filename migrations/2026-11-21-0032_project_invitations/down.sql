DROP TABLE project_invitations;
ALTER TABLE projects DROP COLUMN visibility;
