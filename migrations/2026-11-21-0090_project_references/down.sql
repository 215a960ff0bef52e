DROP TABLE project_references;
