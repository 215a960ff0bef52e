//! Letters on their way and gone, newest first.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::db::mails::Mail;
use crate::db::{Database, Portion, mails};
use crate::domain::ids::MailId;
use crate::domain::mail::{MailKind, MailState};
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::server::LettersAreFiles;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Which letters, and behind which one the page begins, as it was typed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "admin/mails.html")]
struct Page {
    shell: Shell,
    rows: Vec<(Mail, String)>,
    counts: Vec<(MailState, i64)>,
    state: Option<MailState>,
    are_files: bool,
    first: String,
    next: String,
}

/// Shows them.
pub async fn page(by: Admin, database: Database, are_files: Data<LettersAreFiles>, asked: Option<Query<Asked>>) -> Answer {
    let (state, after) = asked.map_or((None, None), |asked| (MailState::parse(&asked.state), asked.after.parse::<MailId>().ok()));
    let read = database.run(move |conn| Ok((mails::list(conn, state, after, Portion::Page)?, mails::counts(conn)?)));
    let ((rows, more), counts) = read.await?;
    let address = |more: String| {
        let state = state.map(|state| format!("state={state}"));
        let query: Vec<String> = state.into_iter().chain((!more.is_empty()).then_some(more)).collect();
        if query.is_empty() { "/admin/mails".to_owned() } else { format!("/admin/mails?{}", query.join("&")) }
    };
    let next = rows.last().filter(|_| more).map(|(last, _)| address(format!("after={}", last.id))).unwrap_or_default();
    let first = if after.is_some() { address(String::new()) } else { String::new() };
    respond::page(&Page { shell: by.shell(), rows, counts, state, are_files: are_files.0, first, next })
}

/// A letter's kind in words.
pub fn kind(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Awarded => "Proposal accepted",
        MailKind::NotSelected => "Proposal not selected",
        MailKind::Invited => "Invitation to a project",
        MailKind::Digest => "Digest",
        MailKind::ResetPassword => "Link to a new password",
        MailKind::ConfirmEmail => "Confirmation of an address",
        MailKind::ChangeEmail => "Confirmation of a new address",
        MailKind::Suspended => "Suspension",
        MailKind::LetIn => "End of a suspension",
        MailKind::EmailChanged => "Another address took this one’s place",
    }
}

impl Page {
    /// The states that there are letters in, in the order of a letter's life.
    fn states(&self) -> Vec<(MailState, i64)> {
        let count = |state: &MailState| self.counts.iter().find(|(one, _)| one == state).map(|(_, count)| (*state, *count));
        MailState::ALL.iter().filter_map(count).collect()
    }

    fn at(&self, mail: &Mail) -> Moment {
        shown::time(&self.shell.clock, mail.done_at.unwrap_or(mail.made_at))
    }

    fn kind(&self, mail: &Mail) -> &'static str {
        kind(mail.kind)
    }

    /// The filter, for the list's files.
    fn query(&self) -> String {
        self.state.map(|state| format!("?state={state}")).unwrap_or_default()
    }

    fn heading(&self) -> String {
        let count: i64 = self.counts.iter().filter(|(state, _)| self.state.is_none_or(|one| one == *state)).map(|(_, count)| count).sum();
        if count == 1 { "1 letter".to_owned() } else { format!("{count} letters") }
    }
}
