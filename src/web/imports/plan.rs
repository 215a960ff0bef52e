//! What a file's rows would do, as things are now.

use std::collections::HashMap;

use crate::db::imports::{self, Import, Row};
use crate::db::{PgConnection, QueryResult};
use crate::domain::ids::ProjectId;
use crate::domain::import::Judged;
use crate::domain::project::Project;

/// What one row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Would {
    /// Make a draft.
    Create,
    /// Write other words over this project.
    Update(ProjectId),
    /// Nothing: this project says the same.
    Keep(ProjectId),
    /// Nothing: all this is wrong with it.
    Fail(Vec<String>),
}

/// A row and what it would do.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its place in the file.
    pub number: i32,
    /// Its name where it comes from.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What it would do.
    pub would: Would,
}

/// Every row that nobody has dealt with, in order.
pub fn read(conn: &mut PgConnection, import: &Import) -> QueryResult<Vec<Planned>> {
    let rows: Vec<Row> = imports::rows(conn, import.id)?.into_iter().filter(|row| row.outcome.is_none()).collect();
    let ids: Vec<ProjectId> = rows.iter().filter_map(|row| row.known).collect();
    let known: HashMap<ProjectId, Project> = imports::projects(conn, &ids)?.into_iter().map(|project| (project.id, project)).collect();
    Ok(rows.iter().map(|row| planned(row, import, &known)).collect())
}

fn planned(row: &Row, import: &Import, known: &HashMap<ProjectId, Project>) -> Planned {
    let fields = row.fields();
    let would = match (row.twin, fields.judge(&import.source)) {
        (Some(twin), _) => Would::Fail(vec![format!("external_ref: Row {twin} of this file has the same")]),
        (None, Err(wrong)) => Would::Fail(wrong),
        (None, Ok(Judged { content, .. })) => match row.known.and_then(|id| known.get(&id)) {
            None => Would::Create,
            Some(project) if content.changes(project) => Would::Update(project.id),
            Some(project) => Would::Keep(project.id),
        },
    };
    Planned { number: row.number, reference: fields.get("external_ref").to_owned(), title: fields.get("title").to_owned(), would }
}
