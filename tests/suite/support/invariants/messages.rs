//! What may never be found of messages, and of drafts of them and of all else.

/// What, and a query for where.
pub const NEVER: &[(&str, &str)] = &[
    (
        "more drafts than one may keep",
        "SELECT user_id::text AS found FROM drafts WHERE state = 'KEPT' GROUP BY user_id HAVING count(*) > 50",
    ),
    ("two threads about one thing", "SELECT min(id)::text AS found FROM threads GROUP BY proposal_id, contract_id HAVING count(*) > 1"),
    (
        "messages that are not counted, or stand in one place",
        "SELECT t.id::text AS found FROM threads t WHERE t.message_count <> (SELECT count(*) FROM messages WHERE thread_id = t.id)
            OR t.message_count <> (SELECT coalesce(max(number), 0) FROM messages WHERE thread_id = t.id)
            OR t.last_message_id <> (SELECT coalesce(max(id), 0) FROM messages WHERE thread_id = t.id)",
    ),
    (
        "messages that the history does not tell of",
        "SELECT p.id::text AS found FROM projects p WHERE
            (SELECT count(*) FROM messages m JOIN threads t ON t.id = m.thread_id WHERE t.project_id = p.id) <>
            (SELECT count(*) FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id AND kind = 'MESSAGE_SENT')",
    ),
    (
        "a message about a proposal beside a project that is not open",
        "SELECT e.stream_id || ' event ' || e.seq AS found FROM events e WHERE e.stream_kind = 'PROJECT' AND e.kind = 'MESSAGE_SENT'
            AND NOT e.facts ? 'contract'
            AND 'OPEN' IS DISTINCT FROM (SELECT to_state FROM events b WHERE b.stream_kind = 'PROJECT' AND b.stream_id = e.stream_id
                AND b.seq < e.seq AND b.to_state IN ('DRAFT', 'OPEN', 'ASSIGNED', 'COMPLETED', 'CANCELLED') ORDER BY b.seq DESC LIMIT 1)",
    ),
];
