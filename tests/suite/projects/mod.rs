//! Pages of projects.
mod browse;
mod crowd;
mod draft_project;
mod edit_project;
mod invitations;
mod invited_only;
mod killed;
mod publish_and_cancel;
mod who_sees;

use crate::support::page::Page;

/// What a person types into the form of a new project, in UTC.
const WORDS: [(&str, &str); 9] = [
    ("title", "Warehouse stock screens"),
    ("description", "Screens for **goods in** and labels."),
    ("skills", "Rust, web"),
    ("kind", "FIXED"),
    ("budget_min", "6000"),
    ("budget_max", "9 000,50"),
    ("currency", "EUR"),
    ("deadline", "2199-12-01T17:00"),
    ("questions", "Have you built one before?\r\nWhen can you start?"),
];

/// The same with one of them changed.
fn words_but<'w>(changes: &[(&'w str, &'w str)]) -> Vec<(&'w str, &'w str)> {
    WORDS.iter().map(|(name, value)| *changes.iter().find(|(changed, _)| changed == name).unwrap_or(&(*name, *value))).collect()
}

/// What stands in the fields of the page's form, by name.
fn field(page: &Page, name: &str) -> String {
    let input = page.attribute(&format!("input[name='{name}']:not([type=radio]), input[name='{name}'][checked]"), "value");
    let chosen = page.attribute(&format!("select[name='{name}'] option[selected]"), "value");
    input.or(chosen).unwrap_or_else(|| page.texts(&format!("textarea[name='{name}']")).join(" "))
}
