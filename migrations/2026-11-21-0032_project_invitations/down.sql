DROP TABLE project_invitations;
ALTER TABLE projects DROP COLUMN visibility;
DROP DOMAIN project_visibility;
