//! Writing a column of JSON so that nothing is lost, whoever else writes: a merge and an append are one statement each,
//! which PostgreSQL does on the row as it is then; for all else there is one closure, under the row's lock. Whatever is read
//! in one statement, changed in the program and written back by another loses what came between; there is no other way to
//! write these columns than these three.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb};
use serde_json::Value;

use super::prepared::statement;
use super::{Failure, Fault, Tx};

/// The columns that are written this way: a row of each is found by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Json {
    /// What happened to a ticket: a list.
    TicketHistory,
    /// What is counted along on a ticket: an object.
    TicketFacts,
}

impl Json {
    /// Table and column.
    const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::TicketHistory => ("tickets", "history"),
            Self::TicketFacts => ("tickets", "facts"),
        }
    }
}

/// Puts an entry behind the last one of a list that may have so many. Answers whether there was room, and a row at all:
/// otherwise nothing is written.
///
/// # Errors
/// The database's.
pub fn append(tx: &mut Tx<'_>, column: Json, id: i64, entry: &Value, most: i32) -> QueryResult<bool> {
    let (table, column) = column.place();
    let text =
        format!("UPDATE {table} SET {column} = {column} || jsonb_build_array($2) WHERE id = $1 AND jsonb_array_length({column}) < $3");
    let wrote = statement(text).bind::<BigInt, _>(id).bind::<Jsonb, _>(entry).bind::<Integer, _>(most).execute(&mut **tx)?;
    Ok(wrote == 1)
}

/// Sets the fields of an object that are named, and leaves the others as they are then. Answers whether there is such a row.
///
/// # Errors
/// The database's.
pub fn merge(tx: &mut Tx<'_>, column: Json, id: i64, fields: &Value) -> QueryResult<bool> {
    let (table, column) = column.place();
    let text = format!("UPDATE {table} SET {column} = {column} || $2 WHERE id = $1");
    Ok(statement(text).bind::<BigInt, _>(id).bind::<Jsonb, _>(fields).execute(&mut **tx)? == 1)
}

/// Anything else, such as a counter that sets off an alarm: reads the column under the row's lock, lets the closure say what
/// it becomes, and writes that in the same transaction. What the closure refuses, and what panics in it, changes nothing.
/// Answers what was written; nothing where there is no such row.
///
/// # Errors
/// The closure's; or whatever broke.
pub fn change<E>(
    tx: &mut Tx<'_>,
    column: Json,
    id: i64,
    become_: impl FnOnce(Value) -> Result<Value, Failure<E>>,
) -> Result<Option<Value>, Failure<E>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Jsonb)]
        value: Value,
    }
    let (table, column) = column.place();
    let read = format!("SELECT {column} AS value FROM {table} WHERE id = $1 FOR NO KEY UPDATE");
    let Some(row) = statement(read).bind::<BigInt, _>(id).get_result::<Row>(&mut **tx).optional()? else { return Ok(None) };
    let value = become_(row.value)?;
    let write = format!("UPDATE {table} SET {column} = $2 WHERE id = $1");
    let wrote = statement(write).bind::<BigInt, _>(id).bind::<Jsonb, _>(&value).execute(&mut **tx).map_err(Fault::from)?;
    super::failure::count("rows of JSON changed", 1, wrote)?;
    Ok(Some(value))
}
