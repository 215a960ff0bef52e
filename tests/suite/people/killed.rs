//! Killed after each of its statements, what people do to their own accounts leaves nothing behind.
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;
use guildhall::domain::freelancer::{ProfileContent, ProfileTyped};
use guildhall::domain::ids::TokenId;
use guildhall::domain::organisation::InvitationToken;
use guildhall::domain::token::{Scope, TokenContent, TokenSecret, TokenTyped};
use guildhall::domain::user::{AccountContent, Theme, TimeZoneName};
use guildhall::domain::words::{Email, OrganisationName, PersonName};
use guildhall::operations::freelancers::save_profile;
use guildhall::operations::people::{Purpose, SignUp, change_account, change_password, sign_out_everywhere, sign_up};
use guildhall::operations::tokens::{make_token, revoke_token};
use guildhall::schema::{api_tokens, freelancers, users};

use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

/// A number that was never drawn before: so that each run changes something.
fn fresh() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[test]
fn a_killed_sign_up_leaves_nothing_behind() {
    kill_everywhere("sign_up", |conn, _| {
        let new = SignUp {
            email: Email::parse(&format!("vera.{}@example.org", fresh())).expect("an address"),
            name: PersonName::parse("Vera Lund").expect("a name"),
            password_hash: "a hash".to_owned(),
            time_zone: TimeZoneName::parse("Europe/Oslo").expect("a zone"),
            purpose: Purpose::Client(OrganisationName::parse("Harbour Foods").expect("a name")),
        };
        outcome(sign_up(&mut patient(conn), &new))
    });
}

#[test]
fn a_killed_change_of_an_account_leaves_nothing_behind() {
    kill_everywhere("change_account", |conn, on| {
        let content = AccountContent {
            name: PersonName::parse(&format!("Nadia Osei {}", fresh())).expect("a name"),
            time_zone: TimeZoneName::parse("Europe/Oslo").expect("a zone"),
            theme: Theme::parse("DARK").expect("a theme"),
        };
        outcome(change_account(&mut patient(conn), on.organisation.owner.id, None, &content))
    });
}

#[test]
fn a_killed_change_of_a_password_leaves_nothing_behind() {
    kill_everywhere("change_password", |conn, on| {
        let owner = on.organisation.owner.id;
        let proved: String = users::table.find(owner.0).select(users::password_hash).first(conn)?;
        outcome(change_password(&mut patient(conn), owner, &proved, &format!("hash {}", fresh())))
    });
}

#[test]
fn a_killed_signing_out_everywhere_leaves_nothing_behind() {
    kill_everywhere("sign_out_everywhere", |conn, on| outcome(sign_out_everywhere(&mut patient(conn), on.organisation.owner.id)));
}

#[test]
fn a_killed_profile_leaves_nothing_behind() {
    kill_everywhere("save_profile", |conn, on| {
        let by = on.freelancers[0].id;
        let version: i32 = freelancers::table.find(by.0).select(freelancers::version).first(conn)?;
        let headline = format!("Warehouse systems {}", fresh());
        let typed = ProfileTyped { headline: &headline, currency: "EUR", ..ProfileTyped::default() };
        outcome(save_profile(&mut patient(conn), by, Some(version), &ProfileContent::parse(&typed).expect("a profile")))
    });
}

#[test]
fn a_killed_token_leaves_nothing_behind() {
    kill_everywhere("make_token", |conn, on| {
        let typed = TokenTyped { name: "Import", scopes: vec!["READ"], days: "30", organisation: "" };
        let secret = TokenSecret::new(InvitationToken::new(rand::random()));
        outcome(make_token(&mut patient(conn), on.organisation.owner.id, &TokenContent::parse(&typed).expect("a token"), &secret, None))
    });
}

#[test]
fn a_killed_revoking_of_a_token_leaves_nothing_behind() {
    let made = |conn: &mut PgConnection, on: &OpenProject| {
        let held: i64 = api_tokens::table.filter(api_tokens::revoked_at.is_null()).count().get_result(conn).expect("a count");
        if held == 0 {
            given::token(conn, &on.organisation.owner, &[Scope::Read], None);
        }
    };
    kill_everywhere_after(made, "revoke_token", |conn, on| {
        let newest = api_tokens::table.filter(api_tokens::revoked_at.is_null()).order(api_tokens::id.desc()).select(api_tokens::id);
        let newest = TokenId(newest.first(conn)?);
        outcome(revoke_token(&mut patient(conn), on.organisation.owner.id, newest))
    });
}
