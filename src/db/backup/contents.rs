//! What a database holds, in figures that two databases with the same rows have alike.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::{Deserialize, Serialize};

/// A table's rows, counted, and a sum over all that stands in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, QueryableByName)]
pub struct Table {
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// How many rows.
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    /// The sum of each row's hash, in whatever order they are read.
    #[diesel(sql_type = Text)]
    pub sum: String,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Does something while the database stands still for this connection, and for whoever is told the snapshot's name:
/// everything is seen as of one moment, however long it takes and whatever others write.
///
/// # Errors
/// The work's own, or the database's.
pub fn still<T, E: From<diesel::result::Error>>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection, &str) -> Result<T, E>,
) -> Result<T, E> {
    conn.build_transaction().repeatable_read().read_only().run(|conn| {
        conn.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")?;
        let snapshot: Name = diesel::sql_query("SELECT pg_export_snapshot() AS name").get_result(conn)?;
        work(conn, &snapshot.name)
    })
}

/// All tables with what they hold, by name.
pub fn contents(conn: &mut PgConnection) -> QueryResult<Vec<Table>> {
    // a row is hashed as it is written, and that depends on these
    conn.batch_execute("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'")?;
    let tables: Vec<Name> = diesel::sql_query(
        "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\"",
    )
    .load(conn)?;
    let read = |table: Name| {
        let name = table.name;
        let query = format!(
            "SELECT '{name}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS sum FROM public.{name} t"
        );
        diesel::sql_query(query).get_result(conn)
    };
    tables.into_iter().map(read).collect()
}

/// Whether nothing was ever put into it: not even tables.
pub fn is_bare(conn: &mut PgConnection) -> QueryResult<bool> {
    let tables: Vec<Name> =
        diesel::sql_query("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' LIMIT 1").load(conn)?;
    Ok(tables.is_empty())
}

/// The migrations that were run on it, in order.
pub fn migrations(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let all: Vec<Name> = diesel::sql_query("SELECT version::text AS name FROM __diesel_schema_migrations ORDER BY version").load(conn)?;
    Ok(all.into_iter().map(|one| one.name).collect())
}

/// Where the bytes of its files are.
pub fn places(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    use crate::schema::files;
    files::table.order(files::id).select(files::place).load(conn)
}
