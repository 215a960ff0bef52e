//! What the house shows once the days are over: once, and both sides are told.
use diesel::prelude::*;
use guildhall::domain::job::{NewJob, Task};
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::reviews::show_review;
use guildhall::schema::{jobs, notices, reviews};
use guildhall::worker::Rules;

use super::{ended, later, told, writes};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::race::race;
use crate::support::site::TestSite;
use crate::support::{crew, invariants};

#[test]
fn one_alone_is_shown_once_when_the_days_are_over_and_both_sides_are_told() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let id = ended(conn, &on);
    later(conn, id, 13);
    assert!(!show_review(&mut patient(conn), id).unwrap(), "there is none");
    writes(conn, &on.freelancers[0], id, "2", "Slow answers, quorzle.").expect("a review");
    assert!(!show_review(&mut patient(conn), id).unwrap(), "too early");
    let site = TestSite::on(&database);
    let (owner, ada) = (site.signed_in(&on.organisation.owner.email), site.signed_in(&on.freelancers[0].email));
    let (address, client) = (format!("/contracts/{id}/reviews"), format!("/organisations/{}/reviews", on.organisation.id));
    later(conn, id, 1);
    let between = owner.get(&address);
    assert!(!between.html.contains("quorzle") && !between.has("main form"), "no longer to be answered, and not shown yet");
    let done = race(&database, 8, |_, conn| show_review(&mut patient(conn), id).unwrap());
    assert_eq!(done.iter().filter(|shown| **shown).count(), 1, "{done:?}");
    assert_eq!(told(conn, id, "REVIEWS_SHOWN"), 1);
    let of = notices::table.filter(notices::kind.eq("REVIEWED")).filter(notices::stream_id.eq(id.0)).order(notices::user_id);
    let mut expected = [on.organisation.owner.id.0, on.organisation.manager.id.0, on.freelancers[0].id.0].repeat(2);
    expected.sort_unstable();
    // of the writing: those who decide; of the showing: both sides
    expected.remove(expected.iter().position(|id| *id == on.freelancers[0].id.0).expect("the author"));
    assert_eq!(of.select(notices::user_id).load::<i64>(conn).unwrap(), expected);
    let page = owner.get(&address);
    assert!(page.html.contains("quorzle") && !page.has("main form"), "{}", page.says());
    assert!(site.browser().get(&client).html.contains("quorzle"));
    for (browser, path, words) in [
        (&ada, "/notices".to_owned(), "is shown now, to everybody"),
        (&owner, format!("/contracts/{id}/history"), "The days for reviews were over"),
    ] {
        let says = browser.get(&path).says();
        assert!(says.contains(words), "{path}: {says}");
    }
    invariants::hold(&database);
}

#[test]
fn the_turn_of_the_clock_shows_what_is_due_and_nothing_else() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (due, early) = (given::open_project(conn, 1), given::open_project(conn, 1));
    let ids = [&due, &early].map(|on| {
        let id = ended(conn, on);
        writes(conn, &on.organisation.owner, id, "4", "Good work.").expect("a review");
        id
    });
    later(conn, ids[0], 14);
    later(conn, ids[1], 13);
    // and several turns at once, as if workers had been away
    for turn in 0..5 {
        enqueue_job(&mut patient(conn), &NewJob::new(Task::ShowReviews {}, format!("a:{turn}"))).expect("a job");
    }
    crew::work(&database, 2, Rules::default(), "the turns are done", |conn| {
        let all = jobs::table.filter(jobs::kind.eq("SHOW_REVIEWS")).filter(jobs::status.ne("COMPLETED"));
        all.count().get_result(conn) == Ok(0_i64)
    });
    assert_eq!(told(conn, ids[0], "REVIEWS_SHOWN"), 1);
    let shown = reviews::table.filter(reviews::shown_at.is_not_null()).select(reviews::contract_id).load::<i64>(conn);
    assert_eq!(shown, Ok(vec![ids[0].0]));
    invariants::hold(&database);
}
