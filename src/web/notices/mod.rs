//! What people are told: the list by day, marking, and what they want to be told.

mod contracts;
pub mod list;
pub mod read;
pub mod read_all;
pub mod settings;
pub mod unread;
pub mod words;

use super::form::Fields;
use crate::domain::ids::NoticeId;

/// The address of the list's page that a form stood on.
fn back(fields: &Fields) -> String {
    match fields.get("after").parse::<NoticeId>() {
        Ok(after) => format!("/notices?after={after}"),
        Err(_) => "/notices".to_owned(),
    }
}
