//! `status = 'OPEN'`, as a word in the statement.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

use crate::schema::projects;

/// Whether a project is open. Not a bound value: only so does a prepared plan use the indexes of open projects.
#[derive(Debug, Clone, Copy, QueryId)]
pub(in crate::db) struct IsOpen;

impl Expression for IsOpen {
    type SqlType = Bool;
}

impl QueryFragment<Pg> for IsOpen {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("projects.status = 'OPEN'");
        Ok(())
    }
}

impl<Tables> AppearsOnTable<Tables> for IsOpen where projects::status: AppearsOnTable<Tables> {}
impl<Tables> SelectableExpression<Tables> for IsOpen where projects::status: SelectableExpression<Tables> {}
impl<Groups> ValidGrouping<Groups> for IsOpen {
    type IsAggregate = is_aggregate::No;
}
