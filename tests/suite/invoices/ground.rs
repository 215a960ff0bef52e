//! Contracts with something to invoice.
use std::convert::Infallible;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::db::{Failure, contracts, events, transaction};
use guildhall::domain::event::{EventKind, Happening};
use guildhall::domain::ids::{ContractId, InvoiceId, MilestoneId};
use guildhall::domain::invoice::{InvoiceContent, InvoiceRefused, InvoiceTyped, Number};
use guildhall::domain::milestone::Judged;
use guildhall::domain::words::{PaymentReference, Reason, SubmissionWords};
use guildhall::operations::invoices::{draft_invoice, issue_invoice, mark_paid, void_invoice};
use guildhall::operations::milestones::{approve_milestones, submit_milestone};
use guildhall::operations::proposals::accept_proposal;

use crate::support::given::{self, FIRST_SEEN, OpenProject, Organisation, Somebody, patient};

/// A contract of a client with a freelancer.
#[derive(Debug, Clone)]
pub struct Ground {
    pub organisation: Organisation,
    pub freelancer: Somebody,
    pub contract: ContractId,
    /// Approved weeks of 7:30 each, by the contract's price an hour.
    pub weeks: Vec<i64>,
    /// An approved milestone of 6,000.00.
    pub milestone: i64,
}

/// A contract by the hour at 6,000.00 with so many approved weeks, and one approved milestone.
pub fn ground(conn: &mut PgConnection, weeks: usize) -> Ground {
    let on = given::open_project(conn, 1);
    ground_on(conn, &on, weeks)
}

/// The same of this project.
pub fn ground_on(conn: &mut PgConnection, on: &OpenProject, weeks: usize) -> Ground {
    let (organisation, freelancer) = (on.organisation.clone(), on.freelancers[0].clone());
    let contract = accept_proposal(&mut patient(conn), organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award").contract;
    let milestone = ids(conn, "milestones", contract)[0];
    let words = SubmissionWords::parse("All of it.").expect("words");
    submit_milestone(&mut patient(conn), freelancer.id, MilestoneId(milestone), Some(0), &words.into()).expect("a delivery");
    let judged = [Judged { id: MilestoneId(milestone), submission: 1 }];
    approve_milestones(&mut patient(conn), organisation.owner.id, contract, &judged).expect("an approval");
    given::past_triggers(conn, &format!("UPDATE contracts SET kind = 'HOURLY' WHERE id = {contract}"));
    for week in 0..weeks {
        approved_week(conn, (&organisation, &freelancer, contract), contract.0 % 1000 * 70 + i64::try_from(week).unwrap());
    }
    let weeks = ids(conn, "timesheets", contract);
    Ground { organisation, freelancer, contract, weeks, milestone }
}

/// A week that both sides agreed on, with one session of 7:30, so many weeks behind the first of 2026: nobody's overlap, and
/// none lies where the contract would take it from its freelancer.
fn approved_week(conn: &mut PgConnection, (organisation, freelancer, contract): (&Organisation, &Somebody, ContractId), place: i64) {
    let monday = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a Monday") + TimeDelta::weeks(place);
    let (by, freelancer) = (organisation.owner.id, freelancer.id);
    given::past_triggers(
        conn,
        &format!(
            "WITH week AS (INSERT INTO timesheets (contract_id, freelancer_id, week, zone, starts_at, ends_at, state, version, minutes, submitted_at, \
                 decided_by, decided_at) VALUES ({contract}, {freelancer}, '{monday}', 'UTC', '{monday}Z', timestamptz '{monday}Z' + interval '7 days', \
                 'APPROVED', 3, 450, now(), {by}, now()) RETURNING *) \
             INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, started_at, ended_at, origin, created_at, updated_at) \
                 SELECT id, contract_id, freelancer_id, starts_at + interval '9 hours', starts_at + interval '990 minutes', 'ENTRY', now(), now() FROM week"
        ),
    );
    transaction(&mut patient(conn), |tx| {
        let mut contract = contracts::lock(tx, contract)?.expect("the contract");
        let what = Happening::by(by, EventKind::WeekApproved).moved(Some("SUBMITTED"), "APPROVED");
        let facts = serde_json::json!({ "week": monday.format("%G-W%V").to_string(), "minutes": 450, "version": 3 });
        Ok::<(), Failure<Infallible>>(events::append(tx, &mut contract, what.facts(facts))?)
    })
    .expect("its history");
}

fn ids(conn: &mut PgConnection, table: &str, contract: ContractId) -> Vec<i64> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let rows: Vec<Id> =
        diesel::sql_query(format!("SELECT id FROM {table} WHERE contract_id = {contract} ORDER BY id")).load(conn).expect("ids");
    rows.into_iter().map(|row| row.id).collect()
}

/// What would be typed: these weeks, the milestone or not, and two taxes.
pub fn content(weeks: &[i64], milestone: Option<i64>) -> InvoiceContent {
    let ids = |ids: Vec<i64>| ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>();
    let (weeks, milestones) = (ids(weeks.to_vec()), ids(milestone.into_iter().collect()));
    let typed = InvoiceTyped {
        weeks: weeks.iter().map(String::as_str).collect(),
        milestones: milestones.iter().map(String::as_str).collect(),
        taxes: vec![("VAT", "19"), ("City tax", "0.55")],
        due_on: "2199-12-31",
        issuer_details: "1 Quay Street\nTax number 12/345",
        client_details: "Łódź",
        note: "Thank you.",
    };
    InvoiceContent::parse(&typed).expect("an invoice")
}

impl Ground {
    /// A draft of one of the weeks.
    pub fn drafts(&self, conn: &mut PgConnection, week: usize) -> Result<InvoiceId, Failure<InvoiceRefused>> {
        draft_invoice(&mut patient(conn), self.freelancer.id, self.contract, &content(&self.weeks[week..=week], None), None)
    }

    /// A draft of everything.
    pub fn whole_draft(&self, conn: &mut PgConnection) -> InvoiceId {
        let all = content(&self.weeks, Some(self.milestone));
        draft_invoice(&mut patient(conn), self.freelancer.id, self.contract, &all, None).expect("a draft")
    }

    /// An issued invoice of everything.
    pub fn issued(&self, conn: &mut PgConnection) -> InvoiceId {
        let id = self.whole_draft(conn);
        self.issues(conn, id).expect("an invoice");
        id
    }

    pub fn issues(&self, conn: &mut PgConnection, id: InvoiceId) -> Result<Number, Failure<InvoiceRefused>> {
        issue_invoice(&mut patient(conn), self.freelancer.id, id, None)
    }

    pub fn pays(&self, conn: &mut PgConnection, id: InvoiceId, reference: &str) -> Result<(), Failure<InvoiceRefused>> {
        mark_paid(&mut patient(conn), self.organisation.finance.id, id, &PaymentReference::parse(reference).expect("a reference"))
    }

    pub fn voids(&self, conn: &mut PgConnection, id: InvoiceId) -> Result<Number, Failure<InvoiceRefused>> {
        void_invoice(&mut patient(conn), self.organisation.owner.id, id, &Reason::parse("A wrong rate.").expect("a reason"))
    }
}

/// What must hold of all invoices, asked in SQL that shares nothing with the program: what is broken.
pub fn broken(conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        what: String,
    }
    const RULES: &str = "
        SELECT 'a number twice: ' || issuer_id || ' ' || year || '-' || seq AS what FROM invoices WHERE seq IS NOT NULL
            GROUP BY issuer_id, year, seq HAVING count(*) > 1
        UNION ALL SELECT 'a gap in the numbers of ' || issuer_id FROM invoices WHERE seq IS NOT NULL
            GROUP BY issuer_id, year HAVING max(seq) <> count(DISTINCT seq)
        UNION ALL SELECT 'a gap in the credit notes of ' || issuer_id FROM credit_notes GROUP BY issuer_id, year HAVING max(seq) <> count(*)
        UNION ALL SELECT 'a week on two live invoices: ' || timesheet_id FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
            WHERE i.status <> 'VOID' AND timesheet_id IS NOT NULL GROUP BY timesheet_id HAVING count(*) > 1
        UNION ALL SELECT 'a milestone on two live invoices: ' || milestone_id FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
            WHERE i.status <> 'VOID' AND milestone_id IS NOT NULL GROUP BY milestone_id HAVING count(*) > 1
        UNION ALL SELECT 'invoice ' || i.id || ' does not add up' FROM invoices i
            WHERE total <> subtotal + tax OR subtotal <> (SELECT sum(amount) FROM invoice_lines WHERE invoice_id = i.id)
        UNION ALL SELECT 'a line of ' || invoice_id || ' is rounded otherwise' FROM invoice_lines
            WHERE minutes IS NOT NULL AND amount <> round(minutes::numeric * rate / 60)
        UNION ALL SELECT 'a tax of ' || invoice_id || ' is rounded otherwise' FROM invoice_taxes WHERE amount <> round(base::numeric * basis_points / 10000)
        UNION ALL SELECT 'week ' || t.id || ' is ' || t.state FROM timesheets t WHERE (t.state = 'INVOICED') <> EXISTS (
            SELECT FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE l.timesheet_id = t.id AND i.status IN ('ISSUED', 'PAID'))
        UNION ALL SELECT 'milestone ' || m.id || ' is ' || m.status FROM milestones m WHERE (m.status = 'PAID') <> EXISTS (
            SELECT FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE l.milestone_id = m.id AND i.status = 'PAID')
        UNION ALL SELECT 'contract ' || c.id || ' counts ' || c.paid_total || ' as paid' FROM contracts c WHERE c.paid_total <>
            (SELECT coalesce(sum(amount), 0) FROM milestones m WHERE m.contract_id = c.id AND m.status = 'PAID')
        UNION ALL SELECT 'a transfer that paid twice: ' || paid_reference FROM invoices WHERE paid_reference IS NOT NULL
            GROUP BY organisation_id, paid_reference HAVING count(*) > 1
        UNION ALL SELECT 'an invoice both paid and void: ' || id FROM invoices WHERE paid_at IS NOT NULL AND voided_at IS NOT NULL
        UNION ALL SELECT 'invoice ' || i.id || ' is void without a credit note, or has one' FROM invoices i
            WHERE (status = 'VOID') <> EXISTS (SELECT FROM credit_notes n WHERE n.invoice_id = i.id)
        UNION ALL SELECT 'invoice ' || i.id || ' is ' || i.status || ', its history tells otherwise' FROM invoices i WHERE i.status <> 'DRAFT' AND
            i.status <> (SELECT e.to_state FROM events e WHERE e.stream_kind = 'CONTRACT' AND e.stream_id = i.contract_id
                AND (e.facts ->> 'invoice')::bigint = i.id ORDER BY e.seq DESC LIMIT 1)
        ORDER BY what";
    diesel::sql_query(RULES).load::<Row>(conn).expect("the rules").into_iter().map(|row| row.what).collect()
}

#[track_caller]
pub fn hold(conn: &mut PgConnection) {
    let found = broken(conn);
    assert!(found.is_empty(), "{found:#?}");
}

/// The day on which everything was issued.
pub fn issued_on(conn: &mut PgConnection, id: InvoiceId) -> NaiveDate {
    use guildhall::schema::invoices;
    let day: Option<NaiveDate> = invoices::table.find(id.0).select(invoices::issued_on).first(conn).expect("the invoice");
    day.expect("a day")
}
