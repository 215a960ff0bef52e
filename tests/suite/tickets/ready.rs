//! Answers that admins keep ready: put into an answer on a ticket's page, and changed by one admin at a time.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::{ReadyAnswerId, UserId};
use guildhall::domain::ticket::{ReadyAnswer, ReadyRefused};
use guildhall::operations::tickets::{change_ready_answer, make_ready_answer, remove_ready_answer};
use guildhall::schema::{ready_answers, ticket_words};

use super::{admin, ticket};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

fn answer(title: &str, words: &str) -> ReadyAnswer {
    ReadyAnswer::parse(title, words).expect("an answer")
}

/// One that is kept.
pub fn made(conn: &mut PgConnection, by: UserId) -> ReadyAnswerId {
    make_ready_answer(&mut patient(conn), by, &answer("Printed weeks", "Dear {name}, *fit to page* shows it.")).expect("kept")
}

/// Other words, typed over a version.
pub fn changes(conn: &mut PgConnection, by: UserId, id: ReadyAnswerId, seen: i32, words: &str) -> Result<(), Failure<ReadyRefused>> {
    change_ready_answer(&mut patient(conn), by, (id, Some(seen)), &answer("Printed weeks", words))
}

/// Removed at a version.
pub fn removes(conn: &mut PgConnection, by: UserId, id: ReadyAnswerId, seen: i32) -> Result<(), Failure<ReadyRefused>> {
    remove_ready_answer(&mut patient(conn), by, id, Some(seen))
}

#[test]
fn a_ready_answer_is_kept_put_in_changed_and_sent() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let id = ticket(conn, &ada);
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let address = format!("/tickets/{id}");
    assert!(!agent.get(&address).has("#ready"), "nothing to choose from");
    let page = agent.get("/admin/answers");
    assert!(page.says().contains("No answer is kept ready"), "{}", page.says());
    let missing = agent.submit(&page, "main form", &[("title", "Printed weeks")]);
    assert_eq!(
        (missing.status, missing.has("#words-error"), missing.attribute("#title", "value")),
        (422, true, Some("Printed weeks".into()))
    );
    let words = "Dear {name}, *fit to page* shows it.";
    agent.submit(&missing, "main form", &[("words", words)]).location();
    let twice = agent.submit(&page, "main form", &[("title", "PRINTED weeks"), ("words", words)]);
    assert_eq!((twice.status, twice.has("#title-error"), twice.text("#words")), (422, true, words.to_owned()));
    // what was typed stands before it, and nothing is sent yet
    let page = agent.get(&address);
    let page = agent.submit(&page, "main button[name=put]", &[("words", "I looked."), ("status", "RESOLVED")]);
    assert_eq!((page.status, page.text("#words")), (200, "I looked. Dear Ada Byron, *fit to page* shows it.".to_owned()));
    assert_eq!(ticket_words::table.count().get_result::<i64>(conn).unwrap(), 1, "the question alone");
    agent.submit(&page, "section[aria-labelledby=write] form", &[]).location();
    let told = site.signed_in(&ada.email).get(&address);
    assert!(told.text("main").contains("Dear Ada Byron, fit to page shows it."), "{}", told.says());
    assert!(!told.has("#ready") && told.text(".docket").contains("Resolved"));
    assert_eq!(site.signed_in(&ada.email).get("/admin/answers").status, 404);
    invariants::hold(&database);
}

#[test]
fn what_a_colleague_changed_is_shown_before_it_is_written_over_or_removed() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (grace, lena) = (admin(conn, "Grace Murray"), admin(conn, "Lena Voss"));
    let id = made(conn, grace.id);
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let page = agent.get(&format!("/admin/answers/{id}"));
    changes(conn, lena.id, id, 1, "Print it smaller.").expect("changed");
    let stale = agent.submit(&page, "#edit", &[("title", "Paper")]);
    assert_eq!(stale.status, 409);
    assert!(stale.text("[data-conflict]").contains("taken over below: Words."), "{}", stale.says());
    assert_eq!((stale.attribute("#title", "value"), stale.text("#words")), (Some("Paper".into()), "Print it smaller.".into()));
    let kept = agent.submit(&page, "#edit button.danger", &[]);
    assert_eq!((kept.status, kept.text("#words")), (409, "Print it smaller.".to_owned()), "it is not removed unseen");
    agent.submit(&kept, "#edit button.danger", &[]).location();
    assert_eq!(agent.get(&format!("/admin/answers/{id}")).status, 404);
    assert_eq!(agent.submit(&stale, "#edit", &[]).status, 404);
    invariants::hold(&database);
}

#[test]
fn of_many_at_once_one_makes_it_one_changes_it_and_one_removes_it() {
    let database = TestDatabase::new();
    let admins: Vec<_> = (0..8).map(|place| admin(&mut database.connect(), &format!("Admin {place}")).id).collect();
    let conn = &mut database.connect();
    let made = race(&database, admins.len(), |place, conn| {
        make_ready_answer(&mut patient(conn), admins[place], &answer("Printed weeks", &format!("By {place}.")))
    });
    assert!(made.iter().all(|made| matches!(made, Ok(_) | Err(Failure::Refused(ReadyRefused::TitleTaken)))), "{made:?}");
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
    let id: ReadyAnswerId = ready_answers::table.select(ready_answers::id).first(conn).expect("one");
    let changed = race(&database, admins.len(), |place, conn| changes(conn, admins[place], id, 1, &format!("Changed by {place}.")));
    assert!(
        changed.iter().all(|done| matches!(done, Ok(()) | Err(Failure::Refused(ReadyRefused::Changed { seen: 1, now: 2 })))),
        "{changed:?}"
    );
    assert_eq!(changed.iter().filter(|done| done.is_ok()).count(), 1);
    // half of them remove what the others change
    let done = race(&database, admins.len(), |place, conn| match place % 2 {
        0 => removes(conn, admins[place], id, 2),
        _ => changes(conn, admins[place], id, 2, &format!("Changed again by {place}.")),
    });
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
    let left: i64 = ready_answers::table.count().get_result(conn).expect("a count");
    assert_eq!(left, i64::from(done.iter().position(Result::is_ok).is_some_and(|place| place % 2 == 1)));
    invariants::hold(&database);
}

#[test]
fn a_title_that_another_has_is_refused_when_words_are_changed_too() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let grace = admin(conn, "Grace Murray");
    let id = made(conn, grace.id);
    make_ready_answer(&mut patient(conn), grace.id, &answer("Paper", "A4.")).expect("another");
    let done = change_ready_answer(&mut patient(conn), grace.id, (id, Some(1)), &answer("PAPER", "A5."));
    assert!(matches!(done, Err(Failure::Refused(ReadyRefused::TitleTaken))), "{done:?}");
    changes(conn, grace.id, id, 1, "Dear {name}, *fit to page* shows it.").expect("the same again is nothing");
    let ada = given::somebody(conn, "Ada Byron");
    assert!(matches!(changes(conn, ada.id, id, 1, "Mine."), Err(Failure::Refused(ReadyRefused::Missing))));
    invariants::hold(&database);
}
