//! The pages of a contract, for both sides and nobody else.
use super::act::{Act, deal};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn both_sides_walk_a_contract_to_its_end() {
    let database = TestDatabase::new();
    let on = deal(&mut database.connect());
    let site = TestSite::on(&database);
    let (manager, ada) = (site.signed_in(&on.project.organisation.manager.email), site.signed_in(&on.project.freelancers[0].email));
    let (contract, first) = (format!("/contracts/{}", on.id), format!("/milestones/{}", on.milestones[0]));
    assert!(ada.get(&contract).says().contains("submits “Goods in”"));
    assert_eq!(ada.post(&format!("{first}/submit"), &[("words", ""), ("seen", "0")]).status, 422);
    assert_eq!(ada.post(&format!("{first}/submit"), &[("words", "It is done."), ("seen", "0")]).status, 303);
    let page = manager.get(&first);
    assert!(page.says().contains("It is done."), "{}", page.says());
    assert_eq!(manager.post(&format!("{first}/changes"), &[("reason", ""), ("seen", "1")]).status, 422);
    assert_eq!(manager.post(&format!("{first}/changes"), &[("reason", "Add the lamps."), ("seen", "1")]).status, 303);
    assert!(ada.get(&first).says().contains("Add the lamps."));
    assert_eq!(ada.post(&format!("{first}/submit"), &[("words", "With lamps."), ("seen", "1")]).status, 303);
    let stale = manager.post(&format!("{first}/approve"), &[("seen", "1")]);
    assert_eq!(stale.status, 409);
    assert!(stale.says().contains("Ada Byron sent a new delivery"), "{}", stale.says());
    assert!(stale.says().contains("nothing was approved"), "{}", stale.says());
    assert_eq!(manager.post(&format!("{first}/approve"), &[("seen", "2")]).status, 303);
    assert!(manager.get(&contract).says().contains("€1,000.00 approved"), "{}", manager.get(&contract).says());
    assert_eq!(manager.post(&format!("{contract}/complete"), &[]).status, 409);
    assert!(manager.get(&format!("{contract}/complete")).says().contains("2 milestones that are not approved"));
    for place in 1..3 {
        ada.post(&format!("/milestones/{}/submit", on.milestones[place]), &[("words", "Done."), ("seen", "0")]);
    }
    let both: Vec<String> = on.milestones[1..].iter().map(|id| format!("{id}:1")).collect();
    let done = manager.post(&format!("{contract}/milestones/approve"), &[("milestone", &both[0]), ("milestone", &both[1])]);
    assert_eq!(done.status, 303, "{}", done.says());
    assert_eq!(manager.post(&format!("{contract}/complete"), &[]).status, 303);
    assert!(ada.get(&format!("{contract}/history")).says().contains("completed the contract"));
    assert!(ada.get(&format!("/projects/{}", on.project.id)).says().contains("Completed"));
    invariants::hold(&database);
}

#[test]
fn others_do_not_know_of_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let stranger = given::freelancer(conn, "Nobody Special");
    let site = TestSite::on(&database);
    for email in [&stranger.email, &on.project.freelancers[1].email] {
        let browser = site.signed_in(email);
        for page in ["", "/history", "/terms", "/complete", "/terminate"] {
            assert_eq!(browser.get(&format!("/contracts/{}{page}", on.id)).status, 404, "{page}");
        }
        assert_eq!(browser.get(&format!("/milestones/{}", on.milestones[0])).status, 404);
        for act in ["pause", "resume", "complete"] {
            assert_eq!(browser.post(&format!("/contracts/{}/{act}", on.id), &[]).status, 404, "{act}");
        }
    }
}

#[test]
fn terms_are_proposed_and_confirmed_side_by_side() {
    let database = TestDatabase::new();
    let on = deal(&mut database.connect());
    let site = TestSite::on(&database);
    let (manager, ada) = (site.signed_in(&on.project.organisation.manager.email), site.signed_in(&on.project.freelancers[0].email));
    let terms = format!("/contracts/{}/terms", on.id);
    let rows: Vec<String> = on.milestones.iter().map(ToString::to_string).collect();
    let mut form = vec![("version", "1"), ("days", "25"), ("words", "Also on Saturdays.")];
    for (id, amount) in rows.iter().zip(["1000", "2500", "3000"]) {
        form.extend([
            ("milestone_id", id.as_str()),
            ("milestone_title", "A part"),
            ("milestone_amount", amount),
            ("milestone_due", "2027-01-08"),
        ]);
    }
    let more = manager.post(&terms, &[&form[..], &[("more", "milestone")]].concat());
    assert!(more.status == 200 && more.says().contains("Milestone 4"), "{}", more.says());
    assert_eq!(manager.post(&terms, &[&form[..], &[("days", "x")]].concat()).status, 303, "the first of a name holds");
    let shown = ada.get(&terms).says();
    assert!(shown.contains("€6,500.00") && shown.contains("€6,000.00") && shown.contains("Also on Saturdays."), "{shown}");
    assert_eq!(manager.post(&format!("{terms}/answer"), &[("number", "2"), ("answer", "CONFIRMED")]).status, 403);
    assert_eq!(ada.post(&format!("{terms}/answer"), &[("number", "2"), ("answer", "CONFIRMED")]).status, 303);
    assert_eq!(manager.post(&format!("{terms}/answer"), &[("number", "2"), ("answer", "WITHDRAWN")]).status, 409);
    assert!(ada.get(&format!("/contracts/{}", on.id)).says().contains("€6,500.00"));
    invariants::hold(&database);
}

#[test]
fn an_early_end_lets_the_project_be_opened_again() {
    let database = TestDatabase::new();
    let on = deal(&mut database.connect());
    let site = TestSite::on(&database);
    let (manager, ada) = (site.signed_in(&on.project.organisation.manager.email), site.signed_in(&on.project.freelancers[0].email));
    let contract = format!("/contracts/{}", on.id);
    assert_eq!(ada.post(&format!("{contract}/terminate"), &[("fault", ""), ("reason", "")]).status, 422);
    assert_eq!(ada.post(&format!("{contract}/terminate"), &[("fault", "NOBODY"), ("reason", "I fell ill.")]).status, 303);
    assert!(manager.get(&contract).says().contains("I fell ill."));
    let reopen = format!("/projects/{}/reopen", on.project.id);
    assert_eq!(manager.post(&reopen, &[("deadline", "")]).status, 422);
    assert_eq!(manager.post(&reopen, &[("deadline", "2099-01-01T10:00")]).status, 303);
    assert_eq!(manager.post(&reopen, &[("deadline", "2099-01-01T10:00")]).status, 409);
    assert!(manager.get(&format!("/projects/{}", on.project.id)).says().contains("Open"));
    invariants::hold(&database);
    Act::Reopen.run(&mut database.connect(), &on).expect_err("it is open");
}
