//! What one person has to do with: their organisations' projects, their proposals, their contracts, and what waits.

mod client;
mod freelancer;
mod hours;
mod unread;
mod waiting;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::locked::clock_timestamp;
use super::portion::Portion;
use super::projects::Listed;
use crate::db::prepared::literal;
use crate::domain::contract::ContractStatus;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::money::Money;
use crate::domain::notice::ShownUpTo;
use crate::schema::{contracts, memberships, organisations, projects, users};

pub use client::{Ours, Unanswered, all_before};
pub use freelancer::{Sent, Tally, sent_before};
pub use hours::{ThisWeek, WaitingWeek};
pub use unread::Unread;
pub use waiting::Awaited;

/// How much of each is shown.
const MOST: i64 = 30;

/// Everything that a dashboard shows.
#[derive(Debug, Clone)]
pub struct Desk {
    /// When it was read, by the database's clock.
    pub at: DateTime<Utc>,
    /// What had been told by then: what is told later is new.
    pub shown: ShownUpTo,
    /// How many drafts the person has not sent.
    pub drafts: i64,
    /// Open projects and drafts of the person's organisations, closing soonest first.
    pub ours: Vec<Ours>,
    /// Questions about open projects that nobody has answered, those of the projects that close soonest first.
    pub unanswered: Vec<Unanswered>,
    /// What the other side wrote and the person has not read.
    pub unread: Vec<Unread>,
    /// Weeks of work that wait for the person.
    pub weeks: Vec<WaitingWeek>,
    /// What they worked themselves this week.
    pub this_week: ThisWeek,
    /// Proposals the person sent: those that wait first.
    pub sent: Vec<Sent>,
    /// All proposals the person sent, by state.
    pub tally: Vec<Tally>,
    /// What contracts wait for the person to do.
    pub awaited: Vec<Awaited>,
    /// Contracts of the person and of their organisations, newest first.
    pub contracts: Vec<Agreed>,
    /// Open projects that the person is invited to and has not answered, closing soonest first.
    pub invited: Vec<(Listed, DateTime<Utc>)>,
    /// Open projects that ask for the person's skills, newest first.
    pub matching: Vec<Listed>,
}

/// A contract in a list.
#[derive(Debug, Clone, Queryable)]
pub struct Agreed {
    /// Its id.
    pub id: ContractId,
    /// Its state.
    pub status: ContractStatus,
    amount: i64,
    currency: String,
    /// When the proposal was accepted.
    pub at: DateTime<Utc>,
    /// The project's title.
    pub title: String,
    /// The client.
    pub organisation: String,
    /// Whose work it is.
    pub freelancer: UserId,
    /// Their name.
    pub freelancer_name: String,
}

impl Agreed {
    /// The agreed price.
    pub fn price(&self) -> Money<'_> {
        Money { minor: self.amount, currency: &self.currency }
    }
}

/// Reads a person's dashboard: only what they can have.
pub fn desk(conn: &mut PgConnection, user: UserId, is_member: bool, is_freelancer: bool) -> QueryResult<Desk> {
    // First: what comes meanwhile is told once more rather than not at all.
    let kept = super::drafts::kept(user).count().single_value();
    let now = diesel::select((clock_timestamp(), literal::<Text>("pg_current_snapshot()::text"), kept));
    let (at, shown, drafts) = now.get_result::<(_, String, Option<i64>)>(conn)?;
    let drafts = drafts.unwrap_or_default();
    let (mut ours, mut unanswered) = (Vec::new(), Vec::new());
    if is_member {
        ours = client::ours(conn, user)?;
        unanswered = client::unanswered(conn, user)?;
    }
    let (mut sent, mut tally, mut invited, mut matching) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut this_week = ThisWeek::default();
    if is_freelancer {
        this_week = hours::this_week(conn, user)?;
        sent = freelancer::sent(conn, user)?;
        tally = freelancer::tally(conn, user)?;
        invited = freelancer::invited(conn, user)?;
        matching = freelancer::matching(conn, user)?;
    }
    let weeks = if is_member || is_freelancer { hours::waiting(conn, user)? } else { Vec::new() };
    let (unread, contracts) = (unread::unread(conn, user)?, agreed(conn, user, None, MOST)?);
    let awaited = if contracts.is_empty() { Vec::new() } else { waiting::awaited(conn, user)? };
    Ok(Desk {
        at,
        shown: ShownUpTo::new(shown),
        drafts,
        ours,
        unanswered,
        unread,
        weeks,
        this_week,
        sent,
        tally,
        awaited,
        contracts,
        invited,
        matching,
    })
}

/// A batch of all contracts of a person and of their organisations for a file, the last one first, and whether there
/// are more.
pub fn agreed_before(conn: &mut PgConnection, user: UserId, before: Option<ContractId>) -> QueryResult<(Vec<Agreed>, bool)> {
    Ok(Portion::Batch.cut(agreed(conn, user, before, Portion::Batch.read())?))
}

fn agreed(conn: &mut PgConnection, user: UserId, before: Option<ContractId>, most: i64) -> QueryResult<Vec<Agreed>> {
    let mine = memberships::table.filter(memberships::user_id.eq(user.0)).select(memberships::organisation_id);
    contracts::table
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(contracts::organisation_id)))
        .inner_join(users::table.on(users::id.eq(contracts::freelancer_id)))
        .filter(contracts::freelancer_id.eq(user.0).or(contracts::organisation_id.eq_any(mine)))
        .filter(contracts::id.lt(before.map_or(i64::MAX, |before| before.0)))
        .order(contracts::id.desc())
        .limit(most)
        .select((
            contracts::id,
            contracts::status,
            contracts::amount,
            contracts::currency,
            contracts::accepted_at,
            projects::title,
            organisations::name,
            contracts::freelancer_id,
            users::name,
        ))
        .load(conn)
}
