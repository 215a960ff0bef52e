//! What is to be told, as it is often noted: what is missing is read, and inserted a moment later.
use diesel::prelude::*;

use super::lab::{guard, read, run, scene};
use crate::support::given::OpenProject;
use crate::support::invariants;
use crate::webhooks::made;

const MISSING: &str = "SELECT count(*) AS n FROM events e WHERE e.stream_kind = 'PROJECT' AND e.stream_id = $1 AND e.kind = 'PROPOSAL_SUBMITTED' \
    AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.project_id = e.stream_id AND d.seq = e.seq)";
const NOTE: &str = "INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind) SELECT $2, stream_id, seq, kind FROM events \
    WHERE stream_kind = 'PROJECT' AND stream_id = $1 AND kind = 'PROPOSAL_SUBMITTED'";

fn naive_gather(conn: &mut PgConnection, on: &OpenProject, hook: i64, pause: impl FnOnce()) -> QueryResult<()> {
    let missing = read(conn, MISSING, on.id.0);
    pause();
    if missing == 0 { Ok(()) } else { run(conn, NOTE, &[on.id.0, hook]) }
}

#[test]
fn noting_what_was_read_as_missing_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        let hook = made(&mut conn, &on.organisation, "https://work.example.org/").0;
        let done = guard(naive_gather(&mut conn, &on, hook, || naive_gather(&mut other, &on, hook, || {}).expect("the first")));
        assert_eq!(done.as_deref(), (!weakened).then_some("webhook_deliveries_one_per_event"));
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with("an event told twice")), weakened);
    }
}
