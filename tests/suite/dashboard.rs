//! The dashboard: what needs a person stands first.
use diesel::prelude::*;
use guildhall::domain::ids::ProjectId;
use guildhall::domain::message::About;
use guildhall::domain::words::Reason;
use guildhall::operations::proposals::{accept_proposal, decline_proposal, withdraw_proposal};
use guildhall::schema::{freelancers, project_looks, projects};

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
    assert_eq!(of(0), "By state1 = 1 pending");
    accept_proposal(&mut given::patient(conn), project.organisation.manager.id, project.proposals[0], given::FIRST_SEEN).expect("an award");
    assert_eq!(of(0), "By state1 = 1 accepted Chosen1 of 1 that were decided: 100 %. Cancelled projects do not count.");
    assert_eq!(of(1), "By state1 = 1 not selected Chosen0 of 1 that were decided: 0 %. Cancelled projects do not count.");
    assert!(needs(&project.organisation.owner.email).is_empty());
}

#[test]
fn what_is_due_first_stands_first_whatever_it_is() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let first = given::open_project(conn, 2);
    let organisation = first.organisation.clone();
    let author = &first.freelancers[0];
    let another = given::open_project_with(conn, organisation.clone(), vec![author.clone()]);
    let sealed = given::sealed_project_with(conn, organisation.clone(), first.freelancers.clone());
    let none = given::published(conn, &organisation);
    given::draft(conn, &organisation);
    given::thread(conn, &first, 0, &["When?", "In May.", "Good.", "And you?"]);
    given::enquiry(conn, &another, &first.freelancers[1], "Where?", None);
    let due = |project: ProjectId, days: i32| {
        format!("UPDATE projects SET deadline = date_trunc('second', now() + interval '{days} days') WHERE id = {project};")
    };
    let times = [due(sealed.id, -2), due(none, -1), due(first.id, 3), due(another.id, 2)].concat();
    given::past_triggers(
        conn,
        &format!("{times} UPDATE proposals SET created_at = now() - interval '6 days 1 hour' WHERE id = {}", first.proposals[1]),
    );
    let site = TestSite::on(&database);
    let (title, owner) = ("Stock system for three warehouses", site.signed_in(&organisation.owner.email));
    let page = owner.get("/dashboard");
    assert_eq!(
        below(&page, "needs"),
        [
            format!("Open 2 sealed proposals: {title}"),
            format!("Give more time or cancel: {title}"),
            format!("Answer 1 question: {title}"),
            format!("Decide on 1 proposal: {title}"),
            format!("Decide on 2 proposals: {title}"),
            format!("Read 1 new message from Ada Byron: {title}"),
            format!("Publish your draft: {title}"),
        ]
    );
    assert_eq!(page.text("#needs"), "Needs you 7");
    let ages = page.texts("section[aria-labelledby=needs] .age");
    assert_eq!((ages[0].as_str(), ages[1].as_str(), ages[4].as_str()), ("waits 2 days", "waits 1 day", "waits 6 days"));
    assert!(page.has("a[href$='/messages#new']"));
    assert!(page.text("section[aria-labelledby=needs] li:first-child .sum").contains("Proposals closed"), "{}", page.says());
    // Having read the messages, they wait no more; the other side's wait for who has not read them.
    owner.get(&format!("/proposals/{}/messages", first.proposals[0]));
    assert!(!below(&owner.get("/dashboard"), "needs").iter().any(|need| need.starts_with("Read")));
    given::message(conn, &organisation.owner, About::Proposal(first.proposals[0]), "We too.");
    assert_eq!(
        below(&site.signed_in(&author.email).get("/dashboard"), "needs"),
        [format!("Read 1 new message from Harbour Foods: {title}")]
    );
    assert!(!site.signed_in(&organisation.viewer.email).get("/dashboard").has("#needs"), "a viewer decides nothing");
}

#[test]
fn new_proposals_are_those_sent_since_the_member_looked() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let project = given::open_project(conn, 2);
    let site = TestSite::on(&database);
    let [owner, manager] = [&project.organisation.owner, &project.organisation.manager].map(|member| site.signed_in(&member.email));
    let said = |of: &crate::support::browser::Browser| of.get("/dashboard").text("section[aria-labelledby=needs] li p");
    assert_eq!(said(&owner), "You have not looked at them yet.");
    owner.get(&format!("/projects/{}/proposals", project.id));
    assert!(!owner.get("/dashboard").has("section[aria-labelledby=needs] li p"), "all were seen");
    let rosa = given::freelancer(conn, "Rosa Ferreira");
    let sent = given::proposal(conn, project.id, &rosa, 700_000);
    let jonas = given::freelancer(conn, "Jonas Brandt");
    given::proposal(conn, project.id, &jonas, 700_000);
    assert_eq!(said(&owner), "2 new since you last looked.");
    assert_eq!(said(&manager), "You have not looked at them yet.", "each member's look is their own");
    withdraw_proposal(&mut given::patient(conn), rosa.id, sent).expect("a withdrawal");
    assert_eq!(said(&owner), "1 new since you last looked.");
    let viewer = site.signed_in(&project.organisation.viewer.email);
    assert_eq!(viewer.get("/dashboard").text("section[aria-labelledby=open] li p"), "You have not looked at them yet");
    site.signed_in(&project.freelancers[0].email).get(&format!("/projects/{}/proposals", project.id));
    let looks: i64 = project_looks::table.count().get_result(conn).expect("looks");
    assert_eq!(looks, 1, "only members look");
}

#[test]
fn a_decline_that_can_be_undone_shows_neither_in_words_nor_in_time() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let project = given::open_project(conn, 1);
    given::past_triggers(conn, "UPDATE proposals SET created_at = now() - interval '5 days', updated_at = now() - interval '5 days'");
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&project.freelancers[0].email);
    let before = freelancer.get("/dashboard").says();
    let reason = Reason::parse("Too dear.").expect("a reason");
    decline_proposal(&mut given::patient(conn), project.organisation.owner.id, project.proposals[0], None, &reason).expect("a decline");
    assert_eq!(freelancer.get("/dashboard").says(), before);
    assert!(before.contains("waits 5 days"), "{before}");
    let owner = site.signed_in(&project.organisation.owner.email);
    assert!(!owner.get("/dashboard").has("section[aria-labelledby=needs] li"), "nothing is left to decide before the deadline");
}
