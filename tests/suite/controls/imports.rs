//! A twin of the putting of a row: the project in one transaction, what became of the row in the next. A worker that dies in
//! between makes the import lose count.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::db::imports;
use guildhall::domain::ids::ImportId;
use guildhall::operations::projects::put_project;
use guildhall::schema::{import_rows, project_references};

use super::lab::scene;
use crate::imports::{brought, counts, finished, sheet};
use crate::support::given::{OpenProject, patient};

/// Puts the first row that nobody has dealt with; a worker that dies does no more than that.
fn naive_row(conn: &mut PgConnection, on: &OpenProject, id: ImportId, dies: bool) {
    let Some(row) = imports::waiting(conn, id, 1).expect("the rows").pop() else { return };
    let judged = row.fields().judge("ERP").expect("a sound row");
    let (client, by) = (on.organisation.id, on.organisation.manager.id);
    let put = put_project(&mut patient(conn), by, client, &judged.reference, &judged.content, None).expect("a project");
    if dies {
        return;
    }
    let outcome = if put.new { "CREATED" } else { "UNCHANGED" };
    diesel::sql_query("UPDATE import_rows SET outcome = $3, project_id = $4 WHERE import_id = $1 AND number = $2")
        .bind::<BigInt, _>(id)
        .bind::<diesel::sql_types::Integer, _>(row.number)
        .bind::<Text, _>(outcome)
        .bind::<BigInt, _>(put.project)
        .execute(conn)
        .expect("an outcome");
}

#[test]
fn putting_and_counting_apart_loses_count() {
    let (database, on) = scene(false);
    let mut conn = database.connect();
    let id = brought(&mut conn, &on, &sheet(1));
    for dies in [true, false] {
        naive_row(&mut conn, &on, id, dies);
    }
    let made: i64 = project_references::table.count().get_result(&mut conn).unwrap();
    let created: i64 = import_rows::table.filter(import_rows::outcome.eq("CREATED")).count().get_result(&mut conn).unwrap();
    assert_eq!((made, created), (1, 0), "it made one and says that it made none");
}

#[test]
fn where_the_naive_one_loses_count_the_operation_does_not() {
    let (database, on) = scene(false);
    let mut conn = database.connect();
    let id = brought(&mut conn, &on, &sheet(3));
    guildhall::operations::imports::start_import(&mut patient(&mut conn), on.organisation.manager.id, id).expect("a start");
    finished(&database);
    assert_eq!(counts(&mut conn, id), [Some(3), Some(0), Some(0), Some(0)]);
}
