//! What both sides say of each other after the work: the form, and both once they are shown.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::reviews::{self, Review};
use crate::db::{Database, PgConnection};
use crate::domain::contract::Side;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ContractId;
use crate::domain::review::{DAYS, ReviewContent, ReviewRefused, ReviewsStand};
use crate::operations::reviews::write_review;
use crate::web::context::{Id, SignedIn};
use crate::web::contracts::desk::{self, Desk};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// The answers, the best first.
const RATINGS: &[(&str, &str)] =
    &[("5", "5: could not be better"), ("4", "4: good"), ("3", "3: fair"), ("2", "2: not good"), ("1", "1: bad")];

#[derive(Template)]
#[template(path = "reviews/write.html")]
struct Page {
    shell: Shell,
    desk: Desk,
    stand: ReviewsStand,
    /// What the reader may read: their own side's, and both once they are shown.
    reviews: Vec<Review>,
    errors: FieldErrors,
    /// Whether a colleague's stands beside what was typed.
    is_stale: bool,
    /// What was typed and not taken, or else what is kept.
    rating: String,
    words: String,
    is_typed: bool,
}

/// Shows them.
pub async fn page(by: SignedIn, id: Id<ContractId>, database: Database) -> Answer {
    respond::page(&Page::read(by, id.0, &database, None).await?)
}

/// Writes one, or writes it anew.
pub async fn submit(by: SignedIn, id: Id<ContractId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let content = match ReviewContent::parse(sent.get("rating"), sent.get("words")) {
        Ok(content) => content,
        Err(errors) => {
            let page = Page { errors, ..Page::read(by, id, &database, Some(&sent)).await? };
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let seen = sent.get("version").parse().unwrap_or(0);
    let done = database.change(move |conn| write_review(conn, user, id, &content, seen)).await;
    let said = match PageError::unless_refused(done)? {
        Ok(true) => "Both reviews are in, and shown.",
        Ok(false) => "Your review is kept. Nobody of the other side reads it before theirs is in, or the days are over.",
        Err(ReviewRefused::Missing) => return Err(PageError::NotFound),
        Err(ReviewRefused::NotAllowed) => {
            return Err(PageError::NotAllowed("Owners and managers write the review for the client; you may read it.".to_owned()));
        }
        Err(why) => {
            // the page says which, and what was typed stands on it
            let is_stale = matches!(why, ReviewRefused::Stale { .. });
            let page = Page { is_stale, ..Page::read(by, id, &database, Some(&sent)).await? };
            return respond::page_with(StatusCode::CONFLICT, &page);
        }
    };
    respond::see_other_saying(&secrets, &format!("/contracts/{id}/reviews"), "good", said)
}

impl Page {
    async fn read(by: SignedIn, id: ContractId, database: &Database, sent: Option<&Fields>) -> Result<Self, PageError> {
        let person = by.person.clone();
        let read = move |conn: &mut PgConnection| {
            let Some(desk) = desk::read(conn, id, &person)? else { return Ok(None) };
            let (stand, reviews) = (reviews::stand(conn, id)?, reviews::readable(conn, id, desk.party.side)?);
            Ok(Some((desk, stand, reviews)))
        };
        let (desk, stand, reviews) = database.run(read).await?.ok_or(PageError::NotFound)?;
        let own = reviews.iter().find(|review| review.side == desk.party.side);
        let (rating, words) = match (sent, own) {
            (Some(sent), _) => (sent.get("rating").to_owned(), sent.get("words").to_owned()),
            (None, Some(own)) => (own.rating.to_string(), own.words.clone()),
            (None, None) => (String::new(), String::new()),
        };
        let (shell, is_typed) = (by.shell(), sent.is_some());
        Ok(Self { shell, desk, stand, reviews, errors: FieldErrors::new(), is_stale: false, rating, words, is_typed })
    }

    /// Which writing of their own side's the reader sees.
    fn version(&self) -> i32 {
        self.stand.version(self.desk.party.side)
    }

    /// Why the reader cannot write, if so.
    fn refused(&self) -> Option<ReviewRefused> {
        self.stand.may_write(&self.desk.party, self.version()).err()
    }

    fn why_not(&self) -> &'static str {
        match self.refused() {
            Some(ReviewRefused::NotEnded) => "Reviews are written once the contract has ended.",
            Some(ReviewRefused::Over) if self.stand.is_due() => {
                "The days for reviews are over: the one that was written is shown within a few minutes, and none is taken any more."
            }
            Some(ReviewRefused::Over) => "The days for reviews are over, and nobody wrote one.",
            Some(ReviewRefused::Shown) => "What was written is shown to everybody, and stays as it is.",
            Some(ReviewRefused::NotAllowed) => "Owners and managers write the review for the client.",
            Some(ReviewRefused::Missing | ReviewRefused::Stale { .. }) | None => "",
        }
    }

    /// What was typed and cannot be taken any more.
    fn is_too_late(&self) -> bool {
        self.is_typed && self.refused().is_some()
    }

    /// What stands above the reason.
    fn heading(&self) -> &'static str {
        match () {
            () if self.is_too_late() => "Your review was not taken",
            () if self.stand.is_shown && self.reviews.len() > 1 => "Both sides have had their say",
            () if self.stand.is_shown => "The days for reviews are over",
            () => "There is nothing to write now",
        }
    }

    /// What is shown of their own and is not in the form.
    fn listed(&self) -> Vec<&Review> {
        let is_listed =
            |review: &&Review| self.stand.is_shown || self.is_stale || self.refused().is_some() || review.side != self.desk.party.side;
        self.reviews.iter().filter(is_listed).collect()
    }

    fn until(&self) -> Moment {
        shown::time(&self.shell.clock, self.stand.until().unwrap_or(self.stand.at))
    }

    fn has_other(&self) -> bool {
        !self.stand.is_shown && self.stand.is_in(self.desk.party.side.other())
    }

    fn at(&self, review: &Review) -> Moment {
        shown::time(&self.shell.clock, review.written_at)
    }

    fn is_rated(&self, rating: &str) -> bool {
        self.rating == rating
    }

    fn rule(&self) -> String {
        let name = if self.desk.party.side == Side::Client { &self.desk.named.organisation } else { &self.desk.named.freelancer };
        format!(
            "{} reads only that you have reviewed, until theirs is in too, or {DAYS} days after the end of the contract have passed. \
             Until then you can change it. Then it is shown to everybody, with the name {name}, and stays as it is.",
            self.desk.other()
        )
    }
}
