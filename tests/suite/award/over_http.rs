//! The award through the site's own pages, by many people at once.
use diesel::prelude::*;
use guildhall::domain::ids::{ContractId, ProposalId};
use guildhall::schema::contracts;

use super::desks::{Answer, BUSY, Desk, accept_together, desks};
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn two_managers_press_the_button_and_one_is_first() {
    one_contract(2, 2);
}

#[test]
fn sixteen_managers_press_the_button_and_one_is_first() {
    one_contract(16, 16);
}

#[test]
fn a_hundred_windows_press_the_button_and_one_is_first() {
    one_contract(100, 10);
}

#[test]
fn a_hundred_clicks_on_the_same_proposal_lead_to_one_contract() {
    one_contract(100, 1);
}

fn one_contract(clients: usize, proposals: usize) {
    let (database, project) = given::database_with_open_project(proposals);
    let site = TestSite::on(&database);
    let desks = desks(&database, &site, &project, proposals.max(2));
    let answers = accept_together(&desks, &project, clients);
    let busy = answers.iter().filter(|(.., answer)| answer.is_busy()).count();
    let longest = answers.iter().map(|(.., answer)| answer.took).max().unwrap();
    let (winner, contract) = the_contract(&database);
    let mut led = 0;
    for (desk, proposal, answer) in &answers {
        let answer = if answer.is_busy() { asked_again(&desks[*desk], *proposal, answer) } else { answer.clone() };
        check_answer(&desks[*desk], *proposal, &answer, winner, contract, proposals);
        led += usize::from(answer.page.status == 303);
    }
    println!(
        "{clients} windows, {proposals} proposals: {led} led to the one contract, {} refused, {busy} asked twice, longest {longest:?}",
        clients - led
    );
    invariants::hold(&database);
}

/// The one contract that there is, and its proposal.
fn the_contract(database: &TestDatabase) -> (ProposalId, ContractId) {
    let made: Vec<(i64, i64)> = contracts::table.select((contracts::proposal_id, contracts::id)).load(&mut database.connect()).unwrap();
    assert_eq!(made.len(), 1);
    (ProposalId(made[0].0), ContractId(made[0].1))
}

/// "Somebody is changing this project": the same once more is answered for good.
fn asked_again(desk: &Desk, proposal: ProposalId, answer: &Answer) -> Answer {
    assert!(answer.page.says().contains(BUSY), "{}", answer.page.says());
    desk.accept(proposal)
}

fn check_answer(desk: &Desk, proposal: ProposalId, answer: &Answer, winner: ProposalId, contract: ContractId, proposals: usize) {
    let page = &answer.page;
    if proposal == winner {
        assert_eq!((page.status, page.header("location")), (303, format!("/contracts/{contract}").as_str()), "{}", page.says());
        return;
    }
    assert!(proposals > 1 && page.status == 409, "{}: {}", page.status, page.says());
    let title = page.text("h1");
    assert!(title.ends_with("accepted another proposal first"), "{title}");
    assert!(page.says().contains("was not carried out"), "{}", page.says());
    assert_eq!(page.attribute("main a.btn", "href"), Some(format!("/contracts/{contract}")));
    assert_eq!(page.header("retry-after"), "", "{} need not try again", desk.manager.name);
}
