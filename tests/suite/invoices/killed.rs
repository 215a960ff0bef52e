//! Killed after each of its statements, what is done with an invoice leaves nothing behind: no number is drawn in vain.
use diesel::prelude::*;
use guildhall::domain::ids::InvoiceId;
use guildhall::domain::words::{PaymentReference, Reason};
use guildhall::operations::invoices::{discard_invoice, draft_invoice, edit_invoice, issue_invoice, mark_paid, void_invoice};
use guildhall::schema::{invoices, timesheets};

use super::ground::{content, ground_on};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};

fn with_weeks(conn: &mut PgConnection, on: &OpenProject) {
    ground_on(conn, on, 2);
}

fn with_draft(conn: &mut PgConnection, on: &OpenProject) {
    ground_on(conn, on, 2).whole_draft(conn);
}

fn with_invoice(conn: &mut PgConnection, on: &OpenProject) {
    ground_on(conn, on, 2).issued(conn);
}

fn last(conn: &mut PgConnection) -> QueryResult<InvoiceId> {
    invoices::table.order(invoices::id.desc()).select(invoices::id).first(conn)
}

fn weeks(conn: &mut PgConnection, contract: i64) -> QueryResult<Vec<i64>> {
    timesheets::table.filter(timesheets::contract_id.eq(contract)).select(timesheets::id).load(conn)
}

#[test]
fn a_killed_draft_holds_nothing() {
    kill_everywhere_after(with_weeks, "draft_invoice", |conn, on| {
        let contract: i64 = guildhall::schema::contracts::table
            .filter(guildhall::schema::contracts::project_id.eq(on.id.0))
            .select(guildhall::schema::contracts::id)
            .first(conn)?;
        let all = content(&weeks(conn, contract)?, None);
        outcome(draft_invoice(&mut patient(conn), on.freelancers[0].id, guildhall::domain::ids::ContractId(contract), &all, None))
    });
}

#[test]
fn a_killed_edit_leaves_the_draft() {
    kill_everywhere_after(with_draft, "edit_invoice", |conn, on| {
        let id = last(conn)?;
        let contract = invoices::table.find(id.0).select(invoices::contract_id).first(conn)?;
        let one = content(&weeks(conn, contract)?[..1], None);
        outcome(edit_invoice(&mut patient(conn), on.freelancers[0].id, id, &one, None))
    });
}

#[test]
fn a_killed_discarding_leaves_the_draft() {
    kill_everywhere_after(with_draft, "discard_invoice", |conn, on| {
        let id = last(conn)?;
        outcome(discard_invoice(&mut patient(conn), on.freelancers[0].id, id))
    });
}

#[test]
fn a_killed_issue_draws_no_number() {
    kill_everywhere_after(with_draft, "issue_invoice", |conn, on| {
        let id = last(conn)?;
        outcome(issue_invoice(&mut patient(conn), on.freelancers[0].id, id, None))
    });
}

#[test]
fn a_killed_payment_pays_nothing() {
    kill_everywhere_after(with_invoice, "mark_paid", |conn, on| {
        let id = last(conn)?;
        let reference = PaymentReference::parse(&format!("SEPA {id}")).expect("a reference");
        outcome(mark_paid(&mut patient(conn), on.organisation.owner.id, id, &reference))
    });
}

#[test]
fn a_killed_credit_note_takes_nothing_back() {
    kill_everywhere_after(with_invoice, "void_invoice", |conn, on| {
        let id = last(conn)?;
        let reason = Reason::parse("A wrong rate.").expect("a reason");
        outcome(void_invoice(&mut patient(conn), on.freelancers[0].id, id, &reason))
    });
}
