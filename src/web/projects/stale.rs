//! Two people edited one project: both versions side by side, nothing lost, the second one chooses.

use actix_web::http::StatusCode;
use askama::Template;

use super::typed::{FIELDS, Typed};
use super::words;
use crate::db::Database;
use crate::db::projects::{self, Did};
use crate::domain::event::EventKind;
use crate::domain::money::Currency;
use crate::domain::project::Project;
use crate::web::form::new_key;
use crate::web::merge::{Fate, Field, Marks, merge};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "projects/stale.html")]
struct Page {
    shell: Shell,
    project: Project,
    theirs: Typed,
    yours: Typed,
    fields: Vec<Field>,
    did: Option<Did>,
    /// What was typed is a draft now: saving the choice lets it go.
    draft: String,
}

/// Shows what stands now beside what was typed, with a form that saves the choice over the new version.
pub async fn page(database: &Database, shell: Shell, project: Project, yours: Typed, base: &Marks) -> Answer {
    let id = project.id;
    let did = database.run(move |conn| Ok(projects::last(conn, id, EventKind::ProjectEdited)?)).await?;
    let theirs = Typed::of(&project, &shell.clock);
    let fields = merge(&FIELDS, base, |name| theirs.get(name), |name| yours.get(name));
    respond::page_with(StatusCode::CONFLICT, &Page { shell, project, theirs, yours, fields, did, draft: new_key() })
}

impl Page {
    /// Who saved first, as a sentence begins with them.
    fn who(&self) -> &str {
        let did = self.did.as_ref();
        let you = self.shell.person.as_ref().map(|person| person.id);
        match did.and_then(|did| did.name.as_deref()) {
            Some(_) if did.and_then(|did| did.by) == you => "You",
            Some(name) => name,
            None => "Somebody",
        }
    }

    fn when(&self) -> Option<Moment> {
        self.did.as_ref().map(|did| shown::exact(&self.shell.clock, did.at))
    }

    fn of(&self, fate: &Fate) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.fate == *fate).collect()
    }

    fn conflicts(&self) -> Vec<&Field> {
        self.of(&Fate::Conflict)
    }

    fn changed_by_them(&self) -> Vec<&Field> {
        self.of(&Fate::Theirs)
    }

    fn changed_by_you(&self) -> Vec<&Field> {
        self.of(&Fate::Yours)
    }

    /// The fields that need no choice, with the value that is saved.
    fn settled(&self) -> Vec<(&'static str, &str)> {
        let settled = self.fields.iter().filter(|field| field.fate != Fate::Conflict);
        settled.map(|field| (field.name, if field.fate == Fate::Yours { &self.yours } else { &self.theirs }.get(field.name))).collect()
    }

    fn is_long(&self, field: &Field) -> bool {
        matches!(field.name, "description" | "questions")
    }

    fn kind_of(&self, field: &Field) -> &'static str {
        if field.name == "deadline" { "datetime-local" } else { "text" }
    }

    /// What can be chosen in fields that are lists.
    fn options(&self, field: &Field) -> Vec<(&'static str, &'static str)> {
        match field.name {
            "kind" => vec![("FIXED", "Fixed price"), ("HOURLY", "By the hour")],
            "currency" => Currency::all().map(|currency| (currency.code(), currency.code())).collect(),
            "sealed" => vec![("no", words::sealed(false)), ("yes", words::sealed(true))],
            _ => Vec::new(),
        }
    }
}
