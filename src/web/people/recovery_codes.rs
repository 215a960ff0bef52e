//! Recovery codes, and switching the second factor off: both ask for the password and a code.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use askama::Template;

use super::code::{place, too_many, typed, words};
use super::proof::Prover;
use super::second_factor::{HERE, refused};
use crate::db::{Database, second_factors};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::UserId;
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{Code, FactorRefused, RECOVERY_CODES, RecoveryCode, Vault};
use crate::operations::people::{make_recovery_codes, switch_off_second_factor};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// Asks for the password and a code.
#[derive(Template)]
#[template(path = "people/factor_change.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    /// New codes, or none any more.
    ends: bool,
    key: String,
}

/// The codes, once.
#[derive(Template)]
#[template(path = "people/recovery_codes.html")]
struct Shown {
    shell: Shell,
    codes: Vec<String>,
    /// Whether the second factor begins with them.
    is_first: bool,
}

/// Ten codes. The same click twice must show the same, though only their hashes are kept; so they are made from the form's
/// key and a secret of this site.
#[derive(Clone)]
pub struct Codes(Vec<RecoveryCode>);

impl Codes {
    /// Those of a form's key.
    pub fn of(secrets: &Secrets, user: UserId, key: &str) -> Self {
        let code = |number: usize| {
            let parts = ["recovery code", &user.to_string(), key, &number.to_string()];
            RecoveryCode::derived(&InvitationToken::derived(secrets.cookies.signing(), &parts).hash())
        };
        Self((1..=RECOVERY_CODES).map(code).collect())
    }

    /// All of them.
    pub fn all(&self) -> &[RecoveryCode] {
        &self.0
    }

    /// Whether they are the ones that are kept: the same form came before.
    ///
    /// # Errors
    /// Whatever broke.
    pub async fn stand(&self, database: &Database, user: UserId) -> Result<bool, PageError> {
        let codes = self.0.clone();
        Ok(database.run(move |conn| Ok(second_factors::are_codes(conn, user, &codes)?)).await?)
    }
}

/// The page that shows them.
pub fn shown(shell: Shell, codes: &Codes, is_first: bool) -> Answer {
    let codes = codes.0.iter().map(RecoveryCode::shown).collect();
    let mut answer = respond::page(&Shown { shell, codes, is_first })?;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Asks before new codes are made.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    ask(by, &database, false).await
}

/// Asks before the second factor ends.
pub async fn off_page(by: SignedIn, database: Database) -> Answer {
    ask(by, &database, true).await
}

async fn ask(by: SignedIn, database: &Database, ends: bool) -> Answer {
    let id = by.id();
    if database.run(move |conn| Ok(second_factors::asked_at(conn, id)?)).await?.is_none() {
        return respond::see_other(HERE);
    }
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), ends, key: new_key() })
}

/// Makes new codes and shows them.
pub async fn submit(by: SignedIn, prover: Prover, secrets: Data<Secrets>, vault: Data<Vault>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    let key = fields.key().map_or_else(new_key, |key| key.as_str().to_owned());
    let codes = Codes::of(&secrets, by.id(), &key);
    if codes.stand(&prover.database, by.id()).await? {
        return shown(by.shell(), &codes, false);
    }
    if let Some((hash, code)) = proved(&by, &prover, &fields, &mut errors).await? {
        let (id, written) = (by.id(), codes.clone());
        let done = prover.database.change(move |conn| make_recovery_codes(conn, (id, &hash), &code, &vault, written.all())).await;
        match judged(done, &prover, id, &fields, &mut errors)? {
            Some(Ok(())) => return shown(by.shell(), &codes, false),
            Some(Err(elsewhere)) => return respond::see_other(elsewhere),
            None => {}
        }
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell: by.shell(), errors, ends: false, key })
}

/// Ends the second factor.
pub async fn off(by: SignedIn, prover: Prover, secrets: Data<Secrets>, vault: Data<Vault>, fields: Fields) -> Answer {
    let mut errors = FieldErrors::new();
    if let Some((hash, code)) = proved(&by, &prover, &fields, &mut errors).await? {
        let id = by.id();
        let done = prover.database.change(move |conn| switch_off_second_factor(conn, id, &hash, &code, &vault)).await;
        match judged(done, &prover, id, &fields, &mut errors)? {
            Some(Ok(())) => {
                let said = "The second factor is off. Your password alone signs you in.";
                return respond::see_other_saying(&secrets, HERE, "good", said);
            }
            Some(Err(elsewhere)) => return respond::see_other(elsewhere),
            None => {}
        }
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell: by.shell(), errors, ends: true, key: new_key() })
}

/// The hash that the password fits, and the code as it was typed; each is throttled as a sign-in is.
async fn proved(by: &SignedIn, prover: &Prover, fields: &Fields, errors: &mut FieldErrors) -> Result<Option<(String, Code)>, PageError> {
    if fields.get("password").is_empty() {
        errors.add("password", "Enter your password");
    }
    let Some(code) = typed(fields, errors).filter(|_| errors.is_empty()) else { return Ok(None) };
    let Some(hash) = prover.own(by.id(), fields.get("password")).await? else {
        errors.add("password", "This is not your password");
        return Ok(None);
    };
    match prover.begin_code(by.id()).await {
        Ok(()) => Ok(Some((hash, code))),
        Err(PageError::TooMany(seconds)) => {
            errors.add(place(fields), too_many(seconds));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What came of it: done, or another page that says how it stands, or nothing where the form is shown again.
fn judged(
    done: Result<(), crate::db::Failure<FactorRefused>>,
    prover: &Prover,
    id: UserId,
    fields: &Fields,
    errors: &mut FieldErrors,
) -> Result<Option<Result<(), &'static str>>, PageError> {
    match PageError::unless_refused(done)? {
        Ok(()) => Ok(Some(Ok(()))),
        Err(FactorRefused::Off) => Ok(Some(Err(HERE))),
        Err(why @ (FactorRefused::Wrong | FactorRefused::Used)) => {
            prover.note_wrong_code(id);
            errors.add(place(fields), words(why));
            Ok(None)
        }
        Err(why) => Err(refused(why)),
    }
}

impl Page {
    fn title(&self) -> &'static str {
        if self.ends { "Switch your second factor off?" } else { "Make new recovery codes?" }
    }

    fn action(&self) -> &'static str {
        if self.ends { "/account/second-factor/off" } else { "/account/second-factor/codes" }
    }
}
