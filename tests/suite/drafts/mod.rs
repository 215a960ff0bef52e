//! Drafts of long forms: saved as people type and after every refusal, listed, resumed, discarded.
mod listing;
mod outage;
mod private;
mod races;
mod refused;
mod resuming;
mod saving;
mod sending;
mod signed_out;

use diesel::prelude::*;
use guildhall::domain::draft::{DraftFields, Form, Saved, Stamp};
use guildhall::domain::ids::UserId;
use guildhall::operations::drafts::save_draft;
use guildhall::schema::drafts;

use crate::support::given::patient;

/// What is kept in all drafts together: state and fields, as they stand in the database.
pub fn stored(conn: &mut PgConnection) -> Vec<(String, String)> {
    let rows: Vec<(String, serde_json::Value)> =
        drafts::table.order(drafts::id).select((drafts::state, drafts::fields)).load(conn).expect("the drafts");
    rows.into_iter().map(|(state, fields)| (state, fields.to_string())).collect()
}

/// A form with one field filled in.
pub fn holding(form: Form, field: &str, words: &str) -> DraftFields {
    DraftFields::gather(form, [(field, words)].into_iter()).expect("a draft")
}

/// Saves one, as the page that has this name sends it.
pub fn save(conn: &mut PgConnection, by: UserId, form: Form, words: &str, stamp: &Stamp) -> Option<Saved> {
    let field = if matches!(form, Form::Proposal(_)) { "cover_letter" } else { "message" };
    save_draft(&mut patient(conn), by, form, &holding(form, field, words), stamp).expect("a draft that is taken")
}

/// How a page says when something was typed in it.
pub fn typed(page: &str, millisecond: i64) -> Stamp {
    Stamp::parse(page, &millisecond.to_string())
}
