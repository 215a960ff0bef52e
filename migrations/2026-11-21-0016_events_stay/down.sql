DROP TRIGGER events_stay ON events;
DROP FUNCTION events_stay();
