//! Which function does what: one line for each kind of job.

use serde_json::Value;

use super::hand::{Hand, Trouble};
use super::rules::Rules;
use super::{exports, house, imports, invoices, mails, projects, reviews, tickets, time, webhooks};
use crate::domain::invoice::Series;
use crate::domain::job::Task;
use crate::storage::Storage;

/// Does a job's work, and answers its result.
///
/// # Errors
/// [`Trouble`].
pub async fn perform(task: Task, hand: &Hand, storage: &Storage, rules: Rules) -> Result<Value, Trouble> {
    match task {
        Task::ClearOut {} => house::clear_out(hand).await,
        Task::TidyFiles {} => house::tidy_files(hand, storage).await,
        Task::OpenDueBids {} => projects::open_due_bids(hand, rules).await,
        Task::TellOfDeadlines {} => projects::tell_of_deadlines(hand).await,
        Task::CloseOverdue {} => projects::close_overdue(hand, rules).await,
        Task::MakeFile { export } => exports::make_file(hand, export).await,
        Task::PutProjects { import, by } => imports::put_projects(hand, import, by).await,
        Task::External { .. } => Err(Trouble::Failed("This is for the organisation's own runners.".to_owned())),
        Task::WriteDigests {} => mails::write_digests(hand).await,
        Task::GatherCalls {} => webhooks::gather_calls(hand).await,
        Task::CallWebhook { delivery, again } => webhooks::call_webhook(hand, delivery, again, rules).await,
        Task::StopForgottenTimers {} => time::stop_forgotten_timers(hand).await,
        Task::ShowReviews {} => reviews::show_reviews(hand).await,
        Task::KeepTicketsOnTime {} => tickets::keep_tickets_on_time(hand).await,
        Task::DrawPaper { invoice, credit_note } => {
            let series = if credit_note { Series::CreditNote } else { Series::Invoice };
            invoices::draw_paper(hand, invoice, series).await
        }
        Task::Drill { steps, millis } => house::drill(hand, steps, millis).await,
    }
}
