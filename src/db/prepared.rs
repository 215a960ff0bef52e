//! Statements written out: prepared once for each connection. Diesel has every UPDATE of its own parsed and planned anew,
//! because the text of some depends on their values, and whatever holds its `sql` or `sql_query` too, because it cannot
//! know whether their text changes.

use std::borrow::Cow;
use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{SingleValue, SqlType, Untyped};

#[cfg(feature = "naive")]
use super::naive::spelled;

/// A text as it is sent: as it is written.
#[cfg(not(feature = "naive"))]
fn spelled(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// A statement whose text never changes, with its values in their places.
pub(super) struct Prepared<'v>(Vec<Piece<'v>>);

enum Piece<'v> {
    Text(&'static str),
    Value(Box<dyn QueryFragment<Pg> + Send + 'v>),
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
        V::Expression: QueryFragment<Pg> + Expression<SqlType = S> + Send + 'v,
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
                Piece::Text(text) => out.push_sql(&spelled(text)),
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

/// A part of a query that is written out, as Diesel's `sql` takes it; but the query is prepared once all the same, because
/// here the text never changes.
pub(super) struct Literal<'v, ST>(Prepared<'v>, PhantomData<ST>);

/// An expression of these words.
pub(super) fn literal<'v, ST>(text: &'static str) -> Literal<'v, ST> {
    Literal(Prepared::new(text), PhantomData)
}

impl<'v, ST> Literal<'v, ST> {
    /// Goes on with a value.
    pub fn bind<S, V>(self, value: V) -> Self
    where
        S: SqlType + SingleValue,
        V: AsExpression<S>,
        V::Expression: QueryFragment<Pg> + Expression<SqlType = S> + Send + 'v,
    {
        Self(self.0.value::<S, V>(value, ""), PhantomData)
    }

    /// Goes on with these words.
    pub fn sql(self, text: &'static str) -> Self {
        Self(self.0.text(text), PhantomData)
    }
}

impl<ST: TypedExpressionType> Expression for Literal<'_, ST> {
    type SqlType = ST;
}

impl<ST> QueryFragment<Pg> for Literal<'_, ST> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

impl<ST> QueryId for Literal<'_, ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Tables, ST> AppearsOnTable<Tables> for Literal<'_, ST> where Self: Expression {}
impl<Tables, ST> SelectableExpression<Tables> for Literal<'_, ST> where Self: Expression {}
impl<Groups, ST> ValidGrouping<Groups> for Literal<'_, ST> {
    type IsAggregate = is_aggregate::Never;
}

/// A statement with numbered places for its values, `$1` and on, as PostgreSQL writes them: for texts of which there are
/// few, because each is kept. A value that is named twice is sent twice.
pub(super) struct Statement<'v> {
    text: Cow<'static, str>,
    values: Vec<Box<dyn QueryFragment<Pg> + Send + 'v>>,
}

/// A statement of this text, its values yet to come.
pub(super) fn statement<'v>(text: impl Into<Cow<'static, str>>) -> Statement<'v> {
    Statement { text: text.into(), values: Vec::new() }
}

impl<'v> Statement<'v> {
    /// The value of the next number.
    pub fn bind<S, V>(mut self, value: V) -> Self
    where
        S: SqlType + SingleValue,
        V: AsExpression<S>,
        V::Expression: QueryFragment<Pg> + Expression<SqlType = S> + Send + 'v,
    {
        self.values.push(Box::new(value.as_expression()));
        self
    }
}

impl QueryFragment<Pg> for Statement<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let text = spelled(&self.text);
        let mut parts = text.split('$');
        out.push_sql(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_at(part.bytes().take_while(u8::is_ascii_digit).count());
            let value = number.parse::<usize>().ok().and_then(|number| self.values.get(number.checked_sub(1)?));
            let value = value.ok_or_else(|| diesel::result::Error::QueryBuilderError(format!("no value for ${number}").into()))?;
            value.walk_ast(out.reborrow())?;
            out.push_sql(rest);
        }
        Ok(())
    }
}

impl Query for Statement<'_> {
    type SqlType = Untyped;
}

impl QueryId for Statement<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<PgConnection> for Statement<'_> {}

#[cfg(test)]
mod tests {
    use diesel::debug_query;
    use diesel::sql_types::{BigInt, Text};

    use super::*;

    #[test]
    fn values_stand_in_their_places_as_often_as_they_are_named() {
        let query = statement("SELECT $2, $1, $2").bind::<BigInt, _>(7).bind::<Text, _>("a");
        assert_eq!(debug_query::<Pg, _>(&query).to_string(), r#"SELECT $1, $2, $3 -- binds: ["a", 7, "a"]"#);
    }
}
