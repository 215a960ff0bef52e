//! What must never be found of contracts, their milestones and their terms.

/// Names and queries.
pub const NEVER: &[(&str, &str)] = &[
    (
        "contract without its accepted proposal, or with other terms",
        "SELECT c.id::text AS found FROM contracts c LEFT JOIN proposals b
            ON b.id = c.proposal_id AND b.project_id = c.project_id AND b.status IN ('ACCEPTED', 'REVOKED')
            AND (b.amount = c.amount AND b.days = c.days OR c.terms_number > 1) AND b.version = c.proposal_version
            AND b.freelancer_id = c.freelancer_id WHERE b.id IS NULL",
    ),
    ("opened before its deadline", "SELECT id::text AS found FROM projects WHERE bids_opened_at < deadline AND reopened_at IS NULL"),
    (
        "a contract that is completed beside a project that is not",
        "SELECT c.id::text AS found FROM contracts c JOIN projects p ON p.id = c.project_id WHERE c.status = 'COMPLETED'
            AND (p.status <> 'COMPLETED' OR p.accepted_proposal_id IS DISTINCT FROM c.proposal_id)",
    ),
    (
        "state of a contract or a milestone is not what its history says last",
        "SELECT c.id::text AS found FROM contracts c WHERE c.status <> coalesce((SELECT to_state FROM events
            WHERE stream_kind = 'CONTRACT' AND stream_id = c.id AND kind LIKE 'CONTRACT%' ORDER BY seq DESC LIMIT 1), 'ACTIVE')
         UNION ALL SELECT 'milestone ' || m.id FROM milestones m WHERE m.status NOT IN ('CANCELLED', 'PAID')
            AND m.status <> coalesce((SELECT to_state FROM events WHERE stream_kind = 'CONTRACT' AND stream_id = m.contract_id
                AND (facts ->> 'milestone' = m.id::text OR facts -> 'milestones' @> jsonb_build_array(jsonb_build_object('milestone', m.id)))
                ORDER BY seq DESC LIMIT 1), 'PLANNED')",
    ),
    (
        "history is not a path: a contract or a milestone goes on from another state than it had",
        "SELECT stream_id::text AS found FROM (SELECT *, lag(to_state, 1, 'ACTIVE') OVER (PARTITION BY stream_id ORDER BY seq) AS had FROM events
            WHERE stream_kind = 'CONTRACT' AND kind LIKE 'CONTRACT%') e WHERE from_state IS DISTINCT FROM had
         UNION ALL SELECT 'milestone ' || id FROM (SELECT id, from_state, lag(to_state, 1, 'PLANNED') OVER (PARTITION BY id ORDER BY seq) AS had
            FROM (SELECT (facts ->> 'milestone')::bigint AS id, from_state, to_state, seq FROM events WHERE stream_kind = 'CONTRACT' AND facts ? 'milestone'
                UNION ALL SELECT (one ->> 'milestone')::bigint, from_state, to_state, seq FROM events, jsonb_array_elements(facts -> 'milestones') one
                WHERE stream_kind = 'CONTRACT' AND kind = 'MILESTONES_APPROVED') moves) e WHERE from_state IS DISTINCT FROM had",
    ),
    (
        "totals of a contract are not the sums of its milestones",
        "SELECT c.id::text AS found FROM contracts c LEFT JOIN milestones m ON m.contract_id = c.id GROUP BY c.id
            HAVING c.approved_total <> coalesce(sum(m.amount) FILTER (WHERE m.status IN ('APPROVED', 'PAID')), 0)
            OR c.paid_total <> coalesce(sum(m.amount) FILTER (WHERE m.status = 'PAID'), 0)",
    ),
    (
        "a delivery that waits beside a milestone that does not, or none beside one that does",
        "SELECT m.id::text AS found FROM milestones m WHERE (m.status = 'SUBMITTED')::int
            <> (SELECT count(*) FROM submissions s WHERE s.milestone_id = m.id AND s.answer IS NULL AND s.number = m.submission_count)
            OR m.submission_count <> (SELECT count(*) FROM submissions s WHERE s.milestone_id = m.id)",
    ),
    (
        "approved another delivery than was seen",
        "SELECT e.stream_id::text AS found FROM events e, jsonb_array_elements(e.facts -> 'milestones') one
            LEFT JOIN submissions s ON s.milestone_id = (one ->> 'milestone')::bigint AND s.number = (one ->> 'submission')::integer
         WHERE e.stream_kind = 'CONTRACT' AND e.kind = 'MILESTONES_APPROVED' AND s.answer IS DISTINCT FROM 'APPROVED'",
    ),
    (
        "completed with something open",
        "SELECT c.id::text AS found FROM contracts c JOIN milestones m ON m.contract_id = c.id
         WHERE c.status = 'COMPLETED' AND m.status IN ('PLANNED', 'SUBMITTED', 'CHANGES_REQUESTED')",
    ),
    (
        "terms answered twice",
        "SELECT stream_id || ' terms ' || (facts ->> 'terms') AS found FROM events WHERE stream_kind = 'CONTRACT'
            AND kind IN ('TERMS_CONFIRMED', 'TERMS_DECLINED', 'TERMS_WITHDRAWN') GROUP BY stream_id, facts ->> 'terms' HAVING count(*) > 1",
    ),
    (
        "terms in force that were never confirmed",
        "SELECT c.id::text AS found FROM contracts c WHERE c.terms_number > 1 AND NOT EXISTS (SELECT FROM contract_terms t
            WHERE t.contract_id = c.id AND t.number = c.terms_number AND t.answer = 'CONFIRMED' AND t.amount = c.amount AND t.days = c.days)",
    ),
    (
        "both reviews are in and not shown together",
        "SELECT contract_id::text AS found FROM reviews GROUP BY contract_id
            HAVING count(*) > 1 AND (count(shown_at) < count(*) OR min(shown_at) <> max(shown_at))",
    ),
    (
        "reviews are not shown once",
        "SELECT coalesce(r.contract_id, e.stream_id)::text AS found FROM (SELECT DISTINCT contract_id FROM reviews WHERE shown_at IS NOT NULL) r
            FULL JOIN (SELECT stream_id, count(*) AS times FROM events WHERE kind = 'REVIEWS_SHOWN' GROUP BY stream_id) e
            ON e.stream_id = r.contract_id WHERE e.times IS DISTINCT FROM 1 OR r.contract_id IS NULL",
    ),
    (
        "a review was written after it was shown, or before the end, or too late",
        "SELECT r.id::text AS found FROM reviews r LEFT JOIN contract_endings e ON e.contract_id = r.contract_id
            WHERE r.written_at > r.shown_at OR NOT coalesce(r.written_at >= e.ended_at AND r.written_at < e.ended_at + interval '14 days', false)",
    ),
    (
        "versions of a review are not what the history says",
        "SELECT coalesce(r.id, e.stream_id)::text AS found FROM reviews r FULL JOIN (SELECT stream_id, facts ->> 'side' AS side, count(*) AS times
                FROM events WHERE kind IN ('REVIEW_WRITTEN', 'REVIEW_CHANGED') GROUP BY 1, 2) e
            ON e.stream_id = r.contract_id AND e.side = r.side WHERE r.version IS DISTINCT FROM e.times",
    ),
];
