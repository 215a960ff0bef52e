DROP TABLE project_revisions;
