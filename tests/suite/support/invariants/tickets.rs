//! What may never be found of tickets.

/// What, and a query for where.
pub const NEVER: &[(&str, &str)] = &[
    (
        "an entry of a ticket stands out of place",
        "SELECT t.id::text AS found FROM tickets t CROSS JOIN LATERAL jsonb_array_elements(t.history) WITH ORDINALITY AS h (entry, place)
         WHERE (h.entry ->> 'n')::bigint IS DISTINCT FROM h.place",
    ),
    (
        "the history of a ticket and its events are not one",
        "SELECT id::text AS found FROM tickets WHERE jsonb_array_length(history) <> event_count
         UNION ALL SELECT w.ticket_id::text FROM ticket_words w JOIN tickets t ON t.id = w.ticket_id
            WHERE coalesce(t.history -> (w.number - 1) ->> 'what', '') NOT IN ('OPENED', 'ANSWERED', 'NOTED', 'ESCALATED')
            OR (t.history -> (w.number - 1) ->> 'by')::bigint IS DISTINCT FROM w.author_id",
    ),
    (
        "the level of a ticket is not the number of its escalations",
        "SELECT id::text AS found FROM tickets WHERE level <>
            (SELECT count(*) FROM jsonb_array_elements(history) AS entry WHERE entry ->> 'what' = 'ESCALATED')",
    ),
    (
        "a ticket does not stand as its history says",
        "SELECT id::text AS found FROM tickets WHERE status <> (SELECT entry ->> 'to' FROM jsonb_array_elements(history)
            WITH ORDINALITY AS h (entry, place) WHERE entry ? 'to' ORDER BY place DESC LIMIT 1)",
    ),
    (
        "the history of a ticket is not a path",
        "SELECT id::text AS found FROM (SELECT t.id, entry ->> 'from' AS goes_on, lag(entry ->> 'to') OVER (PARTITION BY t.id ORDER BY place) AS had
            FROM tickets t CROSS JOIN LATERAL jsonb_array_elements(t.history) WITH ORDINALITY AS h (entry, place) WHERE entry ? 'to') moves
         WHERE goes_on IS DISTINCT FROM had",
    ),
    (
        "a ticket was taken from somebody who had it",
        "SELECT id::text AS found FROM (SELECT t.id, entry ->> 'what' AS what, lag(entry ->> 'whom') OVER (PARTITION BY t.id ORDER BY place) AS had
            FROM tickets t CROSS JOIN LATERAL jsonb_array_elements(t.history) WITH ORDINALITY AS h (entry, place)
            WHERE entry ->> 'what' IN ('TAKEN', 'ASSIGNED') OR entry ->> 'what' = 'ESCALATED' AND entry ? 'whom') given
         WHERE what = 'TAKEN' AND had IS NOT NULL",
    ),
    (
        "the clock of a ticket does not begin with the last answer",
        "SELECT t.id::text AS found FROM tickets t WHERE merged_into IS NULL AND status <> 'CLOSED' AND clock_from <>
            (SELECT (entry ->> 'at')::timestamptz FROM jsonb_array_elements(history) WITH ORDINALITY AS h (entry, place)
             WHERE entry ->> 'what' IN ('OPENED', 'ANSWERED', 'ESCALATED') ORDER BY place DESC LIMIT 1)",
    ),
    (
        "two tickets go on in each other, or one in a ticket that had ended",
        "SELECT s.id::text AS found FROM tickets s JOIN tickets t ON t.id = s.merged_into WHERE t.merged_into = s.id OR s.opener_id <> t.opener_id
            OR NOT EXISTS (SELECT FROM jsonb_array_elements(t.history) AS entry WHERE entry ->> 'what' = 'JOINED' AND (entry ->> 'ticket')::bigint = s.id)
            OR EXISTS (SELECT FROM jsonb_array_elements(t.history) WITH ORDINALITY AS j (entry, place),
                jsonb_array_elements(t.history) WITH ORDINALITY AS m (entry, place)
                WHERE j.entry ->> 'what' = 'JOINED' AND m.entry ->> 'to' = 'CLOSED' AND m.place < j.place)",
    ),
    (
        "an escalation that somebody was told of twice",
        "SELECT n.stream_id::text AS found FROM notices n WHERE n.kind = 'TICKET_ESCALATED' GROUP BY n.stream_id, n.user_id
            HAVING count(*) > (SELECT level FROM tickets WHERE id = n.stream_id)",
    ),
];
