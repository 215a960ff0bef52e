//! A guard that was taken down shows; and every guard in the schema is one that is looked for.
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::market::Market;
use super::{finds, look};

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[test]
fn each_guard_taken_down_shows() {
    for (down, guard) in [
        ("ALTER TABLE projects DROP CONSTRAINT projects_winner_iff_assigned", "constraint projects_winner_iff_assigned"),
        ("ALTER TABLE projects DROP CONSTRAINT projects_accepted_is_own_proposal", "constraint projects_accepted_is_own_proposal"),
        ("ALTER TABLE proposals ALTER COLUMN amount TYPE bigint", "constraint proposals_amount_positive"),
        ("DROP INDEX proposals_one_accepted_per_project", "index proposals_one_accepted_per_project"),
        ("ALTER TABLE proposals DROP CONSTRAINT proposals_one_per_freelancer", "constraint proposals_one_per_freelancer"),
        ("DROP TRIGGER events_stay ON events", "trigger events_stay"),
        ("ALTER TABLE events DISABLE TRIGGER events_stay", "trigger events_stay"),
        ("ALTER TABLE proposals ENABLE REPLICA TRIGGER proposals_whole_award_update", "trigger proposals_whole_award_update"),
        ("ALTER TABLE thread_reads DISABLE TRIGGER ALL", "trigger foreign key of thread_reads"),
        (
            "CREATE OR REPLACE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "function events_stay",
        ),
        (
            "ALTER TABLE projects DROP CONSTRAINT projects_budget, ADD CONSTRAINT projects_budget CHECK (budget_min > 0) NOT VALID",
            "constraint projects_budget",
        ),
    ] {
        finds(|_| down.to_owned(), |_| vec![format!("guard: {guard}")]);
    }
}

#[test]
fn triggers_that_the_server_was_told_to_skip_show() {
    let market = Market::new();
    let mut conn = market.database.connect();
    diesel::sql_query("SET session_replication_role = replica").execute(&mut conn).unwrap();
    let report = guildhall::db::verify::verify(&mut conn).unwrap();
    assert_eq!(report.faults.len(), 1, "{report}");
    assert_eq!(report.faults[0].at, "setting session_replication_role");
}

/// Each guard that the catalogue knows is taken down in turn: a name that `verify` does not look for would be missed.
#[test]
fn no_guard_of_the_schema_is_forgotten() {
    let market = Market::new();
    let mut conn = market.database.connect();
    let names: Vec<Name> = diesel::sql_query(
        "SELECT conname::text AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'x', 't') \
         UNION SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal \
         UNION SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = 'u'",
    )
    .load(&mut conn)
    .unwrap();
    assert!(names.len() > 40);
    market.tamper(
        "DO $$ DECLARE guard record; BEGIN \
           FOR guard IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger WHERE NOT tgisinternal LOOP \
             EXECUTE format('DROP TRIGGER %I ON %s', guard.tgname, guard.place); END LOOP; \
           FOR guard IN SELECT conname, conrelid, contypid FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'x', 'u') LOOP \
             EXECUTE CASE guard.conrelid WHEN 0 THEN format('ALTER DOMAIN %s', guard.contypid::regtype) ELSE format('ALTER TABLE %s', guard.conrelid::regclass) END \
               || format(' DROP CONSTRAINT %I CASCADE', guard.conname); END LOOP; END $$",
    );
    let report = look(&market);
    for Name { name } in names {
        let missed = !report.faults.iter().any(|fault| fault.check == "guard" && fault.at.ends_with(&format!(" {name}")));
        assert!(!missed || name.starts_with("pg_"), "{name} was not missed: {report}");
    }
}
