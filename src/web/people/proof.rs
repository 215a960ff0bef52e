//! Holding a password against an account: throttled, as slow for an unknown address as for a known one, and with no
//! connection held while it is hashed.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpRequest, web};

use crate::db::{Database, Failure, sign_ins, users};
use crate::domain::ids::UserId;
use crate::domain::user::{Code, Device, FactorRefused, HalfSignIn, Proved, SignIn, SignInOutcome, User, Vault};
use crate::domain::words::Email;
use crate::operations::people::{Passwords, Throttle, TooManyAttempts, begin_code, begin_sign_in, prove_code, sign_in};
use crate::web::error::PageError;

/// What it takes to know people by their password.
pub struct Prover {
    /// Where accounts are kept.
    pub database: Database,
    /// Hashes.
    pub passwords: web::Data<Passwords>,
    throttle: Throttle,
    device: Device,
}

impl FromRequest for Prover {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parts = (|| {
            Some(Self {
                database: request.app_data::<Database>()?.clone(),
                passwords: request.app_data::<web::Data<Passwords>>()?.clone(),
                throttle: ***request.app_data::<web::Data<Throttle>>()?,
                device: device(request),
            })
        })();
        ready(parts.ok_or_else(|| PageError::Broken("no passwords".to_owned())))
    }
}

impl Prover {
    /// The account whose password this is; none if there is no such account or it has another password.
    ///
    /// # Errors
    /// [`PageError::TooMany`]; or whatever broke.
    pub async fn prove(&self, email: &Email, password: &str) -> Result<Option<User>, PageError> {
        let (asked, address, throttle) = (email.clone(), self.device.address.clone(), self.throttle);
        let begun = self.database.change(move |conn| begin_sign_in(conn, &asked, &address, throttle)).await;
        let account = PageError::unless_refused(begun)?.map_err(|too_many| PageError::TooMany(seconds(too_many)))?;
        let phc = account.as_ref().map(|account| account.password_hash.as_str());
        let right = self.passwords.verify(password, phc).await.map_err(|fault| PageError::Broken(fault.to_string()))?;
        if let Some(id) = account.as_ref().filter(|_| !right).map(|account| account.id) {
            self.note_wrong(id, SignInOutcome::WrongPassword);
        }
        Ok(account.filter(|_| right))
    }

    /// Notes a wrong password or code for the account's person, after the answer: its time tells nobody whether there is an
    /// account.
    fn note_wrong(&self, id: UserId, outcome: SignInOutcome) {
        let (database, device) = (self.database.clone(), self.device.clone());
        actix_web::rt::spawn(async move {
            let noted = database.run(move |conn| Ok::<_, Failure<Infallible>>(sign_ins::write_wrong(conn, id, outcome, &device)?)).await;
            if let Err(Failure::Broken(fault)) = noted {
                tracing::warn!(%fault, "a wrong sign-in was not noted");
            }
        });
    }

    /// What the request comes from.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The hash that a password fits, if it is the person's own; throttled as a sign-in is.
    ///
    /// # Errors
    /// [`PageError::TooMany`]; or whatever broke.
    pub async fn own(&self, id: UserId, password: &str) -> Result<Option<String>, PageError> {
        let user = self.database.run(move |conn| Ok(users::find(conn, id)?)).await?.ok_or(PageError::NotFound)?;
        let email = Email::parse(&user.email).map_err(|wrong| PageError::Broken(wrong.to_string()))?;
        let Some(account) = self.prove(&email, password).await? else { return Ok(None) };
        let hash = account.password_hash.clone();
        self.sign_in(account).await?;
        Ok(Some(hash))
    }

    /// Counts a code that is about to be tried, beside the account's passwords.
    ///
    /// # Errors
    /// [`PageError::TooMany`]; or whatever broke.
    pub async fn begin_code(&self, id: UserId) -> Result<(), PageError> {
        let (address, throttle) = (self.device.address.clone(), self.throttle);
        let begun = self.database.change(move |conn| begin_code(conn, id, &address, throttle)).await;
        PageError::unless_refused(begun)?.map_err(|too_many| PageError::TooMany(seconds(too_many)))
    }

    /// Whose sign-in this code ends, and what the session is made of; throttled as a password is, and noted like one if wrong.
    ///
    /// # Errors
    /// [`PageError::TooMany`]; or whatever broke.
    pub async fn code(&self, half: HalfSignIn, code: &Code, vault: &Vault) -> Result<Result<(User, SignIn), FactorRefused>, PageError> {
        self.begin_code(half.user).await?;
        let (code, vault) = (code.clone(), vault.clone());
        let done = self.database.change(move |conn| prove_code(conn, &half, &code, &vault)).await;
        let judged = PageError::unless_refused(done)?;
        if matches!(judged, Err(FactorRefused::Wrong | FactorRefused::Used)) {
            self.note_wrong_code(half.user);
        }
        Ok(judged)
    }

    /// Notes for a person that somebody who knows their password had no code.
    pub fn note_wrong_code(&self, id: UserId) {
        self.note_wrong(id, SignInOutcome::WrongCode);
    }

    /// Where the request comes from, and how often one may ask from there.
    pub fn asker(&self) -> (String, Option<u32>) {
        (self.device.address.clone(), self.throttle.per_address)
    }

    /// What the right password of an account opens: a session, or the question for a code.
    ///
    /// # Errors
    /// Whatever broke.
    pub async fn sign_in(&self, account: User) -> Result<Proved, PageError> {
        Ok(self.database.change(move |conn| sign_in(conn, &account)).await?)
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// Whatever broke.
    pub async fn hash(&self, password: &str) -> Result<String, PageError> {
        self.passwords.hash(password).await.map_err(|fault| PageError::Broken(fault.to_string()))
    }
}

/// How long to wait.
pub fn seconds(too_many: TooManyAttempts) -> u64 {
    u64::try_from((too_many.again_at - too_many.at).num_seconds()).unwrap_or(0) + 1
}

fn device(request: &HttpRequest) -> Device {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Device::new(agent, address(request))
}

/// Where a request comes from. Only a proxy on this very machine is believed when it names somebody else.
fn address(request: &HttpRequest) -> String {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let named = || {
        let forwarded = request.headers().get_all("x-forwarded-for").last()?.to_str().ok()?;
        forwarded.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let address = if peer.is_some_and(|peer| peer.is_loopback()) { named().or(peer) } else { peer };
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}
