//! What must hold between contracts, their projects, milestones and terms.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "contract_ends_with_project",
        about: "contract",
        broken: "SELECT c.id, 'is ' || c.status || ', but project ' || p.id || ' is ' || p.status FROM contracts c \
                 JOIN projects p ON p.id = c.project_id WHERE (c.status = 'COMPLETED') <> (p.status = 'COMPLETED' \
                     AND p.accepted_proposal_id = c.proposal_id)",
    },
    Rule {
        name: "contract_has_trace",
        about: "contract",
        broken: "SELECT c.id, 'is ' || c.status || ', its history ends with ' || coalesce(e.to_state, 'ACTIVE') FROM contracts c \
                 LEFT JOIN LATERAL (SELECT to_state FROM events WHERE stream_kind = 'CONTRACT' AND stream_id = c.id \
                     AND kind IN ('CONTRACT_PAUSED', 'CONTRACT_RESUMED', 'CONTRACT_COMPLETED', 'CONTRACT_TERMINATED') \
                     ORDER BY seq DESC LIMIT 1) e ON true WHERE coalesce(e.to_state, 'ACTIVE') <> c.status",
    },
    Rule {
        name: "contract_totals",
        about: "contract",
        broken: "SELECT c.id, 'counts ' || c.approved_total || ' approved and ' || c.paid_total || ' paid, its milestones come to ' \
                     || m.approved || ' and ' || m.paid FROM contracts c, LATERAL (SELECT \
                     coalesce(sum(amount) FILTER (WHERE status IN ('APPROVED', 'PAID')), 0) AS approved, \
                     coalesce(sum(amount) FILTER (WHERE status = 'PAID'), 0) AS paid FROM milestones WHERE contract_id = c.id) m \
                 WHERE (c.approved_total, c.paid_total) IS DISTINCT FROM (m.approved, m.paid)",
    },
    Rule {
        name: "fixed_price_is_planned",
        about: "contract",
        broken: "SELECT c.id, 'has a fixed price and no milestones' FROM contracts c \
                 WHERE c.kind = 'FIXED' AND NOT EXISTS (SELECT FROM milestones m WHERE m.contract_id = c.id)",
    },
    Rule {
        name: "submission_waits_iff_submitted",
        about: "milestone",
        broken: "SELECT m.id, 'is ' || m.status || ', ' || count(s.id) || ' deliveries wait' FROM milestones m \
                 LEFT JOIN submissions s ON s.milestone_id = m.id AND s.answer IS NULL \
                 GROUP BY m.id HAVING count(s.id) <> (m.status = 'SUBMITTED')::int",
    },
    Rule {
        name: "submissions_counted",
        about: "milestone",
        broken: "SELECT m.id, 'counts ' || m.submission_count || ' deliveries, there are ' || count(s.id) FROM milestones m \
                 LEFT JOIN submissions s ON s.milestone_id = m.id GROUP BY m.id HAVING count(s.id) <> m.submission_count",
    },
    Rule {
        name: "terms_in_force_were_confirmed",
        about: "contract",
        broken: "SELECT c.id, 'has terms ' || c.terms_number || ' in force, which were not confirmed or say something else' FROM contracts c \
                 WHERE c.terms_number > 1 AND NOT EXISTS (SELECT FROM contract_terms t WHERE t.contract_id = c.id \
                     AND t.number = c.terms_number AND t.answer = 'CONFIRMED' AND t.amount = c.amount AND t.days = c.days \
                     AND t.weekly_limit IS NOT DISTINCT FROM c.weekly_limit)",
    },
];
