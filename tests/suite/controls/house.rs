//! Keeping people out by twins that decide on what they saw a moment before.
use diesel::prelude::*;
use guildhall::domain::event::{EventKind, Happening};
use guildhall::domain::ids::UserId;

use super::lab::{self, guard, run, scene};
use crate::house::abuse::{reported, settles};
use crate::house::{holds, suspends};
use crate::support::given::OpenProject;
use crate::support::invariants;
use crate::tickets::admin;

const OUT: &str = "UPDATE users SET suspended_at = clock_timestamp(), suspended_for = 'Because.' WHERE id = $1";

/// As it should be told, with its words.
fn tell(conn: &mut PgConnection, by: UserId, id: UserId) -> QueryResult<()> {
    lab::tell_person(conn, id, Happening::by(by, EventKind::PersonSuspended))?;
    run(conn, "INSERT INTO act_words SELECT 'PERSON', $1, event_count, 'Because.' FROM users WHERE id = $1", &[id.0])
}

/// An award as it is written by somebody who has looked already.
fn award(conn: &mut PgConnection, on: &OpenProject, bid: i64) -> QueryResult<()> {
    run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.id.0])?;
    run(conn, "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING' AND id <> $2", &[on.id.0, bid])?;
    run(conn, "UPDATE proposals SET status = 'ACCEPTED' WHERE id = $1", &[bid])?;
    run(conn, "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = $2 WHERE id = $1", &[on.id.0, bid])?;
    let contract = "INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days, \
        proposal_version, scope_version, accepted_by, accepted_at) SELECT p.id, b.id, p.organisation_id, b.freelancer_id, p.kind, b.amount, \
        p.currency, b.days, b.version, b.scope_version, p.created_by, clock_timestamp() FROM proposals b JOIN projects p ON p.id = b.project_id \
        WHERE b.id = $1";
    run(conn, contract, &[bid])?;
    lab::tell(conn, on, EventKind::ProposalAccepted, Some(bid), Some(("OPEN", "ASSIGNED")))
}

#[test]
fn two_who_each_saw_the_other_in_leave_nobody() {
    for weakened in [true, false] {
        let (database, _) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let (one, other) = (admin(&mut conn, "Priya Raman").id, admin(&mut conn, "Sofia Marin").id);
        // looked before anything was locked: there are two
        let admins = lab::read(&mut conn, "SELECT count(*) AS n FROM users WHERE is_admin AND suspended_at IS NULL AND $1 > 0", 1);
        assert_eq!(admins, 2);
        suspends(&mut rival, other, one).expect("the rival was first");
        let done = conn.transaction(|conn| {
            tell(conn, one, other)?;
            run(conn, OUT, &[other.0])
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("nobody keeps the house any more")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("users_keep_an_admin"));
    }
}

#[test]
fn an_award_to_somebody_who_was_seen_in_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let keeper = admin(&mut conn, "Priya Raman").id;
        let (ada, bid) = (on.freelancers[0].id, on.proposals[0].0);
        let seen = lab::read(&mut conn, "SELECT count(*) AS n FROM users WHERE id = $1 AND suspended_at IS NULL", ada.0);
        assert_eq!(seen, 1);
        suspends(&mut rival, keeper, ada).expect("kept out between the looking and the lock");
        let done = conn.transaction(|conn| award(conn, &on, bid));
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("agreed with somebody who was kept out")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("contracts_nobody_is_out"));
    }
}

/// Whether nothing was held a moment before.
fn seen_free(conn: &mut PgConnection, on: &OpenProject) {
    assert_eq!(lab::read(conn, "SELECT count(*) AS n FROM projects WHERE id = $1 AND held_at IS NULL", on.id.0), 1);
}

const HELD: &str = "won, offered for or changed while the house held it";

#[test]
fn an_award_of_a_project_that_was_seen_free_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let keeper = admin(&mut conn, "Priya Raman").id;
        seen_free(&mut conn, &on);
        holds(&mut rival, keeper, on.id).expect("held between the looking and the lock");
        let done = conn.transaction(|conn| award(conn, &on, on.proposals[0].0));
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with(HELD)), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("projects_held_stay"));
    }
}

#[test]
fn a_proposal_for_a_project_that_was_seen_free_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let keeper = admin(&mut conn, "Priya Raman").id;
        let mira = on.freelancers[2].id.0;
        seen_free(&mut conn, &on);
        holds(&mut rival, keeper, on.id).expect("held between the looking and the insert");
        let done = conn.transaction(|conn| {
            let bid =
                "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES ($1, $2, 1, 1, '', 1)";
            run(conn, bid, &[on.id.0, mira])?;
            run(conn, "UPDATE projects SET proposal_count = proposal_count + 1 WHERE id = $1", &[on.id.0])?;
            let bid = lab::read(conn, "SELECT max(id) AS n FROM proposals WHERE project_id = $1", on.id.0);
            lab::tell(conn, &on, EventKind::ProposalSubmitted, Some(bid), None)
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with(HELD)), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("proposals_not_while_held"));
    }
}

#[test]
fn two_who_each_saw_a_project_free_hold_it_twice() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let (one, other) = (admin(&mut conn, "Priya Raman").id, admin(&mut conn, "Sofia Marin").id);
        seen_free(&mut conn, &on);
        holds(&mut rival, other, on.id).expect("the rival was first");
        let done = conn.transaction(|conn| {
            let chain = lab::chain(conn, &on);
            lab::put(conn, &on, chain, Happening::by(one, EventKind::ProjectHeld))?;
            run(conn, "INSERT INTO act_words SELECT 'PROJECT', $1, event_count, 'Because.' FROM projects WHERE id = $1", &[on.id.0])?;
            run(conn, "UPDATE projects SET held_at = clock_timestamp(), held_for = 'Because.' WHERE id = $1", &[on.id.0])
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("held twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("projects_held_once"));
    }
}

#[test]
fn two_who_each_saw_a_report_open_settle_it_twice() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let (one, other) = (admin(&mut conn, "Priya Raman").id, admin(&mut conn, "Sofia Marin").id);
        let id = reported(&mut conn, on.id.0);
        let open = lab::read(&mut conn, "SELECT count(*) AS n FROM abuse_reports WHERE id = $1 AND settled_at IS NULL", id.0);
        assert_eq!(open, 1);
        settles(&mut rival, other, id).expect("the rival was first");
        let done = conn.transaction(|conn| {
            let what = Happening::by(one, EventKind::ReportSettled).facts(serde_json::json!({ "report": id }));
            lab::tell_person(conn, one, what)?;
            run(
                conn,
                "UPDATE abuse_reports SET settled_at = clock_timestamp(), settled_by = $2, outcome = 'ACTED_ON' WHERE id = $1",
                &[id.0, one.0],
            )
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a report of abuse settled twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("abuse_reports_settled_once"));
    }
}
