//! Closing an account by a twin that withdraws what it saw pending and holds nothing.
use diesel::prelude::*;

use super::lab::{self, guard, run, scene};
use crate::support::given;
use crate::support::invariants;
use guildhall::domain::event::EventKind;

const CLOSE: &str =
    "UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', closed_at = now() WHERE id = $1";

#[test]
fn withdrawing_what_was_seen_pending_and_leaving_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let ada = &on.freelancers[0];
        let other = given::published(&mut conn, &on.organisation);
        let seen = lab::read(&mut conn, "SELECT max(id) AS n FROM proposals WHERE freelancer_id = $1 AND status = 'PENDING'", ada.id.0);
        // sent from another window
        given::proposal(&mut rival, other, ada, 700_000);
        let done = conn.transaction(|conn| {
            run(conn, "UPDATE proposals SET status = 'WITHDRAWN' WHERE id = $1", &[seen])?;
            run(conn, "UPDATE projects SET proposal_count = proposal_count - 1 WHERE id = $1", &[on.id.0])?;
            lab::tell(conn, &on, EventKind::ProposalWithdrawn, Some(seen), Some(("PENDING", "WITHDRAWN")))?;
            run(conn, CLOSE, &[ada.id.0])
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(
            found.iter().any(|what| what.starts_with("a pending proposal or a membership of somebody who left")),
            weakened,
            "{found:?}"
        );
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("users_leave_nothing_open"));
    }
}
