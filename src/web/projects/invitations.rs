//! Who can see a project, and who is invited to it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::managed::{self, managed};
use crate::db::project_invitations::Invited;
use crate::db::{Database, project_invitations};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{InviteRefused, MOST_INVITED, Project, ProjectStatus, Visibility};
use crate::operations::projects::{choose_visibility, invite_freelancer, uninvite_freelancer};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

const NOTHING_DONE: &str = "Nothing was changed by you, and nobody was told.";

#[derive(Template)]
#[template(path = "projects/invitations.html")]
struct Page {
    shell: Shell,
    project: Project,
    organisation: String,
    invited: Vec<Invited>,
    errors: FieldErrors,
    typed: String,
}

/// Shows them.
pub async fn page(by: SignedIn, id: Id<ProjectId>, database: Database) -> Answer {
    let page = Page::read(by, id.0, &database, FieldErrors::new(), String::new()).await?;
    respond::page(&page)
}

/// Invites a freelancer, by the number that stands on their profile or in its address.
pub async fn submit(by: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let typed = sent.get("freelancer").to_owned();
    let Some(who) = number(&typed) else {
        return wrong(by, id.0, &database, "freelancer", "Enter the number of a freelancer’s profile, like 12".to_owned(), typed).await;
    };
    invite(by, id.0, who, &database, &secrets, &format!("/projects/{}/invitations", id.0)).await
}

/// Invites, and goes on to a page that says so.
pub async fn invite(by: SignedIn, id: ProjectId, who: UserId, database: &Database, secrets: &Secrets, next: &str) -> Answer {
    let user = by.id();
    let done = database.change(move |conn| invite_freelancer(conn, user, id, who)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(secrets, next, "good", &format!("They are invited to {}.", id.reference())),
        Err(why) => refused(by, id, database, why, who.to_string()).await,
    }
}

/// Takes an invitation back.
pub async fn take_back(by: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let who = number(sent.get("freelancer")).ok_or(PageError::NotFound)?;
    let done = database.change(move |conn| uninvite_freelancer(conn, user, id, who)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/projects/{id}/invitations"), "good", "The invitation is taken back."),
        Err(why) => refused(by, id, &database, why, String::new()).await,
    }
}

/// Chooses who can see the project.
pub async fn choose(by: SignedIn, id: Id<ProjectId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let Some(to) = Visibility::parse(sent.get("visibility")) else {
        return wrong(by, id, &database, "visibility", "Choose who can see the project".to_owned(), String::new()).await;
    };
    let done = database.change(move |conn| choose_visibility(conn, user, id, to)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let said = match to {
                Visibility::Public => "Everybody can see the project as soon as it is published.",
                Visibility::Invited => "Only those you invite can see the project. For everybody else it is not there.",
            };
            respond::see_other_saying(&secrets, &format!("/projects/{id}/invitations"), "good", said)
        }
        Err(why) => refused(by, id, &database, why, String::new()).await,
    }
}

/// `12`, `USR-0012`, or an address that ends with `/freelancers/12`.
fn number(typed: &str) -> Option<UserId> {
    let last = typed.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.strip_prefix("USR-").unwrap_or(last).parse().ok()
}

async fn wrong(by: SignedIn, id: ProjectId, database: &Database, field: &str, message: String, typed: String) -> Answer {
    let mut errors = FieldErrors::new();
    errors.add(field, message);
    let page = Page::read(by, id, database, errors, typed).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn refused(by: SignedIn, id: ProjectId, database: &Database, why: InviteRefused, typed: String) -> Answer {
    let (field, message) = match why {
        InviteRefused::Missing => return Err(PageError::NotFound),
        InviteRefused::NotAllowed => return Err(managed::not_allowed()),
        InviteRefused::ProjectIs(status) => {
            let wanted = Wanted { by: by.id(), project: id, undone: NOTHING_DONE, typed: None };
            return conflict::moved_on(database, by.shell(), wanted, status).await;
        }
        InviteRefused::NoFreelancer => ("freelancer", "No freelancer has this number".to_owned()),
        InviteRefused::OwnOrganisation => ("freelancer", "They belong to your organisation: nobody bids on its own projects".to_owned()),
        InviteRefused::TooMany => ("freelancer", format!("Invite at most {MOST_INVITED} freelancers: take one invitation back first")),
        InviteRefused::StaysPublic => ("visibility", "Keep it public: it was published, and everybody could read it".to_owned()),
    };
    wrong(by, id, database, field, message, typed).await
}

impl Page {
    async fn read(by: SignedIn, id: ProjectId, database: &Database, errors: FieldErrors, typed: String) -> Result<Self, PageError> {
        let view = managed(database, id, by.id()).await?;
        let invited = database.run(move |conn| Ok(project_invitations::of_project(conn, id)?)).await?;
        Ok(Self { shell: by.shell(), project: view.project, organisation: view.organisation, invited, errors, typed })
    }

    /// Whether anything can be changed.
    fn is_open(&self) -> bool {
        matches!(self.project.status, ProjectStatus::Draft | ProjectStatus::Open)
    }

    /// Whether it can become or stay hidden.
    fn may_choose(&self) -> bool {
        self.is_open() && (self.project.published_at.is_none() || self.project.visibility == Visibility::Invited)
    }

    fn is_draft(&self) -> bool {
        self.project.published_at.is_none()
    }

    fn at(&self, invited: &Invited) -> Moment {
        shown::time(&self.shell.clock, invited.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freelancer_is_named_by_number_reference_or_address() {
        for typed in ["12", " USR-0012 ", "https://work.example.org/freelancers/12/"] {
            assert_eq!(number(typed), Some(UserId(12)), "{typed}");
        }
        assert!(["", "Ada", "-1", "12x"].iter().all(|typed| number(typed).is_none()));
    }
}
