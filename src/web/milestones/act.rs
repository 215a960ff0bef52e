//! What both sides do to a milestone: forms of its page.

use actix_web::web::Data;

use super::show::{Again, show};
use crate::db::{Database, milestones};
use crate::domain::contract::ContractRefused;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{FileId, MilestoneId};
use crate::domain::milestone::Judged;
use crate::domain::words::{Reason, SubmissionWords};
use crate::operations::milestones::{
    Delivery, approve_milestones, cancel_milestone, request_changes, submit_milestone, withdraw_submission,
};
use crate::web::context::{Id, SignedIn};
use crate::web::contracts::conflict::{self, Wanted};
use crate::web::error::PageError;
use crate::web::files::sent::Sent;
use crate::web::form::Fields;
use crate::web::projects::conflict::Kept;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// How an act ends: the page with a banner, or the one that says why not.
struct End<'e> {
    signed_in: SignedIn,
    database: &'e Database,
    secrets: &'e Secrets,
    id: MilestoneId,
    /// What to say where it was done.
    done: &'static str,
    /// What to say where it was not.
    undone: &'static str,
    kept: Kept,
    /// Files that were added.
    files: Vec<FileId>,
}

impl End<'_> {
    async fn answer(self, done: Result<(), ContractRefused>) -> Answer {
        let id = self.id;
        let Err(why) = done else { return respond::see_other_saying(self.secrets, &format!("/milestones/{id}"), "good", self.done) };
        let contract = self.database.run(move |conn| Ok(milestones::contract_of(conn, id)?)).await?.ok_or(PageError::NotFound)?;
        let wanted = Wanted { by: self.signed_in.id(), contract, undone: self.undone, kept: self.kept };
        conflict::refused_with(self.database, self.signed_in.shell(), wanted, why, &self.files).await
    }
}

/// Delivers it, with words and files.
pub async fn submit(signed_in: SignedIn, Id(id): Id<MilestoneId>, database: Database, secrets: Data<Secrets>, form: Sent) -> Answer {
    let (by, sent, (files, mut errors)) = (signed_in.id(), &form.fields, form.files());
    let seen = sent.version("seen");
    let words = errors.take("words", SubmissionWords::parse(sent.get("words")));
    let again = |errors| Again { errors, typed: sent.get("words").to_owned(), seen: sent.get("seen").to_owned(), files: files.clone() };
    let words = match errors.or(words) {
        Ok(words) => words,
        Err(errors) => {
            let person = signed_in.person.clone();
            return show(signed_in.shell(), &database, id, person, Some(again(errors))).await;
        }
    };
    let kept = vec![("What you deliver", words.as_str().to_owned())];
    let what = Delivery { words, files: files.clone() };
    let done = database.change(move |conn| submit_milestone(conn, by, id, seen, &what)).await;
    let (done, said) = (PageError::unless_refused(done)?.map(drop), "The milestone is submitted. The client was told.");
    if done == Err(ContractRefused::FileGone) {
        let mut errors = FieldErrors::new();
        errors.add("files", "A file that you had added is not kept any more: add it again");
        let person = signed_in.person.clone();
        return show(signed_in.shell(), &database, id, person, Some(again(errors))).await;
    }
    let undone = "Your delivery was not sent. Your words are kept on this page.";
    End { signed_in, database: &database, secrets: &secrets, id, done: said, undone, kept, files }.answer(done).await
}

/// Asks for changes.
pub async fn changes(signed_in: SignedIn, Id(id): Id<MilestoneId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (by, seen) = (signed_in.id(), sent.version("seen"));
    let reason = match Reason::parse(sent.get("reason")) {
        Ok(reason) => reason,
        Err(wrong) => return wrong_words(signed_in, &database, id, &sent, "reason", wrong.to_string()).await,
    };
    let kept = vec![("What is to be changed", reason.as_str().to_owned())];
    let done = database.change(move |conn| request_changes(conn, by, id, seen, &reason)).await;
    let (done, said) = (PageError::unless_refused(done)?, "The freelancer was told what is to be changed.");
    let undone = "Your words were not sent. They are kept on this page.";
    End { signed_in, database: &database, secrets: &secrets, id, done: said, undone, kept, files: Vec::new() }.answer(done).await
}

/// Approves the delivery that was read.
pub async fn approve(signed_in: SignedIn, Id(id): Id<MilestoneId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let judged = Judged { id, submission: sent.version("seen").unwrap_or(0) };
    let contract = database.run(move |conn| Ok(milestones::contract_of(conn, id)?)).await?.ok_or(PageError::NotFound)?;
    let done = database.change(move |conn| approve_milestones(conn, by, contract, &[judged])).await;
    let (done, said) = (PageError::unless_refused(done)?, "The milestone is approved. The freelancer was told.");
    let undone = "You were approving an earlier state of it, so nothing was approved.";
    End { signed_in, database: &database, secrets: &secrets, id, done: said, undone, kept: Kept::new(), files: Vec::new() }
        .answer(done)
        .await
}

/// Takes the delivery back.
pub async fn withdraw(signed_in: SignedIn, Id(id): Id<MilestoneId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let by = signed_in.id();
    let done = database.change(move |conn| withdraw_submission(conn, by, id)).await;
    let (done, said) = (PageError::unless_refused(done)?, "Your delivery is taken back. You can submit it again.");
    let undone = "Your delivery was not taken back.";
    End { signed_in, database: &database, secrets: &secrets, id, done: said, undone, kept: Kept::new(), files: Vec::new() }
        .answer(done)
        .await
}

/// Gives the milestone up.
pub async fn cancel(signed_in: SignedIn, Id(id): Id<MilestoneId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let by = signed_in.id();
    let done = database.change(move |conn| cancel_milestone(conn, by, id)).await;
    let (done, said) = (PageError::unless_refused(done)?, "The milestone is cancelled. The client was told.");
    let undone = "The milestone was not cancelled.";
    End { signed_in, database: &database, secrets: &secrets, id, done: said, undone, kept: Kept::new(), files: Vec::new() }
        .answer(done)
        .await
}

async fn wrong_words(signed_in: SignedIn, database: &Database, id: MilestoneId, sent: &Fields, field: &str, why: String) -> Answer {
    let mut errors = FieldErrors::new();
    errors.add(field, why);
    let again = Again { errors, typed: sent.get(field).to_owned(), seen: sent.get("seen").to_owned(), files: Vec::new() };
    let person = signed_in.person.clone();
    show(signed_in.shell(), database, id, person, Some(again)).await
}
