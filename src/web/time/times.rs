//! Times that were typed, and what to say where the clocks changed.

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::domain::field_errors::FieldErrors;
use crate::domain::work::{TimeWrong, read_time};
use crate::web::form::Fields;
use crate::web::shown;

/// A time that was typed; and where it was twice, the two to choose from.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// As it was typed.
    pub text: String,
    /// Value and words of each; empty where there is nothing to choose.
    pub choices: Vec<(String, String)>,
}

/// Reads a field; what is wrong with it goes to the errors.
pub fn take(errors: &mut FieldErrors, sent: &Fields, name: &'static str, zone: &TimeZone) -> (Option<DateTime<Utc>>, Typed) {
    let text = sent.get(name).trim().to_owned();
    match read_time(zone, &text) {
        Ok(at) => (Some(at), Typed { text, choices: Vec::new() }),
        Err(wrong) => {
            errors.add(name, words(wrong, zone, &text));
            let choices = match wrong {
                TimeWrong::Twice { first, second } => {
                    [first, second].map(|at| (at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), shown::time(zone, at).words)).to_vec()
                }
                _ => Vec::new(),
            };
            (None, Typed { text, choices })
        }
    }
}

/// What is wrong with a time, as a sentence.
pub fn words(wrong: TimeWrong, zone: &TimeZone, text: &str) -> String {
    match wrong {
        TimeWrong::Unreadable if text.is_empty() => "Enter a day and a time".to_owned(),
        TimeWrong::Unreadable => "Enter a day and a time, like 2026-11-16 09:00".to_owned(),
        TimeWrong::Skipped { at } => {
            format!("The clocks went forward over this time: after it came {}. Enter a time from then on", shown::time(zone, at).words)
        }
        TimeWrong::Twice { first, second } => format!(
            "The clocks went back, so this time came twice: at {} and at {}. Choose which one you mean",
            shown::hour(zone, first).words,
            shown::hour(zone, second).words
        ),
    }
}
