//! Statements written out, for the few that run most: prepared once for each connection. Diesel has every UPDATE of its
//! own parsed and planned anew, because the text of some depends on their values.

use diesel::expression::{AsExpression, Expression};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{SingleValue, SqlType};

/// A statement whose text never changes, with its values in their places.
pub(super) struct Prepared<'v>(Vec<Piece<'v>>);

enum Piece<'v> {
    Text(&'static str),
    Value(Box<dyn QueryFragment<Pg> + 'v>),
}

impl<'v> Prepared<'v> {
    /// Begins with these words.
    pub fn new(text: &'static str) -> Self {
        Self(vec![Piece::Text(text)])
    }

    /// Goes on with these words.
    pub fn text(mut self, text: &'static str) -> Self {
        self.0.push(Piece::Text(text));
        self
    }

    /// Goes on with a value, and the words behind it.
    pub fn value<S, V>(mut self, value: V, text: &'static str) -> Self
    where
        S: SqlType + SingleValue,
        V: AsExpression<S>,
        V::Expression: QueryFragment<Pg> + Expression<SqlType = S> + 'v,
    {
        self.0.push(Piece::Value(Box::new(value.as_expression())));
        self.0.push(Piece::Text(text));
        self
    }
}

impl QueryFragment<Pg> for Prepared<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_sql(text),
                Piece::Value(value) => value.walk_ast(out.reborrow())?,
            }
        }
        Ok(())
    }
}

impl QueryId for Prepared<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<PgConnection> for Prepared<'_> {}
