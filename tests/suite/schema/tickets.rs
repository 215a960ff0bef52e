//! What the schema must refuse of tickets, and by which name.

/// Statements and the name of the guard that refuses them.
pub const REFUSED: &[(&str, &str)] = &[
    ("tickets_status", "UPDATE tickets SET status = 'DONE' WHERE id = :asked"),
    ("tickets_topic", "UPDATE tickets SET topic = 'LOVE' WHERE id = :asked"),
    ("tickets_title_short", "UPDATE tickets SET title = '' WHERE id = :asked"),
    (
        "tickets_level",
        "UPDATE tickets SET level = 1 WHERE id = :asked; UPDATE tickets SET level = 2 WHERE id = :asked; \
         UPDATE tickets SET level = 3 WHERE id = :asked; UPDATE tickets SET level = 4 WHERE id = :asked",
    ),
    ("tickets_facts_named", "UPDATE tickets SET facts = '[]' WHERE id = :asked"),
    (
        "tickets_history_bounded",
        "UPDATE tickets SET history = history || (SELECT jsonb_agg(n) FROM generate_series(1, 1000) AS n) WHERE id = :asked",
    ),
    ("tickets_history_bounded", "UPDATE tickets SET history = '{}' WHERE id = :asked"),
    ("tickets_due_while_somebody_waits", "UPDATE tickets SET due_at = NULL WHERE id = :asked"),
    ("tickets_due_while_somebody_waits", "UPDATE tickets SET status = 'WAITING' WHERE id = :asked"),
    ("tickets_new_is_nobodys", "UPDATE tickets SET assignee_id = :owner WHERE id = :asked"),
    ("tickets_merged_is_closed", "UPDATE tickets SET merged_into = :twin WHERE id = :asked"),
    ("tickets_not_into_itself", "UPDATE tickets SET status = 'CLOSED', due_at = NULL, merged_into = id WHERE id = :asked"),
    (
        "tickets_merge_once",
        "UPDATE tickets SET status = 'CLOSED', due_at = NULL WHERE id = :twin; \
         UPDATE tickets SET status = 'CLOSED', due_at = NULL, merged_into = :twin WHERE id = :asked",
    ),
    (
        "tickets_merge_once",
        "UPDATE tickets SET status = 'CLOSED', due_at = NULL, merged_into = :twin WHERE id = :asked; \
         UPDATE tickets SET merged_into = NULL WHERE id = :asked",
    ),
    (
        "tickets_legal_moves",
        "UPDATE tickets SET status = 'CLOSED', due_at = NULL WHERE id = :asked; UPDATE tickets SET status = 'RESOLVED' WHERE id = :asked",
    ),
    (
        "tickets_legal_moves",
        "INSERT INTO tickets (opener_id, topic, title, status, clock_from, due_under, opened_at, updated_at) VALUES (:owner, 'OTHER', 'a', 'WAITING', now(), 1, now(), now())",
    ),
    ("tickets_level_by_one", "UPDATE tickets SET level = 2 WHERE id = :asked"),
    ("tickets_history_grows", "UPDATE tickets SET history = '[]' WHERE id = :asked"),
    ("tickets_history_grows", "UPDATE tickets SET history = jsonb_set(history, '{0,by}', '1') WHERE id = :asked"),
    ("tickets_level_is_escalations", "UPDATE tickets SET level = 1 WHERE id = :asked"),
    ("tickets_level_is_escalations", "UPDATE tickets SET history = history || '[{\"what\": \"ESCALATED\"}]' WHERE id = :asked"),
    (
        "ticket_words_number",
        "INSERT INTO ticket_words (ticket_id, number, author_id, internal, words, written_at) VALUES (:asked, 0, :owner, true, 'a', now())",
    ),
    (
        "ticket_words_short",
        "INSERT INTO ticket_words (ticket_id, number, author_id, internal, words, written_at) VALUES (:asked, 2, :owner, true, '', now())",
    ),
    (
        "ticket_words_one_per_place",
        "INSERT INTO ticket_words (ticket_id, number, author_id, internal, words, written_at) VALUES (:asked, 1, :owner, true, 'a', now())",
    ),
    ("ticket_words_stay", "UPDATE ticket_words SET internal = NOT internal WHERE ticket_id = :asked"),
    ("house_hours_one", "INSERT INTO house_hours (id) VALUES (2)"),
    ("house_hours_zone_short", "UPDATE house_hours SET edition = edition + 1, zone = ''"),
    ("house_hours_holidays_few", "UPDATE house_hours SET edition = edition + 1, holidays = '{NULL}'"),
    ("house_hours_whole_week", "UPDATE house_hours SET edition = edition + 1, opens = '{1}'"),
    ("house_hours_whole_week", "UPDATE house_hours SET edition = edition + 1, opens[1] = 1441"),
    ("house_hours_sometimes", "UPDATE house_hours SET edition = edition + 1, opens = closes"),
    ("house_hours_edition_rises", "UPDATE house_hours SET zone = 'UTC'"),
    ("ready_answers_title_short", "INSERT INTO ready_answers (title, words, changed_by) VALUES ('', 'a', :owner)"),
    ("ready_answers_words_short", "INSERT INTO ready_answers (title, words, changed_by) VALUES ('a', '', :owner)"),
    ("ready_answers_one_per_title", "INSERT INTO ready_answers (title, words, changed_by) VALUES ('a', 'b', :owner), ('A', 'b', :owner)"),
    (
        "ready_answers_version_rises",
        "INSERT INTO ready_answers (title, words, changed_by) VALUES ('a', 'b', :owner); UPDATE ready_answers SET words = 'c'",
    ),
    ("ticket_policies_answer", "UPDATE ticket_policies SET answer_minutes = 0"),
    ("ticket_policies_next", "UPDATE ticket_policies SET next_minutes = 60001"),
];
