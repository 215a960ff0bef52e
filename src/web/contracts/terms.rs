//! Changing the terms: the versions side by side, the form that proposes another one, and the answer to it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict;
use super::desk::{self, Desk};
use super::terms_typed::{Row, Typed};
use crate::db::Database;
use crate::domain::contract::{MOST_PARTS, Terms, TermsAnswer, TermsContent, TermsRefused};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::milestone::MilestoneStatus;
use crate::domain::project::ProjectKind;
use crate::operations::contracts::{answer_terms, propose_terms};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict::{Cannot, Kept, Page as Conflict};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

#[derive(Template)]
#[template(path = "contracts/terms.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    errors: FieldErrors,
    typed: Typed,
    /// The version in force that was read.
    version: String,
}

/// Shows them.
pub async fn page(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database) -> Answer {
    let desk = desk::desk(&database, id, signed_in.person.clone()).await?;
    let typed = Typed::of(desk.contract(), &desk.milestones);
    let (errors, version) = (FieldErrors::new(), desk.contract().terms_number.to_string());
    respond::page(&Page { shell: signed_in.shell(), desk, errors, typed, version })
}

/// Proposes another version; or shows the form with a row more, or less.
pub async fn submit(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let desk = desk::desk(&database, id, signed_in.person.clone()).await?;
    let (mut typed, version, seen) = (Typed::sent(&sent), sent.get("version").to_owned(), sent.version("version"));
    let less: Option<usize> = sent.get("less").parse().ok();
    if sent.has("more") || less.is_some() {
        match less.filter(|place| *place < typed.rows.len()) {
            Some(place) => drop(typed.rows.remove(place)),
            None if typed.rows.len() < MOST_PARTS => typed.rows.push(Row::default()),
            None => {}
        }
        return respond::page(&Page { shell: signed_in.shell(), desk, errors: FieldErrors::new(), typed, version });
    }
    let content = match TermsContent::parse(&typed.typed(), desk.contract().kind) {
        Ok(content) => content,
        Err(errors) => return again(signed_in, desk, errors, typed, version),
    };
    let done = database.change(move |conn| propose_terms(conn, by, id, &content, seen)).await;
    let why = match PageError::unless_refused(done)? {
        Ok(()) => {
            let text = "The new terms wait for the other side. Until they are confirmed, the earlier ones hold.";
            return respond::see_other_saying(&secrets, &format!("/contracts/{id}/terms"), "good", text);
        }
        Err(why) => why,
    };
    let mut errors = FieldErrors::new();
    match why {
        TermsRefused::NothingChanges => errors.add("words", "Change something: this is what is agreed on already"),
        TermsRefused::NothingPlanned => errors.add("milestone_title.0", "Plan at least one milestone, or end the contract"),
        why => return refused(signed_in.shell(), id, why, &typed),
    }
    again(signed_in, desk, errors, typed, version)
}

fn again(signed_in: SignedIn, desk: Desk, errors: FieldErrors, typed: Typed, version: String) -> Answer {
    let page = Page { shell: signed_in.shell(), desk, errors, typed, version };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Answers the version that waits.
pub async fn answer(signed_in: SignedIn, Id(id): Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let by = signed_in.id();
    let wanted = sent.version("number").zip(TermsAnswer::parse(sent.get("answer")));
    let Some((number, answer)) = wanted else { return Err(PageError::NotFound) };
    let done = database.change(move |conn| answer_terms(conn, by, id, number, answer)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let text = match answer {
                TermsAnswer::Confirmed => "The new terms are in force. The other side was told.",
                TermsAnswer::Declined => "You declined the new terms. The earlier ones stay in force.",
                TermsAnswer::Withdrawn => "You took the new terms back. The earlier ones stay in force.",
            };
            respond::see_other_saying(&secrets, &format!("/contracts/{id}"), "good", text)
        }
        Err(TermsRefused::Answered(before)) if before == answer => respond::see_other(&format!("/contracts/{id}")),
        Err(why) => refused(signed_in.shell(), id, why, &Typed::default()),
    }
}

fn refused(shell: Shell, id: ContractId, why: TermsRefused, typed: &Typed) -> Answer {
    let (title, means) = match why {
        TermsRefused::Missing => return Err(PageError::NotFound),
        TermsRefused::NotAllowed => {
            let who = "Terms are proposed by one side, through who decides for it, and confirmed or declined by the other.";
            return Err(PageError::NotAllowed(who.to_owned()));
        }
        TermsRefused::ContractIs(status) => ("The contract ended before that", conflict::state(status).to_owned()),
        TermsRefused::Waits(number) => {
            ("Other terms wait already", format!("Version {number} waits for an answer. It is answered or taken back first."))
        }
        TermsRefused::Answered(answer) => {
            ("These terms were answered before that", format!("They are {} by now.", answer.label().to_lowercase()))
        }
        TermsRefused::Changed { seen, now } => {
            ("Other terms came into force before that", format!("You had read version {seen}; version {now} is in force."))
        }
        TermsRefused::Outgrown => {
            let means = "A milestone that these terms plan was delivered or given up since they were proposed. Take them back and propose them anew.";
            ("The work went on after these terms were proposed", means.to_owned())
        }
        TermsRefused::NothingChanges | TermsRefused::NothingPlanned => ("This cannot be done now", String::new()),
    };
    let links = vec![
        (format!("/contracts/{id}/terms"), "Look at the terms".to_owned()),
        (format!("/contracts/{id}"), "Back to the contract".to_owned()),
    ];
    let cannot = Cannot { title: title.to_owned(), means, links };
    let kept: Kept = Some(("What you wrote", typed.words.clone())).filter(|(_, words)| !words.is_empty()).into_iter().collect();
    let undone = "Nothing was changed, and nobody was told.";
    let page = Conflict { shell, title: cannot.title, undone, happened: None, means: cannot.means, kept, links: cannot.links };
    respond::page_with(StatusCode::CONFLICT, &page)
}

impl Page {
    fn by_the_hour(&self) -> bool {
        self.desk.contract().kind == ProjectKind::Hourly
    }

    /// The rows of the form: at least one.
    fn rows(&self) -> Vec<Row> {
        if self.typed.rows.is_empty() { vec![Row::default()] } else { self.typed.rows.clone() }
    }

    /// Whether the reader may propose now.
    fn may_propose(&self) -> bool {
        self.desk.party.decides && self.desk.contract().status.is_live() && self.desk.waiting().is_none()
    }

    /// Whether the waiting version is for the reader to answer, not to take back.
    fn is_to_answer(&self, terms: &Terms) -> bool {
        self.desk.party.decides && terms.side != self.desk.party.side
    }

    fn is_to_take_back(&self, terms: &Terms) -> bool {
        self.desk.party.decides && terms.side == self.desk.party.side
    }

    /// The versions that stand side by side: the one in force, and the one that waits or came last before it.
    fn columns(&self) -> Vec<&Terms> {
        let number = self.desk.contract().terms_number;
        let waiting = self.desk.waiting();
        let before = self.desk.versions.iter().rev().find(|terms| terms.number < number && terms.answer == Some(TermsAnswer::Confirmed));
        let now = self.desk.versions.iter().find(|terms| terms.number == number);
        before.filter(|_| waiting.is_none()).into_iter().chain(now).chain(waiting).collect()
    }

    fn head(&self, terms: &Terms) -> String {
        let state = match terms.answer {
            _ if terms.number == self.desk.contract().terms_number => "in force",
            None => "proposed",
            Some(TermsAnswer::Confirmed) => "before",
            Some(answer) => answer.label(),
        };
        format!("Version {}: {state}", terms.number)
    }

    /// Each line with what every column says.
    fn lines(&self) -> Vec<(&'static str, Vec<String>)> {
        let columns = self.columns();
        let each = |say: &dyn Fn(&Terms) -> String| columns.iter().map(|terms| say(terms)).collect::<Vec<_>>();
        let mut lines = vec![
            (if self.by_the_hour() { "Price an hour" } else { "Price" }, each(&|terms| self.desk.money(terms.amount))),
            ("Working days", each(&|terms| terms.days.to_string())),
        ];
        if self.by_the_hour() {
            lines.push(("Hours a week", each(&|terms| limit(terms.weekly_limit))));
        }
        lines.push(("Last day", each(&|terms| terms.ends_on.map_or_else(|| "Not agreed on".to_owned(), shown::day))));
        lines.push((
            "What else is agreed on",
            each(&|terms| if terms.words.is_empty() { "Nothing".to_owned() } else { terms.words.clone() }),
        ));
        if !self.by_the_hour() {
            let part = |title: &str, minor: i64| format!("{title}: {}", self.desk.money(minor));
            let plan = |terms: &Terms| {
                // Of the terms in force, those for which nothing was delivered yet: the others stay in every version.
                let now = self.desk.milestones.iter().filter(|one| one.status == MilestoneStatus::Planned);
                let parts: Vec<String> = if terms.number == self.desk.contract().terms_number {
                    now.map(|one| part(&one.title, one.amount)).collect()
                } else {
                    terms.plan().iter().map(|one| part(&one.title, one.amount)).collect()
                };
                parts.join("; ")
            };
            lines.push(("Milestones to come", each(&plan)));
        }
        lines
    }
}

/// Minutes a week in words.
pub fn limit(minutes: Option<i32>) -> String {
    match minutes {
        None => "No limit".to_owned(),
        Some(minutes) if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        Some(minutes) => format!("{} hours {} minutes", minutes / 60, minutes % 60),
    }
}
