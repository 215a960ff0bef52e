//! What was read, and what came meanwhile.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Failure, notices as told};
use guildhall::domain::ids::{NoticeId, UserId};
use guildhall::domain::notice::NoticeRefused;
use guildhall::operations::notices::{mark_all_read, mark_read, mark_unread};
use guildhall::schema::notices;

use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};
use crate::support::race::race;

/// A project of whose proposals its owner was told, with the owner and the numbers of what they were told, oldest first.
fn scene(proposals: usize) -> (TestDatabase, PgConnection, OpenProject, UserId, Vec<i64>) {
    let (database, on) = given::database_with_open_project(proposals);
    let mut conn = database.connect();
    let owner = on.organisation.owner.id;
    let ids = ids(&mut conn, owner, false);
    assert_eq!(ids.len(), proposals);
    (database, conn, on, owner, ids)
}

/// The numbers of somebody's notices, oldest first.
fn ids(conn: &mut PgConnection, who: UserId, unread: bool) -> Vec<i64> {
    let own = notices::table.filter(notices::user_id.eq(who.0)).order(notices::id);
    let rows: Vec<(i64, bool)> = own.select((notices::id, notices::seen_at.is_null())).load(conn).expect("the notices");
    rows.into_iter().filter(|(_, is_unread)| *is_unread || !unread).map(|(id, _)| id).collect()
}

#[test]
fn marking_is_undone_by_marking_back_and_twice_is_once() {
    let (_database, mut conn, _, owner, all) = scene(2);
    let first = NoticeId(all[0]);
    for _ in 0..2 {
        mark_read(&mut patient(&mut conn), owner, first).expect("marked");
        assert_eq!(ids(&mut conn, owner, true), all[1..]);
    }
    for _ in 0..2 {
        mark_unread(&mut patient(&mut conn), owner, first).expect("marked back");
        assert_eq!(ids(&mut conn, owner, true), all);
    }
}

#[test]
fn nobody_marks_somebody_else_s() {
    let (_database, mut conn, on, owner, all) = scene(1);
    let missing = |done| matches!(done, Err(Failure::Refused(NoticeRefused::Missing)));
    assert!(missing(mark_read(&mut patient(&mut conn), on.organisation.manager.id, NoticeId(all[0]))));
    assert!(missing(mark_unread(&mut patient(&mut conn), on.organisation.manager.id, NoticeId(all[0]))));
    assert!(missing(mark_read(&mut patient(&mut conn), owner, NoticeId(all[0] + 1))));
    assert_eq!(ids(&mut conn, owner, true), all);
}

#[test]
fn what_comes_after_the_page_was_read_stays_unread() {
    let (_database, mut conn, on, owner, all) = scene(2);
    let shown = told::page(&mut conn, owner, None).unwrap().shown.expect("there are some");
    let late = given::freelancer(&mut conn, "Mira Lindqvist");
    given::proposal(&mut conn, on.id, &late, 1);
    assert_eq!(mark_all_read(&mut patient(&mut conn), owner, &shown).unwrap(), all.len());
    assert_eq!(ids(&mut conn, owner, true).len(), 1);
    assert_eq!(mark_all_read(&mut patient(&mut conn), owner, &shown).unwrap(), 0, "twice is once");
}

/// A notice gets its number before its transaction commits: one with a lower number than all that were shown can come
/// later than the page. Marking "all up to the highest number" marks it too; the page's snapshot does not.
#[test]
fn what_was_numbered_before_and_committed_after_the_page_stays_unread() {
    for naive in [true, false] {
        let (database, mut conn, on, owner, all) = scene(1);
        let mut slow = database.connect();
        let late = format!(
            "INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq) VALUES ({}, 'DECIDED', 'PROJECT', {}, 1)",
            owner.0, on.id.0
        );
        slow.batch_execute(&format!("BEGIN; {late}")).expect("a notice on its way");
        let other = given::freelancer(&mut conn, "Mira Lindqvist");
        given::proposal(&mut conn, on.id, &other, 1);
        let page = told::page(&mut conn, owner, None).unwrap();
        assert_eq!(page.rows.len(), 2);
        slow.batch_execute("COMMIT").expect("it has come");
        if naive {
            let highest = page.rows[0].id.0;
            let own = notices::table.filter(notices::user_id.eq(owner.0)).filter(notices::id.le(highest));
            diesel::update(own).set(notices::seen_at.eq(diesel::dsl::now)).execute(&mut conn).unwrap();
        } else {
            assert_eq!(mark_all_read(&mut patient(&mut conn), owner, &page.shown.unwrap()).unwrap(), 2);
        }
        let unread = ids(&mut conn, owner, true);
        assert_eq!(unread.is_empty(), naive, "never shown, and marked read: {unread:?}");
        assert!(unread.iter().all(|id| *id > all[0]), "{unread:?}");
    }
}

#[test]
fn marking_all_while_proposals_come_in_marks_nothing_that_was_not_shown() {
    let (database, mut conn, on, owner, _) = scene(1);
    let bidders: Vec<_> = (0..12).map(|_| given::freelancer(&mut conn, "Mira Lindqvist")).collect();
    let outcomes = race(&database, 4, |place, conn| {
        if place < 3 {
            for bidder in &bidders[place * 4..place * 4 + 4] {
                given::proposal(conn, on.id, bidder, 500_000);
            }
            return Vec::new();
        }
        let mut shown = Vec::new();
        for _ in 0..20 {
            let page = told::page(conn, owner, None).unwrap();
            shown.extend(page.rows.iter().map(|row| row.id.0));
            mark_all_read(&mut patient(conn), owner, &page.shown.unwrap()).unwrap();
        }
        shown
    });
    let read: Vec<i64> = notices::table
        .filter(notices::user_id.eq(owner.0))
        .filter(notices::seen_at.is_not_null())
        .select(notices::id)
        .load(&mut conn)
        .unwrap();
    assert!(read.iter().all(|id| outcomes[3].contains(id)), "marked and never shown: {read:?}, shown {:?}", outcomes[3]);
}
