//! One thread: what was written, a line where its reader stopped, and the form.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::drafts::Draft;
use crate::db::messages::{Ground, Written};
use crate::db::{Database, drafts, files, messages};
use crate::domain::draft::Form;
use crate::domain::field_errors::FieldErrors;
use crate::domain::file::named;
use crate::domain::ids::{FileId, UserId};
use crate::domain::message::{About, PAGE, Side, WriteRefused, first_shown, may_write};
use crate::domain::project::ProjectStatus;
use crate::web::context::SignedIn;
use crate::web::drafts::pad::{self, Pad};
use crate::web::error::PageError;
use crate::web::files::shown::{Shown, all};
use crate::web::form::new_key;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which message the page begins with.
    from: String,
    /// Which message the reader had seen last, where that is not what was kept.
    seen: String,
}

#[derive(Template)]
#[template(path = "messages/thread.html")]
struct Page {
    shell: Shell,
    about: About,
    ground: Ground,
    side: Side,
    reader: UserId,
    written: Vec<Written>,
    /// Up to which message the reader had read when they came.
    line: i32,
    errors: FieldErrors,
    typed: String,
    /// The files that were added to it.
    held: Vec<Shown>,
    key: String,
    pad: Pad,
}

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub words: String,
    pub files: Vec<FileId>,
}

/// Shows the thread, and keeps that its reader has read it so far.
pub(super) async fn show(by: SignedIn, about: About, database: &Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    respond::page(&Page::read(by, about, database, asked, FieldErrors::new(), None).await?)
}

/// Shows it again, with what was typed and what is wrong with it.
pub(super) async fn again(by: SignedIn, about: About, database: &Database, errors: FieldErrors, typed: Typed) -> Answer {
    let page = Page::read(by, about, database, Asked::default(), errors, Some(typed)).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The files that a draft names.
fn held_in(draft: &Draft) -> Vec<FileId> {
    named(pad::fields(draft).all("file")).unwrap_or_default()
}

impl Page {
    async fn read(
        by: SignedIn,
        about: About,
        database: &Database,
        asked: Asked,
        errors: FieldErrors,
        typed: Option<Typed>,
    ) -> Result<Self, PageError> {
        let reader = by.id();
        let found = database.run(move |conn| {
            let Some(ground) = messages::ground(conn, about, reader)? else { return Ok(None) };
            let line = asked.seen.parse().ok().filter(|seen| (0..=ground.read_up_to).contains(seen)).unwrap_or(ground.read_up_to);
            let from = asked.from.parse().ok().filter(|from| *from > 0).unwrap_or_else(|| first_shown(ground.count, line));
            let written = match ground.thread {
                Some(thread) => messages::page(conn, thread, from, reader)?,
                None => Vec::new(),
            };
            if let (Some(thread), Some(last)) = (ground.thread, written.last())
                && last.number > ground.read_up_to
            {
                messages::write_read(conn, thread, reader, last.number)?;
            }
            let draft = drafts::find(conn, reader, Form::Messages(about))?;
            let named = typed.as_ref().map(|typed| typed.files.clone()).or_else(|| Some(held_in(draft.as_ref()?))).unwrap_or_default();
            let held = if named.is_empty() { Vec::new() } else { files::choosable(conn, reader, &named, None)? };
            Ok(Some((ground, written, line, (typed, draft), all(&held))))
        });
        let (ground, written, line, (typed, draft), held) = found.await?.ok_or(PageError::NotFound)?;
        let (side, shell) = (ground.side().ok_or(PageError::NotFound)?, by.shell());
        let (pad, typed, key) = match (typed, draft) {
            (Some(typed), _) => (Pad::again(Form::Messages(about)), typed.words, None),
            (None, draft) => {
                let fields = draft.as_ref().map(pad::fields).unwrap_or_default();
                (Pad::new(Form::Messages(about), draft.as_ref(), &shell.clock), fields.get("message").to_owned(), fields.key())
            }
        };
        let key = key.map_or_else(new_key, |key| key.as_str().to_owned());
        Ok(Self { shell, about, ground, side, reader, written, line, errors, typed, held, key, pad })
    }

    /// With whom.
    fn with(&self) -> &str {
        match self.side {
            Side::Freelancer => &self.ground.client,
            Side::Client(_) => &self.ground.freelancer_name,
        }
    }

    fn back(&self) -> String {
        self.about.address().trim_end_matches("/messages").to_owned()
    }

    fn what(&self) -> &'static str {
        match self.about {
            About::Proposal(_) => "proposal",
            About::Contract(_) => "contract",
        }
    }

    fn refused(&self) -> Option<WriteRefused> {
        let ground = &self.ground;
        may_write(self.side, self.about, ground.thread.is_some(), ground.project_status, ground.proposal_status).err()
    }

    /// Why the reader cannot write, in words; and until when they can.
    fn rule(&self) -> String {
        let Ground { client, freelancer_name, .. } = &self.ground;
        match (self.refused(), self.about) {
            (Some(WriteRefused::NotAllowed), _) => {
                format!("You read along: owners and managers write for {client}. {freelancer_name} does not see who reads.")
            }
            (Some(WriteRefused::NotBegun), _) => {
                format!("{client} can write to you about your proposal. When it has, you can answer here until the project is decided.")
            }
            (Some(WriteRefused::ProjectIs(status)), _) => {
                let ended = if status == ProjectStatus::Cancelled { "was cancelled" } else { "was decided" };
                format!("The project {ended}: what was written stays here for both sides to read, and takes no new messages.")
            }
            (Some(_), _) => {
                "The proposal does not stand at the moment: what was written stays here for both sides to read, and takes no new messages."
                    .to_owned()
            }
            (None, About::Proposal(_)) => {
                "Both sides can write until the project is decided or cancelled, and read it afterwards.".to_owned()
            }
            (None, About::Contract(_)) => "Both sides can write here, also after the work has ended.".to_owned(),
        }
    }

    /// Who reads along.
    fn readers(&self) -> String {
        let Ground { client, freelancer_name, .. } = &self.ground;
        format!("All members of {client} and {freelancer_name} read these messages; the owners and managers of {client} write for it.")
    }

    fn is_own(&self, one: &Written) -> bool {
        one.author == self.reader
    }

    /// For whom somebody wrote, where that is not themselves.
    fn for_client(&self, one: &Written) -> bool {
        one.author != self.ground.freelancer
    }

    fn files(&self, one: &Written) -> Vec<Shown> {
        all(&one.files())
    }

    fn html(&self, one: &Written) -> SafeHtml {
        markdown::render(&one.words)
    }

    fn at(&self, one: &Written) -> Moment {
        shown::time(&self.shell.clock, one.at)
    }

    fn is_new(&self, one: &Written) -> bool {
        one.number > self.line && !self.is_own(one)
    }

    /// Whether the line stands above this message: the first of the new ones.
    fn begins_new(&self, one: &Written) -> bool {
        self.written.iter().find(|one| self.is_new(one)).is_some_and(|first| first.id == one.id)
    }

    fn new_in_words(&self) -> String {
        match self.written.iter().filter(|one| self.is_new(one)).count() {
            1 => "1 new message".to_owned(),
            count => format!("{count} new messages"),
        }
    }

    fn last(&self) -> i32 {
        self.written.last().map_or(0, |last| last.number)
    }

    /// Where older ones stand.
    fn earlier(&self) -> Option<String> {
        let first = self.written.first().map_or(self.ground.count + 1, |first| first.number);
        (first > 1).then(|| self.beginning_with((first - PAGE).max(1)))
    }

    /// Where newer ones stand.
    fn later(&self) -> Option<String> {
        (self.last() > 0 && self.last() < self.ground.count).then(|| self.beginning_with(self.last() + 1))
    }

    fn beginning_with(&self, number: i32) -> String {
        format!("{}?from={number}&seen={}", self.about.address(), self.line)
    }
}
