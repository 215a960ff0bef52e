DROP TABLE projects;
DROP FUNCTION projects_named();
DROP DOMAIN project_status, project_title, project_description, project_skills, project_kind, project_currency,
    project_questions, project_proposal_count, project_cancel_reason;
