//! Killed after each of its statements, what a link does leaves nothing behind, and its asking is answered once.
use std::convert::Infallible;

use diesel::prelude::*;
use guildhall::db::{links, transaction, users};
use guildhall::domain::organisation::InvitationToken;
use guildhall::domain::user::{LinkPurpose, LinkSecret};
use guildhall::domain::words::Email;
use guildhall::operations::mails::answer_link_request;
use guildhall::operations::people::{ask_reset, confirm_email, reset_password, revert_email};
use guildhall::schema::{account_links, link_requests};

use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};

/// What the owner's link of this purpose holds, another one for each run.
fn token(on: &OpenProject, purpose: LinkPurpose) -> InvitationToken {
    InvitationToken::derived(b"a test", &[purpose.as_str(), &on.id.to_string()])
}

/// A link of each purpose that works.
fn links_of_all(conn: &mut PgConnection, on: &OpenProject) {
    diesel::delete(account_links::table).execute(conn).expect("no links of other runs");
    let made = transaction::<_, Infallible>(&mut patient(conn), |tx| {
        let user = users::lock(tx, on.organisation.owner.id)?.expect("the account");
        for purpose in LinkPurpose::ALL {
            let email = format!("nadia.{}.{}@example.org", purpose.as_str().to_lowercase(), on.id);
            links::write_made(tx, &user, *purpose, "a nonce", &token(on, *purpose), &email)?;
        }
        Ok(())
    });
    made.expect("links");
}

#[test]
fn a_killed_reset_leaves_nothing_behind() {
    kill_everywhere_after(links_of_all, "reset_password", |conn, on| {
        outcome(reset_password(&mut patient(conn), &token(on, LinkPurpose::ResetPassword), &format!("hash {}", on.id)))
    });
}

#[test]
fn a_killed_change_of_address_leaves_nothing_behind() {
    kill_everywhere_after(links_of_all, "confirm_email", |conn, on| {
        outcome(confirm_email(&mut patient(conn), &token(on, LinkPurpose::ChangeEmail)))
    });
}

#[test]
fn a_killed_taking_back_leaves_nothing_behind() {
    kill_everywhere_after(links_of_all, "revert_email", |conn, on| {
        outcome(revert_email(&mut patient(conn), &token(on, LinkPurpose::RevertEmail)))
    });
}

#[test]
fn a_killed_answer_is_given_later() {
    let ask = |conn: &mut PgConnection, on: &OpenProject| {
        diesel::delete(link_requests::table).execute(conn).expect("no requests of other runs");
        let email = Email::parse(&on.organisation.owner.email).expect("an address");
        ask_reset(&mut patient(conn), &email, "192.0.2.7", None).expect("a request");
    };
    kill_everywhere_after(ask, "answer_link_request", |conn, _| {
        outcome(answer_link_request(&mut patient(conn), &LinkSecret::new(b"a secret"), "a.example.org"))
    });
}
