//! Other terms: proposed by one side, confirmed or declined by the other, pinned either way.
use diesel::prelude::*;
use guildhall::db::{Failure, contracts, milestones};
use guildhall::domain::contract::{TermsAnswer, TermsRefused};
use guildhall::operations::contracts::{answer_terms, propose_terms};
use guildhall::operations::people::close_account;
use guildhall::schema::users;

use super::act::{Act, deal, with_days};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;

#[test]
fn a_plan_leaves_out_adds_and_keeps() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    Act::Submit(0).run(conn, &on).expect("a delivery");
    propose_terms(&mut patient(conn), on.manager(), on.id, &with_days(&on, 30, &on.milestones[2..]), Some(1)).expect("terms");
    let own = answer_terms(&mut patient(conn), on.owner(), on.id, 2, TermsAnswer::Confirmed);
    assert!(matches!(own, Err(Failure::Refused(TermsRefused::NotAllowed))), "{own:?}");
    let twice = propose_terms(&mut patient(conn), on.freelancer(), on.id, &with_days(&on, 31, &[]), None);
    assert!(matches!(twice, Err(Failure::Refused(TermsRefused::Waits(2)))), "{twice:?}");
    Act::Confirm.run(conn, &on).expect("an agreement");
    let contract = contracts::find(conn, on.id).expect("it").expect("it");
    assert_eq!((contract.terms_number, contract.days, contract.amount), (2, 30, 100_000 + 300_000 + 50_000));
    let all = milestones::of_contract(conn, on.id).expect("milestones");
    let states: Vec<_> = all.iter().map(|one| (one.title.as_str(), one.status.as_str())).collect();
    assert_eq!(states, [("Goods in", "SUBMITTED"), ("Stock count", "CANCELLED"), ("Handover", "PLANNED"), ("Training", "PLANNED")]);
    let versions = contracts::every_version(conn, on.id).expect("versions");
    assert_eq!((versions[0].amount, versions[0].days, versions.len()), (600_000, 20, 2), "the accepted ones are pinned");
    let late = answer_terms(&mut patient(conn), on.freelancer(), on.id, 2, TermsAnswer::Declined);
    assert!(matches!(late, Err(Failure::Refused(TermsRefused::Answered(TermsAnswer::Confirmed)))), "{late:?}");
    let stale = propose_terms(&mut patient(conn), on.manager(), on.id, &with_days(&on, 40, &on.milestones[2..]), Some(1));
    assert!(matches!(stale, Err(Failure::Refused(TermsRefused::Changed { seen: 1, now: 2 }))), "{stale:?}");
    invariants::hold(&database);
}

#[test]
fn work_that_went_on_outgrows_a_plan() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    propose_terms(&mut patient(conn), on.manager(), on.id, &with_days(&on, 30, &on.milestones), None).expect("terms");
    Act::Submit(1).run(conn, &on).expect("a delivery");
    let outgrown = answer_terms(&mut patient(conn), on.freelancer(), on.id, 2, TermsAnswer::Confirmed);
    assert!(matches!(outgrown, Err(Failure::Refused(TermsRefused::Outgrown))), "{outgrown:?}");
    Act::WithdrawTerms.run(conn, &on).expect("they are taken back");
    let same = propose_terms(&mut patient(conn), on.manager(), on.id, &with_days(&on, 30, &on.milestones[1..]), None);
    assert!(matches!(same, Err(Failure::Refused(TermsRefused::Outgrown))), "{same:?}");
    invariants::hold(&database);
}

#[test]
fn whoever_leaves_takes_the_words_of_their_terms_along_and_what_was_agreed_stays() {
    for proposed in [Act::ProposeMore, Act::Propose] {
        let database = TestDatabase::new();
        let conn = &mut database.connect();
        let on = deal(conn);
        proposed.run(conn, &on).expect("other terms");
        Act::Confirm.run(conn, &on).expect("an agreement");
        let proved: String = users::table.find(on.freelancer().0).select(users::password_hash).first(conn).expect("the account");
        close_account(&mut patient(conn), on.freelancer(), &proved).expect("it is closed");
        let contract = contracts::find(conn, on.id).expect("it").expect("it");
        let theirs = if proposed == Act::ProposeMore { "" } else { "Training on site." };
        assert_eq!((contract.terms_words.as_str(), contract.days, contract.terms_number), (theirs, 30, 2));
        assert_eq!(contracts::every_version(conn, on.id).expect("versions")[1].words, theirs);
        invariants::hold(&database);
    }
}
