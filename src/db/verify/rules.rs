//! What must hold between rows, asked in SQL that shares nothing with the program's own decisions.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Report, contracts, house, jobs, money, reviews, talk};

/// A rule: its name, what its rows are about, and a query for what breaks it as `(id, what)`.
pub(super) struct Rule {
    pub name: &'static str,
    pub about: &'static str,
    pub broken: &'static str,
}

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    what: String,
}

/// Asks every rule.
pub fn check(conn: &mut PgConnection, report: &mut Report) -> QueryResult<()> {
    for rule in RULES
        .iter()
        .chain(contracts::RULES)
        .chain(money::RULES)
        .chain(reviews::RULES)
        .chain(talk::RULES)
        .chain(jobs::RULES)
        .chain(house::RULES)
    {
        report.checked.rules += 1;
        let query = format!("SELECT id, what FROM ({}) AS broken (id, what) ORDER BY id", rule.broken);
        for row in diesel::sql_query(query).load::<Broken>(conn)? {
            report.fault(rule.name, format!("{} {}", rule.about, row.id), row.what);
        }
    }
    Ok(())
}

const RULES: &[Rule] = &[
    Rule {
        name: "one_winner",
        about: "project",
        broken: "SELECT project_id, 'accepted proposals: ' || string_agg(id::text, ', ' ORDER BY id) FROM proposals \
                 WHERE status = 'ACCEPTED' GROUP BY project_id HAVING count(*) > 1",
    },
    Rule {
        name: "winner_iff_assigned",
        about: "project",
        broken: "SELECT id, 'is ' || status || ' and names ' || coalesce('proposal ' || accepted_proposal_id, 'no proposal') FROM projects \
                 WHERE (status IN ('ASSIGNED', 'COMPLETED')) <> (accepted_proposal_id IS NOT NULL)",
    },
    Rule {
        name: "accepted_iff_named",
        about: "proposal",
        broken: "SELECT b.id, CASE WHEN b.status = 'ACCEPTED' THEN 'is accepted, but project ' || p.id || ' does not name it' \
                     ELSE 'is ' || b.status || ', but project ' || p.id || ' names it as the winner' END \
                 FROM proposals b JOIN projects p ON p.id = b.project_id \
                 WHERE (b.status = 'ACCEPTED') <> (p.accepted_proposal_id IS NOT DISTINCT FROM b.id)",
    },
    Rule {
        name: "named_is_own",
        about: "project",
        broken: "SELECT p.id, 'names proposal ' || p.accepted_proposal_id || ', which is not one of its own' FROM projects p \
                 WHERE p.accepted_proposal_id IS NOT NULL \
                 AND NOT EXISTS (SELECT FROM proposals b WHERE b.id = p.accepted_proposal_id AND b.project_id = p.id)",
    },
    Rule {
        name: "pending_only_beside_open",
        about: "proposal",
        broken: "SELECT b.id, 'is pending, but project ' || p.id || ' is ' || p.status FROM proposals b JOIN projects p ON p.id = b.project_id \
                 WHERE b.status = 'PENDING' AND p.status <> 'OPEN'",
    },
    Rule {
        name: "one_proposal_per_freelancer",
        about: "project",
        broken: "SELECT project_id, 'freelancer ' || freelancer_id || ' has ' || count(*) || ' proposals' FROM proposals \
                 GROUP BY project_id, freelancer_id HAVING count(*) > 1",
    },
    Rule {
        name: "proposal_count",
        about: "project",
        broken: "SELECT p.id, 'counts ' || p.proposal_count || ' proposals, there are ' || count(b.id) FROM projects p \
                 LEFT JOIN proposals b ON b.project_id = p.id AND b.status <> 'WITHDRAWN' \
                 GROUP BY p.id HAVING p.proposal_count <> count(b.id)",
    },
    Rule {
        name: "live_contract_iff_assigned",
        about: "project",
        // One whose contract ended early stays assigned until it is opened again.
        broken: "SELECT p.id, 'is ' || p.status || ' and has ' || count(c.id) || ' live contracts' FROM projects p \
                 LEFT JOIN contracts c ON c.project_id = p.id AND (c.status IN ('ACTIVE', 'PAUSED') \
                     OR p.status = 'ASSIGNED' AND c.status = 'TERMINATED' AND c.proposal_id = p.accepted_proposal_id) \
                 GROUP BY p.id HAVING count(c.id) <> (p.status = 'ASSIGNED')::int",
    },
    Rule {
        name: "contract_of_winner",
        about: "contract",
        broken: "SELECT c.id, 'is live for proposal ' || c.proposal_id || ', the winner of project ' || p.id || ' is ' \
                     || coalesce(p.accepted_proposal_id::text, 'nobody') FROM contracts c JOIN projects p ON p.id = c.project_id \
                 WHERE c.status IN ('ACTIVE', 'PAUSED') AND p.accepted_proposal_id IS DISTINCT FROM c.proposal_id",
    },
    Rule {
        name: "contract_parties",
        about: "contract",
        broken: "SELECT c.id, 'is not between the client and the freelancer of proposal ' || c.proposal_id FROM contracts c \
                 LEFT JOIN proposals b ON b.id = c.proposal_id LEFT JOIN projects p ON p.id = c.project_id \
                 WHERE b.freelancer_id IS DISTINCT FROM c.freelancer_id OR b.project_id IS DISTINCT FROM c.project_id \
                 OR p.organisation_id IS DISTINCT FROM c.organisation_id",
    },
    Rule {
        name: "sealed_until_opened",
        about: "project",
        broken: "SELECT id, 'was decided while its bids were sealed' FROM projects \
                 WHERE sealed AND accepted_proposal_id IS NOT NULL AND bids_opened_at IS NULL",
    },
    Rule {
        name: "opening_has_trace",
        about: "project",
        broken: "SELECT p.id, CASE WHEN p.bids_opened_at IS NULL THEN 'has sealed bids still, its history tells of an opening' \
                     ELSE 'has its bids opened, its history tells otherwise' END FROM projects p \
                 WHERE p.bids_opened_at IS DISTINCT FROM (SELECT max(e.at) FROM events e WHERE e.stream_kind = 'PROJECT' \
                     AND e.stream_id = p.id AND e.kind = 'BIDS_OPENED')",
    },
    Rule {
        name: "no_bid_after_opening",
        about: "proposal",
        broken: "SELECT b.proposal_id, 'was sent or changed after the bids of project ' || b.stream_id || ' were opened' FROM events b \
                 JOIN events o ON o.stream_kind = b.stream_kind AND o.stream_id = b.stream_id AND o.seq < b.seq \
                 WHERE b.stream_kind = 'PROJECT' AND o.kind = 'BIDS_OPENED' AND b.kind IN ('PROPOSAL_SUBMITTED', 'PROPOSAL_REVISED') \
                 AND NOT EXISTS (SELECT FROM events r WHERE r.stream_kind = b.stream_kind AND r.stream_id = b.stream_id \
                     AND r.kind = 'PROJECT_REOPENED' AND r.seq BETWEEN o.seq AND b.seq)",
    },
    Rule {
        name: "organisation_has_owner",
        about: "organisation",
        broken: "SELECT o.id, 'has no owner' FROM organisations o \
                 WHERE NOT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = o.id AND m.role = 'OWNER')",
    },
    Rule {
        name: "notice_has_event",
        about: "notice",
        broken: "SELECT n.id, CASE WHEN e.seq IS NULL THEN 'tells of nothing that happened' ELSE 'is for nobody' END FROM notices n \
                 LEFT JOIN events e ON e.stream_kind = n.stream_kind AND e.stream_id = n.stream_id AND e.seq = n.seq \
                 LEFT JOIN users u ON u.id = n.user_id WHERE e.seq IS NULL OR u.id IS NULL",
    },
    Rule {
        name: "mail_has_event",
        about: "letter",
        broken: "SELECT m.id, 'is about ' || m.cause || ', which did not happen' FROM mails m \
                 WHERE m.kind IN ('AWARDED', 'NOT_SELECTED', 'INVITED') \
                 AND NOT EXISTS (SELECT FROM events e WHERE e.stream_kind || ':' || e.stream_id || ':' || e.seq = m.cause)",
    },
    Rule {
        name: "nothing_open_of_whoever_left",
        about: "person",
        broken: "SELECT u.id, 'left, and has pending proposals or memberships' FROM users u WHERE u.closed_at IS NOT NULL \
                 AND (EXISTS (SELECT FROM proposals b WHERE b.freelancer_id = u.id AND b.status = 'PENDING') \
                     OR EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id))",
    },
    Rule {
        name: "link_once",
        about: "link",
        broken: "SELECT (facts ->> 'link')::bigint, 'did ' || count(*) || ' things' FROM events WHERE stream_kind = 'PERSON' AND facts ? 'link' \
                 GROUP BY facts ->> 'link' HAVING count(*) > 1",
    },
    Rule {
        name: "look_at_what_was",
        about: "project",
        broken: "SELECT l.project_id, 'was looked at by person ' || l.user_id || ' up to event ' || l.seen || ', it has ' \
                     || coalesce(p.event_count::text, 'none') FROM project_looks l LEFT JOIN projects p ON p.id = l.project_id \
                 WHERE l.seen > coalesce(p.event_count, 0)",
    },
    Rule {
        name: "state_has_trace",
        about: "project",
        broken: "SELECT p.id, 'is ' || p.status || ', its history ends with ' || coalesce(e.to_state, 'nothing') FROM projects p \
                 LEFT JOIN LATERAL (SELECT to_state FROM events WHERE stream_kind = 'PROJECT' AND stream_id = p.id \
                     AND to_state IN ('DRAFT', 'OPEN', 'ASSIGNED', 'COMPLETED', 'CANCELLED') ORDER BY seq DESC LIMIT 1) e ON true \
                 WHERE e.to_state IS DISTINCT FROM p.status",
    },
    Rule {
        // The winner by the award; else what was last done to it, unless the project was decided after it.
        name: "proposal_has_trace",
        about: "proposal",
        broken: "SELECT b.id, 'is ' || b.status || ', by its history ' || coalesce(h.state, 'nothing') FROM proposals b \
                 LEFT JOIN LATERAL (SELECT CASE WHEN award.proposal_id = b.id THEN 'ACCEPTED' \
                         WHEN own.to_state = 'PENDING' AND decided.seq > own.seq THEN 'REJECTED' ELSE own.to_state END AS state \
                     FROM (SELECT max(seq) AS seq FROM events WHERE stream_kind = 'PROJECT' AND stream_id = b.project_id \
                         AND kind IN ('PROPOSAL_ACCEPTED', 'PROJECT_CANCELLED')) decided \
                     LEFT JOIN LATERAL (SELECT seq, to_state FROM events WHERE stream_kind = 'PROJECT' AND stream_id = b.project_id \
                         AND proposal_id = b.id AND to_state IN ('PENDING', 'REJECTED', 'WITHDRAWN') ORDER BY seq DESC LIMIT 1) own ON true \
                     LEFT JOIN events award ON award.stream_kind = 'PROJECT' AND award.stream_id = b.project_id \
                         AND award.seq = decided.seq AND award.kind = 'PROPOSAL_ACCEPTED') h ON true \
                 WHERE h.state IS DISTINCT FROM b.status AND b.status <> 'REVOKED'",
    },
    Rule {
        name: "award_has_trace",
        about: "contract",
        broken: "SELECT c.id, 'no award in the history of project ' || c.project_id || ' tells of it' FROM contracts c \
                 WHERE NOT EXISTS (SELECT FROM events e WHERE e.stream_kind = 'PROJECT' AND e.stream_id = c.project_id \
                     AND e.kind = 'PROPOSAL_ACCEPTED' AND e.proposal_id = c.proposal_id AND e.facts ->> 'contract' = c.id::text)",
    },
];
