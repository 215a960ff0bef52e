//! A person's threads, those with the newest message first.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use crate::db::messages::Listed;
use crate::db::{Database, PgConnection, messages, notices};
use crate::domain::ids::MessageId;
use crate::domain::notice::ShownUpTo;
use crate::web::context::SignedIn;
use crate::web::markdown;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Behind which thread's last message the page begins, as it was typed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "messages/list.html")]
struct Page {
    shell: Shell,
    threads: Vec<Listed>,
    shown: ShownUpTo,
    /// Whether this is not the first page.
    later: bool,
    next: String,
    decides: bool,
    is_admin: bool,
}

/// Shows them.
pub async fn page(by: SignedIn, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let after: Option<MessageId> = asked.and_then(|asked| asked.after.parse().ok());
    let (user, decides, is_admin) = (by.id(), by.person.manages().next().is_some(), by.person.is_admin);
    // the snapshot first: what comes between is told of once more, not missed
    let read = move |conn: &mut PgConnection| Ok((notices::shown_up_to(conn)?, messages::of_person(conn, user, after)?));
    let (shown, (threads, more)) = database.run(read).await?;
    let next = threads.last().filter(|_| more).map(|last| format!("/messages?after={}", last.last)).unwrap_or_default();
    respond::page(&Page { shell: by.shell(), threads, shown, later: after.is_some(), next, decides, is_admin })
}

impl Page {
    fn with<'l>(&self, thread: &'l Listed) -> &'l str {
        if thread.is_own { &thread.client } else { &thread.freelancer }
    }

    fn unread(&self, thread: &Listed) -> String {
        format!("{} new", thread.unread)
    }

    /// The last message's beginning.
    fn begins(&self, thread: &Listed) -> String {
        let mut plain = markdown::plain(&thread.words).into_owned();
        if let Some((end, _)) = plain.char_indices().nth(300) {
            plain.truncate(end);
            plain.push('…');
        }
        plain
    }

    fn at(&self, thread: &Listed) -> Moment {
        shown::time(&self.shell.clock, thread.at)
    }

    fn first(&self) -> &'static str {
        if self.later { "/messages" } else { "" }
    }
}
