//! The history shows what changed from the words that are kept, and says so where they are not what was recorded.
use diesel::prelude::*;

use super::edit;
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn everybody_concerned_reads_what_changed() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let conn = &mut database.connect();
    edit(conn, &on, 1);
    edit(conn, &on, 2);
    let address = format!("/projects/{}/history", on.id);
    for email in [&on.organisation.viewer.email, &on.freelancers[0].email] {
        let page = site.signed_in(email).get(&address);
        assert_eq!(page.texts(".timeline ins"), ["And 1 scales.", "And 2 scales."]);
        assert_eq!(page.texts(".timeline del"), ["And 1 scales."]);
        assert_eq!(page.texts(".timeline tbody tr").len(), 2);
    }
    // somebody's words are erased: the chain holds, the difference is gone
    diesel::sql_query("UPDATE project_revisions SET description = '' WHERE scope_version = 2").execute(conn).unwrap();
    let page = site.signed_in(&on.freelancers[0].email).get(&address);
    assert!(!page.has(".timeline ins") && page.says().contains("are not kept any more"), "{}", page.says());
    assert!(guildhall::db::verify::verify(conn).unwrap().faults.is_empty());
}
