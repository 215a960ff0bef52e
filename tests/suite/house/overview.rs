//! How the house stands as a whole: what needs somebody, five figures, two drawings and their table.
use diesel::connection::SimpleConnection;

use crate::support::given;
use crate::support::site::TestSite;
use crate::tickets::admin as keeper;

#[test]
fn the_overview_counts_what_is_there_and_names_what_needs_somebody() {
    let (database, project) = given::database_with_open_project(3);
    let conn = &mut database.connect();
    let admin = keeper(conn, "Priya Raman");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&admin.email);
    let page = browser.get("/admin");
    assert!(page.says().contains("All well") && page.says().contains("Nothing waits for an admin"), "{}", page.says());
    // open, proposals, contracts, signed in, jobs
    assert_eq!(page.texts("dl.stats dd")[..4], ["1", "3", "0", "1"]);
    let sums = |column: usize| {
        let cells = page.texts(&format!("details tbody td:nth-child({column})"));
        (cells.len(), cells.iter().map(|cell| cell.parse::<i64>().expect("a number")).sum::<i64>())
    };
    assert_eq!((sums(2), sums(3), sums(4)), ((24, 3), (24, 1), (24, 0)));
    assert!(page.html.contains("3 proposals were sent in 24 days"));
    let ticket = crate::tickets::ticket(conn, &project.freelancers[0]);
    conn.batch_execute(&format!(
        "UPDATE tickets SET clock_from = now() - interval '9 days', due_at = now() - interval '3 hours' WHERE id = {ticket}"
    ))
    .expect("late");
    let page = browser.get("/admin");
    assert_eq!(page.texts("section[aria-labelledby=needs] h3"), ["1 ticket is overdue"]);
    assert!(page.says().contains("Somebody is needed"));
}

#[test]
fn for_everybody_else_the_house_is_not_there() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    for other in [&project.organisation.owner, &project.freelancers[0]] {
        let browser = site.signed_in(&other.email);
        assert_eq!(browser.get("/admin").status, 404);
        assert!(!browser.get("/dashboard").html.contains("href=\"/admin\""));
    }
    assert_eq!(site.browser().get("/admin").location(), "/sign-in?next=%2Fadmin");
    let admin = keeper(&mut database.connect(), "Priya Raman");
    assert!(site.signed_in(&admin.email).get("/dashboard").html.contains("href=\"/admin\""));
}
