//! Why a proposal was not sent: each case a page with a way on, that keeps what was typed.

use askama::Template;

use super::desk::Desk;
use super::terms::Change;
use super::typed::Typed;
use crate::domain::ids::ProjectId;
use crate::domain::money::parse_amount;
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::{Proposal, SubmitRefused};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::web::error::{PageError, status_of};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// The project is closed to this person: nothing can be sent.
#[derive(Template)]
#[template(path = "proposals/not_sent.html")]
struct NotSent {
    shell: Shell,
    project: ProjectId,
    title: String,
    /// What happened and what did not.
    happened: String,
    /// What it means.
    means: String,
    /// Address and words of the way on.
    next: (String, &'static str),
    typed: Option<Typed>,
    /// Whether the same can be sent again as it is.
    again: bool,
}

/// The freelancer's own proposal was changed from another window.
#[derive(Template)]
#[template(path = "proposals/two_windows.html")]
struct TwoWindows {
    shell: Shell,
    desk: Desk,
    own: Proposal,
    /// To be written over the saved one.
    typed: Typed,
    saved: Typed,
}

/// The project changed while the proposal was written.
#[derive(Template)]
#[template(path = "proposals/project_changed.html")]
struct ProjectChanged {
    shell: Shell,
    desk: Desk,
    changes: Vec<Change>,
    /// For the project as it is now.
    typed: Typed,
}

/// The page for a refusal. Nothing typed means that the form was asked for, not sent.
pub fn page(shell: Shell, desk: Desk, typed: Option<Typed>, why: SubmitRefused) -> Answer {
    let (status, typed) = (status_of(why.kind()), typed.map(Typed::kept));
    match (why, typed, desk.own.clone()) {
        (SubmitRefused::Missing, ..) => Err(PageError::NotFound),
        (SubmitRefused::Changed { .. }, Some(typed), Some(own)) => {
            let typed = typed.over(&own);
            let saved = Typed::own(&own, &desk.files, &desk.project, &shell.clock);
            respond::page_with(status, &TwoWindows { shell, desk, own, typed, saved })
        }
        (SubmitRefused::ScopeChanged { .. }, Some(typed), own) => {
            let changes = typed.changes(&desk.project, &shell.clock);
            let typed = typed.brought_up_to(&desk.project, own.as_ref(), &shell.clock);
            respond::page_with(status, &ProjectChanged { shell, desk, changes, typed })
        }
        (why, typed, _) => respond::page_with(status, &NotSent::new(shell, &desk, typed, why)),
    }
}

/// The page for a lock that was not to be had: the same can be sent again.
pub fn busy(shell: Shell, project: ProjectId, typed: Typed) -> Answer {
    let page = NotSent {
        shell,
        project,
        title: "Somebody is changing this project right now".to_owned(),
        happened: "Nothing was done: your proposal was not sent.".to_owned(),
        means: "This takes a moment only. What you wrote is kept below.".to_owned(),
        next: (format!("/projects/{project}"), "Back to the project"),
        typed: Some(typed.kept()),
        again: true,
    };
    respond::page_with(status_of(RefusalKind::Busy), &page)
}

impl NotSent {
    fn new(shell: Shell, desk: &Desk, typed: Option<Typed>, why: SubmitRefused) -> Self {
        let project = &desk.project;
        let client = &desk.organisation;
        let back = (format!("/projects/{}", project.id), "Back to the project");
        let (title, what, means, next) = match why {
            SubmitRefused::NotAFreelancer => (
                "Only freelancers send proposals".to_owned(),
                String::new(),
                "Your account has no freelancer’s profile yet. With one you can send proposals.".to_owned(),
                ("/account/profile".to_owned(), "Write a freelancer’s profile"),
            ),
            SubmitRefused::OwnOrganisation => (
                format!("You belong to {client}"),
                String::new(),
                "Nobody sends a proposal to an organisation they belong to, so that those who choose and those who offer are never the same."
                    .to_owned(),
                back,
            ),
            SubmitRefused::Closed { deadline, at } => (
                format!("Proposals closed at {}", shown::second(&shell.clock, deadline, at).words),
                match typed {
                    Some(_) => format!("Yours arrived {} later.", shown::span(at - deadline)),
                    None => String::new(),
                },
                format!("{client} chooses among the proposals that came in time. The time is that of this site’s database, for everybody alike."),
                back,
            ),
            SubmitRefused::Held => {
                let at = project.held_at.map(|at| format!("The house put it on hold at {}.", shown::second(&shell.clock, at, desk.at).words));
                let reason = project.held_for.as_deref().map(|reason| format!(" Its reason: {reason}")).unwrap_or_default();
                let means = format!("It takes no proposals before the house releases it.{reason}");
                ("The house holds this project".to_owned(), at.unwrap_or_default(), means, back)
            }
            SubmitRefused::ProjectIs(status) => {
                let (title, means) = ended(&shell, desk, status);
                (title, String::new(), means, back)
            }
            _ => (
                "This proposal had been chosen once".to_owned(),
                String::new(),
                "Its contract ended early, so that it cannot be sent for this project again.".to_owned(),
                back,
            ),
        };
        let not_sent = if typed.is_some() { "Your proposal was not sent, and nobody was told about it." } else { "" };
        let happened = [what.as_str(), not_sent].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        Self { shell, project: project.id, title, happened, means, next, typed, again: false }
    }
}

/// How a project ended, as far as this person may know: those who had sent a proposal are told when.
fn ended(shell: &Shell, desk: &Desk, status: ProjectStatus) -> (String, String) {
    let client = &desk.organisation;
    match (status, desk.decided) {
        (ProjectStatus::Cancelled, _) => {
            let reason = desk.project.cancel_reason.as_deref().filter(|_| desk.own.is_some());
            let said = reason.map(|reason| format!(" The reason given: {reason}")).unwrap_or_default();
            (format!("{client} cancelled this project"), format!("It takes no proposals any more.{said}"))
        }
        (_, Some(decided)) if decided.mine => (
            format!("{client} accepted your proposal"),
            format!("It was accepted at {}, as it stood then.", shown::second(&shell.clock, decided.at, desk.at).words),
        ),
        (_, Some(decided)) => (
            format!("{client} chose another proposal"),
            format!("The decision was made at {}.", shown::second(&shell.clock, decided.at, desk.at).words),
        ),
        (_, None) => ("This project takes no proposals any more".to_owned(), format!("{client} has made its choice.")),
    }
}

/// A field in both versions.
struct Both {
    label: String,
    saved: String,
    typed: String,
}

impl Both {
    fn new(label: &str, saved: &str, typed: &str) -> Self {
        // browsers send other line ends than those that are kept
        Self { label: label.to_owned(), saved: saved.to_owned(), typed: typed.replace("\r\n", "\n").trim().to_owned() }
    }

    fn differ(&self) -> bool {
        let amounts = (parse_amount(&self.saved), parse_amount(&self.typed));
        self.saved != self.typed && !matches!(amounts, (Ok(saved), Ok(typed)) if saved == typed)
    }
}

impl TwoWindows {
    fn rows(&self) -> Vec<Both> {
        let (saved, typed) = (&self.saved, &self.typed);
        let mut rows = vec![
            Both::new("Price", &saved.amount, &typed.amount),
            Both::new("Working days", &saved.days, &typed.days),
            Both::new("Start", &saved.start, &typed.start),
            Both::new("Milestones", &milestones(saved), &milestones(typed)),
        ];
        for (place, question) in self.desk.project.questions.iter().enumerate() {
            let answer = |typed: &Typed| typed.answers.get(place).cloned().unwrap_or_default();
            rows.push(Both::new(question, &answer(saved), &answer(typed)));
        }
        rows.push(Both::new("Cover letter", &saved.cover_letter, &typed.cover_letter));
        rows
    }

    fn changed_when(&self) -> String {
        // a decline moves this time too, and must not show
        match self.own.declined_at {
            Some(_) => String::new(),
            None => format!(" at {}", shown::second(&self.shell.clock, self.own.updated_at, self.desk.at).words),
        }
    }
}

impl ProjectChanged {
    fn changed_when(&self) -> String {
        let at = |at| format!(" at {}", shown::second(&self.shell.clock, at, self.desk.at).words);
        self.desk.edited_at.map(at).unwrap_or_default()
    }
}

fn milestones(typed: &Typed) -> String {
    let filled = typed.milestones.iter().filter(|row| !row.title.is_empty() || !row.amount.is_empty());
    filled.map(|row| format!("{}: {}", row.title, row.amount)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;

    use super::*;

    #[test]
    fn each_refusal_has_its_status() {
        assert_eq!(status_of(SubmitRefused::OwnOrganisation.kind()), StatusCode::FORBIDDEN);
        assert_eq!(status_of(SubmitRefused::ProjectIs(ProjectStatus::Assigned).kind()), StatusCode::CONFLICT);
    }
}
