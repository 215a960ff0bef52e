//! Looking for organisations, and one of them.
use crate::support::given;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn organisations_are_found_by_part_of_their_name_or_their_number() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let other = given::organisation(conn).id;
    diesel::RunQueryDsl::execute(diesel::sql_query(format!("UPDATE organisations SET name = '100 % Wool_and' WHERE id = {other}")), conn)
        .unwrap();
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let names = |path: &str| browser.get(path).texts("ul.list h2");
    assert_eq!(names("/admin/organisations").len(), 2);
    assert_eq!(names("/admin/organisations?q=%25+wOOl_"), ["100 % Wool_and"]);
    assert!(names("/admin/organisations?q=wool-and").is_empty());
    let id = on.organisation.id;
    assert_eq!(browser.get(&format!("/admin/organisations?q=org-{:04}", id.0)).location(), format!("/admin/organisations/{id}"));
    let page = browser.get(&format!("/admin/organisations/{id}"));
    assert_eq!(page.texts("tbody tr").len(), 4);
    assert!(page.says().contains(&on.organisation.viewer.email) && page.says().contains("Open 1, drafts 0"), "{}", page.says());
    assert_eq!(names(&format!("/admin/projects?client={id}")).len(), 1);
    assert!(names(&format!("/admin/projects?client={other}")).is_empty());
    assert!(browser.get("/admin/organisations.csv?q=wool").html.contains("100 % Wool_and"));
    for other in [&on.organisation.owner, &on.freelancers[0]] {
        let theirs = site.signed_in(&other.email);
        for path in ["/admin/organisations", "/admin/organisations.csv", &format!("/admin/organisations/{id}")] {
            assert_eq!(theirs.get(path).status, 404, "{path}");
        }
    }
    assert_eq!(browser.get("/admin/organisations/999999").status, 404);
}
