//! A person's tokens, and making one more.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::tokens::Listed;
use crate::db::{Database, tokens};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::UserId;
use crate::domain::organisation::InvitationToken;
use crate::domain::person::Membership;
use crate::domain::request::{Request, RequestKey};
use crate::domain::token::{LASTS, MOST_TOKENS, Scope, TokenContent, TokenRefused, TokenSecret, TokenTyped};
use crate::operations::tokens::make_token;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "tokens/list.html")]
struct Page {
    shell: Shell,
    tokens: Vec<Listed>,
    organisations: Vec<Membership>,
    errors: FieldErrors,
    typed: Fields,
    key: String,
}

/// Shows them.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let typed = Fields::from_pairs(&[("scope", Scope::Read.as_str()), ("days", "90")]);
    respond::page(&Page::read(by, &database, FieldErrors::new(), typed, new_key()).await?)
}

/// Makes one, and shows its secret once.
pub async fn submit(by: SignedIn, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let key = sent.key();
    let form_key = key.as_ref().map_or_else(new_key, |key| key.as_str().to_owned());
    let typed =
        TokenTyped { name: sent.get("name"), scopes: sent.all("scope"), days: sent.get("days"), organisation: sent.get("organisation") };
    let content = match TokenContent::parse(&typed) {
        Ok(content) => content,
        Err(errors) => return again(by, &database, errors, sent, form_key).await,
    };
    let user = by.id();
    let secret = secret(&secrets, user, key.as_ref());
    let said: Vec<&str> = sent.iter().map(|(_, value)| value).collect();
    let once = key.map(|key| Request::new(key, "make_token", &said));
    let shown = secret.shown();
    let done = database.change(move |conn| make_token(conn, user, &content, &secret, once.as_ref())).await;
    let mut errors = FieldErrors::new();
    match PageError::unless_refused(done)? {
        Ok(_) => {
            let said = format!("Copy this token now: {shown} It is not shown again.");
            return respond::see_other_saying(&secrets, "/account/tokens", "good", &said);
        }
        Err(TokenRefused::KeyReused) => errors.add("name", "This form was sent before with other words: check them and send it again"),
        Err(TokenRefused::TooMany) => errors.add("name", format!("Keep at most {MOST_TOKENS} tokens: revoke one first")),
        Err(TokenRefused::NotAllowed) => errors.add("organisation", "Only an owner or a manager lets a runner work for an organisation"),
        Err(TokenRefused::Missing) => errors.add("organisation", "Choose an organisation that you belong to"),
    }
    again(by, &database, errors, sent, new_key()).await
}

async fn again(by: SignedIn, database: &Database, errors: FieldErrors, typed: Fields, key: String) -> Answer {
    let page = Page::read(by, database, errors, typed, key).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The same click twice must show the same secret, though only its hash is kept; so it is made from the form's key and a
/// secret of this site. Without a key it is random.
fn secret(secrets: &Secrets, by: UserId, key: Option<&RequestKey>) -> TokenSecret {
    TokenSecret::new(match key {
        Some(key) => InvitationToken::derived(secrets.cookies.signing(), &["token", &by.to_string(), key.as_str()]),
        None => InvitationToken::new(rand::random()),
    })
}

impl Page {
    async fn read(by: SignedIn, database: &Database, errors: FieldErrors, typed: Fields, key: String) -> Result<Self, PageError> {
        let user = by.id();
        let tokens = database.run(move |conn| Ok(tokens::of_person(conn, user)?)).await?;
        let organisations = by.person.manages().cloned().collect();
        Ok(Self { shell: by.shell(), tokens, organisations, errors, typed, key })
    }

    /// What can be chosen: a runner's only where there is an organisation to run for.
    fn scopes(&self) -> impl Iterator<Item = Scope> {
        let no_runner = self.organisations.is_empty();
        Scope::ALL.iter().copied().filter(move |scope| !(no_runner && *scope == Scope::Runner))
    }

    fn is_on(&self, scope: &Scope) -> bool {
        self.typed.all("scope").contains(&scope.as_str())
    }

    fn lasts(&self) -> Vec<(String, String, bool)> {
        let chosen = self.typed.get("days");
        let choice = |days: &Option<i64>| {
            let value = days.map_or_else(String::new, |days| days.to_string());
            let words = days.map_or_else(|| "Until I revoke it".to_owned(), |days| format!("{days} days"));
            let is_chosen = value == chosen;
            (value, words, is_chosen)
        };
        LASTS.iter().map(choice).collect()
    }

    fn is_for(&self, organisation: &Membership) -> bool {
        self.typed.get("organisation") == organisation.organisation.to_string()
    }

    fn scopes_of(&self, token: &Listed) -> String {
        token.scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(", ")
    }

    fn time(&self, at: &chrono::DateTime<chrono::Utc>) -> Moment {
        shown::time(&self.shell.clock, *at)
    }
}
