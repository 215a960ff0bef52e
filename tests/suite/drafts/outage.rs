//! The database goes away while somebody sends what they typed.
use crate::support::given;
use crate::support::site::TestSite;
use crate::support::wait;

#[test]
fn the_page_that_says_so_sends_the_same_again() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let thread = owner.get(&format!("/proposals/{}/messages", project.proposals[0]));
    database.go_away();
    let away = owner.submit(&thread, "main form", &[("message", "A <quorzle>\r\nfor you")]);
    assert_eq!(away.status, 503);
    assert!(away.text("#kept ~ dl").contains("A <quorzle>"), "{}", away.says());
    let away = owner.submit(&away, "#kept + form", &[]);
    assert_eq!(away.status, 503, "as often as it takes");
    database.come_back();
    wait::until("the site works again", || owner.get("/projects").status == 200);
    let sent = owner.submit(&away, "#kept + form", &[]);
    assert_eq!(sent.status, 303, "{}", sent.says());
    let thread = owner.follow(sent);
    assert_eq!(thread.texts(".thread .prose"), ["A <quorzle> for you"]);
    assert!(owner.get("/drafts").has(".empty"));
}
