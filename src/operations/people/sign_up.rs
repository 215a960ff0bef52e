//! Making an account, and with it an organisation or a freelancer's profile.

use serde_json::json;

use crate::db::users::NewUser;
use crate::db::{Connection, Failure, Tx, events, freelancers, links, organisations, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::membership::Role;
use crate::domain::user::{LinkPurpose, SignIn, TimeZoneName};
use crate::domain::words::{Email, OrganisationName, PersonName};

/// What somebody comes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To post projects: founds this organisation.
    Client(OrganisationName),
    /// To find work: begins a profile.
    Freelancer,
    /// To join an organisation by a link.
    Colleague,
}

impl Purpose {
    /// The word in forms and in history.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Freelancer => "freelancer",
            Self::Colleague => "colleague",
        }
    }
}

/// Somebody who signs up.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// As typed.
    pub email: Email,
    /// Their name.
    pub name: PersonName,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// Where they are, as far as one knows.
    pub time_zone: TimeZoneName,
    /// What for.
    pub purpose: Purpose,
}

/// Why no account is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpRefused {
    /// The address has an account.
    EmailTaken,
}

/// Makes an account with what it is for, all in one transaction, and answers what its first session is made of.
///
/// # Errors
/// [`SignUpRefused`]; or whatever broke, with nothing written.
pub fn sign_up(conn: &mut Connection<'_>, new: &SignUp) -> Result<SignIn, Failure<SignUpRefused>> {
    transaction(conn, |tx| write(tx, new))
}

fn write(tx: &mut Tx<'_>, new: &SignUp) -> Result<SignIn, Failure<SignUpRefused>> {
    let row = NewUser { email: &new.email, name: &new.name, password_hash: &new.password_hash, time_zone: &new.time_zone, is_admin: false };
    let Some(mut user) = users::write_signed_up(tx, &row)? else {
        return Err(Failure::Refused(SignUpRefused::EmailTaken));
    };
    let id = user.id;
    events::append(tx, &mut user, Happening::by(id, EventKind::SignedUp).facts(json!({ "as": new.purpose.as_str() })))?;
    links::ask(tx, LinkPurpose::ConfirmEmail, id, None)?;
    match &new.purpose {
        Purpose::Client(name) => {
            let mut organisation = organisations::write_founded(tx, id, name.as_str())?;
            let facts = json!({ "name": organisation.words_hash(&[name.as_str()]) });
            let what = Happening::by(id, EventKind::OrganisationFounded).moved(None, Role::Owner.as_str()).facts(facts);
            events::append(tx, &mut organisation, what)?;
        }
        Purpose::Freelancer => {
            freelancers::write_begun(tx, &user)?;
            events::append(tx, &mut user, Happening::by(id, EventKind::ProfileChanged).facts(json!({ "version": 1 })))?;
        }
        Purpose::Colleague => {}
    }
    Ok(SignIn::by_password(id, user.session_epoch))
}
