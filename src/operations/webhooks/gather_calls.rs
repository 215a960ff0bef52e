//! Finding what webhooks have to tell.

use std::convert::Infallible;

use crate::db::{Connection, Failure, jobs, transaction, webhooks};
use crate::domain::ids::OrganisationId;
use crate::domain::job::{NewJob, Task};

/// Notes what has happened since the webhooks looked, each event once for each of them, and asks for a job for each call.
/// Answers how many. Two who do it at once note nothing twice.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn gather_calls(conn: &mut Connection<'_>) -> Result<usize, Failure<Infallible>> {
    transaction(conn, |tx| {
        let noted: Vec<(_, OrganisationId)> = webhooks::gather(tx)?;
        for (delivery, organisation) in &noted {
            let task = Task::CallWebhook { delivery: delivery.0, again: false };
            jobs::enqueue(tx, &NewJob { organisation: Some(*organisation), ..NewJob::new(task, format!("webhook:{delivery}")) })?;
        }
        Ok(noted.len())
    })
}
