//! How the machinery is, and what it was started with, as admins read it.
use crate::support::given;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn admins_read_how_the_machinery_is_and_what_waits() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let page = browser.get("/admin/health");
    assert_eq!(page.status, 200);
    let said = page.says();
    assert!(said.contains("PostgreSQL") && said.contains("this machine’s") && said.contains("in use"), "{said}");
    assert!(said.contains("nothing waits") && !said.contains("Look here"), "{said}");
    let page = browser.get("/admin/settings");
    assert_eq!((page.status, page.text(".empty h2").as_str()), (200, "Nothing is known of the settings"));
    for other in [&on.organisation.owner, &on.freelancers[0]] {
        let theirs = site.signed_in(&other.email);
        for path in ["/admin/health", "/admin/settings"] {
            assert_eq!(theirs.get(path).status, 404, "{path}");
        }
    }
}
