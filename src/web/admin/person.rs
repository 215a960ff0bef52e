//! Somebody as admins read of them, and what admins may do about them: each with a reason.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::acts::{self, Told, TooLate};
use crate::db::people::{self, Around};
use crate::db::{Connection, Database, Failure, act_words, users};
use crate::domain::event::Root;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::user::{KeepRefused, User};
use crate::domain::words::Reason;
use crate::operations::people::{end_sign_ins, lift_suspension, suspend_person};
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "admin/person.html")]
struct Page {
    shell: Shell,
    person: User,
    around: Around,
    memberships: Vec<(OrganisationId, String, Role)>,
    acts: Vec<Told>,
    /// Whether it is the admin's own account.
    is_own: bool,
    errors: FieldErrors,
    /// What was typed where it was refused.
    reason: String,
}

/// Shows them.
pub async fn page(by: Admin, Id(id): Id<UserId>, database: Database) -> Answer {
    shown(by, id, &database, StatusCode::OK, FieldErrors::new(), String::new()).await
}

async fn shown(by: Admin, id: UserId, database: &Database, status: StatusCode, errors: FieldErrors, reason: String) -> Answer {
    let read = database.run(move |conn| {
        let Some(person) = users::find(conn, id)? else { return Ok(None) };
        let acts = act_words::of(conn, Root::Person(id))?;
        Ok::<_, Failure<std::convert::Infallible>>(Some((person, people::around(conn, id)?, people::memberships(conn, id)?, acts)))
    });
    let (person, around, memberships, acts) = read.await?.ok_or(PageError::NotFound)?;
    let is_own = by.id() == id;
    let shell = by.shell();
    let acts = acts::told(&shell, acts);
    respond::page_with(status, &Page { shell, person, around, memberships, acts, is_own, errors, reason })
}

/// Keeps them out.
pub async fn suspend(by: Admin, id: Id<UserId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    act(by, id, database, secrets, sent, suspend_person, "The person is suspended. All their sign-ins and tokens ended.").await
}

/// Lets them in again.
pub async fn lift(by: Admin, id: Id<UserId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    act(by, id, database, secrets, sent, lift_suspension, "The person may sign in again.").await
}

/// Ends their sign-ins.
pub async fn sign_out(by: Admin, id: Id<UserId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    act(by, id, database, secrets, sent, end_sign_ins, "All their sign-ins ended.").await
}

type Operation = fn(&mut Connection<'_>, UserId, UserId, &Reason) -> Result<(), Failure<KeepRefused>>;

async fn act(
    by: Admin,
    Id(id): Id<UserId>,
    database: Database,
    secrets: Data<Secrets>,
    sent: Fields,
    operation: Operation,
    said: &'static str,
) -> Answer {
    let mut errors = FieldErrors::new();
    let Some(reason) = errors.take("reason", Reason::parse(sent.get("reason"))) else {
        return shown(by, id, &database, StatusCode::UNPROCESSABLE_ENTITY, errors, sent.get("reason").to_owned()).await;
    };
    let (user, typed) = (by.id(), reason.as_str().to_owned());
    let done = database.change(move |conn| operation(conn, user, id, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/admin/people/{id}"), "good", said),
        Err(why) => refused(by, id, &database, why, typed).await,
    }
}

/// Who was first, and what now.
async fn refused(by: Admin, id: UserId, database: &Database, why: KeepRefused, reason: String) -> Answer {
    let (title, means) = match why {
        KeepRefused::Missing => return Err(PageError::NotFound),
        KeepRefused::Oneself => {
            return Err(PageError::NotAllowed(
                "Nobody suspends their own account or ends their own sign-ins here: another admin can.".to_owned(),
            ));
        }
        KeepRefused::Left => ("This account is closed", "Its person has left for good."),
        KeepRefused::OutSince(_) => {
            ("Somebody suspended this person first", "They are kept out already: there is one suspension, with the first reason.")
        }
        KeepRefused::IsIn => ("Somebody let this person in first", "They are not suspended any more."),
    };
    let link = (format!("/admin/people/{id}"), "Look at the person");
    acts::too_late(by.shell(), database, Root::Person(id), TooLate { title, means, is_last_act: true, reason, link }).await
}

impl Page {
    fn since(&self) -> Moment {
        shown::time(&self.shell.clock, self.person.created_at)
    }

    fn out_since(&self) -> Option<Moment> {
        self.person.suspended_at.map(|at| shown::exact(&self.shell.clock, at))
    }

    fn signed_in_at(&self) -> Option<Moment> {
        self.around.signed_in_at.map(|at| shown::exact(&self.shell.clock, at))
    }

    fn has_left(&self) -> bool {
        self.person.closed_at.is_some()
    }
}
