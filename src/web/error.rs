//! The only file that knows which no has which status.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::db::{Failure, Fault};
use crate::domain::field_errors::FieldErrors;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why there is no ordinary page. `frame` turns it into one in the site's own look.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Not there, or not to be known of.
    #[error("page not found")]
    NotFound,
    /// Seen, but not this person's to do: what, and who can.
    #[error("not allowed: {0}")]
    NotAllowed(String),
    /// Too late or stale, where the handler has no better page: what happened.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Somebody holds the lock; nothing was done.
    #[error("busy")]
    Busy,
    /// To be led to the sign-in page, and back to this address.
    #[error("sign in first")]
    SignIn(String),
    /// A form was sent without a session; nothing was done.
    #[error("signed out")]
    SignedOut,
    /// Somebody who keeps the house, and has not set up the second factor that it asks for: led there.
    #[error("a second factor first")]
    FactorFirst,
    /// Too many tries: again after so many seconds.
    #[error("too many tries, again in {0} s")]
    TooMany(u64),
    /// The body is over the limit.
    #[error("too large")]
    TooLarge,
    /// The body broke off or was garbled on its way.
    #[error("broken off")]
    BrokenOff,
    /// The body is not a form.
    #[error("not a form")]
    NotAForm,
    /// What a machine sent makes no sense: each field says why. (Forms are shown again instead.)
    #[error("invalid")]
    Invalid(FieldErrors),
    /// A machine without a token, or with one that does not hold.
    #[error("no token")]
    NoToken,
    /// A request's key was used for another request before.
    #[error("the key was used for another request")]
    KeyReused,
    /// What a machine says that it had read has changed: what happened.
    #[error("changed meanwhile: {0}")]
    Precondition(String),
    /// A machine must say what it had read.
    #[error("what was read is not said")]
    PreconditionNeeded,
    /// A post from another site.
    #[error("from another site")]
    CrossSite,
    /// The database cannot be reached.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// The connection broke at the commit: nobody knows.
    #[error("unknown outcome: {0}")]
    Unknown(String),
    /// Anything else: fixed words for the person, this for the log.
    #[error("{0}")]
    Broken(String),
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed(_) | Self::SignedOut | Self::FactorFirst | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Conflict(_) | Self::Busy => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Precondition(_) => StatusCode::PRECONDITION_FAILED,
            Self::PreconditionNeeded => StatusCode::PRECONDITION_REQUIRED,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BrokenOff => StatusCode::BAD_REQUEST,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unknown(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Without words: the frame writes the page, because it knows who asked.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Busy(_) | Fault::Conflict(_) | Fault::LockLost(_) => Self::Busy,
            Fault::Unavailable(why) => Self::Unavailable(why),
            Fault::Unknown(_) => Self::Unknown(fault.to_string()),
            Fault::KeyReused => Self::KeyReused,
            Fault::Miscounted { .. } | Fault::Other(_) | Fault::Panicked => Self::Broken(fault.to_string()),
        }
    }
}

/// A read never refuses.
impl From<Failure<std::convert::Infallible>> for PageError {
    fn from(failure: Failure<std::convert::Infallible>) -> Self {
        match failure {
            Failure::Refused(never) => match never {},
            Failure::Broken(fault) => fault.into(),
        }
    }
}

/// The status of a refusal that has a page of its own.
pub fn status_of(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Missing => StatusCode::NOT_FOUND,
        RefusalKind::NotAllowed => StatusCode::FORBIDDEN,
        RefusalKind::TooLate | RefusalKind::Busy | RefusalKind::Stale => StatusCode::CONFLICT,
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl PageError {
    /// Parts what the marketplace refused, which a handler has a page for, from what broke.
    ///
    /// # Errors
    /// What broke.
    pub fn unless_refused<T, E>(done: Result<T, Failure<E>>) -> Result<Result<T, E>, Self> {
        match done {
            Ok(done) => Ok(Ok(done)),
            Err(Failure::Refused(why)) => Ok(Err(why)),
            Err(Failure::Broken(fault)) => Err(fault.into()),
        }
    }

    /// The plain page for a refusal, where the handler has no better one. `words` says the fact as a sentence.
    pub fn refused(refusal: &impl Refusal, words: impl Into<String>) -> Self {
        match refusal.kind() {
            RefusalKind::Missing => Self::NotFound,
            RefusalKind::NotAllowed => Self::NotAllowed(words.into()),
            RefusalKind::Busy => Self::Busy,
            RefusalKind::TooLate | RefusalKind::Stale | RefusalKind::Invalid => Self::Conflict(words.into()),
        }
    }
}
