//! What a project said when a proposal's form was opened, and what it says otherwise now.

use jiff::tz::TimeZone;

use crate::domain::chain::words_hash;
use crate::domain::project::Project;
use crate::web::projects::words;
use crate::web::shown;

/// What a proposal answers, in the words that the form showed it in; all empty where a form did not carry them.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    pub(super) budget: String,
    pub(super) deadline: String,
    pub(super) skills: String,
    /// A hash: the text itself would be carried through every page.
    pub(super) description: String,
    pub(super) questions: Vec<String>,
}

/// One thing that changed about a project.
pub struct Change {
    pub label: &'static str,
    /// Empty where the form did not carry it.
    pub before: String,
    pub now: String,
}

impl Terms {
    pub(super) fn of(project: &Project, zone: &TimeZone) -> Self {
        Self {
            budget: words::budget(project.kind, project.from(), project.to()),
            deadline: shown::time(zone, project.deadline).words,
            skills: project.skills.join(", "),
            description: words_hash(&project.salt, &[&project.description]),
            questions: project.questions.clone(),
        }
    }

    /// What the project says otherwise than when the form was opened.
    pub(super) fn changes(&self, project: &Project, zone: &TimeZone) -> Vec<Change> {
        let (seen, now) = (self, Self::of(project, zone));
        let mut changes = Vec::new();
        let mut add = |label, before: &str, now: String| {
            if before != now {
                changes.push(Change { label, before: before.to_owned(), now });
            }
        };
        add("Budget", &seen.budget, now.budget);
        add("Proposals close", &seen.deadline, now.deadline);
        add("Skills", &seen.skills, now.skills);
        add("Questions", &seen.questions.join(" · "), now.questions.join(" · "));
        if !seen.description.is_empty() && seen.description != now.description {
            changes.push(Change {
                label: "Description",
                before: String::new(),
                now: "It was written anew: read it on the project's page.".to_owned(),
            });
        }
        changes
    }
}
