DROP TABLE mail_choices;
