//! Each rule between contracts, milestones and terms finds what breaks it.
use super::finds;

#[test]
fn totals_that_are_not_the_sums() {
    finds(
        |_| "UPDATE contracts SET approved_total = 7".to_owned(),
        |market| vec![format!("contract_totals: contract {}", market.contract)],
    );
}

#[test]
fn a_fixed_price_without_a_plan() {
    finds(|_| "DELETE FROM milestones".to_owned(), |market| vec![format!("fixed_price_is_planned: contract {}", market.contract)]);
}

#[test]
fn a_submitted_milestone_without_a_delivery() {
    finds(
        |_| "UPDATE milestones SET id = 7, status = 'SUBMITTED', submission_count = 1".to_owned(),
        |_| vec!["submission_waits_iff_submitted: milestone 7".to_owned(), "submissions_counted: milestone 7".to_owned()],
    );
}

#[test]
fn terms_that_nobody_confirmed() {
    finds(
        |_| "UPDATE contracts SET terms_number = 2".to_owned(),
        |market| vec![format!("terms_in_force_were_confirmed: contract {}", market.contract)],
    );
}

#[test]
fn a_contract_that_its_history_does_not_know_as_paused() {
    finds(
        |_| "UPDATE contracts SET status = 'PAUSED', paused_by = 'CLIENT'".to_owned(),
        |market| vec![format!("contract_has_trace: contract {}", market.contract)],
    );
}
