//! Killed after each of its statements, what is done with a file that was brought leaves nothing behind.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::db::imports::{self, Brought};
use guildhall::domain::ids::{ImportId, JobId};
use guildhall::domain::import::Sheet;
use guildhall::domain::job::Claim;
use guildhall::operations::exports::{ask_export, finish_export, keep_part};
use guildhall::operations::imports::{bring_projects, discard_import, import_row, start_import};
use uuid::Uuid;

use super::{brought, sheet};
use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};

const TOKEN: Uuid = Uuid::from_u128(7);

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A job that runs under [`TOKEN`].
fn claimed(conn: &mut PgConnection) -> Claim {
    let made: Id = diesel::sql_query(
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts, status, attempts, lock_token, worker, heartbeat_at, \
         leased_until, started_at) VALUES ('HOUSE', 'DRILL', '{}', gen_random_uuid()::text, 1, now(), 5, 'RUNNING', 1, $1::uuid, 'w', now(), \
         now() + interval '1 hour', now()) RETURNING id",
    )
    .bind::<Text, _>(TOKEN.to_string())
    .get_result(conn)
    .expect("a job");
    Claim { job: JobId(made.id), token: TOKEN }
}

fn last(conn: &mut PgConnection, table: &str) -> QueryResult<i64> {
    Ok(diesel::sql_query(format!("SELECT max(id) AS id FROM {table}")).get_result::<Id>(conn)?.id)
}

fn the_claim(conn: &mut PgConnection) -> QueryResult<Claim> {
    Ok(Claim { job: JobId(last(conn, "jobs")?), token: TOKEN })
}

fn with_import(conn: &mut PgConnection, on: &OpenProject) {
    brought(conn, on, &sheet(1).replace("A-", &format!("{}-", on.id)));
    claimed(conn);
}

#[test]
fn a_killed_bringing_leaves_nothing_behind() {
    kill_everywhere("bring_projects", |conn, on| {
        let rows = Sheet::read(sheet(2).as_bytes()).expect("a file").rows;
        let (organisation, by) = (on.organisation.id, on.organisation.manager.id);
        outcome(bring_projects(&mut patient(conn), &Brought { organisation, by, source: "ERP", name: "a.csv", rows: &rows }))
    });
}

#[test]
fn a_killed_start_leaves_nothing_behind() {
    kill_everywhere_after(with_import, "start_import", |conn, on| {
        let id = ImportId(last(conn, "imports")?);
        outcome(start_import(&mut patient(conn), on.organisation.manager.id, id))
    });
}

#[test]
fn a_killed_row_leaves_neither_project_nor_outcome() {
    kill_everywhere_after(with_import, "import_row", |conn, on| {
        let (claim, id) = (the_claim(conn)?, ImportId(last(conn, "imports")?));
        let row = imports::waiting(conn, id, 1)?.pop().expect("a row");
        outcome(import_row(&mut patient(conn), &claim, on.organisation.manager.id, on.organisation.id, (id, "ERP", &row)))
    });
}

#[test]
fn a_killed_discarding_leaves_the_file() {
    kill_everywhere_after(with_import, "discard_import", |conn, on| {
        let id = ImportId(last(conn, "imports")?);
        outcome(discard_import(&mut patient(conn), on.organisation.manager.id, id))
    });
}

fn with_export(conn: &mut PgConnection, on: &OpenProject) {
    let wanted = serde_json::json!("Everything");
    // so many that one more would be refused, after a while
    diesel::sql_query("DELETE FROM exports").execute(conn).expect("room");
    ask_export(&mut patient(conn), on.organisation.manager.id, &Uuid::new_v4().to_string(), &wanted, "a.zip").expect("an export");
    claimed(conn);
}

#[test]
fn a_killed_asking_for_a_file_leaves_nothing_behind() {
    kill_everywhere("ask_export", |conn, on| {
        let (key, wanted) = (Uuid::new_v4().to_string(), serde_json::json!("Everything"));
        outcome(ask_export(&mut patient(conn), on.organisation.manager.id, &key, &wanted, "a.zip"))
    });
}

#[test]
fn a_killed_part_of_a_file_is_not_kept() {
    kill_everywhere_after(with_export, "keep_part", |conn, _| {
        let (claim, id) = (the_claim(conn)?, guildhall::domain::ids::ExportId(last(conn, "exports")?));
        outcome(keep_part(&mut patient(conn), &claim, id, 1, b"some bytes"))
    });
}

#[test]
fn a_killed_finishing_of_a_file_tells_nobody() {
    kill_everywhere_after(with_export, "finish_export", |conn, on| {
        let (claim, id) = (the_claim(conn)?, guildhall::domain::ids::ExportId(last(conn, "exports")?));
        outcome(finish_export(&mut patient(conn), &claim, id, on.organisation.manager.id, 7))
    });
}
