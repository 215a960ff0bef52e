//! What is invoiced of approved milestones: one invoice waits to be paid, one is paid, one was taken back and written anew,
//! one is a draft still.

use chrono::TimeDelta;

use super::done;
use super::people::Cast;
use crate::db::{Connection, clock, contracts, dashboard, invoices};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::invoice::{InvoiceContent, InvoiceTyped};
use crate::domain::words::{PaymentReference, Reason};
use crate::operations::invoices::{draft_invoice, issue_invoice, mark_paid, void_invoice};

/// Has every freelancer invoice what is approved.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast) -> anyhow::Result<()> {
    let mut place = 0;
    for (freelancer, _) in &cast.freelancers {
        let (agreed, _) = dashboard::agreed_before(conn, *freelancer, None)?;
        for contract in agreed.iter().rev().filter(|agreed| agreed.freelancer == *freelancer) {
            let Some(found) = contracts::find(conn, contract.id)? else { continue };
            let client = cast.clients.iter().find(|client| client.organisation == found.organisation_id);
            let Some(payer) = client.and_then(|client| client.managers.first()) else { continue };
            if !invoices::ready(conn, contract.id)?.is_empty() {
                invoice(conn, contract.id, *freelancer, *payer, place)?;
                place += 1;
            }
        }
    }
    Ok(())
}

fn invoice(conn: &mut Connection<'_>, contract: ContractId, by: UserId, payer: UserId, place: usize) -> anyhow::Result<()> {
    let content = content(conn, contract)?;
    let id = done(draft_invoice(conn, by, contract, &content, None))?;
    match place % 4 {
        0 => {
            done(issue_invoice(conn, by, id, Some(1)))?;
        }
        1 => {
            done(issue_invoice(conn, by, id, Some(1)))?;
            done(mark_paid(conn, payer, id, &PaymentReference::parse(&format!("SEPA 2026-{id:05}"))?))?;
        }
        2 => {
            done(issue_invoice(conn, by, id, Some(1)))?;
            done(void_invoice(conn, by, id, &Reason::parse("The client’s address was that of its old office.")?))?;
            let id = done(draft_invoice(conn, by, contract, &content, None))?;
            done(issue_invoice(conn, by, id, Some(1)))?;
        }
        _ => {}
    }
    Ok(())
}

fn content(conn: &mut Connection<'_>, contract: ContractId) -> anyhow::Result<InvoiceContent> {
    let ready = invoices::ready(conn, contract)?;
    let milestones: Vec<String> = ready.iter().filter_map(|ready| ready.line.milestone).map(|id| id.to_string()).collect();
    let weeks: Vec<String> = ready.iter().filter_map(|ready| ready.line.timesheet).map(|id| id.to_string()).collect();
    let due = (clock(conn)?.date_naive() + TimeDelta::days(30)).to_string();
    let typed = InvoiceTyped {
        weeks: weeks.iter().map(String::as_str).collect(),
        milestones: milestones.iter().map(String::as_str).collect(),
        taxes: vec![("VAT", "20")],
        due_on: &due,
        issuer_details: "12 Lantern Lane, 4th floor\nTax number 27/118/40562\nIBAN DE02 1203 0000 0000 2020 51",
        client_details: "Accounts payable\n3 Harbour Square",
        note: "Please name the number of the invoice in your transfer.",
    };
    InvoiceContent::parse(&typed).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))
}
