//! The public list of open projects, and an organisation's own.

use chrono::{DateTime, Utc};
use diesel::dsl::{LtEq, exists, now};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use super::is_open::IsOpen;
use crate::db::portion::Portion;
use crate::db::prepared::{Literal, literal};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::money::Money;
use crate::domain::project::{ProjectKind, ProjectStatus, Visibility};
use crate::schema::{project_invitations, projects};

/// Rows of one page, everywhere.
pub const PAGE: usize = Portion::PAGE;

/// A project's line in a list.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = projects, check_for_backend(Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Listed {
    pub id: ProjectId,
    pub status: ProjectStatus,
    pub title: String,
    /// The beginning of the description.
    pub excerpt: String,
    pub skills: Vec<String>,
    pub kind: ProjectKind,
    pub budget_min: i64,
    pub budget_max: i64,
    pub currency: String,
    pub deadline: DateTime<Utc>,
    pub proposal_count: i32,
    /// Whether bids are read by nobody before they are opened.
    pub sealed: bool,
    pub bids_opened_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(column_name = organisation_name)]
    pub organisation: String,
    /// Whether the deadline has passed, by the database's clock.
    #[diesel(select_expression = projects::deadline.le(now), select_expression_type = LtEq<projects::deadline, now>)]
    pub closed: bool,
}

impl Listed {
    /// Whether nobody can read its bids yet.
    pub fn bids_are_sealed(&self) -> bool {
        self.sealed && self.bids_opened_at.is_none()
    }

    /// The budget's lower end.
    pub fn from(&self) -> Money<'_> {
        Money { minor: self.budget_min, currency: &self.currency }
    }

    /// The budget's upper end.
    pub fn to(&self) -> Money<'_> {
        Money { minor: self.budget_max, currency: &self.currency }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// Closing soonest.
    Closing,
    /// Highest budget first.
    Budget,
}

/// What is looked for; nothing said, nothing filtered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Words in title, skills, description.
    pub words: Option<String>,
    /// A skill, however it is written.
    pub skill: Option<String>,
    /// Fixed or hourly.
    pub kind: Option<ProjectKind>,
    /// The budget reaches this, in minor units.
    pub at_least: Option<i64>,
    /// The budget begins at or below this, in minor units.
    pub at_most: Option<i64>,
    /// To which this person is invited; otherwise what everybody can see.
    pub guest: Option<UserId>,
    /// Published after this moment.
    pub published_after: Option<DateTime<Utc>>,
    /// Closes within so many days.
    pub closing_days: Option<i32>,
    /// Order.
    pub order: Order,
    /// The last row of the page before.
    pub after: Option<ProjectId>,
}

impl Filter {
    /// Whether anything is filtered.
    pub fn is_empty(&self) -> bool {
        self.words.is_none()
            && self.skill.is_none()
            && self.kind.is_none()
            && self.at_least.is_none()
            && self.at_most.is_none()
            && self.closing_days.is_none()
            && self.guest.is_none()
    }
}

/// A query's first rows: a portion and one more. The number is written out, because PostgreSQL plans a bound LIMIT anew
/// for every execution.
pub(in crate::db) struct FirstRows<Q>(pub Q, pub Portion);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for FirstRows<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(self.1.limit());
        Ok(())
    }
}

impl<Q: Query> Query for FirstRows<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> QueryId for FirstRows<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> RunQueryDsl<PgConnection> for FirstRows<Q> {}

/// One page of open projects, and whether there are more.
pub fn open(conn: &mut PgConnection, filter: &Filter) -> QueryResult<(Vec<Listed>, bool)> {
    portion(conn, filter, Portion::Page)
}

/// A portion of open projects, and whether there are more.
pub fn portion(conn: &mut PgConnection, filter: &Filter, portion: Portion) -> QueryResult<(Vec<Listed>, bool)> {
    let mut query = projects::table.filter(IsOpen).select(Listed::as_select()).into_boxed::<Pg>();
    query = match filter.guest {
        None => query.filter(projects::visibility.eq(Visibility::Public)),
        Some(guest) => query.filter(exists(project_invitations::table.find((projects::id, guest.0)))),
    };
    if let Some(words) = &filter.words {
        query = query.filter(
            literal::<Bool>("projects.search @@ (websearch_to_tsquery('english', ")
                .bind::<Text, _>(words.clone())
                .sql(") || websearch_to_tsquery('simple', ")
                .bind::<Text, _>(words.clone())
                .sql("))"),
        );
    }
    if let Some(skill) = &filter.skill {
        query = query.filter(literal::<Bool>("projects.skill_keys @> keys_of(").bind::<Array<Text>, _>(vec![skill.clone()]).sql(")"));
    }
    if let Some(moment) = filter.published_after {
        query = query.filter(projects::published_at.gt(moment).assume_not_null());
    }
    if let Some(kind) = filter.kind {
        query = query.filter(projects::kind.eq(kind));
    }
    if let Some(least) = filter.at_least {
        query = query.filter(projects::budget_max.ge(least));
    }
    if let Some(most) = filter.at_most {
        query = query.filter(projects::budget_min.le(most));
    }
    if let Some(days) = filter.closing_days {
        query = query.filter(literal::<Bool>("projects.deadline BETWEEN now() AND now() + interval '1 day' * ").bind::<Integer, _>(days));
    }
    if let Some(id) = filter.after {
        query = query.filter(behind(filter.order, id, filter.guest));
    }
    query = match filter.order {
        Order::Newest => query.order((projects::published_at.desc(), projects::id.desc())),
        Order::Closing => query.filter(projects::deadline.gt(now)).order((projects::deadline.asc(), projects::id.asc())),
        Order::Budget => query.order((projects::budget_max.desc(), projects::id.desc())),
    };
    Ok(portion.cut(FirstRows(query, portion).load(conn)?))
}

/// One page of an organisation's projects in every state, newest first, and whether there are more. Whether the reader
/// belongs to it is the caller's to ask.
pub fn of_organisation(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    after: Option<ProjectId>,
) -> QueryResult<(Vec<Listed>, bool)> {
    let own = projects::table
        .filter(projects::organisation_id.eq(organisation.0))
        .filter(projects::id.lt(after.map_or(i64::MAX, |after| after.0)))
        .order(projects::id.desc())
        .select(Listed::as_select());
    Ok(Portion::Page.cut(FirstRows(own, Portion::Page).load(conn)?))
}

/// What comes after this project. Its own sort key is looked up in the same statement, so that an address holds an id and
/// nothing else; a draft's, or that of a project which the reader may not know of, is not told by what comes after it.
fn behind<'v>(order: Order, id: ProjectId, guest: Option<UserId>) -> Literal<'v, Nullable<Bool>> {
    // Each part of the key by itself: so an index is entered at it, which a row from one subquery would not be.
    let key = literal::<Nullable<Bool>>(match order {
        Order::Newest => "(projects.published_at, projects.id) < ((SELECT l.published_at",
        Order::Closing => "(projects.deadline, projects.id) > ((SELECT l.deadline",
        Order::Budget => "(projects.budget_max, projects.id) < ((SELECT l.budget_max",
    })
    .sql(" FROM projects l WHERE l.published_at IS NOT NULL AND l.id = ")
    .bind::<BigInt, _>(id.0);
    let known = match guest {
        None => key.sql(" AND l.visibility = 'PUBLIC'"),
        Some(guest) => key
            .sql(" AND (l.visibility = 'PUBLIC' OR EXISTS (SELECT FROM project_invitations i WHERE i.project_id = l.id AND i.freelancer_id = ")
            .bind::<BigInt, _>(guest.0)
            .sql("))"),
    };
    known.sql("), ").bind::<BigInt, _>(id.0).sql(")")
}
