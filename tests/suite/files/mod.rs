//! Files that people add to proposals and messages: what is taken, who gets it, and what becomes of it.
mod crowd;
mod deliveries;
mod kept;
mod killed;
mod s3;
mod taking;
mod tidy;
mod who;

use diesel::prelude::*;
use guildhall::domain::file::judge;
use guildhall::domain::ids::{FileId, ProposalId, UserId};
use guildhall::operations::files::{Held, hold_file};
use guildhall::schema::files;
use guildhall::storage::Storage;

use crate::support::given::patient;
use crate::support::page::Page;

pub const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nA plan.";
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0";

/// A text that waits for its form, its bytes in no store.
pub fn waiting(conn: &mut PgConnection, owner: UserId, name: &str) -> FileId {
    let held = Held { place: Storage::new_place(), file: judge(name, b"words").expect("a sound file"), size: 5 };
    hold_file(&mut patient(conn), owner, &held).expect("it is kept")
}

/// How many there are, and how many of them are on something.
pub fn counted(conn: &mut PgConnection) -> (i64, i64) {
    let on =
        files::table.filter(files::proposal_id.is_not_null().or(files::message_id.is_not_null()).or(files::submission_id.is_not_null()));
    (files::table.count().get_result(conn).unwrap(), on.count().get_result(conn).unwrap())
}

/// Addresses of the files that a page lists.
pub fn links(page: &Page) -> Vec<String> {
    page.each("ul.files a", |link| link.attr("href").unwrap().to_owned())
}

/// A file on a proposal whose name and words tell of it, with its bytes in a store.
pub fn on_proposal(conn: &mut PgConnection, storage: &Storage, owner: UserId, proposal: ProposalId) -> FileId {
    let bytes = b"A quorzle.";
    let held = Held { place: Storage::new_place(), file: judge("quorzle.txt", bytes).expect("a sound file"), size: 10 };
    actix_web::rt::System::new().block_on(storage.put(&held.place, bytes.to_vec())).expect("the bytes");
    let id = hold_file(&mut patient(conn), owner, &held).expect("it is kept");
    diesel::update(files::table.find(id.0)).set(files::proposal_id.eq(proposal.0)).execute(conn).expect("it is sent");
    id
}
