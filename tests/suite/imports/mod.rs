//! Projects that are brought as a file: looked through first, put row by row, twice, at once, stopped and gone on with.
mod bringing;
mod killed;
mod putting;

use diesel::prelude::*;
use guildhall::db::imports::{Brought, write_brought};
use guildhall::db::{Failure, transaction};
use guildhall::domain::ids::ImportId;
use guildhall::domain::import::Sheet;
use guildhall::schema::imports;

use crate::support::crew::work;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};

/// A file's head.
pub const HEAD: &str = "external_ref,title,description,kind,budget_min,budget_max,currency,deadline";

/// A file of so many sound rows.
pub fn sheet(rows: usize) -> String {
    let deadline = given::in_days(60).format("%Y-%m-%dT12:00:00Z");
    let row = |number| format!("A-{number},Till {number},For the harbour.,FIXED,1000,2000,EUR,{deadline}\n");
    format!("{HEAD}\n{}", (1..=rows).map(row).collect::<String>())
}

/// Brings a file without its page.
pub fn brought(conn: &mut PgConnection, on: &OpenProject, file: &str) -> ImportId {
    let rows = Sheet::read(file.as_bytes()).expect("a sound file").rows;
    let what =
        Brought { organisation: on.organisation.id, by: on.organisation.manager.id, source: "ERP", name: "projects.csv", rows: &rows };
    transaction(&mut patient(conn), |tx| Ok::<_, Failure<()>>(write_brought(tx, &what)?)).expect("an import")
}

/// Lets three processes work until every import is finished.
pub fn finished(database: &TestDatabase) {
    let done = |conn: &mut PgConnection| imports::table.filter(imports::finished_at.is_null()).count().get_result(conn) == Ok(0_i64);
    work(database, 3, guildhall::worker::Rules::default(), "the imports are finished", done);
}

/// What became of an import's rows: created, updated, unchanged, failed.
pub fn counts(conn: &mut PgConnection, id: ImportId) -> [Option<i32>; 4] {
    let row = imports::table.find(id.0).select((imports::created, imports::updated, imports::unchanged, imports::failed)).first(conn);
    let (created, updated, unchanged, failed) = row.expect("the import");
    [created, updated, unchanged, failed]
}
