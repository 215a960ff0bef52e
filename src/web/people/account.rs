//! One's own account: name, time zone, colours, and the way to all else.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, users};
use crate::domain::field_errors::FieldErrors;
use crate::domain::person::Membership;
use crate::domain::user::{AccountContent, AccountRefused, AccountTyped, Theme, TimeZoneName, User};
use crate::operations::people::change_account;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::merge::{Marks, Overtaken, chosen, overtaken};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// What the form edits.
const FIELDS: [(&str, &str); 3] = [("name", "Your name"), ("time_zone", "Time zone"), ("theme", "Colours")];

#[derive(Template)]
#[template(path = "people/account.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    email: String,
    confirmed: bool,
    called: String,
    time_zone: String,
    theme: String,
    version: String,
    base: Marks,
    /// What another window saved meanwhile.
    overtaken: Option<Overtaken>,
    zones: Vec<String>,
    is_freelancer: bool,
    memberships: Vec<Membership>,
}

impl Page {
    fn of(user: User, by: SignedIn) -> Self {
        let base = Marks::of_form(&FIELDS, &fields_of(&user));
        Self {
            errors: FieldErrors::new(),
            confirmed: user.email_confirmed_at.is_some(),
            email: user.email,
            called: user.name,
            time_zone: user.time_zone,
            theme: user.theme.as_str().to_owned(),
            version: user.version.to_string(),
            base,
            overtaken: None,
            zones: TimeZoneName::all(),
            is_freelancer: by.person.is_freelancer,
            memberships: by.person.memberships.clone(),
            shell: by.shell(),
        }
    }

    /// With what was typed over what is stored.
    fn typed(mut self, fields: &Fields) -> Self {
        self.called = fields.get("name").to_owned();
        self.time_zone = fields.get("time_zone").to_owned();
        self.theme = fields.get("theme").to_owned();
        self
    }
}

/// Shows the account.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let user = find(&by, &database).await?;
    respond::page(&Page::of(user, by))
}

/// Changes name, time zone and colours.
pub async fn submit(by: SignedIn, database: Database, sent: Fields, secrets: Data<Secrets>) -> Answer {
    let sent = chosen(&FIELDS, &sent, &fields_of(&find(&by, &database).await?));
    let typed = AccountTyped { name: sent.get("name"), time_zone: sent.get("time_zone"), theme: sent.get("theme") };
    let content = match AccountContent::parse(&typed) {
        Ok(content) => content,
        Err(errors) => {
            // the form is still that of the version that it began with
            let (version, base) = (sent.get("version").to_owned(), Marks::parse(sent.get("base"), &FIELDS));
            let page = Page::of(find(&by, &database).await?, by).typed(&sent);
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { errors, version, base, ..page });
        }
    };
    let (id, seen) = (by.id(), sent.version("version"));
    let changed = database.change(move |conn| change_account(conn, id, seen, &content)).await;
    match PageError::unless_refused(changed)? {
        Ok(()) => respond::see_other_saying(&secrets, "/account", "good", "Your account was changed."),
        Err(AccountRefused::Changed { .. }) => {
            let user = find(&by, &database).await?;
            let (told, merged) = overtaken(&FIELDS, &Marks::parse(sent.get("base"), &FIELDS), &fields_of(&user), &sent);
            respond::page_with(StatusCode::CONFLICT, &Page { overtaken: Some(told.worded(words)), ..Page::of(user, by).typed(&merged) })
        }
        Err(AccountRefused::Missing) => Err(PageError::NotFound),
    }
}

/// Colours have names of their own.
fn words(field: &str, value: String) -> String {
    match Theme::parse(&value).filter(|_| field == "theme") {
        Some(theme) => theme.label().to_owned(),
        None => value,
    }
}

fn fields_of(user: &User) -> Fields {
    Fields::from_pairs(&[("name", &user.name), ("time_zone", &user.time_zone), ("theme", user.theme.as_str())])
}

async fn find(by: &SignedIn, database: &Database) -> Result<User, PageError> {
    let id = by.id();
    database.run(move |conn| Ok(users::find(conn, id)?)).await?.ok_or(PageError::NotFound)
}
