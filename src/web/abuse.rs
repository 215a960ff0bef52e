//! Telling the house about a project, a profile or a review.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, PgConnection, QueryResult, abuse, freelancers, projects};
use crate::domain::abuse::{AbuseOf, AbuseRefused, MOST_A_DAY, Subject};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, ReviewId, UserId};
use crate::domain::words::Reason;
use crate::operations::abuse::report_abuse;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "abuse/report.html")]
struct Page {
    shell: Shell,
    subject: Subject,
    seen: Seen,
    errors: FieldErrors,
    typed: String,
}

/// What is to be reported, as the person sees it.
struct Seen {
    reference: String,
    /// Its title or name; a review's words.
    words: String,
    is_own: bool,
}

/// Asks what is wrong with a project.
pub async fn of_project(by: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    ask(by, Subject { of: AbuseOf::Project, id: id.0.0 }, database).await
}

/// Asks what is wrong with a profile.
pub async fn of_profile(by: SignedIn, id: Id<UserId>, database: Database) -> Answer {
    ask(by, Subject { of: AbuseOf::Profile, id: id.0.0 }, database).await
}

/// Asks what is wrong with a review.
pub async fn of_review(by: SignedIn, id: Id<ReviewId>, database: Database) -> Answer {
    ask(by, Subject { of: AbuseOf::Review, id: id.0.0 }, database).await
}

/// Reports a project.
pub async fn project(by: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    tell(by, Subject { of: AbuseOf::Project, id: id.0.0 }, database, secrets, sent).await
}

/// Reports a profile.
pub async fn profile(by: SignedIn, id: Id<UserId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    tell(by, Subject { of: AbuseOf::Profile, id: id.0.0 }, database, secrets, sent).await
}

/// Reports a review.
pub async fn review(by: SignedIn, id: Id<ReviewId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    tell(by, Subject { of: AbuseOf::Review, id: id.0.0 }, database, secrets, sent).await
}

async fn ask(by: SignedIn, subject: Subject, database: Database) -> Answer {
    respond::page(&Page::read(by, subject, &database, FieldErrors::new(), String::new()).await?)
}

/// A second time changes nothing.
async fn tell(by: SignedIn, subject: Subject, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, typed) = (by.id(), sent.get("reason").to_owned());
    let mut errors = FieldErrors::new();
    let Some(reason) = errors.take("reason", Reason::parse(&typed)) else {
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page::read(by, subject, &database, errors, typed).await?);
    };
    let done = database.change(move |conn| report_abuse(conn, user, subject, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let said = "The house was told, and nobody else. Who keeps it will look at it and read what you wrote.";
            respond::see_other_saying(&secrets, &back(subject), "good", said)
        }
        Err(AbuseRefused::Missing) => Err(PageError::NotFound),
        Err(AbuseRefused::Own) => Err(own(subject)),
        Err(AbuseRefused::TooMany { again_at, at }) => {
            Err(PageError::TooMany(u64::try_from((again_at - at).num_seconds()).unwrap_or_default().max(1)))
        }
    }
}

/// Where the thing stands.
fn back(subject: Subject) -> String {
    match subject.of {
        AbuseOf::Project => format!("/projects/{}", subject.id),
        AbuseOf::Profile => format!("/freelancers/{}", subject.id),
        AbuseOf::Review => "/dashboard".to_owned(),
    }
}

fn own(subject: Subject) -> PageError {
    PageError::NotAllowed(format!("This {} is yours, or your organisation’s. Somebody else can report it.", subject.of.label()))
}

fn seen(conn: &mut PgConnection, subject: Subject, by: UserId) -> QueryResult<Option<Seen>> {
    Ok(match subject.of {
        AbuseOf::Project => projects::seen_by(conn, ProjectId(subject.id), Some(by))?.map(|view| Seen {
            reference: view.project.id.reference(),
            words: view.project.title.clone(),
            is_own: view.role.is_some(),
        }),
        AbuseOf::Profile => freelancers::named(conn, UserId(subject.id))?.filter(|(.., is_out)| !is_out).map(|(profile, name, _)| Seen {
            reference: String::new(),
            words: name,
            is_own: profile.user_id == by,
        }),
        AbuseOf::Review => abuse::review(conn, subject.id, by)?.map(|said| Seen {
            reference: ReviewId(subject.id).reference(),
            words: said.words,
            is_own: said.is_own,
        }),
    })
}

impl Page {
    async fn read(by: SignedIn, subject: Subject, database: &Database, errors: FieldErrors, typed: String) -> Result<Self, PageError> {
        let user = by.id();
        let seen = database.run(move |conn| Ok(seen(conn, subject, user)?)).await?.ok_or(PageError::NotFound)?;
        if seen.is_own {
            return Err(own(subject));
        }
        Ok(Self { shell: by.shell(), subject, seen, errors, typed })
    }

    fn action(&self) -> String {
        match self.subject.of {
            AbuseOf::Review => format!("/reviews/{}/report", self.subject.id),
            _ => format!("{}/report", self.back()),
        }
    }

    fn title(&self) -> String {
        format!("Report this {}?", self.subject.of.label())
    }

    fn back(&self) -> String {
        back(self.subject)
    }

    fn most(&self) -> i64 {
        MOST_A_DAY
    }
}
