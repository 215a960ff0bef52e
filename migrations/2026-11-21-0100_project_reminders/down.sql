DROP TABLE project_reminders;
