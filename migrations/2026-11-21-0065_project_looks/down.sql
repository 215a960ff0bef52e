DROP TABLE project_looks;
