//! Confirming: what changed is shown before it, and what it changes.
use diesel::prelude::*;
use guildhall::domain::project::ProjectStatus;
use guildhall::domain::proposal::{ConfirmRefused, ProposalStatus};
use guildhall::domain::words::Reason;
use guildhall::operations::projects::cancel_project;
use guildhall::operations::proposals::{confirm_scope, decline_proposal, withdraw_proposal};
use guildhall::schema::{events, proposals};

use super::{confirm, edit, said};
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

fn scope(conn: &mut PgConnection, on: &OpenProject) -> (i32, i32) {
    proposals::table.find(on.proposals[0].0).select((proposals::scope_version, proposals::version)).first(conn).unwrap()
}

#[test]
fn a_freelancer_confirms_what_changed_and_no_more() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    assert_eq!(confirm(conn, &on, 1), Ok(()), "nothing changed: nothing to say");
    edit(conn, &on, 1);
    assert_eq!(confirm(conn, &on, 1), Err(ConfirmRefused::ScopeChanged { seen: 1, now: 2 }));
    let by = |who: usize, version| {
        confirm_scope(&mut patient(&mut database.connect()), on.freelancers[who].id, on.proposals[0], version, Some(2))
    };
    assert_eq!(said(by(1, Some(1))), Err(ConfirmRefused::Missing), "another's");
    assert_eq!(said(by(0, Some(7))), Err(ConfirmRefused::Changed { seen: 7, now: 1 }));
    assert_eq!(
        said(confirm_scope(&mut patient(conn), on.freelancers[0].id, on.proposals[0], Some(1), None)),
        Err(ConfirmRefused::ScopeChanged { seen: 0, now: 2 })
    );
    assert_eq!(confirm(conn, &on, 2), Ok(()));
    assert_eq!(confirm(conn, &on, 2), Ok(()), "a double click");
    assert_eq!(scope(conn, &on), (2, 1), "the words' version stays");
    let told: i64 = events::table.filter(events::kind.eq("SCOPE_CONFIRMED")).count().get_result(conn).unwrap();
    assert_eq!(told, 1);
    invariants::hold(&database);
}

#[test]
fn what_is_not_pending_to_its_author_is_not_confirmed() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    edit(conn, &on, 1);
    let reason = Reason::parse("Too dear.").unwrap();
    decline_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], Some(1), &reason).expect("a decline");
    assert_eq!(confirm(conn, &on, 2), Ok(()), "a decline is not to be felt");
    edit(conn, &on, 2);
    withdraw_proposal(&mut patient(conn), on.freelancers[0].id, on.proposals[0]).expect("a withdrawal");
    assert_eq!(confirm(conn, &on, 3), Err(ConfirmRefused::ProposalIs(ProposalStatus::Withdrawn)));
    cancel_project(&mut patient(conn), on.organisation.owner.id, on.id, None, &reason).expect("a cancellation");
    assert_eq!(confirm(conn, &on, 3), Err(ConfirmRefused::ProjectIs(ProjectStatus::Cancelled)));
    invariants::hold(&database);
}

#[test]
fn the_pages_flag_it_show_the_difference_and_take_the_flag_away() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let (author, manager) = (site.signed_in(&on.freelancers[0].email), site.signed_in(&on.organisation.manager.email));
    let (page, own) = (format!("/proposals/{}", on.proposals[0]), format!("/proposals/{}/confirm", on.proposals[0]));
    assert_eq!(author.get(&own).location(), page, "nothing to confirm");
    edit(&mut database.connect(), &on, 1);
    assert!(manager.get(&page).says().contains("earlier version") && author.get(&page).has(&format!("a[href='{own}']")));
    assert_eq!(manager.get(&own).status, 404);
    assert!(site.browser().get(&own).location().starts_with("/sign-in"));
    let asks = author.get(&own);
    assert_eq!(asks.texts("tbody td"), ["€5,000.00 to €9,000.00", "€5,000.00 to €9,001.00"]);
    assert_eq!(asks.texts("ins"), ["And 1 scales."]);
    // it changes once more before they press
    edit(&mut database.connect(), &on, 2);
    let late = author.submit(&asks, "main form", &[]);
    assert_eq!((late.status, late.text("h1")), (409, "The project changed once more".to_owned()));
    let asks = author.get(&own);
    assert_eq!(asks.texts("ins"), ["And 2 scales."]);
    let done = author.follow(author.submit(&asks, "main form", &[]));
    assert!(done.html.contains("Your proposal is confirmed") && !done.has(&format!("a[href='{own}']")), "{}", done.says());
    assert!(!manager.get(&page).says().contains("earlier version"));
    assert!(manager.get(&format!("/projects/{}/history", on.id)).says().contains("confirmed proposal"));
    invariants::hold(&database);
}
