//! Accepting a proposal that was made for an earlier version: only with a second confirmation that names the change.
use guildhall::domain::project::{AwardRefused, Seen};
use guildhall::operations::proposals::accept_proposal;

use super::{confirm, edit, said};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn an_unconfirmed_one_is_accepted_only_by_naming_what_it_answers() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    edit(conn, &on, 1);
    let accept = |seen: Seen| said(accept_proposal(&mut patient(&mut database.connect()), on.organisation.owner.id, on.proposals[0], seen));
    let seen = Seen { scope_version: Some(2), ..FIRST_SEEN };
    let unconfirmed = Err(AwardRefused::Unconfirmed { answers: 1, now: 2 });
    assert_eq!(accept(FIRST_SEEN).map(drop), Err(AwardRefused::ScopeChanged { seen: 1, now: 2 }));
    assert_eq!(accept(seen).map(drop), unconfirmed);
    assert_eq!(accept(Seen { scope_version: None, ..seen }).map(drop), unconfirmed, "whoever does not say what they saw neither");
    assert_eq!(accept(Seen { unconfirmed: Some(2), ..seen }).map(drop), unconfirmed, "another version than it answers");
    assert!(accept(Seen { unconfirmed: Some(1), ..seen }).is_ok_and(|accepted| accepted.new));
    invariants::hold(&database);
}

#[test]
fn a_confirmed_one_needs_no_second_word() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    edit(conn, &on, 1);
    confirm(conn, &on, 2).expect("a confirmation");
    let seen = Seen { scope_version: Some(2), ..FIRST_SEEN };
    accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], seen).expect("an award");
    invariants::hold(&database);
}

#[test]
fn the_page_names_the_change_and_asks_for_a_tick() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&on.organisation.manager.email);
    let address = format!("/proposals/{}/accept", on.proposals[0]);
    assert!(!manager.get(&address).has("input[name=unconfirmed]"));
    edit(&mut database.connect(), &on, 1);
    let asks = manager.get(&address);
    assert!(asks.says().contains("budget, description changed"), "{}", asks.says());
    assert_eq!(asks.texts("ins"), ["And 1 scales."]);
    let again = manager.submit(&asks, "form[action$='/accept']", &[]);
    assert_eq!(again.status, 422);
    assert!(
        again.has("a[href='#unconfirmed']") && again.has("#unconfirmed") && again.text("title").starts_with("Error: "),
        "{}",
        again.says()
    );
    let done = manager.submit(&again, "form[action$='/accept']", &[("unconfirmed", "1")]);
    assert!(done.location().starts_with("/contracts/"), "{}", done.says());
    invariants::hold(&database);
}
