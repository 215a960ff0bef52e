//! People: their account, what its form edits, and who they are while they are signed in.

mod account;
mod close;
mod device;
mod factor;
mod link;
mod signed_in;
mod suspend;
mod time_zone;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub use account::{AccountContent, AccountRefused, AccountTyped, PasswordRefused};
pub use close::CloseRefused;
pub use device::{Device, SignInOutcome};
pub use factor::{
    AppCode, CODE_WITHIN, Code, FactorRefused, FactorSecret, HalfSignIn, RECOVERY_CODES, RecoveryCode, SecondFactor, Step, Vault,
};
pub use link::{AccountLink, LINKS_AN_HOUR, LinkPurpose, LinkRefused, LinkSecret};
pub use signed_in::{Proved, SignIn, SignedInBy, TooManyAttempts};
pub use suspend::{AppealRefused, KeepRefused};
pub use time_zone::TimeZoneName;

use super::chain::{Chain, words_hash};
use super::event::Root;
use super::ids::{TicketId, UserId};
use super::text_enum::text_enum;

text_enum! {
    /// Light, dark, or as the person's system says.
    Theme {
        /// As the system says.
        Auto = "AUTO",
        /// Always light.
        Light = "LIGHT",
        /// Always dark.
        Dark = "DARK",
    }
}

impl Theme {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Auto => "As your device says",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// An account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::users, check_for_backend(diesel::pg::Pg))]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// As typed at sign-up.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    /// Whether this person keeps the house.
    pub is_admin: bool,
    /// IANA name.
    pub time_zone: String,
    /// Colours.
    pub theme: Theme,
    /// Of what the account form edits.
    pub version: i32,
    /// Which sign-ins hold.
    pub session_epoch: i32,
    /// Events in this person's stream.
    pub event_count: i64,
    /// The last one's hash.
    pub chain_head: Vec<u8>,
    /// Of the hashes of texts in that stream.
    pub salt: Vec<u8>,
    /// When the account began.
    pub created_at: DateTime<Utc>,
    /// When its address was confirmed.
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// When the person left.
    pub closed_at: Option<DateTime<Utc>>,
    /// Since when the house keeps the person out.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Why, in an admin's words.
    pub suspended_for: Option<String>,
    /// The ticket by which the person asks the house to think again.
    pub appeal_id: Option<TicketId>,
}

impl User {
    /// Where this person's stream stands.
    pub fn chain(&self) -> Chain {
        Chain { root: Root::Person(self.id), count: self.event_count, head: self.chain_head.clone() }
    }

    /// The salted hash of some of this person's words, for their events.
    pub fn words_hash(&self, texts: &[&str]) -> String {
        words_hash(&self.salt, texts)
    }
}
