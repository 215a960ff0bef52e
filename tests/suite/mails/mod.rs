//! Letters: once for each event and person, however often somebody dies on the way.
mod admin;
mod digest;
mod killed;
mod letters;
mod once;
mod stop;
mod trouble;

use actix_web::cookie::Key;
use diesel::prelude::*;
use guildhall::db::{Database, Fault};
use guildhall::mail::{Carrier, Post};
use guildhall::operations::mails::answer_link_request;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::mails;
use guildhall::web::letters::{Letter, Letterhead, compose};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::smtp::Smtp;

/// Where the tests' site is said to be.
pub const SITE: &str = "https://work.example.org";

/// Somebody who carries letters to this server.
pub fn carrier(database: &TestDatabase, smtp: &Smtp) -> Carrier {
    carrier_by(database, Post::server(&smtp.url()).expect("a server"))
}

/// The same by any way.
pub fn carrier_by(database: &TestDatabase, post: Post) -> Carrier {
    let head = letterhead();
    let from = "Guildhall <guildhall@work.example.org>".parse().expect("an address");
    Carrier::new(Database::new(database.url(), 4), head, from, post)
}

/// One round of a carrier's.
pub fn round(carrier: &Carrier) -> Result<usize, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(carrier.round())
}

/// A project that was awarded to the first of so many who offered.
pub fn awarded(proposals: usize) -> (TestDatabase, OpenProject) {
    let (database, on) = given::database_with_open_project(proposals);
    let manager = on.organisation.manager.id;
    accept_proposal(&mut patient(&mut database.connect()), manager, on.proposals[0], FIRST_SEEN).expect("an award");
    (database, on)
}

/// The letters' states with how often each was tried, and how often after one of which nobody knows how it ended.
pub fn states(database: &TestDatabase) -> Vec<(String, i32, i32)> {
    mails::table
        .order(mails::id)
        .select((mails::state, mails::attempts, mails::sent_again))
        .load(&mut database.connect())
        .expect("the letters")
}

/// Lets the time pass until every letter may be taken (again).
pub fn wait_for_all(database: &TestDatabase) {
    diesel::update(mails::table).set(mails::due_at.eq(diesel::dsl::now)).execute(&mut database.connect()).expect("due letters");
}

/// The letterhead of the tests' site.
pub fn letterhead() -> Letterhead {
    Letterhead::new(SITE, &Key::from(&[7; 64]))
}

/// All letters as they read now, the oldest first.
pub fn composed(database: &TestDatabase) -> Vec<Letter> {
    let mut conn = database.connect();
    let (mails, _) = guildhall::db::mails::list(&mut conn, None, None, guildhall::db::Portion::Page).expect("the letters");
    mails.iter().rev().filter_map(|(mail, _)| compose(&mut conn, &letterhead(), &mail.as_claimed()).expect("a letter")).collect()
}

/// Sends all links that were asked for, and answers those that work: to whom, and the link's path.
pub fn links(database: &TestDatabase) -> Vec<(String, String)> {
    let mut conn = database.connect();
    while answer_link_request(&mut patient(&mut conn), letterhead().secret(), "a.example.org").expect("an answer") {}
    let path = |letter: &Letter| {
        let line = letter.text.lines().find(|line| line.starts_with(SITE) && (line.contains("/reset/") || line.contains("/email/")));
        line.map(|line| (letter.address.clone(), line[SITE.len()..].to_owned()))
    };
    composed(database).iter().filter_map(path).collect()
}
