//! Every pair of states: the schema lets through what `may_become` lets through, and nothing else.
use diesel::connection::SimpleConnection;
use guildhall::domain::contract::ContractStatus;
use guildhall::domain::job::JobStatus;
use guildhall::domain::milestone::MilestoneStatus;
use guildhall::domain::project::ProjectStatus;
use guildhall::domain::proposal::ProposalStatus;
use guildhall::domain::work::SheetState;

use super::raw::Raw;

#[test]
fn projects_move_as_the_domain_says() {
    let mut raw = Raw::new();
    let winner = |status: ProjectStatus| match status {
        ProjectStatus::Assigned | ProjectStatus::Completed => ":pending",
        _ => "NULL",
    };
    for (from, to) in pairs(ProjectStatus::ALL) {
        put(&mut raw, &format!("UPDATE projects SET status = '{from}', accepted_proposal_id = {} WHERE id = :open", winner(from)));
        let refused =
            raw.refused_at_once_by(&format!("UPDATE projects SET status = '{to}', accepted_proposal_id = {} WHERE id = :open", winner(to)));
        let may = from == to || from.may_become(to);
        assert_eq!(refused.as_deref(), (!may).then_some("projects_legal_moves"), "{from} to {to}");
    }
}

#[test]
fn proposals_move_as_the_domain_says() {
    let mut raw = Raw::new();
    for (from, to) in pairs(ProposalStatus::ALL) {
        put(&mut raw, &format!("UPDATE proposals SET status = '{from}' WHERE id = :pending"));
        let refused = raw.refused_at_once_by(&format!("UPDATE proposals SET status = '{to}' WHERE id = :pending"));
        let may = from == to || from.may_become(to);
        assert_eq!(refused.as_deref(), (!may).then_some("proposals_legal_moves"), "{from} to {to}");
    }
}

#[test]
fn contracts_move_as_the_domain_says() {
    let mut raw = Raw::new();
    let contract = |status: ContractStatus| {
        let ended_by = if status == ContractStatus::Terminated { "'CLIENT'" } else { "NULL" };
        let paused_by = if status == ContractStatus::Paused { "'CLIENT'" } else { "NULL" };
        format!("UPDATE contracts SET status = '{status}', ended_by = {ended_by}, paused_by = {paused_by} WHERE id = :contract")
    };
    for (from, to) in pairs(ContractStatus::ALL) {
        put(&mut raw, &contract(from));
        let refused = raw.refused_at_once_by(&contract(to));
        let may = from == to || from.may_become(to);
        assert_eq!(refused.as_deref(), (!may).then_some("contracts_legal_moves"), "{from} to {to}");
    }
}

#[test]
fn milestones_move_as_the_domain_says() {
    let mut raw = Raw::new();
    for (from, to) in pairs(MilestoneStatus::ALL) {
        put(&mut raw, &format!("UPDATE milestones SET status = '{from}', submission_count = 1 WHERE id = :milestone"));
        let refused = raw.refused_at_once_by(&format!("UPDATE milestones SET status = '{to}' WHERE id = :milestone"));
        let may = from == to || from.may_become(to);
        assert_eq!(refused.as_deref(), (!may).then_some("milestones_legal_moves"), "{from} to {to}");
    }
}

/// What else a job in a state must have.
fn job(status: JobStatus) -> String {
    let claimed =
        if status == JobStatus::Running { "'00000000-0000-0000-0000-000000000007', 'w', now(), now()" } else { "NULL, NULL, NULL, NULL" };
    let ended = if status.is_final() { "now()" } else { "NULL" };
    let result = if status == JobStatus::Completed { "'1'" } else { "NULL" };
    format!(
        "UPDATE jobs SET (status, lock_token, worker, heartbeat_at, leased_until, ended_at, result, error, attempts, started_at, progress, version) \
         = ('{status}', {claimed}, {ended}, {result}, 'no', 1, now(), 100, version + 1) WHERE id = :waiting"
    )
}

#[test]
fn jobs_move_as_the_domain_says() {
    let mut raw = Raw::new();
    for (from, to) in pairs(JobStatus::ALL) {
        put(&mut raw, &job(from));
        let refused = raw.refused_at_once_by(&job(to));
        let guard = if from.is_final() { "jobs_final_is_final" } else { "jobs_legal_moves" };
        let may = from.may_become(to) || from == to && !from.is_final();
        assert_eq!(refused.as_deref(), (!may).then_some(guard), "{from} to {to}");
    }
}

/// What else a week in a state must have.
fn sheet(state: SheetState) -> String {
    let sent = if state == SheetState::Open { "NULL, NULL" } else { "60, now()" };
    let decided = match state {
        SheetState::Queried => ":owner, now(), 'Why?'",
        SheetState::Approved | SheetState::Invoiced => ":owner, now(), NULL",
        _ => "NULL, NULL, NULL",
    };
    format!(
        "UPDATE timesheets SET (state, version, minutes, submitted_at, decided_by, decided_at, query_reason) \
         = ('{state}', version + 1, {sent}, {decided}) WHERE id = :week"
    )
}

#[test]
fn weeks_move_as_the_domain_says() {
    let mut raw = Raw::new();
    for (from, to) in pairs(SheetState::ALL) {
        put(&mut raw, &sheet(from));
        let refused = raw.refused_at_once_by(&sheet(to));
        assert_eq!(refused.as_deref(), (!from.may_become(to)).then_some("timesheets_legal_moves"), "{from} to {to}");
    }
}

fn pairs<T: Copy>(all: &[T]) -> impl Iterator<Item = (T, T)> {
    all.iter().flat_map(|from| all.iter().map(|to| (*from, *to)))
}

/// Puts a row into a state that it may not be able to reach, with all triggers asleep.
fn put(raw: &mut Raw, statement: &str) {
    raw.conn.batch_execute("SET session_replication_role = replica").expect("a superuser");
    assert_eq!(raw.refused_by(statement), None);
    raw.conn.batch_execute("SET session_replication_role = origin").expect("a superuser");
}
