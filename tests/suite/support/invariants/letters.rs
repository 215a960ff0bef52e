//! What may never be of notices and letters, of the links that they carry, and of people who left.

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
        "a pending proposal or a membership of somebody who left",
        "SELECT u.id::text AS found FROM users u WHERE u.closed_at IS NOT NULL AND (EXISTS (SELECT FROM memberships WHERE user_id = u.id)
            OR EXISTS (SELECT FROM proposals WHERE freelancer_id = u.id AND status = 'PENDING'))",
    ),
    ("a letter twice", "SELECT min(id)::text AS found FROM mails GROUP BY user_id, cause HAVING count(*) > 1"),
];
