//! Who asks for a page, as handlers take it: the parameter's type is the permission.

use std::future::{Ready, ready};

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::error::PageError;
use super::flash;
use super::server::AdminsNeedFactor;
use super::shell::{Flash, Shell};
use crate::db::Database;
use crate::domain::ids::UserId;
use crate::domain::person::Person;

/// The key under which the session's store answers with the person as of now.
pub const PERSON: &str = "person";

/// A request's circumstances: who asks, where, and what the page before had to say.
#[derive(Debug, Clone)]
pub struct Context {
    /// The signed-in person, if there is one.
    pub person: Option<Person>,
    /// The address, path only.
    pub path: String,
    /// The banner that the page before left.
    pub flash: Option<Flash>,
}

impl Context {
    /// Reads a request's circumstances.
    pub fn of(request: &HttpRequest) -> Self {
        let person = request.extensions().get::<Option<Person>>().cloned();
        let person = person.unwrap_or_else(|| {
            let person: Option<Person> = request.get_session().get(PERSON).ok().flatten();
            person
        });
        let person = person.map(|person| as_the_house_wants(person, request));
        Self { person, path: request.path().to_owned(), flash: flash::read(request) }
    }
}

/// Nobody keeps the house by a password alone where it asks for more; elsewhere nobody lacks anything.
fn as_the_house_wants(mut person: Person, request: &HttpRequest) -> Person {
    let asks = request.app_data::<Data<AdminsNeedFactor>>().is_some_and(|asks| asks.0);
    person.is_admin &= !(asks && person.lacks_factor);
    person.lacks_factor &= asks;
    person
}

/// Where somebody may go who keeps the house and lacks the second factor that it asks for: to set one up, to what is their
/// own sign-in, and out.
fn leads_to_factor(path: &str) -> bool {
    let own = ["/account/second-factor", "/account/password", "/account/email", "/account/sign-ins", "/account/history"];
    matches!(path, "/account" | "/account/sign-out-everywhere" | "/account/close" | "/sign-out")
        || own.iter().any(|own| path.starts_with(own))
}

/// Anybody, signed in or not.
pub struct Visitor {
    /// The request's circumstances.
    pub context: Context,
}

impl Visitor {
    /// The frame of the answer.
    pub fn shell(self) -> Shell {
        Shell::new(self.context)
    }

    /// Whether the page can say nothing to them that it does not say to everybody.
    pub fn is_anybody(&self) -> bool {
        self.context.person.is_none() && self.context.flash.is_none()
    }

    /// Who it is, if they are signed in.
    pub fn person(&self) -> Option<&Person> {
        self.context.person.as_ref()
    }

    /// Their id, if they are signed in.
    pub fn id(&self) -> Option<UserId> {
        self.person().map(|person| person.id)
    }
}

impl FromRequest for Visitor {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self { context: Context::of(request) }))
    }
}

/// Somebody who is signed in; whoever is not is led to the sign-in page and back.
pub struct SignedIn {
    /// Who.
    pub person: Person,
    context: Context,
}

impl SignedIn {
    /// The frame of the answer.
    pub fn shell(self) -> Shell {
        Shell::new(self.context)
    }

    /// Their id.
    pub fn id(&self) -> UserId {
        self.person.id
    }

    /// The same person on a page that anybody may see.
    pub fn visitor(self) -> Visitor {
        Visitor { context: self.context }
    }
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let context = Context::of(request);
        ready(match context.person.clone() {
            Some(person) if person.lacks_factor && !leads_to_factor(request.path()) => Err(PageError::FactorFirst),
            Some(person) => {
                // For what is done around the handler, where the session has been put away already.
                request.extensions_mut().insert(Some(person.clone()));
                Ok(Self { person, context })
            }
            None if request.method() == Method::POST => Err(PageError::SignedOut),
            None => Err(PageError::SignIn(request.uri().path_and_query().map(ToString::to_string).unwrap_or_default())),
        })
    }
}

/// Somebody who keeps the house; for everybody else who is signed in, the page is not there.
pub struct Admin(SignedIn);

impl Admin {
    /// The frame of the answer.
    pub fn shell(self) -> Shell {
        self.0.shell()
    }
}

impl std::ops::Deref for Admin {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequest for Admin {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = SignedIn::from_request(request, payload).into_inner();
        ready(found.and_then(|by| if by.person.is_admin { Ok(Self(by)) } else { Err(PageError::NotFound) }))
    }
}

/// A number from the address, as `/projects/{id}`; anything else is a page that is not there.
pub struct Id<T>(pub T);

impl<T: std::str::FromStr> FromRequest for Id<T> {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.match_info().get("id").and_then(|text| text.parse().ok()).map(Self).ok_or(PageError::NotFound))
    }
}

impl FromRequest for Database {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.app_data::<Self>().cloned().ok_or_else(|| PageError::Broken("no database".to_owned())))
    }
}
