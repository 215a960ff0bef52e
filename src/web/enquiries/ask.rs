//! All questions about a project, and the form to ask one.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::{Enquiries, MayAsk};
use crate::db::enquiries::Which;
use crate::db::projects::View;
use crate::db::{Database, enquiries, projects};
use crate::domain::enquiry::{AskRefused, MOST_OF_ONE};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{EnquiryId, ProjectId};
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::OfferRefused;
use crate::domain::words::EnquiryWords;
use crate::operations::enquiries::ask;
use crate::web::context::{Id, SignedIn, Visitor};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

const NOT_ASKED: &str = "Your question was not asked, and nobody was told.";

/// Behind which question the page begins.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Asked {
    after: EnquiryId,
}

#[derive(Template)]
#[template(path = "enquiries/ask.html")]
struct Page {
    shell: Shell,
    view: View,
    enquiries: Enquiries,
    /// Whether this is not the first page.
    later: bool,
    errors: FieldErrors,
    typed: String,
}

/// Shows them.
pub async fn page(visitor: Visitor, id: Id<ProjectId>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let after = asked.map(|asked| asked.after);
    let page = Page::read(visitor, id.0, &database, after, FieldErrors::new(), String::new()).await?;
    respond::page(&page)
}

/// Asks. The same question twice is asked once.
pub async fn submit(by: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, project, typed) = (by.id(), id.0, sent.get("question").to_owned());
    let words = match EnquiryWords::parse(&typed) {
        Ok(words) => words,
        Err(wrong) => return again(by, project, &database, wrong.to_string(), typed).await,
    };
    let done = database.change(move |conn| ask(conn, user, project, &words)).await;
    match PageError::unless_refused(done)? {
        Ok(_) => {
            let said = "Your question stands on the project’s page. Nobody is shown that it was you.";
            respond::see_other_saying(&secrets, &format!("/projects/{project}"), "good", said)
        }
        Err(AskRefused::NotNow(OfferRefused::Missing)) => Err(PageError::NotFound),
        Err(AskRefused::NotNow(OfferRefused::NotAFreelancer)) => {
            Err(PageError::NotAllowed("Freelancers ask about projects. With a freelancer’s profile you can ask too.".to_owned()))
        }
        Err(AskRefused::NotNow(OfferRefused::OwnOrganisation)) => {
            Err(PageError::NotAllowed("You belong to the client: freelancers ask, owners and managers answer.".to_owned()))
        }
        Err(AskRefused::TooMany) => {
            let wrong = format!("Ask at most {MOST_OF_ONE} questions about one project: you have");
            again(by, project, &database, wrong, typed).await
        }
        Err(AskRefused::NotNow(OfferRefused::Closed { deadline, at })) => {
            let shell = by.shell();
            let closed = shown::second(&shell.clock, deadline, at).words;
            let happened = Some((
                format!("Yours arrived {} after proposals closed, by this site’s clock,", shown::span(at - deadline)),
                shown::exact(&shell.clock, at),
            ));
            too_late(
                shell,
                project,
                format!("Questions closed at {closed}"),
                happened,
                "An answer could change no proposal any more.",
                typed,
            )
        }
        Err(AskRefused::NotNow(OfferRefused::Held)) => {
            let title = "The house holds this project".to_owned();
            too_late(by.shell(), project, title, None, "It takes no questions and no proposals before the house releases it.", typed)
        }
        Err(AskRefused::NotNow(OfferRefused::ProjectIs(status))) => {
            let title = match status {
                ProjectStatus::Cancelled => "This project was cancelled before that",
                _ => "This project was decided before that",
            };
            too_late(by.shell(), project, title.to_owned(), None, "It takes no questions and no proposals any more.", typed)
        }
    }
}

async fn again(by: SignedIn, project: ProjectId, database: &Database, wrong: String, typed: String) -> Answer {
    let mut errors = FieldErrors::new();
    errors.add("question", wrong);
    let page = Page::read(by.visitor(), project, database, None, errors, typed).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn too_late(
    shell: Shell,
    project: ProjectId,
    title: String,
    happened: Option<(String, shown::Moment)>,
    means: &'static str,
    typed: String,
) -> Answer {
    let links = vec![(format!("/projects/{project}"), "Look at the project".to_owned())];
    let kept = vec![("Your question", typed)];
    let page = conflict::Page { shell, title, undone: NOT_ASKED, happened, means: means.to_owned(), kept, links };
    respond::page_with(StatusCode::CONFLICT, &page)
}

impl Page {
    async fn read(
        visitor: Visitor,
        id: ProjectId,
        database: &Database,
        after: Option<EnquiryId>,
        errors: FieldErrors,
        typed: String,
    ) -> Result<Self, PageError> {
        let viewer = visitor.id();
        let found = database.run(move |conn| {
            let Some(view) = projects::seen_by(conn, id, viewer)? else { return Ok(None) };
            let asked = enquiries::read(conn, Which::Of(id, after), viewer)?;
            Ok(Some((view, asked)))
        });
        let (view, asked) = found.await?.ok_or(PageError::NotFound)?;
        let may_ask = MayAsk::of(&view, visitor.person());
        let shell = visitor.shell();
        let enquiries = Enquiries::of(&view, asked, may_ask, &shell.clock);
        Ok(Self { shell, view, enquiries, later: after.is_some(), errors, typed })
    }

    fn address(&self) -> String {
        format!("/projects/{}/questions", self.view.project.id)
    }

    /// The first page's address; empty: this is it.
    fn first(&self) -> String {
        if self.later { self.address() } else { String::new() }
    }

    /// The next page's address; empty: this is the last.
    fn next(&self) -> String {
        self.enquiries.next.map_or_else(String::new, |last| format!("{}?after={last}", self.address()))
    }

    fn closes(&self) -> shown::Moment {
        shown::time(&self.shell.clock, self.view.project.deadline)
    }
}
