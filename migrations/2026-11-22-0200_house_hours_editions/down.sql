DROP TRIGGER house_hours_edition_rises ON house_hours;
DROP FUNCTION house_hours_edition_rises();
