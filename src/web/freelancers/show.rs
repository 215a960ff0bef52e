//! A freelancer's profile, open to everybody: it is their shop window.

use askama::Template;

use crate::db::{Database, freelancers};
use crate::domain::freelancer::Freelancer;
use crate::domain::ids::UserId;
use crate::web::context::{Id, Visitor};
use crate::web::error::PageError;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "freelancers/show.html")]
struct Page {
    shell: Shell,
    profile: Freelancer,
    person: String,
    about: SafeHtml,
    /// Whether the reader looks at their own.
    own: bool,
}

impl Page {
    fn rate(&self) -> Option<String> {
        self.profile.rate().map(|rate| format!("{rate} an hour"))
    }
}

/// Shows it.
pub async fn page(visitor: Visitor, database: Database, id: Id<UserId>) -> Answer {
    let found = database.run(move |conn| Ok(freelancers::named(conn, id.0)?)).await?;
    let (profile, person) = found.ok_or(PageError::NotFound)?;
    let own = visitor.id() == Some(profile.user_id);
    let about = markdown::render(&profile.about);
    respond::page(&Page { shell: visitor.shell(), profile, person, about, own })
}
