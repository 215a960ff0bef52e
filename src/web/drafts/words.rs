//! Drafts in words: what they are for, and what they hold.

use crate::db::drafts::Listed;
use crate::domain::draft::{Form, Standing, standing};
use crate::domain::message::About;

/// What each field is called; those that are not named here are not shown.
const LABELS: [(&str, &str); 16] = [
    ("message", "Message"),
    ("title", "Title"),
    ("description", "Description"),
    ("skills", "Skills"),
    ("kind", "Paid"),
    ("budget_min", "Budget from"),
    ("budget_max", "Budget up to"),
    ("currency", "Currency"),
    ("deadline", "Proposals close"),
    ("questions", "Questions"),
    ("amount", "Price"),
    ("days", "Working days"),
    ("start", "Start"),
    ("milestone_title", "Milestone"),
    ("milestone_amount", "Its amount"),
    ("answers", "Answer"),
];

/// What was typed, to be read and copied: labels and words, the long ones last.
pub fn readable<'f>(form: Form, fields: impl Iterator<Item = (&'f str, &'f str)>) -> Vec<(&'static str, String)> {
    let label = |name: &str| match name {
        "cover_letter" => Some("Cover letter"),
        name => LABELS.iter().find(|(field, _)| *field == name).map(|(_, label)| *label),
    };
    let kept = fields.filter(|(name, value)| form.keeps(name) && !value.trim().is_empty());
    kept.filter_map(|(name, value)| Some((label(name)?, value.to_owned()))).collect()
}

/// What a draft is for, as a heading.
pub fn heading(draft: &Listed) -> String {
    let title = draft.subject.as_ref().map(|subject| subject.title.as_str());
    match (draft.form, title) {
        (Form::NewProject(_), _) => "A new project".to_owned(),
        (Form::EditProject(_), Some(title)) => format!("Changes to {title}"),
        (Form::EditProject(_), None) => "Changes to a project".to_owned(),
        (Form::Proposal(_), Some(title)) => format!("Proposal for {title}"),
        (Form::Proposal(_), None) => "A proposal".to_owned(),
        (Form::Messages(_), Some(title)) => format!("Message about {title}"),
        (Form::Messages(_), None) => "A message".to_owned(),
    }
}

/// The number that people know it by; empty for a new project.
pub fn reference(form: Form) -> String {
    match form {
        Form::NewProject(_) => String::new(),
        Form::EditProject(id) | Form::Proposal(id) => id.reference(),
        Form::Messages(About::Proposal(id)) => id.reference(),
        Form::Messages(About::Contract(id)) => id.reference(),
    }
}

/// Why a draft cannot be sent any more; nothing where it can.
pub fn closed(draft: &Listed) -> Option<&'static str> {
    match (standing(draft.form, draft.subject.as_ref()), draft.form) {
        (Standing::Open, _) => None,
        (Standing::Gone, _) => Some("What it was for is not there any more, or you may not see it"),
        (Standing::Closed, Form::Proposal(_)) => Some("The project takes no proposals any more"),
        (Standing::Closed, Form::Messages(_)) => Some("No new messages from you are taken there"),
        (Standing::Closed, _) => Some("The project cannot be changed any more"),
    }
}
