//! The directory of freelancers.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Text};
use serde::{Deserialize, Serialize};

use super::portion::Portion;
use super::prepared::literal;
use super::projects::FirstRows;
use crate::domain::ids::UserId;
use crate::domain::money::Money;
use crate::schema::{freelancers, users};

/// What is looked for; nothing said, nothing filtered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Words in the line, the skills and the text about themselves.
    pub words: Option<String>,
    /// A skill, however it is written.
    pub skill: Option<String>,
    /// An hour costs at most this, in minor units of that currency.
    pub rate_max: Option<(i64, String)>,
    /// Available within so many days.
    pub available_days: Option<i32>,
    /// The last row of the page before.
    pub after: Option<UserId>,
}

impl Filter {
    /// Whether anything is filtered.
    pub fn is_empty(&self) -> bool {
        self.words.is_none() && self.skill.is_none() && self.rate_max.is_none() && self.available_days.is_none()
    }
}

/// A freelancer's line.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Listed {
    pub id: UserId,
    pub name: String,
    pub headline: String,
    pub skills: Vec<String>,
    rate: Option<i64>,
    currency: String,
    pub available_from: Option<NaiveDate>,
    pub hours_a_week: Option<i32>,
    /// Whether that day has come, by the database's clock.
    pub is_available: bool,
}

impl Listed {
    /// What an hour costs, where it is said.
    pub fn rate(&self) -> Option<Money<'_>> {
        self.rate.map(|minor| Money { minor, currency: &self.currency })
    }
}

/// One page of those who want to be listed, the newest profile first, and whether there are more.
pub fn page(conn: &mut PgConnection, filter: &Filter) -> QueryResult<(Vec<Listed>, bool)> {
    portion(conn, filter, Portion::Page)
}

/// A portion of them.
pub fn portion(conn: &mut PgConnection, filter: &Filter, portion: Portion) -> QueryResult<(Vec<Listed>, bool)> {
    let mut query = freelancers::table
        .inner_join(users::table)
        .filter(freelancers::listed)
        .filter(users::suspended_at.is_null())
        .order(freelancers::user_id.desc())
        .select((
            freelancers::user_id,
            users::name,
            freelancers::headline,
            freelancers::skills,
            freelancers::rate,
            freelancers::currency,
            freelancers::available_from,
            freelancers::hours_a_week,
            literal::<Bool>("coalesce(freelancers.available_from <= current_date, false)"),
        ))
        .into_boxed::<Pg>();
    if let Some(words) = &filter.words {
        query = query.filter(
            literal::<Bool>("freelancers.search @@ (websearch_to_tsquery('english', ")
                .bind::<Text, _>(words.clone())
                .sql(") || websearch_to_tsquery('simple', ")
                .bind::<Text, _>(words.clone())
                .sql("))"),
        );
    }
    if let Some(skill) = &filter.skill {
        query = query.filter(literal::<Bool>("freelancers.skill_keys @> keys_of(").bind::<Array<Text>, _>(vec![skill.clone()]).sql(")"));
    }
    if let Some((most, currency)) = &filter.rate_max {
        query = query.filter(freelancers::rate.le(*most).assume_not_null()).filter(freelancers::currency.eq(currency.clone()));
    }
    if let Some(days) = filter.available_days {
        query = query.filter(literal::<Bool>("freelancers.available_from <= current_date + ").bind::<Integer, _>(days));
    }
    if let Some(after) = filter.after {
        query = query.filter(freelancers::user_id.lt(after.0));
    }
    Ok(portion.cut(FirstRows(query, portion).load(conn)?))
}
