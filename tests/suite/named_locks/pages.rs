//! The monitor: who waits for whom, and which locks by name are held.
use std::time::Duration;

use diesel::connection::SimpleConnection;
use guildhall::db::named_locks::take;
use guildhall::domain::named_lock::NamedLock;

use crate::support::given;
use crate::support::site::TestSite;
use crate::support::wait;

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
