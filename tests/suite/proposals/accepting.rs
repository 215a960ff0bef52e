//! The award through its pages: the confirmation, the contract, and what those are told who come too late.
use std::sync::Barrier;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use guildhall::operations::projects::edit_project;
use guildhall::operations::proposals::withdraw_proposal;

use super::site_with_open_project;
use crate::support::given::{self, patient};

#[test]
fn accepting_makes_one_contract_and_the_loser_learns_who_was_first() {
    let (site, database, project) = site_with_open_project(3);
    let organisation = &project.organisation;
    let owner = given::member(&mut database.connect(), organisation.id, "Lea Brun", guildhall::domain::membership::Role::Owner);
    let (tomas, lea) = (site.signed_in(&organisation.manager.email), site.signed_in(&owner.email));
    let [ada, ivo, _] = project.proposals[..] else { panic!("three proposals") };
    let asks = tomas.get(&format!("/proposals/{ada}/accept"));
    assert_eq!(asks.text("h1"), "Accept Ada Byron for €6,000.00?");
    assert!(asks.says().contains("Ivo Tanaka and Mira Lindqvist are not selected."), "{}", asks.says());
    let late = lea.get(&format!("/proposals/{ivo}/accept"));

    let accepted = tomas.submit(&asks, "main form", &[]);
    let contract = tomas.follow(accepted.clone());
    assert!(accepted.location().starts_with("/contracts/"));
    for words in ["Harbour Foods", "Ada Byron", "€6,000.00", "20 working days", "by Tomas Weber", "version 1"] {
        assert!(contract.says().contains(words), "{words} in {}", contract.says());
    }
    assert!(contract.has("a[href$='/history']"));

    let lost = lea.submit(&late, "main form", &[]);
    assert_eq!(lost.status, 409);
    assert_eq!(lost.text("h1"), "Tomas Weber accepted another proposal first");
    let said = lost.says();
    for words in ["Ivo Tanaka", "not", "no freelancer was told", "accepted Ada Byron", "before you", "CTR-"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert_eq!(lost.attribute("main a.btn", "href").as_deref(), Some(accepted.location()));
    // too late to open it, too
    let opened = lea.get(&format!("/proposals/{ivo}/accept"));
    assert!(opened.status == 409 && opened.says().contains(" ago."), "{}", opened.says());

    let winner = site.signed_in(&project.freelancers[0].email);
    assert!(winner.get(&format!("/proposals/{ada}")).says().contains("Harbour Foods accepted your proposal"));
    assert_eq!(winner.get(accepted.location()).status, 200);
    assert_eq!(site.signed_in(&project.freelancers[1].email).get(accepted.location()).status, 404);
    let told = winner.post(&format!("/proposals/{ada}/withdraw"), &[]);
    assert!(told.status == 409 && told.text("h1") == "Your proposal was accepted first", "{}", told.says());
    let compare = tomas.get(&format!("/projects/{}/proposals", project.id));
    assert!(compare.has("th.pick") && compare.says().contains("Ada Byron was accepted"));
}

#[test]
fn the_same_choice_twice_leads_to_the_one_contract() {
    let (site, _database, project) = site_with_open_project(2);
    let organisation = &project.organisation;
    let (tomas, nadia) = (site.signed_in(&organisation.manager.email), site.signed_in(&organisation.owner.email));
    let address = format!("/proposals/{}/accept", project.proposals[0]);
    let (asked, also) = (tomas.get(&address), nadia.get(&address));
    let first = tomas.submit(&asked, "main form", &[]);
    let again = tomas.submit(&asked, "main form", &[]);
    let colleague = nadia.submit(&also, "main form", &[]);
    assert_eq!((again.location(), colleague.location()), (first.location(), first.location()));
    assert!(tomas.follow(again).text(".flash").starts_with("The proposal is accepted."));
    let flash = nadia.follow(colleague).text(".flash");
    assert!(flash.starts_with("Tomas Weber accepted Ada Byron ") && flash.contains(" before you. There is one contract, CTR-"), "{flash}");
    assert_eq!(nadia.get(&address).location(), first.location());
}

#[test]
fn whoever_waits_for_the_lock_reads_of_the_other_choice() {
    let (site, database, project) = site_with_open_project(2);
    let organisation = &project.organisation;
    let (tomas, nadia) = (site.signed_in(&organisation.manager.email), site.signed_in(&organisation.owner.email));
    let pages = [
        (tomas.clone(), tomas.get(&format!("/proposals/{}/accept", project.proposals[0]))),
        (nadia.clone(), nadia.get(&format!("/proposals/{}/accept", project.proposals[1]))),
    ];
    let mut holder = database.connect();
    holder.batch_execute(&format!("BEGIN; SELECT 1 FROM projects WHERE id = {} FOR UPDATE", project.id)).expect("the lock");
    let start = Barrier::new(3);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let both: Vec<_> = pages
            .iter()
            .map(|(browser, page)| {
                scope.spawn(|| {
                    start.wait();
                    browser.submit(page, "main form", &[])
                })
            })
            .collect();
        start.wait();
        std::thread::sleep(Duration::from_millis(300));
        holder.batch_execute("ROLLBACK").expect("the lock's end");
        both.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let mut statuses: Vec<_> = answers.iter().map(|page| page.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let lost = answers.iter().find(|page| page.status == 409).expect("a loser");
    assert!(lost.text("h1").ends_with(" accepted another proposal first"), "{}", lost.says());
    assert!(lost.says().contains("before you"));
}

#[test]
fn what_changed_after_it_was_read_is_not_accepted() {
    let (site, _database, project) = site_with_open_project(2);
    let (tomas, ada) = (site.signed_in(&project.organisation.manager.email), site.signed_in(&project.freelancers[0].email));
    let asks = tomas.get(&format!("/proposals/{}/accept", project.proposals[0]));
    let form = ada.get(&format!("/projects/{}/proposals/new", project.id));
    ada.submit(&form, "main form", &[("amount", "8800"), ("days", "30")]).location();
    let stale = tomas.submit(&asks, "main form", &[]);
    assert_eq!(stale.status, 409);
    assert_eq!(stale.text("h1"), "Ada Byron changed the proposal after you opened it");
    let cells = stale.texts("tbody td");
    assert_eq!(cells, ["€6,000.00", "€8,800.00", "20 working days", "30 working days", "1", "2"]);
    // a form that says nothing of what was read accepts nothing either
    assert_eq!(tomas.post(&format!("/proposals/{}/accept", project.proposals[0]), &[]).status, 409);
    let asks = tomas.get(&format!("/proposals/{}/accept", project.proposals[0]));
    assert!(tomas.submit(&asks, "main form", &[]).location().starts_with("/contracts/"));
}

#[test]
fn a_withdrawn_proposal_and_a_changed_project_are_not_accepted() {
    let (site, database, project) = site_with_open_project(2);
    let conn = &mut database.connect();
    let manager = &project.organisation.manager;
    let tomas = site.signed_in(&manager.email);
    let asks: Vec<_> = project.proposals.iter().map(|id| tomas.get(&format!("/proposals/{id}/accept"))).collect();
    withdraw_proposal(&mut patient(conn), project.freelancers[0].id, project.proposals[0]).expect("withdrawn");
    let gone = tomas.submit(&asks[0], "main form", &[]);
    assert!(gone.status == 409 && gone.text("h1") == "Ada Byron withdrew the proposal", "{}", gone.says());

    let mut words = given::project_words();
    words.budget_max = 700_000;
    edit_project(&mut patient(conn), manager.id, project.id, &words, None).expect("an edit");
    let stale = tomas.submit(&asks[1], "main form", &[]);
    assert!(stale.status == 409 && stale.text("h1").starts_with("The project changed at "), "{}", stale.says());
    let asks = tomas.get(&format!("/proposals/{}/accept", project.proposals[1]));
    assert!(asks.says().contains("Made for an earlier version of this project"), "{}", asks.says());
    assert!(tomas.submit(&asks, "main form", &[("unconfirmed", "1")]).location().starts_with("/contracts/"));
}
