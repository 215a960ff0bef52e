//! What may never be of notices and letters, of the links that they carry, of codes, and of people who left.

/// By name, and how it is found.
pub const NEVER: &[(&str, &str)] = &[
    (
        "a notice twice",
        "SELECT min(id)::text AS found FROM notices GROUP BY stream_kind, stream_id, seq, user_id, channel HAVING count(*) > 1",
    ),
    (
        "a link that did two things",
        "SELECT min(facts ->> 'link') AS found FROM events WHERE stream_kind = 'PERSON' AND facts ? 'link' GROUP BY facts -> 'link' HAVING count(*) > 1",
    ),
    (
        "a code that signed in twice",
        "SELECT user_id::text AS found FROM sign_ins WHERE step IS NOT NULL GROUP BY user_id, step HAVING count(*) > 1",
    ),
    (
        "a recovery code that was used twice",
        "SELECT u.stream_id || ' code ' || (u.facts ->> 'number') AS found FROM events u WHERE u.kind = 'RECOVERY_CODE_USED' AND EXISTS
            (SELECT FROM events b WHERE b.stream_kind = 'PERSON' AND b.stream_id = u.stream_id AND b.kind = u.kind AND b.seq < u.seq
                AND b.facts ->> 'number' = u.facts ->> 'number' AND NOT EXISTS (SELECT FROM events m WHERE m.stream_kind = 'PERSON'
                    AND m.stream_id = u.stream_id AND m.kind IN ('RECOVERY_CODES_MADE', 'SECOND_FACTOR_ON') AND m.seq BETWEEN b.seq AND u.seq))",
    ),
    (
        "a pending proposal or a membership of somebody who left",
        "SELECT u.id::text AS found FROM users u WHERE u.closed_at IS NOT NULL AND (EXISTS (SELECT FROM memberships WHERE user_id = u.id)
            OR EXISTS (SELECT FROM proposals WHERE freelancer_id = u.id AND status = 'PENDING'))",
    ),
    ("a letter twice", "SELECT min(id)::text AS found FROM mails GROUP BY user_id, cause HAVING count(*) > 1"),
];
