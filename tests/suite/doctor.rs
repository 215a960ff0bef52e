//! `guildhall doctor`: sound ground is called so, and whatever is taken from it is named.
use std::process::{Command, Output};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::doctor::{Finding, Verdict, examine};

use crate::support::database::TestDatabase;
use crate::support::sandbox::Sandbox;

fn doctor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.arg("doctor").env_remove("DATABASE_URL");
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn wrong(conn: &mut PgConnection) -> Vec<String> {
    let findings = examine(conn, 4).expect("findings");
    findings.into_iter().filter(|one| one.verdict == Verdict::Wrong).map(|Finding { about, says, .. }| format!("{about}: {says}")).collect()
}

#[test]
fn a_house_of_its_own_is_well_once_it_is_migrated() {
    let sandbox = Sandbox::new();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.args(arguments).arg("--data").arg(sandbox.join("house")).env_remove("DATABASE_URL").output().expect("the program")
    };
    assert!(run(&["migrate"]).status.success());
    let sound = run(&["doctor"]);
    assert_eq!(sound.status.code(), Some(0), "{sound:?}");
    let words = said(&sound);
    for about in ["pooler", "PostgreSQL", "settings", "connections", "clock of the database", "schema", "guards", "indexes", "disk of"] {
        assert!(words.contains(&format!("well   {about}")) || words.contains(&format!("mind   {about}")), "{about}: {words}");
    }
    assert!(words.ends_with("Nothing is wrong.\n"), "{words}");
    let crowded = run(&["doctor", "--connections", "400"]);
    assert_eq!(crowded.status.code(), Some(1));
    assert!(said(&crowded).contains("WRONG  connections: "), "{crowded:?}");
}

/// The tests' own server may lose what it was told: no more than that is wrong with it.
#[test]
fn a_setting_on_which_a_promise_rests_is_named() {
    let database = TestDatabase::new();
    let before = wrong(&mut database.connect());
    assert!(
        before.iter().all(|one| ["setting fsync", "setting full_page", "setting synchronous", "setting autovacuum"]
            .iter()
            .any(|is| one.starts_with(is))),
        "{before:?}"
    );
    for (setting, value) in
        [("default_transaction_isolation", "serializable"), ("default_transaction_read_only", "on"), ("synchronous_commit", "off")]
    {
        let conn = &mut database.connect();
        conn.batch_execute(&format!("SET {setting} = '{value}'")).expect("a setting");
        assert!(wrong(conn).iter().any(|one| one.starts_with(&format!("setting {setting}: is {value}"))), "{setting}");
    }
}

#[test]
fn a_guard_that_is_gone_is_named_by_the_program_and_its_exit_code() {
    for (down, named) in [
        ("ALTER TABLE projects DROP CONSTRAINT projects_winner_iff_assigned", "WRONG  constraint projects_winner_iff_assigned: is gone"),
        ("DROP TRIGGER events_stay ON events", "WRONG  trigger events_stay: is gone"),
        ("DROP INDEX contracts_one_live_per_project", "WRONG  index contracts_one_live_per_project: is gone"),
    ] {
        let database = TestDatabase::new();
        database.connect().batch_execute(down).expect("sabotage");
        let output = doctor().env("DATABASE_URL", database.url()).output().expect("the program");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(said(&output).contains(named), "{named}: {output:?}");
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Those that make it fast, too: each that the catalogue knows is dropped in turn.
#[test]
fn no_index_is_forgotten() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let query = "SELECT relname::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid \
        WHERE relnamespace = 'public'::regnamespace AND NOT indisunique AND NOT indisexclusion AND relname NOT LIKE '\\_\\_%'";
    let names: Vec<Name> = diesel::sql_query(query).load(conn).expect("names");
    assert!(names.len() > 20, "only {}", names.len());
    let mut missed = Vec::new();
    for Name { name } in names {
        conn.batch_execute(&format!("BEGIN; DROP INDEX \"{name}\"")).expect("a drop");
        if !wrong(conn).iter().any(|one| one.starts_with(&format!("index {name}: "))) {
            missed.push(name);
        }
        conn.batch_execute("ROLLBACK").expect("the end of it");
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_schema_of_another_age_is_told_from_one_without_guards() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    conn.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231')").expect("tomorrow");
    assert!(wrong(conn).iter().any(|one| one.starts_with("schema: is newer")), "{:?}", wrong(conn));
    conn.batch_execute("DELETE FROM __diesel_schema_migrations WHERE version IN ('29991231', '202611210104')").expect("yesterday");
    assert!(wrong(conn).iter().any(|one| one.starts_with("schema: 1 migrations were not run")), "{:?}", wrong(conn));
    // and looking has not put up anything
    conn.batch_execute("ALTER TABLE __diesel_schema_migrations RENAME TO elsewhere").expect("a new house");
    let found = wrong(conn);
    assert!(
        found.iter().any(|one| one.contains("migrations were not run")) && found.iter().all(|one| !one.contains("is gone")),
        "{found:?}"
    );
    assert!(conn.batch_execute("SELECT FROM __diesel_schema_migrations").is_err());
}

#[test]
fn what_is_misspelt_or_out_of_reach_is_named() {
    let sandbox = Sandbox::new();
    let mut command = doctor();
    command.env("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none").env("GUILDHALL_LISTENS", "here").env("GUILDHALL_SECRET", "short");
    command.env("GUILDHALL_PUBLIC_URL", "work.example.org").env("GUILDHALL_SMTP", "mail.example.org").current_dir(sandbox.path());
    let output = command.output().expect("the program");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let words = said(&output);
    for named in ["GUILDHALL_LISTENS", "GUILDHALL_SECRET", "GUILDHALL_PUBLIC_URL", "GUILDHALL_SMTP", "database"] {
        assert!(words.contains(&format!("WRONG  {named}: ")), "{named}: {words}");
    }
    assert!(!words.contains("short"), "a secret was said: {words}");
}
