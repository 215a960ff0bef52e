//! The monitor: who waits for whom, and which locks by name are held.
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::named_locks::take;
use guildhall::db::{Failure, Fault, lock_waits};
use guildhall::domain::named_lock::NamedLock;
use guildhall::domain::wait::{Wait, WaitRefused, WaitSide};
use guildhall::domain::words::Reason;
use guildhall::operations::house::end_wait;
use guildhall::schema::{act_words, events};

use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::site::TestSite;
use crate::support::wait;
use crate::tickets::admin;

#[test]
fn admins_see_who_waits_for_whom_and_nobody_else_sees_the_page() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let admin = given::somebody(conn, "Priya Raman");
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).expect("an admin");
    take(conn, NamedLock::TicketEscalation, "house-1").expect("a lock").expect("it was free");
    let site = TestSite::on(&database);
    for other in [&project.organisation.owner, &project.freelancers[0]] {
        assert_eq!(site.signed_in(&other.email).get("/admin/locks").status, 404);
    }
    assert_eq!(site.browser().get("/admin/locks").status, 303);
    let browser = site.signed_in(&admin.email);
    let page = browser.get("/admin/locks");
    assert!(page.says().contains("Nobody waits"), "{}", page.says());
    let named = page.texts("section[aria-labelledby=named-h] tbody tr");
    assert!(named.len() == 1 && named[0].contains("ticket_escalation") && named[0].contains("house-1"), "{named:?}");
    let (mut holder, mut second, mut third) = (database.connect(), database.connect(), database.connect());
    let lock = format!("SELECT FROM projects WHERE id = {} FOR UPDATE", project.id);
    holder.batch_execute(&format!("BEGIN; {lock}")).expect("held");
    std::thread::scope(|threads| {
        for conn in [&mut second, &mut third] {
            let lock = &lock;
            threads.spawn(move || {
                conn.batch_execute(&format!("SET application_name = 'waiter'; BEGIN; {lock}; COMMIT")).expect("had in the end");
            });
            std::thread::sleep(Duration::from_millis(100));
        }
        let mut lines = Vec::new();
        wait::until("two wait", || {
            let page = browser.get("/admin/locks");
            lines = page.texts("section[aria-labelledby=waits-h] tbody th");
            lines.len() == 3
        });
        assert!(!lines[0].contains("deep") && lines[1].contains("waits, 1 deep") && lines[2].contains("waits, "), "{lines:?}");
        let page = browser.get("/admin/locks");
        assert!(page.texts("section[aria-labelledby=waits-h] code").iter().any(|query| query.contains("FOR UPDATE")));
        assert_eq!(page.texts("dl.stats dd")[0], "2");
        holder.batch_execute("COMMIT").expect("let go");
    });
    assert!(browser.get("/admin/locks").says().contains("Nobody waits"));
}

/// The first line's and the second's way to end it.
fn ways(page: &crate::support::page::Page) -> Vec<String> {
    page.each("section[aria-labelledby=waits-h] td a", |link| link.attr("href").unwrap().to_owned())
}

#[test]
fn a_wait_and_what_holds_it_up_are_ended_by_hand_with_a_reason() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let manager = site.signed_in(&project.organisation.manager.email);
    let lock = format!("SELECT FROM projects WHERE id = {} FOR UPDATE", project.id);
    for ends_holder in [false, true] {
        let (mut holder, mut second) = (database.connect(), database.connect());
        holder.batch_execute(&format!("BEGIN; {lock}")).expect("held");
        std::thread::scope(|threads| {
            let waits = threads.spawn(|| second.batch_execute(&format!("BEGIN; {lock}; COMMIT")));
            let mut found = Vec::new();
            wait::until("it waits", || {
                found = ways(&browser.get("/admin/locks"));
                found.len() == 2
            });
            let (holds, waiting) = (found[0].clone(), found[1].clone());
            let page = browser.get(if ends_holder { &holds } else { &waiting });
            assert!(page.says().contains(if ends_holder { "its connection closed" } else { "can try again" }), "{}", page.says());
            assert!(page.text("code").contains("FOR UPDATE"));
            assert_eq!(manager.get(&holds).status, 404, "for admins alone");
            let missing = browser.submit(&page, "form.stack", &[]);
            assert_eq!((missing.status, missing.has("#reason-error")), (422, true));
            let page = browser.follow(browser.submit(&page, "form.stack", &[("reason", "It held everybody up.")]));
            assert!(page.says().contains("undone whole"), "{}", page.says());
            let ended = waits.join().expect("an answer");
            match ends_holder {
                true => ended.expect("it goes on once nobody holds the row"),
                false => assert!(ended.expect_err("cancelled").to_string().contains("user request")),
            }
            // a second click, or a colleague's: over
            let late = browser.post(
                holds.split('?').next().unwrap(),
                &[("began", holds.split('=').nth(1).unwrap()), ("side", "HOLDS"), ("reason", "Again.")],
            );
            assert_eq!((late.status, late.text("[data-conflict] h1")), (409, "This wait is over".to_owned()));
            assert!(late.says().contains("Again."), "what was typed is kept");
        });
        assert_eq!(holder.batch_execute("COMMIT").is_err(), ends_holder);
    }
    let told = events::table.filter(events::kind.eq("WAIT_ENDED")).filter(events::actor_id.eq(keeper.id.0));
    assert_eq!(told.count().get_result::<i64>(conn).unwrap(), 2, "what came too late is not told as done");
    let words: Vec<String> = act_words::table.select(act_words::words).load(conn).unwrap();
    assert_eq!(words, ["It held everybody up.", "It held everybody up."]);
    assert!(browser.get("/account/history").says().contains("You ended what held others up"));
    invariants::hold(&database);
}

#[test]
fn whoever_waited_reads_that_somebody_holds_the_row_and_tries_again() {
    let (database, project) = given::database_with_open_project(1);
    let keeper = admin(&mut database.connect(), "Priya Raman").id;
    let (mut holder, mut other) = (database.connect(), database.connect());
    holder.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", project.id)).expect("held");
    std::thread::scope(|threads| {
        let wants = format!("SELECT FROM projects WHERE id = {} FOR UPDATE", project.id);
        let waits = threads.spawn(move || Fault::from(diesel::sql_query(wants).execute(&mut other).expect_err("cancelled")));
        let mut conn = database.connect();
        let mut found = None;
        wait::until("it waits", || {
            found = lock_waits::list(&mut conn).expect("a list").into_iter().find(|held| held.waited.is_some());
            found.is_some()
        });
        let held = found.expect("a wait");
        let wait = Wait { pid: held.pid, began: held.began.expect("a statement"), side: WaitSide::Waits };
        let reason = Reason::parse("It held everybody up.").expect("a reason");
        // what it is taken for must be what it is
        let wrong = Wait { side: WaitSide::Holds, ..wait };
        assert!(matches!(end_wait(&mut patient(&mut conn), keeper, wrong, &reason), Err(Failure::Refused(WaitRefused::Over))));
        end_wait(&mut patient(&mut conn), keeper, wait, &reason).expect("ended");
        assert!(matches!(waits.join().expect("an answer"), Fault::Busy(None)));
    });
    invariants::hold(&database);
}
