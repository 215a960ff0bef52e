//! What must never be found, however many act at once: asked in SQL that shares nothing with the program's own decisions.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::db::verify::verify_chains;
use crate::domain::race::{Acknowledged, Broken};

/// Something that must count 0.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// What must never be.
    pub name: &'static str,
    /// A query for where it is, one text a place. It may look into `acknowledged (kind, id, words)`: what clients were told.
    pub broken: &'static str,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Text)]
    at: String,
}

/// Asks every invariant; what was acknowledged must be there. Nothing is written but a table of this connection's own.
///
/// # Errors
/// The database's.
pub fn ask(conn: &mut PgConnection, acknowledged: &[Acknowledged]) -> QueryResult<Vec<Broken>> {
    tell(conn, acknowledged)?;
    let mut found = Vec::new();
    for Invariant { name, broken } in INVARIANTS {
        let query = format!("SELECT count(*) AS count, coalesce(min(at), '') AS at FROM ({broken}) AS broken (at)");
        let Count { count, at } = diesel::sql_query(query).get_result(conn)?;
        if count > 0 {
            found.push(Broken { invariant: (*name).to_owned(), count, at });
        }
    }
    let faults = verify_chains(conn)?.faults;
    if let Some(first) = faults.first() {
        let count = i64::try_from(faults.len()).unwrap_or(i64::MAX);
        found.push(Broken { invariant: "broken chain of events".to_owned(), count, at: format!("{}: {}", first.at, first.what) });
    }
    Ok(found)
}

fn tell(conn: &mut PgConnection, acknowledged: &[Acknowledged]) -> QueryResult<()> {
    conn.batch_execute("CREATE TEMP TABLE IF NOT EXISTS acknowledged (kind text, id bigint, words text); TRUNCATE acknowledged")?;
    diesel::sql_query("INSERT INTO acknowledged SELECT * FROM unnest($1, $2, $3)")
        .bind::<Array<Text>, _>(acknowledged.iter().map(|one| one.kind).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(acknowledged.iter().map(|one| one.id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(acknowledged.iter().map(|one| one.words.as_str()).collect::<Vec<_>>())
        .execute(conn)
        .map(drop)
}

/// All of them, but for the chains of events, which are computed anew.
pub const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "two winners",
        broken: "SELECT 'project ' || project_id FROM proposals WHERE status = 'ACCEPTED' GROUP BY project_id HAVING count(*) > 1",
    },
    Invariant {
        name: "torn award",
        broken: "SELECT 'project ' || p.id FROM projects p LEFT JOIN contracts c ON c.project_id = p.id AND (c.status IN ('ACTIVE', 'PAUSED') \
                     OR c.status = 'TERMINATED' AND p.status = 'ASSIGNED' AND c.proposal_id = p.accepted_proposal_id) \
                 GROUP BY p.id HAVING count(c.id) <> (p.status = 'ASSIGNED')::int \
                     OR p.status IN ('DRAFT', 'OPEN', 'CANCELLED') AND EXISTS (SELECT FROM proposals WHERE project_id = p.id AND status = 'ACCEPTED')",
    },
    Invariant {
        name: "pending beside a project that is not open",
        broken: "SELECT 'proposal ' || b.id FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.status = 'PENDING' AND p.status <> 'OPEN'",
    },
    Invariant {
        name: "closed by the house before its time",
        broken: "SELECT 'project ' || p.id FROM projects p JOIN events e ON e.stream_kind = 'PROJECT' AND e.stream_id = p.id \
                     AND e.kind = 'PROJECT_CANCELLED' AND e.actor_id IS NULL \
                 WHERE e.at < p.deadline + make_interval(days => coalesce((e.facts ->> 'days')::int, 0))",
    },
    Invariant {
        name: "overlapping sessions",
        broken: "SELECT 'session ' || a.id FROM work_logs a JOIN work_logs b ON b.freelancer_id = a.freelancer_id AND b.id > a.id \
                     AND tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at) \
                 WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL",
    },
    Invariant {
        name: "duplicate natural keys",
        broken: "SELECT 'project ' || min(project_id) FROM project_references GROUP BY organisation_id, source_key, ref_key HAVING count(*) > 1 \
                 UNION ALL SELECT 'proposal ' || min(id) FROM proposals GROUP BY project_id, freelancer_id HAVING count(*) > 1 \
                 UNION ALL SELECT 'person ' || min(id) FROM users GROUP BY email_key HAVING count(*) > 1",
    },
    Invariant {
        name: "job with two ends",
        broken: "SELECT 'job ' || job_id FROM job_events WHERE kind IN ('COMPLETED', 'FAILED', 'CANCELLED') GROUP BY job_id HAVING count(*) > 1",
    },
    Invariant {
        name: "level is not the number of escalations",
        broken: "SELECT 'ticket ' || t.id FROM tickets t WHERE t.level <> (SELECT count(*) FROM events e WHERE e.stream_kind = 'TICKET' \
                     AND e.stream_id = t.id AND e.kind = 'TICKET_ESCALATED')",
    },
    Invariant {
        name: "history is not what was acknowledged",
        broken: "SELECT 'ticket ' || t.id FROM tickets t JOIN (SELECT id, kind, count(*) AS told FROM acknowledged \
                     WHERE kind IN ('NOTED', 'ESCALATED') GROUP BY id, kind) a ON a.id = t.id \
                 WHERE a.told <> (SELECT count(*) FROM jsonb_array_elements(t.history) AS entry WHERE entry ->> 'what' = a.kind) \
                 UNION ALL SELECT 'ticket ' || t.id FROM tickets t CROSS JOIN LATERAL jsonb_array_elements(t.history) \
                     WITH ORDINALITY AS h (entry, place) WHERE (h.entry ->> 'n')::bigint IS DISTINCT FROM h.place",
    },
    Invariant {
        name: "counter is not the count",
        broken: "SELECT 'project ' || p.id FROM projects p WHERE p.proposal_count <> \
                     (SELECT count(*) FROM proposals WHERE project_id = p.id AND status <> 'WITHDRAWN') \
                 UNION ALL SELECT 'version of project ' || p.id FROM projects p WHERE p.version <> 1 + (SELECT count(*) FROM events e \
                     WHERE e.stream_kind = 'PROJECT' AND e.stream_id = p.id AND e.kind IN ('PROJECT_EDITED', 'PROJECT_REOPENED')) \
                 UNION ALL SELECT 'version of job ' || j.id FROM jobs j WHERE j.version <> 1 + (SELECT count(*) FROM job_events \
                     WHERE job_id = j.id AND kind <> 'CONFLICT')",
    },
    Invariant {
        name: "acknowledged but absent",
        broken: "SELECT kind || ' ' || id || ' ' || words FROM acknowledged WHERE NOT CASE kind \
                     WHEN 'CONTRACT' THEN EXISTS (SELECT FROM contracts c JOIN projects p ON p.accepted_proposal_id = c.proposal_id \
                         WHERE c.id = acknowledged.id AND c.proposal_id::text = words) \
                     WHEN 'DEADLINE' THEN EXISTS (SELECT FROM projects WHERE id = acknowledged.id AND deadline = words::timestamptz) \
                     WHEN 'WITHDRAWN' THEN EXISTS (SELECT FROM proposals WHERE id = acknowledged.id AND status = 'WITHDRAWN') \
                     WHEN 'SESSION' THEN EXISTS (SELECT FROM work_logs WHERE contract_id = acknowledged.id AND deleted_at IS NULL \
                         AND tstzrange(started_at, ended_at) = words::tstzrange) \
                     WHEN 'RESULT' THEN EXISTS (SELECT FROM jobs WHERE id = acknowledged.id AND status = 'COMPLETED' AND result ->> 'by' = words) \
                     WHEN 'REFERENCE' THEN EXISTS (SELECT FROM project_references r JOIN projects p ON p.id = r.project_id \
                         WHERE r.project_id = acknowledged.id AND r.ref_key = key_of(words)) \
                     ELSE EXISTS (SELECT FROM ticket_words w JOIN tickets t ON t.id = w.ticket_id WHERE t.id = acknowledged.id \
                         AND w.words = acknowledged.words AND t.history -> (w.number - 1) ->> 'what' = kind) END",
    },
];
