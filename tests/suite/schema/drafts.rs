//! What the schema refuses of drafts.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "drafts_kind",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'LETTER', 1, '[]', '', 0, now())",
    ),
    (
        "drafts_subject",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 0, '[]', '', 0, now())",
    ),
    (
        "drafts_subject",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'PROJECT_NEW', -1, '[]', '', 0, now())",
    ),
    (
        "drafts_state",
        "INSERT INTO drafts (user_id, kind, subject_id, state, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 1, 'LOST', '[]', '', 0, now())",
    ),
    (
        "drafts_fields_list",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 1, '{}', '', 0, now())",
    ),
    (
        "drafts_fields_short",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 1, to_jsonb(ARRAY[repeat('x', 65536)]), '', 0, now())",
    ),
    (
        "drafts_page_short",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 1, '[]', repeat('x', 65), 0, now())",
    ),
    (
        "drafts_one_per_form",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) SELECT :owner, 'PROJECT_NEW', 0, '[]', '', 0, now() FROM generate_series(1, 2)",
    ),
    (
        "drafts_sent_is_empty",
        "INSERT INTO drafts (user_id, kind, subject_id, state, fields, page, turn, typed_at) VALUES (:owner, 'PROPOSAL', 1, 'SENT', '[[\"amount\", \"1\"]]', '', 0, now())",
    ),
    (
        "drafts_at_most_fifty",
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) SELECT :owner, 'PROPOSAL', n, '[]', '', 0, now() FROM generate_series(1, 51) n",
    ),
    (
        "drafts_at_most_fifty",
        "INSERT INTO drafts (user_id, kind, subject_id, state, fields, page, turn, typed_at) SELECT :owner, 'PROPOSAL', n, 'DISCARDED', '[]', '', 0, now() FROM generate_series(1, 51) n; UPDATE drafts SET state = 'KEPT'",
    ),
];
