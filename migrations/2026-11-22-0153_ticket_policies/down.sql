DROP TABLE ticket_policies;
DROP TABLE house_hours;
