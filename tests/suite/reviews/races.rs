//! Both at the same instant, and a change against the reveal.
use diesel::prelude::*;
use guildhall::domain::contract::Side;
use guildhall::domain::review::ReviewRefused;
use guildhall::operations::people::close_account;
use guildhall::operations::reviews::show_review;
use guildhall::schema::{reviews, users};

use super::{ended, later, told, writes, writes_anew};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 20;

#[test]
fn both_sides_at_the_same_instant_are_shown_once() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let id = ended(conn, &on);
        let done = race(&database, 2, |place, conn| {
            let by = [&on.organisation.owner, &on.freelancers[0]][place];
            writes(conn, by, id, "4", "Good work.").expect("a review")
        });
        assert_eq!(done.iter().filter(|shown| **shown).count(), 1, "the second one shows both");
        assert_eq!(told(conn, id, "REVIEWS_SHOWN"), 1);
    }
    invariants::hold(&database);
}

#[test]
fn a_change_against_the_reveal_is_in_time_or_refused() {
    let (database, mut in_time) = (TestDatabase::new(), 0);
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let id = ended(conn, &on);
        writes(conn, &on.organisation.owner, id, "5", "First words.").expect("a review");
        let done = race(&database, 2, |place, conn| match place {
            0 => writes_anew(conn, &on.organisation.owner, id, "1", "Other words.", 1),
            _ => writes(conn, &on.freelancers[0], id, "4", "Good work."),
        });
        let kept: i32 = reviews::table
            .filter(reviews::side.eq("CLIENT"))
            .filter(reviews::contract_id.eq(id.0))
            .select(reviews::rating)
            .first(conn)
            .unwrap();
        match &done[0] {
            Ok(false) => assert_eq!(kept, 1),
            Err(ReviewRefused::Shown) => assert_eq!(kept, 5, "what was shown stays"),
            other => panic!("{other:?}"),
        }
        assert_eq!(done[1], Ok(true));
        in_time += usize::from(done[0].is_ok());
    }
    println!("{ROUNDS} rounds: {in_time} changes in time");
    invariants::hold(&database);
}

#[test]
fn sixteen_clicks_write_one_review() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let id = ended(conn, &on);
    race(&database, 16, |_, conn| writes(conn, &on.freelancers[0], id, "4", "Good work.").expect("the review"));
    assert_eq!(reviews::table.select((reviews::version, reviews::rating)).load::<(i32, i32)>(conn), Ok(vec![(1, 4)]));
    assert_eq!(told(conn, id, "REVIEW_WRITTEN"), 1);
}

#[test]
fn after_the_days_nothing_is_taken() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let id = ended(conn, &on);
    assert_eq!(writes(conn, &on.organisation.viewer, id, "4", "Good."), Err(ReviewRefused::NotAllowed));
    assert_eq!(writes(conn, &on.organisation.finance, id, "4", "Good."), Err(ReviewRefused::NotAllowed));
    assert_eq!(writes(conn, &given::freelancer(&mut database.connect(), "Mira"), id, "4", "Good."), Err(ReviewRefused::Missing));
    later(conn, id, 13);
    assert_eq!(writes(conn, &on.organisation.manager, id, "4", "Good."), Ok(false));
    later(conn, id, 1);
    assert_eq!(writes(conn, &on.freelancers[0], id, "4", "Good."), Err(ReviewRefused::Over));
    assert_eq!(writes(conn, &on.organisation.manager, id, "5", "Good."), Err(ReviewRefused::Over));
}

#[test]
fn two_colleagues_write_one_after_the_other_or_are_told() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let id = ended(conn, &on);
        let done = race(&database, 2, |place, conn| {
            let by = [&on.organisation.owner, &on.organisation.manager][place];
            writes(conn, by, id, ["1", "5"][place], "Good work.")
        });
        let told = done.iter().filter(|one| **one == Err(ReviewRefused::Stale { seen: 0, now: 1 })).count();
        assert_eq!((done.iter().filter(|one| **one == Ok(false)).count(), told), (1, 1), "{done:?}");
    }
    invariants::hold(&database);
}

#[test]
fn whoever_could_have_read_it_cannot_answer() {
    let database = TestDatabase::new();
    let (mut answered, mut shown_alone) = (0, 0);
    for round in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let id = ended(conn, &on);
        writes(conn, &on.organisation.owner, id, "2", "Late, and rude.").expect("a review");
        given::past_triggers(
            conn,
            &format!(
                "UPDATE contract_endings SET ended_at = now() - interval '14 days' + interval '40 milliseconds' WHERE contract_id = {id}; \
                 UPDATE reviews SET written_at = (SELECT ended_at FROM contract_endings WHERE contract_id = {id}) WHERE contract_id = {id}"
            ),
        );
        // the house looks again and again, the freelancer reads before each try: what was read is never answered
        let done = race(&database, 2, |place, conn| {
            let rest = |millis| std::thread::sleep(std::time::Duration::from_millis(millis));
            rest(if place == 0 { 0 } else { 4 * u64::try_from(round).unwrap() });
            for _ in 0..400 {
                rest(1);
                if place == 0 {
                    if show_review(&mut patient(conn), id).unwrap() {
                        return Some(false);
                    }
                    continue;
                }
                let read = guildhall::db::reviews::readable(conn, id, Side::Freelancer).unwrap();
                let has_read = read.iter().any(|review| review.side == Side::Client);
                match writes(conn, &on.freelancers[0], id, "1", "No, they were.") {
                    Ok(both) => {
                        assert!(both && !has_read, "what was read was answered");
                        return Some(true);
                    }
                    Err(ReviewRefused::Over | ReviewRefused::Shown) if has_read => return None,
                    Err(ReviewRefused::Over | ReviewRefused::Shown) => {}
                    Err(why) => panic!("{why:?}"),
                }
            }
            None
        });
        answered += usize::from(done[1] == Some(true));
        shown_alone += usize::from(done[0] == Some(false));
    }
    println!("{ROUNDS} rounds: {answered} in time, {shown_alone} shown alone");
    assert_eq!(answered + shown_alone, ROUNDS);
    invariants::hold(&database);
}

#[test]
fn whoever_closes_the_account_leaves_no_words_behind() {
    let (database, mut refused) = (TestDatabase::new(), 0);
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let id = ended(conn, &on);
        let ada = &on.freelancers[0];
        let proved: String = users::table.find(ada.id.0).select(users::password_hash).first(conn).unwrap();
        let done = race(&database, 2, |place, conn| match place {
            0 => writes(conn, ada, id, "4", "Good people, quorzle."),
            _ => close_account(&mut patient(conn), ada.id, &proved).map(|()| false).map_err(|failure| panic!("{failure:?}")),
        });
        let words: Option<String> =
            reviews::table.filter(reviews::contract_id.eq(id.0)).select(reviews::words).first(conn).optional().unwrap();
        match done[0] {
            Ok(false) => assert_eq!(words.as_deref(), Some("These words were erased: their author closed the account.")),
            Err(ReviewRefused::Missing) => assert_eq!(words, None),
            ref other => panic!("{other:?}"),
        }
        refused += usize::from(done[0].is_err());
    }
    println!("{ROUNDS} rounds: {refused} came after the closing");
    invariants::hold(&database);
}
