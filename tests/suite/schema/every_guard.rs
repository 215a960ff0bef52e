//! Every guard of the schema, tried by what it must refuse, and known by its name.
use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::guards::refused;
use super::raw::Raw;
use super::triggers::TRIGGERS;
use crate::support::database::TestDatabase;

/// Guards that no statement can run into, each with the reason.
const UNREACHABLE: [&str; 8] = [
    // the primary key is among their columns; they are there for the foreign keys
    "invoices_liveness",
    "invoices_parties",
    "milestones_of_contract",
    "organisations_by_name",
    "projects_of_client",
    "proposals_of_freelancer",
    "proposals_of_project",
    "timesheets_of_freelancer",
];

#[test]
fn every_guard_refuses_by_its_name() {
    let mut raw = Raw::new();
    for (name, statements) in refused() {
        assert_eq!(raw.refused_by(statements).as_deref(), Some(*name), "{statements}");
    }
    println!("{} statements refused, each by its guard's name", refused().count());
}

#[test]
fn no_guard_is_forgotten_here() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let tried: BTreeSet<_> = refused().map(|(name, _)| (*name).to_owned()).chain(UNREACHABLE.map(str::to_owned)).collect();
    let checks = names(
        &mut conn,
        "SELECT conname::text AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'x')",
    );
    let unique = names(
        &mut conn,
        "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class c ON c.oid = indexrelid
         WHERE c.relnamespace = 'public'::regnamespace AND indisunique AND NOT indisprimary",
    );
    let composite = names(
        &mut conn,
        "SELECT conname::text AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = 'f' AND cardinality(conkey) > 1",
    );
    let forgotten: Vec<_> = checks.iter().chain(&unique).chain(&composite).filter(|name| !tried.contains(*name)).collect();
    assert!(forgotten.is_empty(), "never tried: {forgotten:?}");
    let triggers = names(&mut conn, "SELECT tgname::text AS name FROM pg_trigger WHERE NOT tgisinternal");
    let known: BTreeSet<_> = TRIGGERS.iter().map(|(trigger, _)| (*trigger).to_owned()).collect();
    assert_eq!(triggers, known);
    assert!(TRIGGERS.iter().all(|(_, name)| tried.contains(*name)));
}

fn names(conn: &mut PgConnection, query: &str) -> BTreeSet<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query).load(conn).expect("names");
    rows.into_iter().map(|row| row.name).collect()
}
