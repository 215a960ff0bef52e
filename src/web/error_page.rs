//! The pages of what went wrong: each error's words.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::context::Context;
use super::drafts::held::Held;
use super::error::PageError;
use super::shell::Shell;

/// An error's page: what happened, what did not, what now.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'e> {
    shell: Shell,
    pub(super) status: StatusCode,
    pub(super) title: &'e str,
    pub(super) happened: String,
    next: &'e str,
    link: (&'e str, &'e str),
    pub(super) retry_after: Option<u64>,
    reference: String,
    /// Where the same can be sent once more, with every field of it.
    again: Option<(String, Vec<(String, String)>)>,
    /// What was typed, to be read and copied.
    typed: Vec<(&'static str, String)>,
}

impl<'e> ErrorPage<'e> {
    fn new(status: StatusCode, title: &'e str, happened: impl Into<String>, next: &'e str) -> Self {
        let link = ("/projects", "Open projects");
        Self {
            shell: Shell::new(nobody()),
            status,
            title,
            happened: happened.into(),
            next,
            link,
            retry_after: None,
            reference: String::new(),
            again: None,
            typed: Vec::new(),
        }
    }

    /// The page of an error; `reference` is what it was logged under.
    pub fn of(error: &'e PageError, reference: String) -> Self {
        use actix_web::ResponseError;
        let status = error.status_code();
        let mut page = match error {
            PageError::NotFound | PageError::BrokenOff => Self::bare(status),
            PageError::NotAllowed(what) => Self::new(status, "You cannot do this", what.clone(), "Ask an owner of the organisation."),
            PageError::Conflict(what) => Self::new(status, "This is not possible any more", what.clone(), "Nothing was changed."),
            PageError::Busy => Self::new(
                status,
                "Somebody is changing this project right now",
                "Somebody is changing this project right now. Nothing was done.",
                "Try again in a moment: go back and press the button once more.",
            ),
            PageError::Invalid(_) => {
                Self::new(status, "This makes no sense", "Something in what was sent is wrong.", "Nothing was changed.")
            }
            PageError::NoToken => Self::new(
                status,
                "A token is needed",
                "There was no token, or one that does not hold: it was revoked, its time has passed, or there never was one.",
                "Make one under Your account, Tokens.",
            ),
            PageError::KeyReused => Self::new(
                status,
                "This key was used before",
                "The same key came before with another request. Nothing was done.",
                "Send it again with a new key.",
            ),
            PageError::Precondition(what) => Self::new(status, "It has changed meanwhile", what.clone(), "Read it again first."),
            PageError::PreconditionNeeded => Self::new(
                status,
                "Say what you have read",
                "The request does not say which version it had read. Nothing was done.",
                "Send the version that was read.",
            ),
            PageError::SignIn(_) | PageError::SignedOut => Self::new(
                status,
                "You were signed out",
                "What you sent was not done, because you are not signed in any more.",
                "Sign in, then go back: your text is still in the form.",
            ),
            PageError::FactorFirst => Self::new(
                status,
                "Set up a second factor first",
                "Whoever keeps this house needs a second factor beside the password, and you have none yet. Nothing was done.",
                "It takes a minute.",
            ),
            PageError::TooMany(seconds) => Self::new(
                status,
                "Too many tries",
                format!("There were too many tries. You can try again in {} minutes.", seconds.div_ceil(60)),
                "Nothing was changed.",
            ),
            PageError::TooLarge => Self::new(
                status,
                "This is too large",
                "What you sent is larger than 256 KB, so it was not read.",
                "Go back and shorten the text.",
            ),
            PageError::NotAForm | PageError::CrossSite => Self::new(
                status,
                "This did not come from one of our pages",
                "A form must be sent from this site. Nothing was done.",
                "Open the page here and send the form from it.",
            ),
            PageError::Unavailable(_) => Self::new(
                status,
                "The service is not available right now",
                "The database does not answer. Nothing that you sent was done.",
                "It comes back by itself: try again in a minute.",
            ),
            PageError::Unknown(_) => Self::new(
                status,
                "We cannot say whether this was saved",
                "The connection to the database broke at the moment of saving.",
                "Look at the page of the thing before you send it again. Sending it again is safe: nothing is made twice.",
            ),
            PageError::Broken(_) => Self::new(
                status,
                "Sorry, there is a problem with the service",
                "Something went wrong on our side. Nothing was changed.",
                "Try again later. If it happens again, tell whoever runs this site the reference.",
            ),
        };
        if let PageError::SignedOut = error {
            page.link = ("/sign-in", "Sign in");
        }
        if let PageError::FactorFirst = error {
            page.link = ("/account/second-factor", "Set it up");
        }
        page.retry_after = match error {
            PageError::Busy => Some(1),
            PageError::Unavailable(_) => Some(30),
            PageError::TooMany(seconds) => Some(*seconds),
            _ => None,
        };
        page.reference = reference;
        page
    }

    /// Lets the page carry a long form that was not taken; what may pass by itself can be tried again from it.
    #[must_use]
    pub fn carrying(mut self, error: &PageError, held: &Held) -> Self {
        match error {
            PageError::Busy | PageError::Unavailable(_) | PageError::Unknown(_) | PageError::Broken(_) => {
                self.again = Some((held.action.clone(), held.all()));
                self.typed = held.readable();
            }
            PageError::NotFound | PageError::NotAllowed(_) | PageError::Conflict(_) | PageError::SignedOut | PageError::FactorFirst => {
                self.typed = held.readable();
            }
            _ => {}
        }
        self
    }

    /// The page of an answer that is nothing but a status.
    pub fn bare(status: StatusCode) -> Self {
        match status {
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "This page cannot be used that way",
                "The address exists, but it does not take this kind of request.",
                "Open it from a link or a form.",
            ),
            StatusCode::NOT_FOUND => Self::new(
                status,
                "Page not found",
                "There is no page at this address, or you may not see it.",
                "Check the address, or sign in with another account.",
            ),
            _ => Self::new(
                status,
                "This request makes no sense",
                "What was sent could not be read. Nothing was done.",
                "Go back and try again.",
            ),
        }
    }

    /// The answer, in the frame of whoever asked.
    ///
    /// # Errors
    /// If the page cannot be written, which no page here can cause.
    pub fn response(mut self, shell: Shell) -> Result<HttpResponse, askama::Error> {
        self.shell = shell;
        let mut response = HttpResponse::build(self.status);
        response.content_type("text/html; charset=utf-8");
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        Ok(response.body(self.render()?))
    }
}

/// The circumstances of a page that is about no request any more.
pub fn nobody() -> Context {
    Context { person: None, path: String::new(), flash: None }
}
