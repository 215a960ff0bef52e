//! The page before sending: what was typed, as the client will read it. Its buttons also lead back to the form and
//! add or take away milestones, so that all of it works by plain posts.

use askama::Template;

use super::desk::{self, Desk};
use super::typed::Typed;
use super::{not_sent, propose};
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::proposal::ProposalContent;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
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
pub async fn submit(signed_in: SignedIn, id: Id<ProjectId>, database: Database, fields: Fields) -> Answer {
    let user = signed_in.id();
    let desk = database.run(move |conn| Ok(desk::read(conn, id.0, user)?)).await?.ok_or(PageError::NotFound)?;
    let shell = signed_in.shell();
    let mut typed = Typed::sent(&fields);
    let press = Press::of(&fields);
    let blocked = desk.blocked(typed.seen_version(), typed.seen_scope());
    // whoever goes on writing is told of newer versions when they are done
    if let Some(why) = blocked.filter(|why| matches!(press, Press::Check) || why.kind() != RefusalKind::Stale) {
        return not_sent::page(shell, desk, Some(typed), why);
    }
    match press {
        Press::Check => {}
        Press::Change => return propose::form(shell, desk, typed, FieldErrors::new()),
        Press::More => {
            typed.more();
            return propose::form(shell, desk, typed, FieldErrors::new());
        }
        Press::Less(place) => {
            typed.less(place);
            return propose::form(shell, desk, typed, FieldErrors::new());
        }
    }
    match ProposalContent::parse(&typed.words(), &desk.project.questions) {
        Ok(content) => respond::page(&Page { shell, desk, typed, content }),
        Err(errors) => propose::form(shell, desk, typed, errors),
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
