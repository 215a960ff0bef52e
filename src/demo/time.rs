//! Weeks of work on the first contracts: approved, sent, given back, open; and a timer that runs.

use chrono::{DateTime, Days, TimeDelta, Utc};
use diesel::prelude::*;

use super::done;
use super::people::Cast;
use crate::db::{Connection, Failure, clock, users};
use crate::domain::contract::{Contract, ContractStatus};
use crate::domain::ids::UserId;
use crate::domain::words::{Reason, WorkNote};
use crate::domain::work::{Entry, Span, Week, read_time};
use crate::operations::time::{approve_week, query_week, record_work, start_timer, submit_week};
use crate::schema::contracts;

/// So many contracts have work on them.
const CONTRACTS: i64 = 4;
/// What was worked on, by turns.
const NOTES: [&str; 4] = ["Talks with the people who use it", "First version", "Corrections after the review", "Tests and handing over"];
/// From when to when, on the wall clock of whoever works.
const HOURS: [(&str, &str); 3] = [("09:00", "12:30"), ("13:15", "16:45"), ("08:30", "11:15")];

/// Writes down what was worked on the first contracts in the last three weeks.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast) -> anyhow::Result<()> {
    let now = clock(conn)?;
    let active = contracts::table.filter(contracts::status.eq(ContractStatus::Active)).order(contracts::id).limit(CONTRACTS);
    let all: Vec<Contract> = active.select(Contract::as_select()).load(&mut **conn)?;
    for (place, contract) in all.iter().enumerate() {
        // the sample's awards are of today: these contracts began a month ago
        diesel::update(contracts::table.find(contract.id.0))
            .set(contracts::accepted_at.eq(contract.accepted_at - TimeDelta::days(35)))
            .execute(&mut **conn)?;
        let by = cast.clients.iter().find(|client| client.organisation == contract.organisation_id);
        let by = by.and_then(|client| client.managers.first().copied());
        work(conn, contract, by, place, now)?;
    }
    if let Some(contract) = all.first() {
        done(start_timer(conn, contract.freelancer_id, contract.id, &WorkNote::parse("Corrections after the review")?))?;
    }
    Ok(())
}

fn work(conn: &mut Connection<'_>, contract: &Contract, by: Option<UserId>, place: usize, now: DateTime<Utc>) -> anyhow::Result<()> {
    let freelancer = contract.freelancer_id;
    let zone = users::find(conn, freelancer)?.map_or_else(|| "UTC".to_owned(), |user| user.time_zone);
    let zone = jiff::tz::TimeZone::get(&zone)?;
    let this_week = Week::of(now, &zone);
    let weeks = [this_week.previous().previous().previous(), this_week.previous().previous(), this_week.previous(), this_week];
    for (number, week) in weeks.into_iter().enumerate() {
        for (day, hours) in (0..5_u64).zip(HOURS.iter().cycle().skip(number)) {
            let date = week.monday() + Days::new(day);
            let at = |clock: &str| read_time(&zone, &format!("{date}T{clock}")).map_err(|wrong| anyhow::anyhow!("{wrong:?}"));
            let (from, to) = (at(hours.0)?, at(hours.1)?);
            let note = NOTES.get((place + number + usize::try_from(day)? / 2) % NOTES.len()).copied().unwrap_or_default();
            let entry = Entry { span: Span { from, to: Some(to) }, note: WorkNote::parse(note)? };
            if to <= now {
                match record_work(conn, freelancer, contract.id, &entry) {
                    // who works on two of these contracts is not in two places at once
                    Ok(_) | Err(Failure::Refused(_)) => {}
                    Err(Failure::Broken(fault)) => return Err(fault.into()),
                }
            }
        }
        let Some(by) = by.filter(|_| number < 3) else { continue };
        if submit_week(conn, freelancer, contract.id, week, None).is_err() {
            continue;
        }
        match (number, place % 2) {
            (0 | 1, _) => done(approve_week(conn, by, contract.id, week, None))?,
            (2, 1) => {
                done(query_week(conn, by, contract.id, week, None, &Reason::parse("Is the Tuesday right? We were closed that day.")?))?;
            }
            _ => {}
        }
    }
    Ok(())
}
