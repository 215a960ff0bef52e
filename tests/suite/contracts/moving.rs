//! Who may do what, and what each move leaves behind.
use diesel::prelude::*;
use guildhall::db::{Failure, contracts, milestones, notices};
use guildhall::domain::contract::{ContractRefused, ContractStatus, OpenThings, Side};
use guildhall::domain::membership::Role;
use guildhall::domain::milestone::MilestoneStatus;
use guildhall::operations::contracts::{complete_contract, pause_contract, resume_contract, terminate_contract};
use guildhall::operations::milestones::{approve_milestones, submit_milestone};

use super::act::{Act, deal, ending, seen, words};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;

#[test]
fn a_contract_goes_from_its_award_to_its_end() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    for place in 0..3 {
        let open = complete_contract(&mut patient(conn), on.manager(), on.id);
        let left = OpenThings { milestones: 3 - i64::try_from(place).expect("few"), ..OpenThings::default() };
        assert!(matches!(open, Err(Failure::Refused(ContractRefused::StillOpen(open))) if open == left), "{open:?}");
        Act::Submit(place).run(conn, &on).expect("a delivery");
        Act::Approve(place).run(conn, &on).expect("an approval");
        let contract = contracts::find(conn, on.id).expect("it").expect("it");
        assert_eq!(contract.approved_total, [100_000, 300_000, 600_000][place]);
    }
    Act::Complete.run(conn, &on).expect("the end");
    let project = guildhall::db::projects::find(conn, on.project.id).expect("it").expect("it");
    assert_eq!(project.status.as_str(), "COMPLETED");
    invariants::hold(&database);
}

#[test]
fn each_side_does_what_is_its_own() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let finance = given::member(conn, on.project.organisation.id, "Fin Ance", Role::Finance).id;
    let stranger = given::somebody(conn, "Nobody Special").id;
    let paused = pause_contract(&mut patient(conn), finance, on.id);
    assert!(matches!(paused, Err(Failure::Refused(ContractRefused::NotAllowed))), "{paused:?}");
    let hidden = terminate_contract(&mut patient(conn), stranger, on.id, &ending());
    assert!(matches!(hidden, Err(Failure::Refused(ContractRefused::Missing))), "{hidden:?}");
    let foreign = submit_milestone(&mut patient(conn), on.manager(), on.milestones[0], None, &words().into());
    assert!(matches!(foreign, Err(Failure::Refused(ContractRefused::OtherSides(Side::Freelancer)))), "{foreign:?}");
    Act::Submit(0).run(conn, &on).expect("a delivery");
    let own = approve_milestones(&mut patient(conn), on.freelancer(), on.id, &[seen(&on, 0)]);
    assert!(matches!(own, Err(Failure::Refused(ContractRefused::OtherSides(Side::Client)))), "{own:?}");
    pause_contract(&mut patient(conn), on.freelancer(), on.id).expect("a pause");
    let resumed = resume_contract(&mut patient(conn), on.manager(), on.id);
    assert!(matches!(resumed, Err(Failure::Refused(ContractRefused::PausedBy(Side::Freelancer)))), "{resumed:?}");
    resume_contract(&mut patient(conn), on.freelancer(), on.id).expect("it goes on");
    invariants::hold(&database);
}

#[test]
fn only_the_delivery_that_was_read_is_approved() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    Act::Submit(0).run(conn, &on).expect("a delivery");
    Act::Submit(0).run(conn, &on).expect("another");
    let stale = approve_milestones(&mut patient(conn), on.manager(), on.id, &[seen(&on, 0)]);
    let refused = ContractRefused::Resubmitted { milestone: on.milestones[0], seen: 1, now: 2 };
    assert!(matches!(stale, Err(Failure::Refused(why)) if why == refused), "{stale:?}");
    let all = milestones::submissions(conn, on.milestones[0]).expect("both");
    let answers: Vec<_> = all.iter().map(|one| one.answer.map(|answer| answer.as_str())).collect();
    assert_eq!(answers, [None, Some("WITHDRAWN")]);
    invariants::hold(&database);
}

#[test]
fn nothing_is_submitted_while_it_rests_and_what_was_submitted_is_approved_after_an_early_end() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    Act::Submit(0).run(conn, &on).expect("a delivery");
    Act::Pause.run(conn, &on).expect("a pause");
    assert_eq!(Act::Submit(1).run(conn, &on), Err("ContractIs(Paused)".to_owned()));
    Act::Terminate.run(conn, &on).expect("an early end");
    let states: Vec<_> = milestones::of_contract(conn, on.id).expect("all").iter().map(|one| one.status).collect();
    assert_eq!(states, [MilestoneStatus::Submitted, MilestoneStatus::Cancelled, MilestoneStatus::Cancelled]);
    Act::Approve(0).run(conn, &on).expect("an approval");
    assert_eq!(contracts::find(conn, on.id).expect("it").expect("it").status, ContractStatus::Terminated);
    invariants::hold(&database);
}

#[test]
fn the_other_side_is_told_of_each_move() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    for act in [Act::Submit(0), Act::Request(0), Act::Submit(0), Act::Pause] {
        act.run(conn, &on).expect("a move");
    }
    let kinds = |conn: &mut PgConnection, user| {
        let page = notices::page(conn, user, None).expect("notices");
        page.rows
            .iter()
            .filter(|row| row.event.starts_with("MILE") || row.event.starts_with("CH") || row.event.starts_with("CON"))
            .map(|row| row.kind.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(conn, on.owner()), ["WORK_DELIVERED", "WORK_DELIVERED"]);
    assert_eq!(kinds(conn, on.freelancer()), ["CONTRACT_MOVED", "WORK_JUDGED"]);
}
