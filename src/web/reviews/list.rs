//! What is said of a freelancer or of a client, open to everybody who thinks of working with them.

use actix_web::HttpRequest;
use askama::Template;

use crate::db::reviews::{self, Review};
use crate::db::{Database, Portion};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::review::{Ratings, Reviewed};
use crate::web::context::{Id, Visitor};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "reviews/list.html")]
struct Page {
    shell: Shell,
    whom: Reviewed,
    name: String,
    ratings: Ratings,
    reviews: Vec<Review>,
    /// Whether this is not the first page.
    is_later: bool,
    /// Whether there is another one.
    more: bool,
}

/// What clients say of a freelancer.
pub async fn of_freelancer(visitor: Visitor, id: Id<UserId>, request: HttpRequest, database: Database) -> Answer {
    answer(visitor, Reviewed::Freelancer(id.0), request, database).await
}

/// What freelancers say of a client.
pub async fn of_client(visitor: Visitor, id: Id<OrganisationId>, request: HttpRequest, database: Database) -> Answer {
    answer(visitor, Reviewed::Client(id.0), request, database).await
}

async fn answer(visitor: Visitor, whom: Reviewed, request: HttpRequest, database: Database) -> Answer {
    let (reader, after) = (visitor.id(), Fields::parse(request.query_string().as_bytes()).get("after").parse().ok());
    let found = database.run(move |conn| {
        let Some(name) = reviews::name(conn, whom, reader)? else { return Ok(None) };
        Ok(Some((name, reviews::ratings(conn, whom)?, reviews::of(conn, whom, after, Portion::Page)?)))
    });
    let (name, ratings, (reviews, more)) = found.await?.ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: visitor.shell(), whom, name, ratings, reviews, is_later: after.is_some(), more })
}

/// Where it stands what is said of somebody, without the ending of a file.
pub fn address(whom: &Reviewed) -> String {
    match whom {
        Reviewed::Freelancer(id) => format!("/freelancers/{id}/reviews"),
        Reviewed::Client(id) => format!("/organisations/{id}/reviews"),
    }
}

/// Where it can be read who speaks.
pub fn speaker(review: &Review) -> String {
    match review.speaker() {
        Reviewed::Freelancer(id) => format!("/freelancers/{id}"),
        client @ Reviewed::Client(_) => address(&client),
    }
}

impl Page {
    fn at(&self, review: &Review) -> Moment {
        shown::time(&self.shell.clock, review.written_at)
    }

    fn first(&self) -> String {
        if self.is_later { address(&self.whom) } else { String::new() }
    }

    fn next(&self) -> String {
        let last = self.reviews.last().filter(|_| self.more);
        last.map_or_else(String::new, |last| format!("{}?after={}", address(&self.whom), last.id))
    }

    /// Who writes them.
    fn writers(&self) -> &'static str {
        match self.whom {
            Reviewed::Freelancer(_) => "Clients",
            Reviewed::Client(_) => "Freelancers",
        }
    }
}
