//! Twins of confirming: what they read as the project's version, or as open, holds no more when they write.
use diesel::prelude::*;
use guildhall::domain::event::{EventKind, Happening};
use guildhall::domain::ids::ProposalId;
use guildhall::domain::project::Seen;
use guildhall::operations::proposals::accept_proposal;

use super::lab::{DROPPED, chain, guard, put, read, run};
use crate::scope::edit;
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;

type Rival = fn(&mut PgConnection, &OpenProject);

/// Confirms what was read: `update` says which version is written.
fn confirm(conn: &mut PgConnection, on: &OpenProject, update: &str, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let scope = read(conn, "SELECT scope_version::bigint AS n FROM projects WHERE id = $1 AND status = 'OPEN'", on.id.0);
    pause();
    conn.transaction(|conn| {
        run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.id.0])?;
        run(conn, update, &[on.proposals[0].0, scope])?;
        let mut what = Happening::by(on.freelancers[0].id, EventKind::ScopeConfirmed).facts(serde_json::json!({ "scope_version": scope }));
        what.proposal = Some(ProposalId(on.proposals[0].0));
        let chain = chain(conn, on);
        put(conn, on, chain, what)
    })
}

const WHAT_WAS_READ: &str = "UPDATE proposals SET scope_version = $2 WHERE id = $1";
const WHAT_IS_IN_FORCE: &str =
    "UPDATE proposals SET scope_version = p.scope_version FROM projects p WHERE p.id = project_id AND proposals.id = $1 AND $2 > 0";

fn award(conn: &mut PgConnection, on: &OpenProject) {
    let seen = Seen { scope_version: Some(2), unconfirmed: Some(1), ..FIRST_SEEN };
    accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], seen).expect("an award");
}

fn edit_again(conn: &mut PgConnection, on: &OpenProject) {
    edit(conn, on, 2);
}

#[test]
fn confirming_what_was_read_as_open_is_caught() {
    is_caught(WHAT_WAS_READ, award, "a confirmation after the decision", Some("proposals_scope_is_current"));
}

#[test]
fn confirming_whatever_is_in_force_is_caught() {
    is_caught(WHAT_IS_IN_FORCE, edit_again, "a proposal that answers another scope", None);
}

#[test]
fn confirming_an_earlier_version_than_the_one_in_force_is_stopped() {
    let (_, stopped) = act(WHAT_WAS_READ, Some(edit_again), false);
    assert_eq!(stopped.as_deref(), Some("proposals_scope_is_current"));
}

#[track_caller]
fn is_caught(update: &str, rival: Rival, found: &str, guard: Option<&str>) {
    assert_eq!(act(update, None, true), (Vec::new(), None), "alone");
    let (harm, _) = act(update, Some(rival), true);
    assert!(harm.iter().any(|what| what.starts_with(found)), "not caught: {harm:?}");
    let (left, stopped) = act(update, Some(rival), false);
    assert_eq!((stopped.as_deref(), left.is_empty()), (guard, guard.is_some()), "on the whole schema: {left:?}");
    println!("confirm: caught ({}), stopped by {}", harm.join(", "), guard.unwrap_or("nothing but the lock"));
}

fn act(update: &str, rival: Option<Rival>, weakened: bool) -> (Vec<String>, Option<String>) {
    let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
    let (mut conn, mut other) = (database.connect(), database.connect());
    let on = given::open_project(&mut conn, 2);
    edit(&mut conn, &on, 1);
    let mut pause = || {
        if let Some(rival) = rival {
            rival(&mut other, &on);
        }
    };
    let done = confirm(&mut conn, &on, update, &mut pause);
    (invariants::broken(&mut conn), guard(done))
}
