//! A freelancer's profile, open to everybody: it is their shop window.

use askama::Template;
use chrono::NaiveDate;

use crate::db::project_invitations::Open;
use crate::db::reviews::{self, Review};
use crate::db::{Database, Portion, clock, freelancers, project_invitations, records};
use crate::domain::freelancer::Freelancer;
use crate::domain::ids::UserId;
use crate::domain::record::Record;
use crate::domain::review::{Ratings, Reviewed};
use crate::web::context::{Id, Visitor};
use crate::web::error::PageError;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "freelancers/show.html")]
struct Page {
    shell: Shell,
    profile: Freelancer,
    person: String,
    /// Whether the house keeps them out: admins alone read it then.
    is_out: bool,
    about: SafeHtml,
    /// By the database's clock.
    today: NaiveDate,
    /// What they have done here, in numbers.
    record: Record,
    /// What clients say of them, the newest; whether there is more; and all their ratings in one figure.
    reviews: Vec<Review>,
    more: bool,
    ratings: Ratings,
    /// Whether the reader looks at their own.
    own: bool,
    /// What the reader could invite them to.
    open: Vec<Open>,
}

impl Page {
    /// Those they are not invited to yet.
    fn invitable(&self) -> Vec<&Open> {
        self.open.iter().filter(|open| !open.is_invited).collect()
    }

    /// Those they are invited to already.
    fn invited(&self) -> Vec<&Open> {
        self.open.iter().filter(|open| open.is_invited).collect()
    }

    fn available(&self) -> String {
        super::list::available(self.profile.available_from.map(|day| (day, day <= self.today)), self.profile.hours_a_week)
    }

    fn at(&self, review: &Review) -> Moment {
        shown::time(&self.shell.clock, review.written_at)
    }

    fn rate(&self) -> Option<String> {
        self.profile.rate().map(|rate| format!("{rate} an hour"))
    }
}

/// Shows it.
pub async fn page(visitor: Visitor, database: Database, id: Id<UserId>) -> Answer {
    let manager = visitor.person().filter(|person| person.manages().next().is_some()).map(|person| person.id);
    let is_admin = visitor.person().is_some_and(|person| person.is_admin);
    let found = database.run(move |conn| {
        let Some((profile, person, is_out)) = freelancers::named(conn, id.0)?.filter(|(.., is_out)| is_admin || !is_out) else {
            return Ok(None);
        };
        let whom = Reviewed::Freelancer(id.0);
        let record = (records::of(conn, id.0)?, reviews::of(conn, whom, None, Portion::Page)?, reviews::ratings(conn, whom)?);
        let open = manager.map(|manager| project_invitations::open_to(conn, manager, id.0)).transpose()?.unwrap_or_default();
        Ok(Some((profile, (person, is_out), record, open, clock(conn)?.date_naive())))
    });
    let (profile, (person, is_out), (record, (reviews, more), ratings), open, today) = found.await?.ok_or(PageError::NotFound)?;
    let own = visitor.id() == Some(profile.user_id);
    let about = markdown::render(&profile.about);
    respond::page(&Page { shell: visitor.shell(), profile, person, is_out, about, today, record, reviews, more, ratings, own, open })
}
