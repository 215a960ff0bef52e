//! What every letter of a house has in common: the site's address, and the secret that its links are made with.

use actix_web::cookie::Key;

use crate::domain::ids::UserId;
use crate::domain::mail::MailKind;
use crate::domain::user::{AccountLink, LinkPurpose, LinkSecret};

/// A house's letterhead.
#[derive(Clone)]
pub struct Letterhead {
    base: String,
    secret: LinkSecret,
}

impl Letterhead {
    /// For a site at this address, as `https://work.example.org`, with this secret.
    pub fn new(base: &str, secret: &Key) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), secret: LinkSecret::new(secret.signing()) }
    }

    /// The full address of a page.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The host's name, with which the letters' ids end.
    pub fn domain(&self) -> &str {
        let host = self.base.split_once("://").map_or(self.base.as_str(), |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        if host.is_empty() || host.starts_with('[') { "localhost" } else { host }
    }

    /// The address by which a person gets no more letters of a kind: whoever has it may do that, and nothing else.
    pub(super) fn stop_address(&self, user: UserId, kind: MailKind) -> String {
        self.address(&format!("/unsubscribe/{user}/{kind}/{}", self.stop_sign(user, kind)))
    }

    /// What makes that address one of ours.
    pub(super) fn stop_sign(&self, user: UserId, kind: MailKind) -> String {
        self.secret.sign(&["unsubscribe", &user.to_string(), kind.as_str()])
    }

    /// The secret that links are made from.
    pub fn secret(&self) -> &LinkSecret {
        &self.secret
    }

    /// The address of a link, which stands nowhere but in its letter.
    pub(super) fn link_address(&self, link: &AccountLink) -> String {
        let token = self.secret.token(link.purpose, &link.nonce);
        let page = if link.purpose == LinkPurpose::ResetPassword { "reset" } else { "email" };
        self.address(&format!("/{page}/{}", token.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_end_with_the_host_alone() {
        for (base, domain) in [("https://work.example.org/", "work.example.org"), ("http://127.0.0.1:8080", "127.0.0.1"), ("", "localhost")]
        {
            assert_eq!(Letterhead::new(base, &Key::from(&[7; 64])).domain(), domain);
        }
    }

    #[test]
    fn a_sign_holds_for_one_person_and_kind() {
        let (head, other) = (Letterhead::new("http://a", &Key::from(&[7; 64])), Letterhead::new("http://a", &Key::from(&[8; 64])));
        let sign = head.stop_sign(UserId(1), MailKind::Invited);
        assert_eq!(sign, head.stop_sign(UserId(1), MailKind::Invited));
        assert_ne!(sign, head.stop_sign(UserId(2), MailKind::Invited));
        assert_ne!(sign, head.stop_sign(UserId(1), MailKind::Awarded));
        assert_ne!(sign, other.stop_sign(UserId(1), MailKind::Invited));
    }
}
