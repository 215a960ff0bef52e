//! The dashboard: what needs a person stands first.
use diesel::prelude::*;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{freelancers, projects};

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

/// The titles below one heading, in order.
fn below(page: &crate::support::page::Page, heading: &str) -> Vec<String> {
    page.texts(&format!("section[aria-labelledby='{heading}'] h3"))
}

#[test]
fn a_manager_decides_and_publishes_first() {
    let database = TestDatabase::new();
    let project = {
        let conn = &mut database.connect();
        let project = given::open_project(conn, 2);
        given::draft(conn, &project.organisation);
        given::published(conn, &project.organisation);
        given::open_project(conn, 1);
        project
    };
    let site = TestSite::on(&database);
    let page = site.signed_in(&project.organisation.manager.email).get("/dashboard");
    let title = "Stock system for three warehouses";
    assert_eq!(below(&page, "needs"), [format!("Decide on 2 proposals: {title}"), format!("Publish your draft: {title}")]);
    assert_eq!(below(&page, "open"), [title]);
    assert!(page.has(&format!("a[href='/projects/{}/proposals']", project.id)));
    let viewer = site.signed_in(&project.organisation.viewer.email).get("/dashboard");
    assert!(!viewer.has("#needs"), "nothing waits for somebody who only looks");
    assert_eq!(below(&viewer, "open").len(), 2);

    accept_proposal(&mut given::patient(&mut database.connect()), project.organisation.manager.id, project.proposals[0], given::FIRST_SEEN)
        .expect("an award");
    let page = site.signed_in(&project.organisation.finance.email).get("/dashboard");
    assert_eq!(below(&page, "contracts"), [title]);
    let winner = site.signed_in(&project.freelancers[0].email).get("/dashboard");
    assert_eq!(below(&winner, "contracts"), [title]);
    assert_eq!(winner.texts("section[aria-labelledby=sent] .tag"), ["Accepted"]);
    let loser = site.signed_in(&project.freelancers[1].email).get("/dashboard");
    assert!(!loser.has("#contracts"));
    assert_eq!(loser.texts("section[aria-labelledby=sent] .tag"), ["Not selected"]);
}

#[test]
fn a_freelancer_confirms_what_the_project_outgrew_and_finds_what_fits() {
    let database = TestDatabase::new();
    let (project, other) = {
        let conn = &mut database.connect();
        let project = given::open_project(conn, 1);
        diesel::update(projects::table.find(project.id.0)).set(projects::scope_version.eq(2)).execute(conn).unwrap();
        let skills = vec!["postgresql".to_owned()];
        diesel::update(freelancers::table.find(project.freelancers[0].id.0)).set(freelancers::skills.eq(skills)).execute(conn).unwrap();
        let other = given::published(conn, &project.organisation);
        (project, other)
    };
    let site = TestSite::on(&database);
    let page = site.signed_in(&project.freelancers[0].email).get("/dashboard");
    assert_eq!(below(&page, "needs"), ["Confirm your proposal: Stock system for three warehouses"]);
    let fits = page.each("section[aria-labelledby=fits] h3 a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(fits, [format!("/projects/{other}")], "not the one that was answered");
}

#[test]
fn an_empty_dashboard_says_what_to_do_first() {
    let database = TestDatabase::new();
    let (organisation, freelancer, nobody) = {
        let conn = &mut database.connect();
        (given::organisation(conn), given::freelancer(conn, "Ada Byron"), given::somebody(conn, "Ivo Tanaka"))
    };
    let site = TestSite::on(&database);
    assert_eq!(site.signed_in(&organisation.owner.email).get("/dashboard").text(".empty .btn"), "Post a project");
    assert_eq!(site.signed_in(&freelancer.email).get("/dashboard").text(".empty .btn"), "Find work");
    assert_eq!(site.signed_in(&nobody.email).get("/dashboard").texts(".empty .btn").len(), 2);
    assert!(site.browser().get("/dashboard").location().starts_with("/sign-in?next=%2Fdashboard"));
    let explained = site.browser().get("/how-it-works");
    assert_eq!((explained.status, explained.text("h1")), (200, "How a bid is decided".to_owned()));
}

#[test]
fn unanswered_questions_and_hits_are_counted() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let project = given::open_project(conn, 2);
    given::enquiry(conn, &project, &project.freelancers[0], "When?", None);
    given::enquiry(conn, &project, &project.freelancers[1], "Where?", None);
    given::enquiry(conn, &project, &project.freelancers[1], "Who?", Some("We."));
    let site = TestSite::on(&database);
    let title = "Stock system for three warehouses";
    let needs = |email: &str| below(&site.signed_in(email).get("/dashboard"), "needs");
    assert_eq!(needs(&project.organisation.owner.email)[0], format!("Answer 2 questions: {title}"));
    assert!(needs(&project.organisation.viewer.email).is_empty());
    let of = |place: usize| site.signed_in(&project.freelancers[place].email).get("/dashboard").text("section[aria-labelledby=sent] dl");
    assert_eq!(of(0), "By state1 pending");
    accept_proposal(&mut given::patient(conn), project.organisation.manager.id, project.proposals[0], given::FIRST_SEEN).expect("an award");
    assert_eq!(of(0), "By state1 accepted Chosen1 of 1 that were decided: 100 %. Cancelled projects do not count.");
    assert_eq!(of(1), "By state1 not selected Chosen0 of 1 that were decided: 0 %. Cancelled projects do not count.");
    assert!(needs(&project.organisation.owner.email).is_empty());
}
