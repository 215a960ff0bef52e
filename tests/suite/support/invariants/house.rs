//! What may never be of those who keep the house, and whom they keep out.

/// What, and a query that finds it.
pub const NEVER: &[(&str, &str)] = &[
    (
        "nobody keeps the house any more",
        "SELECT count(*)::text AS found FROM users WHERE is_admin HAVING count(*) > 0 AND count(*) FILTER (WHERE suspended_at IS NULL) = 0",
    ),
    (
        "agreed with somebody who was kept out",
        "SELECT c.id::text AS found FROM contracts c JOIN users u ON u.id = c.freelancer_id WHERE c.accepted_at >= u.suspended_at",
    ),
    (
        "kept out is not what the history says",
        "SELECT u.id::text AS found FROM users u WHERE (u.suspended_at IS NOT NULL) IS DISTINCT FROM coalesce((SELECT e.kind = 'PERSON_SUSPENDED'
            FROM events e WHERE e.stream_kind = 'PERSON' AND e.stream_id = u.id AND e.kind IN ('PERSON_SUSPENDED', 'SUSPENSION_LIFTED')
            ORDER BY e.seq DESC LIMIT 1), false)",
    ),
    (
        "an act of an admin without its reason, or a reason without its act",
        "SELECT coalesce(e.stream_id, w.stream_id)::text AS found FROM
            (SELECT * FROM events WHERE kind IN ('PERSON_SUSPENDED', 'SUSPENSION_LIFTED', 'SIGN_INS_ENDED', 'PROJECT_HELD', 'PROJECT_RELEASED',
                'HOURS_CHANGED', 'WAIT_ENDED')) e
            FULL JOIN act_words w USING (stream_kind, stream_id, seq) WHERE e.kind IS NULL OR w.words IS NULL",
    ),
    (
        "the house's hours were changed more or less often than the history says",
        "SELECT edition::text AS found FROM house_hours WHERE edition - 1 <> (SELECT count(*) FROM events WHERE kind = 'HOURS_CHANGED')",
    ),
    (
        "ready answers were made and changed more or less often than the history says",
        "SELECT r.id::text AS found FROM ready_answers r WHERE r.version <> (SELECT count(*) FROM events e
            WHERE e.kind = 'READY_ANSWERS_CHANGED' AND e.facts ->> 'answer' = r.id::text)",
    ),
    (
        "somebody who is kept out has a token that opens something",
        "SELECT t.id::text AS found FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE u.suspended_at IS NOT NULL AND t.revoked_at IS NULL",
    ),
    (
        "a report of abuse settled twice, or without a trace",
        "SELECT r.id::text AS found FROM abuse_reports r WHERE (r.settled_at IS NOT NULL)::integer <>
            (SELECT count(*) FROM events e WHERE e.kind = 'REPORT_SETTLED' AND e.facts ->> 'report' = r.id::text)",
    ),
    (
        "held is not what the history says",
        "SELECT p.id::text AS found FROM projects p WHERE (p.held_at IS NOT NULL) IS DISTINCT FROM coalesce((SELECT e.kind = 'PROJECT_HELD'
            FROM events e WHERE e.stream_kind = 'PROJECT' AND e.stream_id = p.id AND e.kind IN ('PROJECT_HELD', 'PROJECT_RELEASED')
            ORDER BY e.seq DESC LIMIT 1), false)",
    ),
    (
        "won, offered for or changed while the house held it",
        "SELECT e.stream_id::text AS found FROM events e WHERE e.stream_kind = 'PROJECT'
            AND e.kind IN ('PROPOSAL_ACCEPTED', 'PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED', 'PROJECT_EDITED', 'PROJECT_PUBLISHED')
            AND 'PROJECT_HELD' = (SELECT h.kind FROM events h WHERE h.stream_kind = 'PROJECT' AND h.stream_id = e.stream_id AND h.seq < e.seq
                AND h.kind IN ('PROJECT_HELD', 'PROJECT_RELEASED') ORDER BY h.seq DESC LIMIT 1)",
    ),
    (
        "held twice, or released twice, in a row",
        "SELECT stream_id::text AS found FROM (SELECT stream_id, kind, lag(kind) OVER (PARTITION BY stream_id ORDER BY seq) AS before FROM events
            WHERE stream_kind = 'PROJECT' AND kind IN ('PROJECT_HELD', 'PROJECT_RELEASED')) e WHERE kind = before",
    ),
    (
        "two appeals against one suspension",
        "SELECT stream_id::text AS found FROM events e WHERE kind = 'SUSPENSION_APPEALED' GROUP BY stream_id
            HAVING count(*) > (SELECT count(*) FROM events s WHERE s.stream_id = e.stream_id AND s.kind = 'PERSON_SUSPENDED')",
    ),
];
