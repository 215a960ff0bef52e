//! What must hold of whom the house keeps out.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "suspension_has_trace",
        about: "person",
        broken: "SELECT u.id, CASE WHEN u.suspended_at IS NULL THEN 'is in, the history says out' ELSE 'is out, the history says in' END FROM users u \
                 WHERE (u.suspended_at IS NOT NULL) IS DISTINCT FROM coalesce((SELECT e.kind = 'PERSON_SUSPENDED' FROM events e \
                     WHERE e.stream_kind = 'PERSON' AND e.stream_id = u.id AND e.kind IN ('PERSON_SUSPENDED', 'SUSPENSION_LIFTED') \
                     ORDER BY e.seq DESC LIMIT 1), false)",
    },
    Rule {
        name: "out_is_out",
        about: "person",
        broken: "SELECT u.id, 'is kept out and has a token, a sign-in, or a contract that was agreed on since' FROM users u \
                 WHERE u.suspended_at IS NOT NULL AND (EXISTS (SELECT FROM api_tokens t WHERE t.user_id = u.id AND t.revoked_at IS NULL) \
                     OR EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id AND s.epoch = u.session_epoch) \
                     OR EXISTS (SELECT FROM contracts c WHERE c.freelancer_id = u.id AND c.accepted_at >= u.suspended_at))",
    },
    Rule {
        name: "abuse_has_trace",
        about: "report",
        broken: "SELECT r.id, 'was made or settled, and the history does not tell of it' FROM abuse_reports r \
                 WHERE NOT EXISTS (SELECT FROM events e WHERE e.stream_kind = 'PERSON' AND e.stream_id = r.reporter_id \
                     AND e.kind = 'ABUSE_REPORTED' AND e.facts ->> 'report' = r.id::text) \
                 OR (r.settled_at IS NOT NULL AND 1 <> (SELECT count(*) FROM events e WHERE e.kind = 'REPORT_SETTLED' AND e.facts ->> 'report' = r.id::text))",
    },
    Rule {
        name: "hold_has_trace",
        about: "project",
        broken: "SELECT p.id, CASE WHEN p.held_at IS NULL THEN 'is free, the history says held' ELSE 'is held, the history says free' END \
                 FROM projects p WHERE (p.held_at IS NOT NULL) IS DISTINCT FROM coalesce((SELECT e.kind = 'PROJECT_HELD' FROM events e \
                     WHERE e.stream_kind = 'PROJECT' AND e.stream_id = p.id AND e.kind IN ('PROJECT_HELD', 'PROJECT_RELEASED') \
                     ORDER BY e.seq DESC LIMIT 1), false)",
    },
    Rule {
        name: "held_is_held",
        about: "project",
        broken: "SELECT p.id, 'is held, and was offered for, changed or awarded since' FROM projects p WHERE p.held_at IS NOT NULL \
                 AND (p.status NOT IN ('DRAFT', 'OPEN', 'CANCELLED') \
                     OR EXISTS (SELECT FROM proposals b WHERE b.project_id = p.id AND b.created_at > p.held_at) \
                     OR EXISTS (SELECT FROM events e WHERE e.stream_kind = 'PROJECT' AND e.stream_id = p.id AND e.at > p.held_at \
                         AND e.kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED', 'PROJECT_EDITED', 'PROJECT_PUBLISHED', 'PROPOSAL_ACCEPTED')))",
    },
    Rule {
        name: "hold_has_words",
        about: "project",
        broken: "SELECT e.stream_id, 'was held or released by an admin without a reason' FROM events e \
                 WHERE e.kind IN ('PROJECT_HELD', 'PROJECT_RELEASED') \
                 AND NOT EXISTS (SELECT FROM act_words w WHERE w.stream_kind = e.stream_kind AND w.stream_id = e.stream_id AND w.seq = e.seq)",
    },
    Rule {
        name: "act_has_words",
        about: "person",
        broken: "SELECT e.stream_id, 'was acted on by an admin without a reason' FROM events e \
                 WHERE e.kind IN ('PERSON_SUSPENDED', 'SUSPENSION_LIFTED', 'SIGN_INS_ENDED', 'HOURS_CHANGED', 'WAIT_ENDED') \
                 AND NOT EXISTS (SELECT FROM act_words w WHERE w.stream_kind = e.stream_kind AND w.stream_id = e.stream_id AND w.seq = e.seq) \
                 AND NOT EXISTS (SELECT FROM users u WHERE u.id = e.stream_id AND u.closed_at IS NOT NULL)",
    },
    Rule {
        name: "ready_answers_have_trace",
        about: "ready answer",
        broken: "SELECT r.id, 'is at version ' || r.version || ', which its history does not tell' FROM ready_answers r \
                 WHERE r.version <> (SELECT count(*) FROM events e WHERE e.kind = 'READY_ANSWERS_CHANGED' AND e.facts ->> 'answer' = r.id::text)",
    },
    Rule {
        name: "hours_have_trace",
        about: "person",
        broken: "SELECT coalesce(h.changed_by, 0), 'changed the house''s hours last: they are at edition ' || h.edition || ', the history tells of ' \
                     || (SELECT count(*) FROM events e WHERE e.kind = 'HOURS_CHANGED') || ' changes' FROM house_hours h \
                 WHERE h.edition <> 1 + (SELECT count(*) FROM events e WHERE e.kind = 'HOURS_CHANGED')",
    },
];
