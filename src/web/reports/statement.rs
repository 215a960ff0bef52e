//! A freelancer's statement of a month: what was issued, paid and taken back.

use actix_web::HttpRequest;
use askama::Template;
use chrono::{Months, NaiveDate};

use crate::db::reports::{self, Booked};
use crate::db::{self, Database, Failure};
use crate::domain::invoice::day_in;
use crate::domain::money::Money;
use crate::domain::report::{month, month_of};
use crate::exports::day;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "reports/statement.html")]
struct Page {
    shell: Shell,
    name: String,
    month: NaiveDate,
    booked: Vec<Booked>,
}

/// This month's.
pub async fn now(by: SignedIn, database: Database) -> Answer {
    let zone = by.person.time_zone.clone();
    let today = database.run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(day_in(&zone, db::clock(conn)?))).await?;
    respond::see_other(&format!("/statements/{}", month_of(today)))
}

/// A month's.
pub async fn page(by: SignedIn, request: HttpRequest, database: Database) -> Answer {
    let month = request.match_info().get("month").and_then(month).ok_or(PageError::NotFound)?;
    let end = month.checked_add_months(Months::new(1)).ok_or(PageError::NotFound)?;
    let (user, zone, name) = (by.id(), by.person.time_zone.clone(), by.person.name.clone());
    let booked = database.run(move |conn| Ok(reports::statement_of(conn, user, month, end, &zone)?)).await?;
    respond::page(&Page { shell: by.shell(), name, month, booked })
}

impl Page {
    fn title(&self) -> String {
        let words = day(self.month);
        words.split_once(' ').map_or(words.clone(), |(_, month)| month.to_owned())
    }

    fn month(&self) -> String {
        month_of(self.month)
    }

    fn before(&self) -> String {
        self.month.checked_sub_months(Months::new(1)).map(month_of).unwrap_or_default()
    }

    fn behind(&self) -> String {
        self.month.checked_add_months(Months::new(1)).map(month_of).unwrap_or_default()
    }

    fn words(&self, one: &Booked) -> &'static str {
        match one.what.as_str() {
            "ISSUED" => "Invoice issued",
            "PAID" => "Invoice paid",
            _ => "Invoice taken back",
        }
    }

    fn on(&self, one: &Booked) -> String {
        day(one.on_day)
    }

    fn amount(&self, one: &Booked) -> String {
        Money { minor: one.total, currency: &one.currency }.to_string()
    }

    /// Of each currency: issued, taken back, what is left of it, and what was paid.
    fn sums(&self) -> Vec<[String; 5]> {
        let mut currencies: Vec<&String> = self.booked.iter().map(|one| &one.currency).collect();
        currencies.sort();
        currencies.dedup();
        let sum = |currency: &String, what: &str| {
            self.booked.iter().filter(|one| one.currency == *currency && one.what == what).map(|one| one.total).sum::<i64>()
        };
        let row = |currency: &String| {
            let (issued, back, paid) = (sum(currency, "ISSUED"), sum(currency, "TAKEN_BACK"), sum(currency, "PAID"));
            let money = |minor: i64| {
                let words = Money { minor: minor.abs(), currency }.to_string();
                if minor < 0 { format!("−{words}") } else { words }
            };
            [currency.clone(), money(issued), money(back), money(issued - back), money(paid)]
        };
        currencies.into_iter().map(row).collect()
    }
}
