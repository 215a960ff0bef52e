//! What must hold of what both sides say of each other after a contract.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "reviews_shown_together",
        about: "contract",
        broken: "SELECT contract_id, 'has both reviews, of which ' || count(shown_at) || ' are shown' FROM reviews \
                 GROUP BY contract_id HAVING count(*) = 2 AND (count(shown_at) < 2 OR min(shown_at) <> max(shown_at))",
    },
    Rule {
        name: "review_waits_for_the_days",
        about: "contract",
        broken: "SELECT r.contract_id, 'has one review, which is shown since ' || r.shown_at || ', before the days were over' FROM reviews r \
                 JOIN contract_endings e ON e.contract_id = r.contract_id WHERE r.shown_at < e.ended_at + interval '14 days' \
                 AND NOT EXISTS (SELECT FROM reviews x WHERE x.contract_id = r.contract_id AND x.side <> r.side)",
    },
    Rule {
        name: "reviews_shown_have_trace",
        about: "contract",
        broken: "SELECT coalesce(r.contract_id, e.stream_id), 'shows ' || coalesce(r.shown, 0) || ' reviews, its history ' \
                     || coalesce('tells of ' || e.told, 'does not tell of it') \
                 FROM (SELECT contract_id, count(*) AS shown FROM reviews WHERE shown_at IS NOT NULL GROUP BY contract_id) r \
                 FULL JOIN (SELECT stream_id, sum((facts ->> 'reviews')::bigint) AS told FROM events \
                     WHERE stream_kind = 'CONTRACT' AND kind = 'REVIEWS_SHOWN' GROUP BY stream_id) e ON e.stream_id = r.contract_id \
                 WHERE r.shown IS DISTINCT FROM e.told",
    },
    Rule {
        name: "review_has_trace",
        about: "contract",
        broken: "SELECT coalesce(r.contract_id, e.stream_id), 'has version ' || coalesce(r.version, 0) || ' of the review of the side ' \
                     || coalesce(r.side, e.side) || ', its history tells of ' || coalesce(e.told, 0) FROM reviews r \
                 FULL JOIN (SELECT stream_id, facts ->> 'side' AS side, count(*) AS told FROM events \
                     WHERE stream_kind = 'CONTRACT' AND kind IN ('REVIEW_WRITTEN', 'REVIEW_CHANGED') GROUP BY 1, 2) e \
                 ON e.stream_id = r.contract_id AND e.side = r.side WHERE r.version IS DISTINCT FROM e.told",
    },
];
