//! Who asks, as handlers take it: the parameter's type is the scope that the token must name.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::domain::ids::UserId;
use crate::domain::person::Person;
use crate::domain::token::{Caller, Scope};
use crate::web::error::PageError;

/// A scope, as a type.
pub trait Needs {
    /// Which.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Needs for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )*};
}

scopes! {
    /// Reads.
    Read
    /// Writes projects.
    Projects
    /// Writes the person's own proposals.
    Proposals
    /// Decides.
    Decide
    /// Writes the person's own time down.
    Time
    /// Asks the house and answers it.
    Tickets
    /// Handles jobs.
    Jobs
    /// Works on jobs.
    Runner
}

/// Somebody whose token names a scope.
pub struct May<S> {
    /// Who.
    pub caller: Caller,
    scope: PhantomData<S>,
}

impl<S> May<S> {
    /// Their id.
    pub fn id(&self) -> UserId {
        self.caller.person.id
    }

    /// Who, with what they belong to as of this request.
    pub fn person(&self) -> &Person {
        &self.caller.person
    }
}

impl<S: Needs> FromRequest for May<S> {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(caller) = request.extensions().get::<Caller>().cloned() else { return ready(Err(PageError::NoToken)) };
        ready(if caller.scopes.contains(&S::SCOPE) {
            Ok(Self { caller, scope: PhantomData })
        } else {
            Err(PageError::NotAllowed(format!("This token does not have the scope “{}”.", S::SCOPE.word())))
        })
    }
}
