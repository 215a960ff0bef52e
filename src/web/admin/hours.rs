//! When the house is there, and within how long it answers: what the due times of tickets follow from.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::Database;
use crate::db::tickets::{self, Promised};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ticket::{Promise, PromiseRefused, PromiseTyped, Topic, WEEK};
use crate::domain::user::TimeZoneName;
use crate::domain::words::Reason;
use crate::domain::work::Minutes;
use crate::operations::tickets::change_promise;
use crate::web::context::Admin;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::merge::{Marks, Overtaken, chosen, overtaken};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the form edits, in its order.
const FIELDS: [(&str, &str); 28] = [
    ("zone", "Time zone"),
    ("opens_0", "Monday from"),
    ("closes_0", "Monday until"),
    ("opens_1", "Tuesday from"),
    ("closes_1", "Tuesday until"),
    ("opens_2", "Wednesday from"),
    ("closes_2", "Wednesday until"),
    ("opens_3", "Thursday from"),
    ("closes_3", "Thursday until"),
    ("opens_4", "Friday from"),
    ("closes_4", "Friday until"),
    ("opens_5", "Saturday from"),
    ("closes_5", "Saturday until"),
    ("opens_6", "Sunday from"),
    ("closes_6", "Sunday until"),
    ("holidays", "Days on which nobody is there"),
    ("answer_ACCOUNT", "Account: an answer within"),
    ("next_ACCOUNT", "Account: after it was passed on"),
    ("answer_PROJECT", "Project: an answer within"),
    ("next_PROJECT", "Project: after it was passed on"),
    ("answer_CONTRACT", "Contract: an answer within"),
    ("next_CONTRACT", "Contract: after it was passed on"),
    ("answer_MONEY", "Money: an answer within"),
    ("next_MONEY", "Money: after it was passed on"),
    ("answer_CONDUCT", "Conduct: an answer within"),
    ("next_CONDUCT", "Conduct: after it was passed on"),
    ("answer_OTHER", "Other: an answer within"),
    ("next_OTHER", "Other: after it was passed on"),
];

#[derive(Template)]
#[template(path = "admin/hours.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    /// What the fields show.
    shown: Fields,
    edition: String,
    base: Marks,
    /// What a colleague saved meanwhile.
    overtaken: Option<Overtaken>,
    promised: Promised,
    zones: Vec<String>,
}

/// Shows it.
pub async fn page(by: Admin, database: Database) -> Answer {
    let promised = find(&database).await?;
    respond::page(&Page::of(by.shell(), promised))
}

/// Changes it.
pub async fn submit(by: Admin, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let before = find(&database).await?;
    let sent = chosen(&FIELDS, &sent, &fields_of(&before));
    let promise = Promise::parse(&typed(&sent));
    let reason = Reason::parse(sent.get("reason"));
    let (promise, reason) = match (promise, reason) {
        (Ok(promise), Ok(reason)) => (promise, reason),
        (promise, reason) => {
            let mut errors = promise.err().unwrap_or_default();
            errors.take("reason", reason);
            let (edition, base) = (sent.get("edition").to_owned(), Marks::parse(sent.get("base"), &FIELDS));
            let page = Page { errors, edition, base, shown: sent, ..Page::of(by.shell(), before) };
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (user, seen) = (by.id(), sent.get("edition").parse().ok());
    let done = database.change(move |conn| change_promise(conn, user, seen, &promise, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let said = "The hours were saved. Whoever waits for an answer has a new time within a minute.";
            respond::see_other_saying(&secrets, "/admin/hours", "good", said)
        }
        Err(PromiseRefused::Changed { .. }) => {
            let now = find(&database).await?;
            let (told, mut shown) = overtaken(&FIELDS, &Marks::parse(sent.get("base"), &FIELDS), &fields_of(&now), &sent);
            shown.push("reason".to_owned(), sent.get("reason").to_owned());
            respond::page_with(StatusCode::CONFLICT, &Page { overtaken: Some(told), shown, ..Page::of(by.shell(), now) })
        }
        Err(PromiseRefused::Missing) => Err(PageError::NotFound),
    }
}

async fn find(database: &Database) -> Result<Promised, PageError> {
    Ok(database.run(|conn| Ok(tickets::promised(conn)?)).await?)
}

/// The form of what stands.
fn fields_of(promised: &Promised) -> Fields {
    let promise = promised.promise();
    let time = |minute: i32| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let mut fields = vec![("zone".to_owned(), promise.zone.as_str().to_owned())];
    for (place, (opens, closes)) in promise.days.into_iter().enumerate() {
        let shown = |minute| if opens == closes { String::new() } else { time(minute) };
        fields.extend([(format!("opens_{place}"), shown(opens)), (format!("closes_{place}"), shown(closes))]);
    }
    let holidays: Vec<_> = promise.holidays.iter().map(ToString::to_string).collect();
    fields.push(("holidays".to_owned(), holidays.join("\n")));
    for policy in promise.policies {
        let hours = |minutes: i32| Minutes(minutes.into()).to_string();
        fields.extend([(format!("answer_{}", policy.topic), hours(policy.answer)), (format!("next_{}", policy.topic), hours(policy.next))]);
    }
    Fields::from_texts(fields)
}

fn typed(sent: &Fields) -> PromiseTyped<'_> {
    let both = |first: &str, second: &str, which: &str| (sent.get(&format!("{first}_{which}")), sent.get(&format!("{second}_{which}")));
    let mut days = [("", ""); WEEK.len()];
    for (place, day) in days.iter_mut().enumerate() {
        *day = both("opens", "closes", &place.to_string());
    }
    let mut policies = [("", ""); Topic::ALL.len()];
    for (policy, topic) in policies.iter_mut().zip(Topic::ALL) {
        *policy = both("answer", "next", topic.as_str());
    }
    PromiseTyped { zone: sent.get("zone"), days, holidays: sent.get("holidays"), policies }
}

impl Page {
    fn of(shell: Shell, promised: Promised) -> Self {
        let shown = fields_of(&promised);
        let (edition, base) = (promised.edition.to_string(), Marks::of_form(&FIELDS, &shown));
        Self { shell, errors: FieldErrors::new(), shown, edition, base, overtaken: None, promised, zones: TimeZoneName::all() }
    }

    /// A row for each day: its name, and its two fields.
    fn days(&self) -> Vec<Row<'_>> {
        WEEK.iter().enumerate().map(|(place, day)| self.row(day, ["opens", "closes"], &place.to_string())).collect()
    }

    /// A row for each topic.
    fn policies(&self) -> Vec<Row<'_>> {
        Topic::ALL.iter().map(|topic| self.row(topic.label(), ["answer", "next"], topic.as_str())).collect()
    }

    fn row(&self, label: &'static str, names: [&str; 2], which: &str) -> Row<'_> {
        Row { label, cells: names.map(|name| self.cell(format!("{name}_{which}"))) }
    }

    fn cell(&self, name: String) -> Cell<'_> {
        Cell { value: self.shown.get(&name), wrong: self.errors.on(&name).unwrap_or_default(), name }
    }

    fn changed_at(&self) -> Moment {
        shown::exact(&self.shell.clock, self.promised.changed_at)
    }
}

/// Two fields beside each other.
struct Row<'p> {
    label: &'static str,
    cells: [Cell<'p>; 2],
}

/// One of them.
struct Cell<'p> {
    name: String,
    value: &'p str,
    /// What is wrong with it; empty where nothing is.
    wrong: &'p str,
}
