//! The house closes overdue projects while people move the deadline, accept and withdraw.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use chrono::{SecondsFormat, TimeDelta};

use super::accept::{self, TYPED, ground};
use super::attempt::{Attempt, Send, Yes};
use super::cast::done;
use super::lab::Lab;
use crate::db::jobs;
use crate::db::race::let_pass;
use crate::domain::ids::JobId;
use crate::domain::job::{NewJob, Priority, Task};
use crate::domain::project::ClosesAfter;
use crate::operations::house::warn_of_closing;
use crate::operations::jobs::enqueue_job;

/// Clients at one project.
const AT_ONE: usize = 8;
/// The house's workers have so long for a sweep.
const PATIENCE: Duration = Duration::from_secs(60);

/// A project for each eight clients, overdue for long: half of them move its deadline, two accept, two withdraw.
pub fn round(lab: &mut Lab) -> anyhow::Result<Vec<Attempt>> {
    let (managers, freelancers) = (lab.managers()?, lab.freelancers()?);
    let authors = lab.cast.freelancers.len();
    let mut attempts = Vec::new();
    let mut windows = managers.into_iter().zip(freelancers).enumerate().peekable();
    while windows.peek().is_some() {
        let on = ground(lab, authors)?;
        let rule = ClosesAfter::days(1).context("a rule")?;
        // the deadline first, then the warning
        let_pass(lab.pg(), on.project)?;
        done(warn_of_closing(&mut lab.conn(), on.project, rule))?;
        let_pass(lab.pg(), on.project)?;
        for (place, (client, (manager, freelancer))) in windows.by_ref().take(AT_ONE).enumerate() {
            let own = *on.proposals.get(client % authors).context("each freelancer has offered")?;
            let (window, (send, yes)) = match place % 4 {
                0 | 2 => (manager, moves(lab, &on, place)?),
                1 => (manager, accept::accept(own)),
                _ => {
                    let page = format!("/proposals/{own}/withdraw");
                    let send = Send::Form { action: page.clone(), page, typed: Vec::new() };
                    (freelancer, (send, Yes::to("WITHDRAWN", own.0, "")))
                }
            };
            attempts.push(Attempt { window, delay: lab.within(120), send, yes });
        }
    }
    Ok(attempts)
}

/// The form with another deadline, each its own.
fn moves(lab: &mut Lab, on: &accept::Ground, place: usize) -> anyhow::Result<(Send, Yes)> {
    let minutes = i64::try_from(place)?;
    let deadline = (accept::deadline(lab)? + TimeDelta::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let owned = str::to_owned;
    let typed = vec![
        ("title", owned(TYPED.title)),
        ("description", owned(TYPED.description)),
        ("skills", owned(TYPED.skills)),
        ("kind", owned(TYPED.kind)),
        ("budget_min", owned(TYPED.budget_min)),
        ("budget_max", owned(TYPED.budget_max)),
        ("currency", owned(TYPED.currency)),
        ("deadline", deadline.clone()),
        ("sealed", owned("no")),
        ("questions", String::new()),
    ];
    let page = format!("/projects/{}/edit", on.project);
    Ok((Send::Form { action: page.clone(), page, typed }, Yes::to("DEADLINE", on.project.0, deadline)))
}

/// Asks the site's workers to close what is overdue, as the clock does each hour.
pub fn sweep(lab: &Lab) -> anyhow::Result<JobId> {
    let key = format!("race:{:032x}", rand::random::<u128>());
    let new = NewJob { priority: Priority::Soon, ..NewJob::new(Task::CloseOverdue {}, key) };
    let asked = actix_web::rt::System::new().block_on(lab.database.change(move |conn| enqueue_job(conn, &new)));
    Ok(done(asked)?.id())
}

/// Waits until they have.
pub fn swept(lab: &mut Lab, job: JobId) -> anyhow::Result<()> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        match jobs::find(lab.pg(), job)? {
            Some(found) if found.status.is_final() => {
                let result = jobs::shown(lab.pg(), job)?.and_then(|job| job.result).unwrap_or_default();
                if result.get("never").is_some() {
                    bail!("the site closes no overdue projects: serve it with --close-after-days 90");
                }
                return Ok(());
            }
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    bail!("the site's workers did not close what is overdue within {} s: serve it with --jobs 2", PATIENCE.as_secs())
}
