//! Migrations: down and up again, and many starts at once.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::migrations;

use crate::support::database::TestDatabase;
use crate::support::race::start_together;

/// Everything that a schema consists of, one a line.
const SHAPE: &str = "
    SELECT format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, coalesce(column_default, generation_expression)) AS line
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT format('constraint %s %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
    UNION ALL SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public'
    UNION ALL SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace
    ORDER BY line";

#[test]
fn down_and_up_again_is_the_same_schema() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let before = shape(&mut conn);
    assert!(before.len() > 200, "{} lines", before.len());
    migrations::revert_all(database.url()).unwrap();
    let bare: Vec<_> = shape(&mut conn).into_iter().filter(|line| !line.contains("diesel")).collect();
    assert!(bare.is_empty(), "left behind: {bare:#?}");
    migrations::run(database.url()).unwrap();
    assert_eq!(shape(&mut conn), before);
}

#[test]
fn ten_starts_at_once_on_an_empty_database_all_succeed() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let before = shape(&mut conn);
    conn.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").unwrap();
    let done = start_together(10, |_| (), |_, ()| migrations::run(database.url()).map_err(|error| error.to_string()));
    assert_eq!(done, vec![Ok(()); 10]);
    assert_eq!(shape(&mut conn), before);
    migrations::run(database.url()).unwrap();
}

fn shape(conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let rows: Vec<Row> = diesel::sql_query(SHAPE).load(conn).expect("the schema's shape");
    rows.into_iter().map(|row| row.line).collect()
}
