//! One's second factor: whether there is one, and setting it up.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use askama::Template;

use super::code::words;
use super::proof::Prover;
use super::qr::Picture;
use super::recovery_codes::{Codes, shown};
use crate::db::{Database, Failure, second_factors, users};
use crate::domain::field_errors::FieldErrors;
use crate::domain::user::{AppCode, FactorRefused, FactorSecret, Vault};
use crate::operations::people::{begin_second_factor, confirm_second_factor};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::letters::Letterhead;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self as shown_as, Moment};

/// The address of all this.
pub const HERE: &str = "/account/second-factor";

#[derive(Template)]
#[template(path = "people/second_factor.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    state: State,
    /// Whether the house asks for one of whoever keeps it, and this is somebody who lacks it.
    is_awaited: bool,
    key: String,
}

/// How far it is.
enum State {
    Off,
    Begun { picture: Option<Picture>, typed: String, address: String },
    On { since: Moment, left: i64 },
}

/// Shows it.
pub async fn page(by: SignedIn, database: Database, vault: Data<Vault>, head: Data<Letterhead>) -> Answer {
    show(by, &database, (&vault, &head), FieldErrors::new(), new_key()).await
}

async fn show(by: SignedIn, database: &Database, with: (&Vault, &Letterhead), errors: FieldErrors, key: String) -> Answer {
    let id = by.id();
    let read = database.run(move |conn| {
        let (account, factor) = (users::find(conn, id)?, second_factors::find(conn, id)?);
        let left = if factor.is_some() { second_factors::codes_left(conn, id)? } else { 0 };
        Ok::<_, Failure<std::convert::Infallible>>(account.map(|account| (account, factor, left)))
    });
    let (account, factor, left) = read.await?.ok_or(PageError::NotFound)?;
    let is_awaited = by.person.lacks_factor;
    let shell = by.shell();
    let state = match factor {
        None => State::Off,
        Some(factor) => match (factor.confirmed_at, with.0.open(id, &factor.sealed)) {
            (Some(since), _) => State::On { since: shown_as::time(&shell.clock, since), left },
            (None, Some(secret)) => {
                let address = secret.address(&format!("Guildhall at {}", with.1.domain()), &account.email);
                State::Begun { picture: Picture::of(&address), typed: secret.groups(), address }
            }
            // sealed under another key of the site: begun anew
            (None, None) => State::Off,
        },
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut answer = respond::page_with(status, &Page { shell, errors, state, is_awaited, key })?;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Begins: keeps a secret that nobody is asked for yet.
pub async fn begin(by: SignedIn, prover: Prover, vault: Data<Vault>, head: Data<Letterhead>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    } else if let Some(hash) = prover.own(by.id(), fields.get("password")).await? {
        let (id, secret) = (by.id(), FactorSecret::new(rand::random()));
        let sealed = vault.seal(id, &secret, rand::random()).ok_or_else(|| PageError::Broken("a secret was not sealed".to_owned()))?;
        let begun = prover.database.change(move |conn| begin_second_factor(conn, id, &hash, &sealed)).await;
        return match PageError::unless_refused(begun)? {
            Ok(()) | Err(FactorRefused::On(_)) => respond::see_other(HERE),
            Err(why) => Err(refused(why)),
        };
    } else {
        errors.add("password", "This is not your password");
    }
    show(by, &prover.database, (&vault, &head), errors, new_key()).await
}

/// Ends the set-up by a first code, and shows the recovery codes. The second click of two shows the same.
pub async fn confirm(
    by: SignedIn,
    database: Database,
    secrets: Data<Secrets>,
    vault: Data<Vault>,
    head: Data<Letterhead>,
    fields: Fields,
) -> Answer {
    let mut errors = FieldErrors::new();
    let key = fields.key().map_or_else(new_key, |key| key.as_str().to_owned());
    if let Some(code) = errors.take("code", AppCode::parse(fields.get("code"))) {
        let id = by.id();
        let codes = Codes::of(&secrets, id, &key);
        let (written, opener) = (codes.clone(), vault.clone());
        let done = database.change(move |conn| confirm_second_factor(conn, id, code, &opener, written.all())).await;
        match PageError::unless_refused(done)? {
            Ok(()) => return shown(by.shell(), &codes, true),
            Err(FactorRefused::On(_)) if codes.stand(&database, id).await? => return shown(by.shell(), &codes, true),
            Err(FactorRefused::On(_) | FactorRefused::Off) => return respond::see_other(HERE),
            Err(why @ (FactorRefused::Wrong | FactorRefused::Used)) => errors.add("code", words(why)),
            Err(why) => return Err(refused(why)),
        }
    }
    show(by, &database, (&vault, &head), errors, key).await
}

pub(super) fn refused(why: FactorRefused) -> PageError {
    PageError::refused(&why, "Your password or your second factor was changed in another window just now, so nothing was changed here.")
}
