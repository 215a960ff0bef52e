//! Choosing a file of projects.

use actix_web::http::StatusCode;
use askama::Template;
use jiff::tz::TimeZone;

use super::multipart::Upload;
use crate::db::Database;
use crate::db::imports::Brought;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::import::{COLUMNS, ImportRefused, MOST_ROWS, RowFields, Sheet};
use crate::domain::person::{Membership, Person};
use crate::domain::words::SourceName;
use crate::operations::imports::bring_projects;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::projects::managed;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

#[derive(Template)]
#[template(path = "imports/bring.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    /// The organisations to choose from, and the one that is chosen.
    organisations: Vec<Membership>,
    organisation: String,
    source: String,
}

/// Shows the form.
pub async fn page(by: SignedIn) -> Answer {
    may_bring(&by.person)?;
    respond::page(&Page::new(by, FieldErrors::new(), String::new(), String::new()))
}

/// Reads the file and keeps its rows, to be looked through.
pub async fn submit(by: SignedIn, database: Database, sent: Upload) -> Answer {
    may_bring(&by.person)?;
    let mut errors = FieldErrors::new();
    let organisation = errors
        .take("organisation", chosen(&by.person, sent.get("organisation")).ok_or("Choose the organisation that the projects are for"));
    let source = errors.take("source", SourceName::parse(sent.get("source")));
    let sheet = errors.take("file", Sheet::read(&sent.bytes));
    let (Some(organisation), Some(source), Some(sheet)) = (organisation, source, sheet) else {
        let page = Page::new(by, errors, sent.get("organisation").to_owned(), sent.get("source").to_owned());
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let (zone, user) = (shown::zone(Some(&by.person.time_zone)).0, by.id());
    let rows: Vec<RowFields> = sheet.rows.into_iter().map(|row| with_moment(row, &zone)).collect();
    let name: String = sent.file_name.chars().filter(|c| !c.is_control()).take(200).collect();
    let done = database
        .change(move |conn| bring_projects(conn, &Brought { organisation, by: user, source: source.as_str(), name: &name, rows: &rows }));
    match PageError::unless_refused(done.await)? {
        Ok(id) => respond::see_other(&format!("/imports/{id}")),
        Err(ImportRefused::Missing) => Err(PageError::NotFound),
        Err(_) => Err(managed::not_allowed()),
    }
}

/// The deadline as the moment that it is in the person's zone; as it was typed where it is none.
fn with_moment(mut row: RowFields, zone: &TimeZone) -> RowFields {
    let place = COLUMNS.iter().position(|column| *column == "deadline");
    if let Some(deadline) = place.and_then(|place| row.0.get_mut(place))
        && let Some(at) = shown::parse_field(zone, &deadline.trim().replacen(' ', "T", 1))
    {
        *deadline = at.to_rfc3339();
    }
    row
}

/// Where there is only one to write for, it need not be said.
fn chosen(person: &Person, said: &str) -> Option<OrganisationId> {
    match (said.trim(), person.manages().collect::<Vec<_>>().as_slice()) {
        ("", [only]) => Some(only.organisation),
        (said, _) => said.parse().ok(),
    }
}

fn may_bring(person: &Person) -> Result<(), PageError> {
    if person.manages().next().is_some() { Ok(()) } else { Err(managed::not_allowed()) }
}

impl Page {
    fn new(by: SignedIn, errors: FieldErrors, organisation: String, source: String) -> Self {
        let organisations = by.person.manages().cloned().collect();
        Self { shell: by.shell(), errors, organisations, organisation, source }
    }

    fn is_chosen(&self, organisation: &OrganisationId) -> bool {
        self.organisation == organisation.to_string()
    }
}
