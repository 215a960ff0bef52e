//! Sign-ins in PostgreSQL: the cookie carries a key, the table its hash, and every request reads who that is as of now.

use std::collections::HashMap;

use actix_session::config::{PersistentSession, TtlExtensionPolicy};
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError, generate_session_key};
use actix_session::{Session, SessionMiddleware};
use actix_web::cookie::SameSite;
use actix_web::cookie::time::Duration;
use anyhow::anyhow;
use chrono::TimeDelta;

use super::context::PERSON;
use super::error::PageError;
use super::server::Secrets;
use crate::db::{Database, Failure, sessions};
use crate::domain::user::{Device, SignIn};

/// How long a sign-in holds.
const DAYS: i64 = 30;
/// The key under which a new session is told whose it is.
const SIGN_IN: &str = "sign_in";
/// The key under which the store answers with the sign-in's number.
const HELD: &str = "held";

/// The layer that knows who asks.
pub fn layer(database: Database, secrets: &Secrets) -> SessionMiddleware<Sessions> {
    SessionMiddleware::builder(Sessions(database), secrets.cookies.clone())
        .cookie_name("id".to_owned())
        .cookie_secure(secrets.secure)
        .cookie_same_site(SameSite::Lax)
        .cookie_http_only(true)
        .session_lifecycle(
            PersistentSession::default().session_ttl(Duration::days(DAYS)).session_ttl_extension_policy(TtlExtensionPolicy::OnStateChanges),
        )
        .build()
}

/// Signs somebody in on a device: a new key, whatever the cookie carried before.
///
/// # Errors
/// Never in fact: the proof can be written as JSON.
pub fn sign_in(session: &Session, proof: SignIn, device: Device) -> Result<(), PageError> {
    session.clear();
    session.renew();
    session.insert(SIGN_IN, (proof, device)).map_err(|error| PageError::Broken(error.to_string()))
}

/// Which of their sign-ins somebody uses.
pub fn own(session: &Session) -> Option<i64> {
    session.get(HELD).ok().flatten()
}

/// Signs out: the cookie goes, and the row behind it.
pub fn sign_out(session: &Session) {
    session.purge();
}

/// The sessions' table, as actix-session asks for it. A session is written at the sign-in and deleted at the
/// sign-out; in between it does not change.
pub struct Sessions(Database);

type State = HashMap<String, String>;

impl Sessions {
    async fn write(&self, state: &State, ttl: &Duration) -> anyhow::Result<SessionKey> {
        let proof = state.get(SIGN_IN).ok_or_else(|| anyhow!("a session of nobody"))?;
        let (proof, device): (SignIn, Device) = serde_json::from_str(proof)?;
        let lasts = TimeDelta::seconds(ttl.whole_seconds());
        let key = generate_session_key();
        let kept = key.as_ref().to_owned();
        self.0.run(move |conn| Ok(sessions::write_signed_in(conn, &kept, proof, &device, lasts)?)).await.map_err(broken)?;
        Ok(key)
    }
}

impl SessionStore for Sessions {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let key = key.as_ref().to_owned();
        let holder = self.0.run(move |conn| {
            let holder = sessions::holder(conn, &key)?;
            if let Some(stale) = holder.as_ref().filter(|holder| holder.is_stale) {
                sessions::write_seen(conn, stale.sign_in)?;
            }
            Ok(holder)
        });
        let Some(holder) = holder.await.map_err(|failure| LoadError::Other(broken(failure)))? else {
            return Ok(None);
        };
        let person = serde_json::to_string(&holder.person).map_err(|error| LoadError::Deserialization(error.into()))?;
        Ok(Some(State::from([(PERSON.to_owned(), person), (HELD.to_owned(), holder.sign_in.to_string())])))
    }

    async fn save(&self, state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        self.write(&state, ttl).await.map_err(SaveError::Other)
    }

    async fn update(&self, key: SessionKey, state: State, ttl: &Duration) -> Result<SessionKey, UpdateError> {
        if !state.contains_key(SIGN_IN) {
            return Ok(key);
        }
        self.write(&state, ttl).await.map_err(UpdateError::Other)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> anyhow::Result<()> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> anyhow::Result<()> {
        let key = key.as_ref().to_owned();
        self.0.run(move |conn| Ok(sessions::write_signed_out(conn, &key)?)).await.map_err(broken)
    }
}

fn broken(failure: Failure<std::convert::Infallible>) -> anyhow::Error {
    match failure {
        Failure::Refused(never) => match never {},
        Failure::Broken(fault) => fault.into(),
    }
}
