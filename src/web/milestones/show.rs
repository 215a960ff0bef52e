//! A milestone: what is to be delivered, what was, and what the reader can do now.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use crate::db::files::{self, Listed};
use crate::db::{Database, milestones};
use crate::domain::contract::ContractStatus;
use crate::domain::field_errors::FieldErrors;
use crate::domain::file;
use crate::domain::ids::{FileId, MilestoneId, SubmissionId};
use crate::domain::milestone::{Milestone, MilestoneStatus, Submission};
use crate::domain::person::Person;
use crate::web::context::{Id, SignedIn};
use crate::web::contracts::desk::{self, Desk};
use crate::web::error::PageError;
use crate::web::files::shown::{self as shown_files, Shown};
use crate::web::form::Fields;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "milestones/show.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    milestone: Milestone,
    submissions: Vec<Submission>,
    /// The files of each delivery.
    files: Vec<(SubmissionId, Listed)>,
    /// Files that the form adds.
    held: Vec<Shown>,
    errors: FieldErrors,
    /// What was typed and refused.
    typed: String,
    /// The delivery that the forms are about.
    seen: String,
}

/// Shows it to both sides of its contract; to others it is not there. Its form has the files that the address names.
pub async fn page(signed_in: SignedIn, Id(id): Id<MilestoneId>, request: HttpRequest, database: Database) -> Answer {
    let asked = Fields::parse(request.query_string().as_bytes());
    let files = file::named(asked.all("file")).unwrap_or_default();
    let person = signed_in.person.clone();
    read(signed_in.shell(), &database, id, person, None, files).await
}

/// What was typed that cannot be taken: the fields' errors, the words, and the delivery they are about.
pub struct Again {
    /// Why not.
    pub errors: FieldErrors,
    /// What was typed.
    pub typed: String,
    /// The delivery that the form was about.
    pub seen: String,
    /// The files that the form named.
    pub files: Vec<FileId>,
}

/// The page again.
pub async fn show(shell: Shell, database: &Database, id: MilestoneId, person: Person, mut again: Option<Again>) -> Answer {
    let files = again.as_mut().map(|again| std::mem::take(&mut again.files)).unwrap_or_default();
    read(shell, database, id, person, again, files).await
}

async fn read(shell: Shell, database: &Database, id: MilestoneId, person: Person, again: Option<Again>, named: Vec<FileId>) -> Answer {
    let found = database.run(move |conn| {
        let Some(contract) = milestones::contract_of(conn, id)? else { return Ok(None) };
        let Some(desk) = desk::read(conn, contract, &person)? else { return Ok(None) };
        let held = if named.is_empty() { Vec::new() } else { files::choosable(conn, person.id, &named, None)? };
        Ok(Some((desk, milestones::submissions(conn, id)?, files::of_milestone(conn, id)?, shown_files::all(&held))))
    });
    let (desk, submissions, files, held) = found.await?.ok_or(PageError::NotFound)?;
    let milestone = desk.milestones.iter().find(|one| one.id == id).cloned().ok_or(PageError::NotFound)?;
    let status = if again.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let seen = milestone.submission_count.to_string();
    let fresh = Again { errors: FieldErrors::new(), typed: String::new(), seen, files: Vec::new() };
    let Again { errors, typed, seen, .. } = again.unwrap_or(fresh);
    respond::page_with(status, &Page { shell, desk, milestone, submissions, files, held, errors, typed, seen })
}

impl Page {
    /// Whether the reader may deliver now.
    fn may_submit(&self) -> bool {
        self.desk.contract().may_submit(&self.desk.party, &self.milestone, None).is_ok()
    }

    fn may_take_back(&self) -> bool {
        self.desk.contract().may_take_back(&self.desk.party, &self.milestone).is_ok()
    }

    fn may_cancel(&self) -> bool {
        self.desk.contract().may_cancel(&self.desk.party, &self.milestone).is_ok() && self.desk.contract().status.is_live()
    }

    fn may_judge(&self) -> bool {
        self.desk.decides() && self.milestone.status == MilestoneStatus::Submitted
    }

    fn may_request(&self) -> bool {
        self.desk.contract().may_request_changes(&self.desk.party, &self.milestone, None).is_ok()
    }

    fn is_waiting(&self) -> bool {
        self.milestone.status == MilestoneStatus::Submitted
    }

    fn is_paused(&self) -> bool {
        self.desk.contract().status == ContractStatus::Paused
    }

    fn amount(&self) -> String {
        self.desk.money(self.milestone.amount)
    }

    fn due(&self) -> String {
        self.milestone.due_on.map_or_else(|| "No day agreed on".to_owned(), shown::day)
    }

    fn at(&self, at: &chrono::DateTime<chrono::Utc>) -> Moment {
        shown::exact(&self.shell.clock, *at)
    }

    /// The files of a delivery.
    fn files_of(&self, submission: &Submission) -> Vec<Shown> {
        self.files.iter().filter(|(delivery, _)| *delivery == submission.id).map(|(_, file)| file.into()).collect()
    }

    fn words(&self, submission: &Submission) -> SafeHtml {
        markdown::render(&submission.words)
    }

    /// What there is to do, in a sentence.
    fn next(&self) -> String {
        let (client, freelancer) = (&self.desk.named.organisation, &self.desk.named.freelancer);
        match self.milestone.status {
            MilestoneStatus::Planned => format!("{freelancer} delivers it and submits it here."),
            MilestoneStatus::Submitted => format!("{client} approves it or asks for changes. Nothing is approved by silence."),
            MilestoneStatus::ChangesRequested => format!("{freelancer} changes it and submits it again."),
            MilestoneStatus::Approved => "It is approved, and can be invoiced.".to_owned(),
            MilestoneStatus::Paid => "It is paid.".to_owned(),
            MilestoneStatus::Cancelled => "It will not be delivered or paid.".to_owned(),
        }
    }
}
