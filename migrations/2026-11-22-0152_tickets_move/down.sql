DROP TRIGGER tickets_level_is_escalations ON tickets;
DROP TRIGGER tickets_history_grows ON tickets;
DROP TRIGGER tickets_merge_once ON tickets;
DROP TRIGGER tickets_moves ON tickets;
DROP FUNCTION tickets_level_is_escalations;
DROP FUNCTION tickets_history_grows;
DROP FUNCTION tickets_merge_once;
DROP FUNCTION tickets_moves;
