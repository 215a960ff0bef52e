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
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

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
    version: i32,
    /// What another window saved meanwhile: field, what is stored, what was typed here.
    differences: Vec<(&'static str, String, String)>,
    zones: Vec<String>,
    is_freelancer: bool,
    memberships: Vec<Membership>,
}

impl Page {
    fn of(user: User, by: SignedIn) -> Self {
        Self {
            errors: FieldErrors::new(),
            confirmed: user.email_confirmed_at.is_some(),
            email: user.email,
            called: user.name,
            time_zone: user.time_zone,
            theme: user.theme.as_str().to_owned(),
            version: user.version,
            differences: Vec::new(),
            zones: TimeZoneName::all(),
            is_freelancer: by.person.is_freelancer,
            memberships: by.person.memberships.clone(),
            shell: by.shell(),
        }
    }

    /// What was typed, over what is stored.
    fn typed(mut self, fields: &Fields) -> Self {
        let stored = [("Name", "name", &self.called), ("Time zone", "time_zone", &self.time_zone), ("Colours", "theme", &self.theme)];
        self.differences = stored
            .into_iter()
            .filter(|(_, field, stored)| fields.get(field) != stored.as_str())
            .map(|(label, field, stored)| (label, stored.clone(), fields.get(field).to_owned()))
            .collect();
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
pub async fn submit(by: SignedIn, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let typed = AccountTyped { name: fields.get("name"), time_zone: fields.get("time_zone"), theme: fields.get("theme") };
    let content = match AccountContent::parse(&typed) {
        Ok(content) => content,
        Err(errors) => {
            let mut page = Page::of(find(&by, &database).await?, by).typed(&fields);
            page.version = fields.version("version").unwrap_or(page.version);
            (page.errors, page.differences) = (errors, Vec::new());
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (id, seen) = (by.id(), fields.version("version"));
    let changed = database.change(move |conn| change_account(conn, id, seen, &content)).await;
    match PageError::unless_refused(changed)? {
        Ok(()) => respond::see_other_saying(&secrets, "/account", "good", "Your account was changed."),
        Err(AccountRefused::Changed { .. }) => {
            let page = Page::of(find(&by, &database).await?, by).typed(&fields);
            respond::page_with(StatusCode::CONFLICT, &page)
        }
        Err(AccountRefused::Missing) => Err(PageError::NotFound),
    }
}

async fn find(by: &SignedIn, database: &Database) -> Result<User, PageError> {
    let id = by.id();
    database.run(move |conn| Ok(users::find(conn, id)?)).await?.ok_or(PageError::NotFound)
}
