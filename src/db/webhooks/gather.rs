//! Finding what is to be told: in the histories, after they were committed.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::Tx;
use crate::db::prepared::statement;
use crate::domain::ids::{DeliveryId, OrganisationId};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: DeliveryId,
    #[diesel(sql_type = BigInt)]
    organisation: OrganisationId,
}

/// Looks at what histories have grown by since each webhook looked, notes what it tells, and moves its places on: all in one
/// statement, so that whoever does it at the same moment finds the same events noted already. Answers what was noted, and whose.
pub fn gather(tx: &mut Tx<'_>) -> QueryResult<Vec<(DeliveryId, OrganisationId)>> {
    let rows: Vec<Row> = statement(
        "WITH due AS (SELECT h.id AS hook, h.organisation_id AS organisation, h.kinds, p.id AS project, coalesce(w.seq, 0) AS told, \
                p.event_count AS upto FROM webhooks h JOIN projects p ON p.organisation_id = h.organisation_id \
                LEFT JOIN webhook_places w ON w.hook_id = h.id AND w.project_id = p.id \
                WHERE h.removed_at IS NULL AND p.event_count > coalesce(w.seq, 0) ORDER BY h.id, p.id LIMIT 200), \
            moved AS (INSERT INTO webhook_places (hook_id, project_id, seq) SELECT hook, project, upto FROM due \
                ON CONFLICT (hook_id, project_id) DO UPDATE SET seq = greatest(webhook_places.seq, excluded.seq)), \
            noted AS (INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind) \
                SELECT due.hook, e.stream_id, e.seq, e.kind FROM due JOIN events e ON e.stream_kind = 'PROJECT' AND e.stream_id = due.project \
                AND e.seq > due.told AND e.seq <= due.upto WHERE e.kind = ANY(due.kinds) ORDER BY due.hook, e.stream_id, e.seq \
                ON CONFLICT ON CONSTRAINT webhook_deliveries_one_per_event DO NOTHING RETURNING id, hook_id) \
         SELECT noted.id, h.organisation_id AS organisation FROM noted JOIN webhooks h ON h.id = noted.hook_id ORDER BY noted.id",
    )
    .load(&mut **tx)?;
    Ok(rows.into_iter().map(|row| (row.id, row.organisation)).collect())
}
