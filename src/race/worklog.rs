//! A freelancer's windows write down sessions that overlap, on two contracts.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use super::accept::ground;
use super::attempt::{Attempt, Send, Yes};
use super::cast::done;
use super::lab::Lab;
use crate::db::clock;
use crate::db::race::let_contract_run;
use crate::domain::ids::ContractId;
use crate::domain::project::Seen;
use crate::operations::proposals::accept_proposal;

/// Contracts of each freelancer.
const CONTRACTS: usize = 2;
/// Half hours in which sessions begin.
const BEGINNINGS: usize = 8;

/// Every freelancer's windows write on the same day, a day further with each round: sessions of one or two hours that begin
/// within four.
pub fn round(lab: &mut Lab, round: usize) -> anyhow::Result<Vec<Attempt>> {
    if lab.contracts.is_empty() {
        lab.contracts = contracts(lab)?;
    }
    let windows = lab.freelancers()?;
    let days = i64::try_from(lab.rounds - round + 1)?;
    let day = (clock(lab.pg())? - TimeDelta::days(days)).date_naive().and_hms_opt(8, 0, 0).unwrap_or_default().and_utc();
    let mut attempts = Vec::new();
    for (client, window) in windows.into_iter().enumerate() {
        let (place, begins, hours) = (lab.one_of(CONTRACTS), lab.one_of(BEGINNINGS), 1 + lab.one_of(2));
        let own = lab.contracts.get(client % lab.contracts.len().max(1)).and_then(|own| own.get(place).copied());
        let Some(contract) = own else { continue };
        let from = day + TimeDelta::minutes(30 * i64::try_from(begins)?);
        let to = from + TimeDelta::hours(i64::try_from(hours)?);
        let (began, ended) = (said(from), said(to));
        let yes = Yes::to("SESSION", contract.0, format!("[{began},{ended})"));
        let typed = vec![("started_at", began), ("ended_at", ended), ("note", "Raced.".to_owned())];
        let send = Send::Form { page: format!("/contracts/{contract}/time"), action: format!("/contracts/{contract}/work-logs"), typed };
        attempts.push(Attempt { window, delay: lab.within(3), send, yes });
    }
    Ok(attempts)
}

fn said(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Two for each freelancer, old enough for all rounds.
fn contracts(lab: &mut Lab) -> anyhow::Result<Vec<Vec<ContractId>>> {
    let (number, by, days) = (lab.cast.freelancers.len(), lab.cast.owner()?, lab.rounds + 5);
    let mut all = Vec::new();
    for place in 0..number {
        let mut own = Vec::new();
        for _ in 0..CONTRACTS {
            let on = ground(lab, number)?;
            let Some(proposal) = on.proposals.get(place) else { continue };
            let seen = Seen { version: 1, scope_version: Some(1), unconfirmed: None };
            let contract = done(accept_proposal(&mut lab.conn(), by, *proposal, seen))?.contract;
            let_contract_run(lab.pg(), contract, days)?;
            own.push(contract);
        }
        all.push(own);
    }
    Ok(all)
}
