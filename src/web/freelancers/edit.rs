//! Becoming a freelancer, and changing one's profile.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, freelancers};
use crate::domain::field_errors::FieldErrors;
use crate::domain::freelancer::{Freelancer, ProfileContent, ProfileRefused, ProfileTyped};
use crate::domain::money::{Currency, plain};
use crate::operations::freelancers::save_profile;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const FIELDS: [(&str, &str); 8] = [
    ("headline", "In one line"),
    ("skills", "Skills"),
    ("rate", "Rate"),
    ("currency", "Currency"),
    ("available_from", "Available from"),
    ("hours_a_week", "Hours a week"),
    ("listed", "In the directory"),
    ("about", "About you"),
];

#[derive(Template)]
#[template(path = "freelancers/edit.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    /// What the fields show.
    shown: Fields,
    /// What another window saved meanwhile: field, what is stored, what was typed here.
    differences: Vec<(&'static str, String, String)>,
    /// Whether there is no profile yet.
    new: bool,
}

impl Page {
    fn currency(&self) -> &str {
        if self.shown.get("currency").is_empty() { "EUR" } else { self.shown.get("currency") }
    }
}

/// Shows the form.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let stored = find(&by, &database).await?;
    let page = Page {
        errors: FieldErrors::new(),
        new: stored.is_none(),
        shown: stored.map(|profile| fields_of(&profile)).unwrap_or_default(),
        differences: Vec::new(),
        shell: by.shell(),
    };
    respond::page(&page)
}

/// Saves the profile.
pub async fn submit(by: SignedIn, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let typed = ProfileTyped {
        headline: fields.get("headline"),
        skills: fields.get("skills"),
        rate: fields.get("rate"),
        currency: fields.get("currency"),
        about: fields.get("about"),
        available_from: fields.get("available_from"),
        hours_a_week: fields.get("hours_a_week"),
        listed: fields.get("listed"),
    };
    let content = match ProfileContent::parse(&typed) {
        Ok(content) => content,
        Err(errors) => {
            let new = !by.person.is_freelancer;
            let page = Page { errors, new, shown: fields, differences: Vec::new(), shell: by.shell() };
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (id, seen) = (by.id(), fields.version("version"));
    let saved = database.change(move |conn| save_profile(conn, id, seen, &content)).await;
    match PageError::unless_refused(saved)? {
        Ok(()) => {
            respond::see_other_saying(&secrets, &format!("/freelancers/{id}"), "good", "Your profile was saved. Everybody can see it.")
        }
        Err(ProfileRefused::Changed { .. }) => {
            let stored = find(&by, &database).await?.ok_or(PageError::NotFound)?;
            respond::page_with(StatusCode::CONFLICT, &stale(by, &stored, &fields))
        }
        Err(ProfileRefused::Missing) => Err(PageError::NotFound),
    }
}

/// What was typed, beside what another window saved, ready to be saved over it.
fn stale(by: SignedIn, stored: &Freelancer, typed: &Fields) -> Page {
    let stored = fields_of(stored);
    let differences = FIELDS
        .into_iter()
        .filter(|(field, _)| typed.has(field) && stored.get(field) != typed.get(field).trim())
        .map(|(field, label)| (label, stored.get(field).to_owned(), typed.get(field).to_owned()))
        .collect();
    let mut shown: Vec<(&str, &str)> = FIELDS.into_iter().map(|(field, _)| (field, typed.get(field))).collect();
    shown.push(("version", stored.get("version")));
    Page { errors: FieldErrors::new(), new: false, differences, shown: Fields::from_pairs(&shown), shell: by.shell() }
}

fn fields_of(profile: &Freelancer) -> Fields {
    Fields::from_pairs(&[
        ("headline", &profile.headline),
        ("skills", &profile.skills.join(", ")),
        ("rate", &profile.rate.map(plain).unwrap_or_default()),
        ("currency", &profile.currency),
        ("available_from", &profile.available_from.map(|day| day.to_string()).unwrap_or_default()),
        ("hours_a_week", &profile.hours_a_week.map(|hours| hours.to_string()).unwrap_or_default()),
        ("listed", if profile.listed { "yes" } else { "no" }),
        ("about", &profile.about),
        ("version", &profile.version.to_string()),
    ])
}

async fn find(by: &SignedIn, database: &Database) -> Result<Option<Freelancer>, PageError> {
    let id = by.id();
    Ok(database.run(move |conn| Ok(freelancers::find(conn, id)?)).await?)
}
