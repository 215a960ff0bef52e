DROP INDEX events_about;
DROP INDEX events_of_actor;
DROP INDEX events_of_kind;
DROP INDEX events_newest;
