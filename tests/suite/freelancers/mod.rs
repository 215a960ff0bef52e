//! Freelancers' profiles.
mod directory;

use guildhall::domain::words::Reason;
use guildhall::operations::proposals::{accept_proposal, decline_proposal};

use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn anybody_becomes_a_freelancer_by_saving_a_profile() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let profile = format!("/freelancers/{}", somebody.id);
    assert_eq!(site.browser().get(&profile).status, 404);
    let form = browser.get("/account/profile");
    let typed = [("headline", "Stock systems"), ("skills", "Rust, SQL"), ("rate", "85.50"), ("about", "**Ten** years")];
    assert_eq!(browser.submit(&form, "main form", &typed).location(), profile);
    let page = site.browser().get(&profile);
    assert_eq!(page.text("h1"), "Ada Byron");
    assert_eq!(page.texts(".skills li"), ["Rust", "SQL"]);
    assert_eq!(page.text(".money"), "€85.50 an hour");
    assert_eq!(page.text(".prose strong"), "Ten");
    let form = browser.get("/account/profile");
    assert_eq!(form.attribute("main input[name=rate]", "value").as_deref(), Some("85.50"));
    invariants::hold(&database);
}

#[test]
fn a_stale_profile_shows_both_and_keeps_what_was_typed() {
    let database = TestDatabase::new();
    let somebody = given::freelancer(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/account/profile");
    browser.submit(&form, "main form", &[("headline", "Stock systems")]).location();
    browser.submit(&form, "main form", &[("headline", "Stock systems")]).location();
    let page = browser.submit(&form, "main form", &[("headline", "Tills"), ("rate", "70")]);
    assert_eq!(page.status, 409);
    assert_eq!(page.texts("[data-conflict] .hint"), ["Stock systems", "Tills"]);
    assert!(page.text("[data-conflict]").contains("kept below: Rate."), "{}", page.says());
    assert_eq!(page.attribute("main input[name=headline]", "value").as_deref(), Some("Tills"));
    browser.submit(&page, "main form", &[]).location();
    assert_eq!(browser.get(&format!("/freelancers/{}", somebody.id)).text(".lead"), "Tills");
    invariants::hold(&database);
}

#[test]
fn everything_wrong_with_a_profile_is_said_at_once() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let page = site
        .signed_in(&somebody.email)
        .post("/account/profile", &[("headline", &"x".repeat(121)), ("rate", "much"), ("currency", "XXX"), ("about", "me")]);
    assert_eq!(page.status, 422);
    assert_eq!(page.each("[data-error-summary] a", |link| link.attr("href").unwrap().to_owned()), ["#headline", "#rate", "#currency"]);
    assert_eq!(page.text("main textarea"), "me");
}

#[test]
fn a_record_shows_every_figure_with_its_arithmetic_and_hides_an_open_decline() {
    let (database, project) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let (owner, ada) = (project.organisation.owner.id, &project.freelancers[0]);
    for place in 0..2 {
        let other = given::open_project_with(conn, project.organisation.clone(), project.freelancers.clone());
        accept_proposal(&mut given::patient(conn), owner, other.proposals[place], given::FIRST_SEEN).expect("an award");
    }
    let reason = Reason::parse("Too dear.").expect("a reason");
    decline_proposal(&mut given::patient(conn), owner, project.proposals[0], Some(1), &reason).expect("declined");
    let says = TestSite::on(&database).browser().get(&format!("/freelancers/{}", ada.id)).says();
    assert!(says.contains("1 = 1 running + 0 paused + 0 done + 0 ended early"), "{says}");
    assert!(says.contains("0 = 0 by the client + 0 by the freelancer + 0 by agreement"), "{says}");
    assert!(says.contains("3 = 1 waiting + 1 won + 1 not selected + 0 withdrawn"), "{says}");
    assert!(says.contains("1 of 2 that were decided (1 won + 1 not selected): 50 in a hundred"), "{says}");
}

#[test]
fn a_contract_that_ended_early_tells_by_whom() {
    let (database, project) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let (owner, ada) = (project.organisation.owner.id, &project.freelancers[0]);
    let mut ended = Vec::new();
    for by in ["'CLIENT'", "'CLIENT'", "'FREELANCER'", "NULL"] {
        let other = given::open_project_with(conn, project.organisation.clone(), vec![ada.clone()]);
        let contract = accept_proposal(&mut given::patient(conn), owner, other.proposals[0], given::FIRST_SEEN).expect("an award").contract;
        ended.push(format!(
            "UPDATE contracts SET ended_by = {by}, status = CASE WHEN {by} IS NULL THEN 'COMPLETED' ELSE 'TERMINATED' END WHERE id = {contract};"
        ));
    }
    given::past_triggers(conn, &ended.concat());
    let site = TestSite::on(&database);
    let says = site.browser().get(&format!("/freelancers/{}", ada.id)).says();
    assert!(says.contains("4 = 0 running + 0 paused + 1 done + 3 ended early"), "{says}");
    assert!(says.contains("3 = 2 by the client + 1 by the freelancer + 0 by agreement"), "{says}");
    let manager = site.signed_in(&project.organisation.manager.email);
    let compared = manager.get(&format!("/projects/{}/proposals", project.id)).says();
    assert!(compared.contains("4 contracts: 1 done, 3 ended early (2 by the client, 1 by the freelancer)"), "{compared}");
    assert!(compared.contains("No contract here yet"), "{compared}");
    let file = manager.get(&format!("/projects/{}/proposals.csv", project.id)).html;
    assert!(
        file.contains("Contracts ended early by the client,Contracts ended early by the freelancer,Contracts ended early by agreement")
    );
    let contract =
        manager.get("/dashboard").attribute("section[aria-labelledby=contracts] li:last-child h3 a", "href").expect("the first contract");
    assert!(manager.get(&contract).says().contains("early, by the client"));
}
