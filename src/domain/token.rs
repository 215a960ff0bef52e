//! Tokens: keys with which a person's machines ask in their name.

use chrono::{DateTime, TimeDelta, Utc};

use super::field_errors::FieldErrors;
use super::ids::{OrganisationId, TokenId};
use super::membership::Member;
use super::organisation::InvitationToken;
use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;
use super::words::TokenName;

text_enum! {
    /// What a token may be used for. Whatever it names, a token never does what its person may not do.
    Scope {
        /// Reads what the person reads.
        Read = "READ",
        /// Writes, publishes and cancels projects.
        Projects = "PROJECTS",
        /// Sends and withdraws the person's own proposals.
        Proposals = "PROPOSALS",
        /// Opens bids, declines, accepts.
        Decide = "DECIDE",
        /// Writes the person's own time down.
        Time = "TIME",
        /// Asks the house and answers on tickets.
        Tickets = "TICKETS",
        /// Starts, cancels and repeats jobs.
        Jobs = "JOBS",
        /// Works on an organisation's jobs; nothing else.
        Runner = "RUNNER",
    }
}

impl Scope {
    /// What it is for, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "Read what I can read",
            Self::Projects => "Write, publish and cancel projects",
            Self::Proposals => "Send and withdraw my proposals",
            Self::Decide => "Open bids, decline and accept proposals",
            Self::Time => "Write down my time",
            Self::Tickets => "Ask the house and answer on tickets",
            Self::Jobs => "Start, cancel and repeat jobs",
            Self::Runner => "Work on an organisation’s jobs",
        }
    }

    /// As requests and documents write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Projects => "projects",
            Self::Proposals => "proposals",
            Self::Decide => "decide",
            Self::Time => "time",
            Self::Tickets => "tickets",
            Self::Jobs => "jobs",
            Self::Runner => "runner",
        }
    }
}

/// How many tokens that hold a person may have.
pub const MOST_TOKENS: i64 = 50;
/// For how many days a token may be made; none: until it is revoked.
pub const LASTS: [Option<i64>; 4] = [Some(30), Some(90), Some(365), None];
/// How every secret begins, so that one that leaks is known for what it is.
const PREFIX: &str = "guildhall_";

/// A token's secret: shown once, kept as its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenSecret(InvitationToken);

impl TokenSecret {
    /// From random letters, or from what makes the same request bring the same ones.
    pub fn new(random: InvitationToken) -> Self {
        Self(random)
    }

    /// As a request carries it; nothing if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        InvitationToken::parse(text.strip_prefix(PREFIX)?).map(Self)
    }

    /// As it is shown, once.
    pub fn shown(&self) -> String {
        format!("{PREFIX}{}", self.0.as_str())
    }

    /// What is kept of it.
    pub fn hash(&self) -> Vec<u8> {
        self.0.hash()
    }

    /// Its last letters.
    pub fn hint(&self) -> &str {
        self.0.as_str().get(60..).unwrap_or_default()
    }
}

/// What a person typed to make one.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct TokenTyped<'f> {
    pub name: &'f str,
    pub scopes: Vec<&'f str>,
    pub days: &'f str,
    pub organisation: &'f str,
}

/// A token that is to be made: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenContent {
    /// What the person calls it.
    pub name: TokenName,
    /// What it may be used for, each once.
    pub scopes: Vec<Scope>,
    /// For how many days it holds; none: until it is revoked.
    pub days: Option<i64>,
    /// Whose jobs a runner works on.
    pub organisation: Option<OrganisationId>,
}

impl TokenContent {
    /// Judges all fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &TokenTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let name = wrong.take("name", TokenName::parse(typed.name));
        let scopes: Vec<Scope> = Scope::ALL.iter().copied().filter(|scope| typed.scopes.contains(&scope.as_str())).collect();
        if scopes.is_empty() {
            wrong.add("scope", "Choose what the token is for");
        }
        let is_runner = scopes.contains(&Scope::Runner);
        if is_runner && scopes.len() > 1 {
            wrong.add("scope", "Make one token for the runner and another for the rest");
        }
        let days = LASTS.iter().copied().find(|days| days.map_or_else(String::new, |days| days.to_string()) == typed.days);
        let days = wrong.take("days", days.ok_or("Choose how long it holds"));
        let organisation = typed.organisation.parse().ok().filter(|_| is_runner);
        if is_runner && organisation.is_none() {
            wrong.add("organisation", "Choose the organisation that the runner works for");
        }
        let content = name.zip(days).map(|(name, days)| Self { name, scopes, days, organisation });
        wrong.or(content)
    }

    /// Judges whether somebody who has so many may make one more; `member` is what they are to the runner's organisation.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_made(&self, member: Option<&Member>, held: i64) -> Result<(), TokenRefused> {
        if let Some(organisation) = self.organisation {
            let member = member.filter(|member| member.organisation == organisation).ok_or(TokenRefused::Missing)?;
            if !member.role.manages_projects() {
                return Err(TokenRefused::NotAllowed);
            }
        }
        if held >= MOST_TOKENS { Err(TokenRefused::TooMany) } else { Ok(()) }
    }

    /// When it ends that is made now.
    pub fn ends(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.days.map(|days| at + TimeDelta::days(days))
    }
}

/// Why a token is not made or revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefused {
    /// No such token or organisation, or none to be known of.
    Missing,
    /// A member, but not one who could do the runner's work.
    NotAllowed,
    /// The person has as many as one may.
    TooMany,
    /// The same key was sent before with other words.
    KeyReused,
}

impl Refusal for TokenRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::TooMany | Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

/// Who asks by a token, as of this request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The token.
    pub token: TokenId,
    /// In whose name.
    pub person: super::person::Person,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// Whose jobs a runner works on.
    pub organisation: Option<OrganisationId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::UserId;
    use crate::domain::membership::Role;

    fn typed<'f>(scopes: &[&'f str]) -> TokenTyped<'f> {
        TokenTyped { name: "Night import", scopes: scopes.to_vec(), days: "90", organisation: "7" }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = TokenContent::parse(&TokenTyped { days: "91", ..TokenTyped::default() }).unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "scope", "days"]);
        let wrong = TokenContent::parse(&TokenTyped { organisation: "", ..typed(&["RUNNER", "READ"]) }).unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["scope", "organisation"]);
    }

    #[test]
    fn a_runner_s_token_is_made_by_those_who_could_do_its_work() {
        let (runner, other) = (TokenContent::parse(&typed(&["RUNNER"])).unwrap(), TokenContent::parse(&typed(&["READ"])).unwrap());
        let member = |role| Member { user: UserId(1), organisation: OrganisationId(7), role };
        assert_eq!(runner.may_be_made(None, 0), Err(TokenRefused::Missing));
        assert_eq!(runner.may_be_made(Some(&member(Role::Viewer)), 0), Err(TokenRefused::NotAllowed));
        assert_eq!(runner.may_be_made(Some(&member(Role::Manager)), 0), Ok(()));
        assert_eq!(other.organisation, None, "no other token is an organisation's");
        assert_eq!(other.may_be_made(None, MOST_TOKENS), Err(TokenRefused::TooMany));
    }

    #[test]
    fn a_secret_is_known_by_how_it_begins() {
        let secret = TokenSecret::new(InvitationToken::new([7; 32]));
        assert_eq!(TokenSecret::parse(&secret.shown()), Some(secret.clone()));
        assert_eq!(secret.hint(), "0707");
        assert!(TokenSecret::parse("guildhall_07").is_none() && TokenSecret::parse(&"07".repeat(32)).is_none());
    }
}
