//! The page before sending: what was typed, as the client will read it. Its buttons also lead back to the form and
//! add or take away milestones, so that all of it works by plain posts.

use askama::Template;

use super::desk::{self, Desk};
use super::submit::file_gone;
use super::typed::Typed;
use super::{not_sent, propose};
use crate::db::{Database, PgConnection};
use crate::domain::ids::ProjectId;
use crate::domain::proposal::ProposalContent;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::files::sent::Sent;
use crate::web::files::shown::{Shown, all};
use crate::web::form::Fields;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "proposals/check.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    typed: Typed,
    content: ProposalContent,
    files: Vec<Shown>,
}

/// Which button was pressed.
enum Press {
    Check,
    Change,
    More,
    Less(usize),
}

impl Press {
    fn of(fields: &Fields) -> Self {
        if fields.has("more") {
            return Self::More;
        }
        match fields.get("less").parse::<usize>() {
            Ok(place) => Self::Less(place),
            Err(_) if fields.get("do") == "change" => Self::Change,
            Err(_) => Self::Check,
        }
    }
}

/// Shows the summary, or the form again.
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, sent: Sent) -> Answer {
    let user = signed_in.id();
    let (mut typed, wrong) = Typed::sent_with(&sent);
    let named = typed.files.clone();
    let read = move |conn: &mut PgConnection| {
        let Some(desk) = desk::read(conn, id.0, user)? else { return Ok(None) };
        let held = desk::held(conn, &desk, user, &named)?;
        Ok(Some((desk, held)))
    };
    let (desk, held) = database.run(read).await?.ok_or(PageError::NotFound)?;
    let shell = signed_in.shell();
    let press = Press::of(&sent.fields);
    let blocked = desk.blocked(typed.seen_version(), typed.seen_scope());
    // whoever goes on writing is told of newer versions when they are done
    if let Some(why) = blocked.filter(|why| matches!(press, Press::Check) || why.kind() != RefusalKind::Stale) {
        return not_sent::page(shell, desk, Some(typed), why);
    }
    match press {
        Press::Check => {}
        Press::Change => return propose::form(shell, desk, typed, wrong, &held),
        Press::More => {
            typed.more();
            return propose::form(shell, desk, typed, wrong, &held);
        }
        Press::Less(place) => {
            typed.less(place);
            return propose::form(shell, desk, typed, wrong, &held);
        }
    }
    match ProposalContent::parse(&typed.words(), &desk.project.questions) {
        Ok(_) if !wrong.is_empty() => propose::form(shell, desk, typed, wrong, &held),
        Ok(_) if held.len() < typed.files.len() => propose::form(shell, desk, typed, file_gone(), &held),
        Ok(content) => respond::page(&Page { shell, desk, typed, content, files: all(&held) }),
        Err(errors) => propose::form(shell, desk, typed, errors.and(&wrong), &held),
    }
}

impl Page {
    fn price(&self) -> String {
        super::price(&self.desk.project, self.content.amount)
    }

    fn start(&self) -> String {
        self.content.start_on.map_or_else(|| "Not said".to_owned(), shown::day)
    }

    fn milestones(&self) -> Vec<(&str, String)> {
        let project = &self.desk.project;
        self.content.milestones.iter().map(|one| (one.title.as_str(), project.money(one.amount).to_string())).collect()
    }

    fn answered(&self) -> impl Iterator<Item = (&String, &String)> {
        self.content.questions.iter().zip(&self.content.answers)
    }

    fn letter(&self) -> SafeHtml {
        markdown::render(self.content.cover_letter.as_str())
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.desk.project.deadline)
    }
}
