-- The history of everything, as admins read it: newest first, of one kind, of one person. What is added lies at the end of the
-- first, and at the end of its kind in the second, so that writing an event costs little more than before.
CREATE INDEX events_newest ON events (at);
CREATE INDEX events_of_kind ON events (kind, at);
CREATE INDEX events_of_actor ON events (actor_id, at) WHERE actor_id IS NOT NULL;
CREATE INDEX events_about ON events (subject_id, at) WHERE subject_id IS NOT NULL;
