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
use crate::web::merge::{Marks, Overtaken, chosen, overtaken};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// What the form edits.
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
    base: Marks,
    /// What another window saved meanwhile.
    overtaken: Option<Overtaken>,
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
    let new = stored.is_none();
    let shown = stored.map(|profile| fields_of(&profile)).unwrap_or_default();
    respond::page(&Page {
        errors: FieldErrors::new(),
        new,
        base: Marks::of_form(&FIELDS, &shown),
        shown,
        overtaken: None,
        shell: by.shell(),
    })
}

/// Saves the profile.
pub async fn submit(by: SignedIn, database: Database, sent: Fields, secrets: Data<Secrets>) -> Answer {
    let stored = find(&by, &database).await?.map(|profile| fields_of(&profile)).unwrap_or_default();
    let fields = chosen(&FIELDS, &sent, &stored);
    let base = Marks::parse(fields.get("base"), &FIELDS);
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
            let page = Page { errors, new, shown: fields, base, overtaken: None, shell: by.shell() };
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
            let stored = fields_of(&find(&by, &database).await?.ok_or(PageError::NotFound)?);
            let (told, mut shown) = overtaken(&FIELDS, &base, &stored, &fields);
            shown.push("version".to_owned(), stored.get("version").to_owned());
            let (base, overtaken) = (Marks::of_form(&FIELDS, &stored), Some(told.worded(words)));
            let page = Page { errors: FieldErrors::new(), new: false, shown, base, overtaken, shell: by.shell() };
            respond::page_with(StatusCode::CONFLICT, &page)
        }
        Err(ProfileRefused::Missing) => Err(PageError::NotFound),
    }
}

/// Whether somebody is in the directory is a word in the form.
fn words(field: &str, value: String) -> String {
    match (field, value.as_str()) {
        ("listed", "no") => "Leave me out".to_owned(),
        ("listed", _) => "Show me in the directory of freelancers".to_owned(),
        _ => value,
    }
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
