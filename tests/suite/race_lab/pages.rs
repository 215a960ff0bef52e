//! The page for admins: what the last race came to.
use guildhall::domain::race::Broken;
use guildhall::operations::house::keep_race_run;
use guildhall::race::Scenario;

use super::run;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::site::TestSite;

#[test]
fn admins_read_what_the_last_races_came_to_and_nobody_else_does() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (admin, other) = (given::somebody(conn, "Priya Raman"), given::freelancer(conn, "Ada Byron"));
    given::past_triggers(conn, &format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id));
    let site = TestSite::on(&database);
    assert_eq!(site.signed_in(&other.email).get("/admin/races").status, 404);
    assert_eq!(site.browser().get("/admin/races").status, 303);
    let browser = site.signed_in(&admin.email);
    let empty = browser.get("/admin/races");
    assert!(empty.says().contains("No race was run here yet") && empty.says().contains("guildhall race"), "{}", empty.says());
    let mut raced = run(&database, &[Scenario::Job], 2, 1);
    keep_race_run(&mut patient(conn), &raced).expect("kept");
    let page = browser.get("/admin/races");
    assert_eq!(page.texts("h2")[0], "Nothing was wrong");
    let rows = page.texts("section[aria-labelledby=last-h] tbody tr");
    assert!(rows.len() == 1 && rows[0].starts_with("job"), "{rows:?}");
    raced.heats[0].broken.push(Broken { invariant: "two winners".to_owned(), count: 3, at: "project <7>".to_owned() });
    keep_race_run(&mut patient(conn), &raced).expect("kept");
    let page = browser.get("/admin/races");
    assert_eq!(page.texts("h2")[0], "1 thing was wrong");
    assert_eq!(page.texts("section[aria-labelledby=last-h] li"), ["job: two winners: 3, such as project <7>"]);
    assert_eq!(page.texts("section[aria-labelledby=runs-h] tbody tr").len(), 2);
}
