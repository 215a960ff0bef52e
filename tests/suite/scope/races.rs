//! Confirming against an award, and against a further edit.
use guildhall::domain::project::{AwardRefused, ProjectStatus, Seen};
use guildhall::domain::proposal::ConfirmRefused;
use guildhall::operations::projects::edit_project;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::proposals;

use diesel::prelude::*;
use std::time::Duration;

use super::{confirm, edit, said, words};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: u64 = 40;

/// Rounds of two at once, now this one and now that one a little later, each on a project that changed once.
fn rounds<T: Send>(
    rival: impl Fn(&mut PgConnection, &OpenProject, u64) -> T + Sync,
    check: impl Fn(&OpenProject, Result<(), ConfirmRefused>, T, i32, u64) -> bool,
) {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (organisation, author) = (given::organisation(conn), given::freelancer(conn, "Ada Byron"));
    let mut confirmed_first = 0;
    for round in 0..ROUNDS {
        let on = given::open_project_with(conn, organisation.clone(), vec![author.clone()]);
        edit(conn, &on, 1);
        let mut done = race(&database, 2, |place, conn| {
            std::thread::sleep(Duration::from_micros(300 * if place == 0 { round % 5 } else { (round + 2) % 5 }));
            if place == 0 { (Some(confirm(conn, &on, 2)), None) } else { (None, Some(rival(conn, &on, round))) }
        });
        let (rival, confirm) = (done.pop().and_then(|done| done.1).unwrap(), done.pop().and_then(|done| done.0).unwrap());
        let scope: i32 = proposals::table.find(on.proposals[0].0).select(proposals::scope_version).first(conn).unwrap();
        confirmed_first += u64::from(check(&on, confirm, rival, scope, round));
    }
    println!("{ROUNDS} rounds: confirmed first {confirmed_first}, second {}", ROUNDS - confirmed_first);
    invariants::hold(&database);
}

#[test]
fn confirming_against_an_award() {
    // in every other round the manager ticks that it answers the first version
    let seen = |round: u64| Seen { scope_version: Some(2), unconfirmed: round.is_multiple_of(2).then_some(1), ..FIRST_SEEN };
    rounds(
        |conn, on, round| said(accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], seen(round))).map(drop),
        |_, confirmed, accepted, scope, round| match (confirmed, accepted) {
            (Ok(()), Ok(())) => scope == 2,
            (Err(ConfirmRefused::ProjectIs(ProjectStatus::Assigned)), Ok(())) if round.is_multiple_of(2) && scope == 1 => false,
            (Ok(()), Err(AwardRefused::Unconfirmed { answers: 1, now: 2 })) if round % 2 == 1 && scope == 2 => false,
            other => panic!("no order explains {other:?} with scope {scope}"),
        },
    );
}

#[test]
fn confirming_against_a_further_edit() {
    rounds(
        |conn, on, _| said(edit_project(&mut patient(conn), on.organisation.owner.id, on.id, &words(on, 2), Some(2))),
        |_, confirmed, edited, scope, _| match (confirmed, edited) {
            (Ok(()), Ok(())) if scope == 2 => true,
            (Err(ConfirmRefused::ScopeChanged { seen: 2, now: 3 }), Ok(())) if scope == 1 => false,
            other => panic!("no order explains {other:?} with scope {scope}"),
        },
    );
}
