//! A file that was brought: what it would do, how far it has come, what became of it.

use askama::Template;

use super::plan::{self, Planned, Would};
use crate::db::imports::{self, Import, Row};
use crate::db::{Database, projects};
use crate::domain::ids::{ImportId, ProjectId};
use crate::domain::import::{COLUMNS, Outcome};
use crate::exports::{Cell, Format, Writer};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::exports::attached;
use crate::web::projects::managed;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// So many rows are shown; the file of those that are wrong has all of them.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "imports/show.html")]
struct Page {
    shell: Shell,
    import: Import,
    /// What its rows would do.
    planned: Vec<Planned>,
    /// What failed, with each row's name and title.
    failed: Vec<(i32, String, String, Vec<String>)>,
}

/// Shows it to who writes projects for the organisation; to others it is not there.
pub async fn page(by: SignedIn, id: Id<ImportId>, database: Database) -> Answer {
    let (import, planned, failed) = read(&by, id.0, &database).await?;
    let named = |row: &Row| {
        let fields = row.fields();
        (row.number, fields.get("external_ref").to_owned(), fields.get("title").to_owned(), row.wrong.clone())
    };
    let failed = failed.iter().take(SHOWN).map(named).collect();
    respond::page(&Page { shell: by.shell(), import, planned, failed })
}

/// The rows that are wrong as a file, each with what is wrong, to be corrected and brought again.
pub async fn wrong(by: SignedIn, id: Id<ImportId>, database: Database) -> Answer {
    let (import, planned, failed) = read(&by, id.0, &database).await?;
    let kept = database.run(move |conn| Ok(imports::rows(conn, id.0)?)).await?;
    let mut rows = Vec::new();
    for row in kept {
        let said = failed.iter().find(|failed| failed.number == row.number).map(|failed| failed.wrong.clone());
        let would = planned.iter().find(|planned| planned.number == row.number).map(|planned| &planned.would);
        let wrong = match (said, would) {
            (Some(wrong), _) => wrong,
            (None, Some(Would::Fail(wrong))) => wrong.clone(),
            _ => continue,
        };
        let mut cells: Vec<Cell> = row.fields().0.into_iter().map(Cell::Text).collect();
        cells.push(Cell::Lines(wrong));
        rows.push(cells);
    }
    let heads = COLUMNS.iter().copied().chain(["wrong"]).map(str::to_owned).collect();
    let mut writer = Writer::new(Format::Csv, heads);
    let mut write = || Ok::<_, String>([writer.rows(&rows)?, writer.end()?].concat());
    attached(&format!("{}-wrong", import.id.reference()), Format::Csv, write().map_err(PageError::Broken)?)
}

type Read = (Import, Vec<Planned>, Vec<Row>);

async fn read(by: &SignedIn, id: ImportId, database: &Database) -> Result<Read, PageError> {
    let reader = by.id();
    let found = database.run(move |conn| {
        let Some(import) = imports::find(conn, id)? else { return Ok(None) };
        let Some(member) = projects::membership(conn, import.organisation_id, reader)? else { return Ok(None) };
        let planned = if import.finished_at.is_none() { plan::read(conn, &import)? } else { Vec::new() };
        let failed: Vec<Row> = if import.runs == 0 {
            Vec::new()
        } else {
            imports::rows(conn, id)?.into_iter().filter(|row| row.outcome == Some(Outcome::Failed)).collect()
        };
        Ok(Some((member, (import, planned, failed))))
    });
    let (member, read) = found.await?.ok_or(PageError::NotFound)?;
    if member.role.manages_projects() { Ok(read) } else { Err(managed::not_allowed()) }
}

impl Page {
    fn count(&self, is_so: impl Fn(&Would) -> bool) -> usize {
        self.planned.iter().filter(|row| is_so(&row.would)).count()
    }

    fn to_create(&self) -> usize {
        self.count(|would| *would == Would::Create)
    }

    fn to_update(&self) -> usize {
        self.count(|would| matches!(would, Would::Update(_)))
    }

    fn to_keep(&self) -> usize {
        self.count(|would| matches!(would, Would::Keep(_)))
    }

    fn to_fail(&self) -> usize {
        self.count(|would| matches!(would, Would::Fail(_)))
    }

    /// Rows that are wrong, as many as are shown.
    fn wrong(&self) -> Vec<(&Planned, &Vec<String>)> {
        let wrong = self.planned.iter().filter_map(|row| if let Would::Fail(wrong) = &row.would { Some((row, wrong)) } else { None });
        wrong.take(SHOWN).collect()
    }

    /// Rows that would do something, as many as are shown: with the project that they would change.
    fn doing(&self) -> Vec<(&Planned, Option<ProjectId>)> {
        let doing = self.planned.iter().filter_map(|row| match row.would {
            Would::Create => Some((row, None)),
            Would::Update(id) => Some((row, Some(id))),
            _ => None,
        });
        doing.take(SHOWN).collect()
    }

    fn brought(&self) -> Moment {
        shown::time(&self.shell.clock, self.import.brought_at)
    }

    fn progress(&self) -> i64 {
        self.import.done * 100 / i64::from(self.import.row_count.max(1))
    }

    /// Whether somebody stopped it, or it failed, before its end.
    fn is_broken_off(&self) -> bool {
        self.import.runs > 0 && self.import.finished_at.is_none() && !self.import.is_running()
    }

    /// `12 projects`.
    fn projects(&self, count: usize) -> String {
        if count == 1 { "1 project".to_owned() } else { format!("{count} projects") }
    }
}
