//! All of an organisation's webhooks, and making one more.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::{for_owners, tells};
use crate::db::webhooks::Hook;
use crate::db::{Database, webhooks};
use crate::domain::event::EventKind;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::InvitationToken;
use crate::domain::request::Request;
use crate::domain::webhook::{HookContent, HookRefused, HookTyped, MOST_WEBHOOKS, TELLABLE};
use crate::operations::webhooks::make_webhook;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "webhooks/list.html")]
struct Page {
    shell: Shell,
    organisation: OrganisationId,
    hooks: Vec<Hook>,
    errors: FieldErrors,
    typed: Fields,
    key: String,
}

/// Shows them to an owner.
pub async fn page(by: SignedIn, Id(id): Id<OrganisationId>, database: Database) -> Answer {
    let typed = Fields::from_pairs(&[("kind", EventKind::ProposalAccepted.as_str())]);
    respond::page(&Page::read(by, id, &database, FieldErrors::new(), typed, new_key()).await?)
}

/// Makes one, and shows its secret once.
pub async fn submit(by: SignedIn, Id(id): Id<OrganisationId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    for_owners(&by.person, id)?;
    let key = sent.key();
    let form_key = key.as_ref().map_or_else(new_key, |key| key.as_str().to_owned());
    let content = match HookContent::parse(&HookTyped { address: sent.get("address"), kinds: sent.all("kind") }) {
        Ok(content) => content,
        Err(errors) => return again(by, id, &database, errors, sent, form_key).await,
    };
    let user = by.id();
    // as with links to join by: the same click twice shows the same secret
    let secret = match &key {
        Some(key) => InvitationToken::derived(secrets.cookies.signing(), &["webhook", &user.to_string(), key.as_str()]),
        None => InvitationToken::new(rand::random()),
    };
    let secret = secret.as_str().to_owned();
    let organisation = id.to_string();
    let said: Vec<&str> = std::iter::once(organisation.as_str()).chain(sent.iter().map(|(_, value)| value)).collect();
    let once = key.map(|key| Request::new(key, "make_webhook", &said));
    let shown = secret.clone();
    let done = database.change(move |conn| make_webhook(conn, user, id, &content, &secret, once.as_ref())).await;
    let mut errors = FieldErrors::new();
    match PageError::unless_refused(done)? {
        Ok(made) => {
            let said = format!("Copy this secret now: {shown} Calls are signed with it, and it is not shown again.");
            return respond::see_other_saying(&secrets, &format!("/webhooks/{made}"), "good", &said);
        }
        Err(HookRefused::KeyReused) => errors.add("address", "This form was sent before with other words: check them and send it again"),
        Err(HookRefused::TooMany) => errors.add("address", format!("Keep at most {MOST_WEBHOOKS} webhooks: remove one first")),
        Err(why) => return Err(PageError::refused(&why, "Only an owner keeps an organisation’s webhooks.")),
    }
    again(by, id, &database, errors, sent, new_key()).await
}

async fn again(by: SignedIn, id: OrganisationId, database: &Database, errors: FieldErrors, typed: Fields, key: String) -> Answer {
    let page = Page::read(by, id, database, errors, typed, key).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl Page {
    async fn read(
        by: SignedIn,
        organisation: OrganisationId,
        database: &Database,
        errors: FieldErrors,
        typed: Fields,
        key: String,
    ) -> Result<Self, PageError> {
        for_owners(&by.person, organisation)?;
        let hooks = database.run(move |conn| Ok(webhooks::of_organisation(conn, organisation)?)).await?;
        Ok(Self { shell: by.shell(), organisation, hooks, errors, typed, key })
    }

    fn is_on(&self, kind: &EventKind) -> bool {
        self.typed.all("kind").contains(&kind.as_str())
    }

    fn tells(&self, hook: &Hook) -> String {
        tells(hook)
    }
}
