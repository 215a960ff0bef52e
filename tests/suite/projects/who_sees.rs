//! What a project's page shows, and to whom.
use guildhall::operations::proposals::accept_proposal;

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn a_draft_is_there_for_members_alone() {
    let database = TestDatabase::new();
    let (organisation, id, freelancer) = {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        let id = given::draft(conn, &organisation);
        (organisation, id, given::freelancer(conn, "Ada Byron"))
    };
    let site = TestSite::on(&database);
    let address = format!("/projects/{id}");
    assert_eq!(site.browser().get(&address).status, 404);
    assert_eq!(site.signed_in(&freelancer.email).get(&address).status, 404);
    assert_eq!(site.signed_in(&organisation.viewer.email).get(&address).status, 200);
    let list = site.browser().get("/projects");
    assert!(!list.has(&format!("a[href='{address}']")));
    for odd in ["/projects/0", "/projects/-1", "/projects/99999999999999999999", "/projects/x", "/projects/1%00"] {
        assert_eq!(site.browser().get(odd).status, 404, "{odd}");
    }
}

#[test]
fn each_person_finds_the_one_thing_to_do_next() {
    let database = TestDatabase::new();
    let (project, newcomer) = {
        let conn = &mut database.connect();
        (given::open_project(conn, 2), given::freelancer(conn, "Rosa Ferreira"))
    };
    let site = TestSite::on(&database);
    let address = format!("/projects/{}", project.id);
    let first = |browser: &crate::support::browser::Browser| browser.get(&address).text("aside .btn.full:not(.quiet)");
    assert_eq!(first(&site.browser()), "Sign in to send a proposal");
    assert_eq!(first(&site.signed_in(&newcomer.email)), "Send a proposal");
    assert_eq!(first(&site.signed_in(&project.freelancers[0].email)), "Look at your proposal");
    assert_eq!(first(&site.signed_in(&project.organisation.manager.email)), "Compare 2 proposals");
    assert_eq!(first(&site.signed_in(&project.organisation.viewer.email)), "Compare 2 proposals");
}

#[test]
fn prices_are_for_members_alone() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 2);
    let site = TestSite::on(&database);
    let address = format!("/projects/{}", project.id);
    let manager = site.signed_in(&project.organisation.manager.email).get(&address);
    assert_eq!(manager.texts("tbody th a"), [project.freelancers[0].name.as_str(), project.freelancers[1].name.as_str()]);
    assert_eq!(manager.texts("tbody td.num"), ["€6,000.00", "20", "€6,100.00", "20"]);
    for browser in [site.browser(), site.signed_in(&project.freelancers[0].email)] {
        let page = browser.get(&address);
        assert!(!page.has("table") && !page.says().contains("6,100"), "{}", page.says());
        assert!(!page.says().contains(&project.freelancers[1].name), "{}", page.says());
    }
}

#[test]
fn who_won_is_for_those_who_are_concerned() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 2);
    let manager = &project.organisation.manager;
    accept_proposal(&mut given::patient(&mut database.connect()), manager.id, project.proposals[0], given::FIRST_SEEN).expect("an award");
    let site = TestSite::on(&database);
    let address = format!("/projects/{}", project.id);
    let (winner, loser) = (&project.freelancers[0], &project.freelancers[1]);
    let sees = |email: &str| site.signed_in(email).get(&address).says();
    assert!(sees(&manager.email).contains(&format!("{} was accepted", winner.name)));
    assert!(sees(&winner.email).contains("Tomas Weber accepted your proposal for €6,000.00"));
    let lost = sees(&loser.email);
    assert!(lost.contains("Harbour Foods chose another proposal") && !lost.contains(&winner.name) && !lost.contains("6,000.00"), "{lost}");
    let stranger = site.browser().get(&address);
    assert_eq!(stranger.text(".docket .tag"), "Assigned");
    assert!(!stranger.says().contains(&winner.name) && !stranger.says().contains("Tomas"), "{}", stranger.says());
}
