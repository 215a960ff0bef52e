//! Where somebody is signed in, and from where it was tried.

use actix_session::Session;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::db::sign_ins::{Holding, Tried, holding, tried};
use crate::db::{Database, Portion};
use crate::domain::user::Device;
use crate::operations::people::end_sign_in;
use crate::web::context::{Id, SignedIn};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Which part of the history.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "people/sign_ins.html")]
struct Page {
    shell: Shell,
    /// The one that the page is read by.
    own: Option<i64>,
    holding: Vec<Holding>,
    tried: Vec<Tried>,
    later: bool,
    next: String,
}

/// Shows both.
pub async fn page(by: SignedIn, database: Database, session: Session, asked: Option<Query<Asked>>) -> Answer {
    let (user, after) = (by.id(), asked.and_then(|asked| asked.after.parse::<i64>().ok()));
    let read = database.run(move |conn| Ok((holding(conn, user)?, tried(conn, user, after, Portion::Page)?)));
    let (holding, (tried, more)) = read.await?;
    let next = tried.last().filter(|_| more).map(|last| format!("/account/sign-ins?after={}", last.id)).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), own: session::own(&session), holding, tried, later: after.is_some(), next })
}

/// Ends one of them; the one that asks for it leads to the sign-in page.
pub async fn end(by: SignedIn, database: Database, session: Session, secrets: Data<Secrets>, Id(id): Id<i64>) -> Answer {
    let user = by.id();
    let held = database.change(move |conn| end_sign_in(conn, user, id)).await?;
    if session::own(&session) == Some(id) {
        session::sign_out(&session);
        return respond::see_other_saying(&secrets, "/sign-in", "good", "You were signed out on this device.");
    }
    let said = if held { "That sign-in was ended." } else { "That sign-in had ended already." };
    respond::see_other_saying(&secrets, "/account/sign-ins", "good", said)
}

impl Page {
    fn is_own(&self, held: &Holding) -> bool {
        self.own == Some(held.id)
    }

    fn called(&self, agent: &str) -> String {
        Device::new(agent, String::new()).words()
    }

    fn at(&self, at: &DateTime<Utc>) -> Moment {
        shown::time(&self.shell.clock, *at)
    }

    fn is_wrong(&self, tried: &Tried) -> bool {
        tried.outcome.is_wrong()
    }

    fn first(&self) -> &'static str {
        if self.later { "/account/sign-ins" } else { "" }
    }
}
