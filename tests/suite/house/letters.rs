//! What somebody is told of whom the house keeps out and lets in again, and what nobody else is shown of them meanwhile.
use guildhall::operations::mails::gather_mails;

use super::{lifts, suspends};
use crate::mails::composed;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn a_letter_tells_of_a_suspension_and_of_its_end_with_the_reason() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman").id;
    let ada = &on.freelancers[0];
    suspends(conn, keeper, ada.id).expect("suspended");
    for _ in 0..2 {
        gather_mails(&mut patient(conn), "a.example.org").expect("a round");
    }
    let letters: Vec<_> = composed(&database).into_iter().filter(|letter| letter.address == ada.email).collect();
    let told: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("Your account is suspended")).collect();
    assert_eq!(told.len(), 1, "{letters:?}");
    let text = &told[0].text;
    assert!(text.contains("Asked clients to pay elsewhere.") && text.contains("/sign-in") && !text.contains("Priya"), "{text}");
    assert!(told[0].stop.is_none() && told[0].subject.contains(&ada.id.reference()));
    lifts(conn, keeper, ada.id).expect("let in");
    gather_mails(&mut patient(conn), "a.example.org").expect("a round");
    let letters: Vec<_> = composed(&database).into_iter().filter(|letter| letter.address == ada.email).collect();
    assert!(!letters.iter().any(|letter| letter.subject.contains("suspended")), "it is not so any more");
    let told = letters.iter().find(|letter| letter.subject.contains("You are let in again")).expect("a letter");
    assert!(told.text.contains("They have explained it."), "{}", told.text);
    invariants::hold(&database);
}

#[test]
fn the_profile_of_somebody_who_is_out_is_there_for_admins_alone() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let ada = on.freelancers[0].id;
    let site = TestSite::on(&database);
    let (house, owner) = (site.signed_in(&keeper.email), site.signed_in(&on.organisation.owner.email));
    let paths = [format!("/freelancers/{ada}"), format!("/freelancers/{ada}/reviews"), format!("/freelancers/{ada}/reviews.csv")];
    let seen = |status: u16| {
        for path in &paths {
            for looker in [&owner, &site.browser()] {
                assert_eq!(looker.get(path).status, status, "{path}");
            }
            assert_eq!(house.get(path).status, 200, "{path}");
        }
    };
    seen(200);
    suspends(conn, keeper.id, ada).expect("suspended");
    seen(404);
    assert_eq!(owner.post(&format!("/freelancers/{ada}/report"), &[("reason", "Hidden.")]).status, 404);
    assert!(house.get(&paths[0]).says().contains("Suspended"));
    lifts(conn, keeper.id, ada).expect("let in");
    seen(200);
}

#[test]
fn the_last_admin_is_told_that_they_stay() {
    let (database, _) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let close = || browser.submit(&browser.get("/account/close"), "main form", &[("password", given::PASSWORD)]);
    let refused = close();
    assert_eq!((refused.status, refused.text("#k-h")), (409, "You are the last who keeps the house".to_owned()));
    admin(conn, "Sofia Marin");
    assert_eq!(close().location(), "/");
    invariants::hold(&database);
}
