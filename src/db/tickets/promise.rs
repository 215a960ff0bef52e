//! What the house promises: reading it, holding it, writing its next edition.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Tx};
use crate::domain::ids::UserId;
use crate::domain::ticket::{Policy, Promise, Topic};
use crate::domain::user::TimeZoneName;

/// The promise as it stands.
#[derive(Debug, Clone, QueryableByName)]
pub struct Promised {
    #[diesel(sql_type = Text)]
    zone: String,
    #[diesel(sql_type = Array<Integer>)]
    opens: Vec<i32>,
    #[diesel(sql_type = Array<Integer>)]
    closes: Vec<i32>,
    #[diesel(sql_type = Array<Date>)]
    holidays: Vec<NaiveDate>,
    #[diesel(sql_type = Array<Text>)]
    topics: Vec<String>,
    #[diesel(sql_type = Array<Integer>)]
    answers: Vec<i32>,
    #[diesel(sql_type = Array<Integer>)]
    nexts: Vec<i32>,
    /// Rises with each change.
    #[diesel(sql_type = BigInt)]
    pub edition: i64,
    /// When it was made.
    #[diesel(sql_type = Timestamptz)]
    pub changed_at: DateTime<Utc>,
    /// By whom; nobody where it is as the house began.
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub words: Option<String>,
}

impl Promised {
    /// What it says.
    pub fn promise(&self) -> Promise {
        let mut days = [(0, 0); 7];
        for (day, (opens, closes)) in days.iter_mut().zip(self.opens.iter().zip(&self.closes)) {
            // however it is stored that nobody is there
            *day = if opens == closes { (0, 0) } else { (*opens, *closes) };
        }
        let minutes = self.answers.iter().copied().zip(self.nexts.iter().copied());
        let policy = |(topic, (answer, next)): (&String, (i32, i32))| Some(Policy { topic: Topic::parse(topic)?, answer, next });
        Promise {
            zone: TimeZoneName::parse(&self.zone).unwrap_or_default(),
            days,
            holidays: self.holidays.clone(),
            policies: self.topics.iter().zip(minutes).filter_map(policy).collect(),
        }
    }
}

const READ: &str = "SELECT h.zone, h.opens, h.closes, h.holidays, h.edition, h.changed_at, u.name AS by, \
        (SELECT w.words FROM events e JOIN act_words w USING (stream_kind, stream_id, seq) \
         WHERE e.kind = 'HOURS_CHANGED' ORDER BY e.at DESC LIMIT 1) AS words, \
        ARRAY(SELECT p.topic::text FROM ticket_policies p ORDER BY array_position($1, p.topic::text)) AS topics, \
        ARRAY(SELECT p.answer_minutes FROM ticket_policies p ORDER BY array_position($1, p.topic::text)) AS answers, \
        ARRAY(SELECT p.next_minutes FROM ticket_policies p ORDER BY array_position($1, p.topic::text)) AS nexts \
     FROM house_hours h LEFT JOIN users u ON u.id = h.changed_by";

/// The promise, its topics in their order.
pub fn promised(conn: &mut PgConnection) -> QueryResult<Promised> {
    let topics: Vec<&str> = Topic::ALL.iter().map(|topic| topic.as_str()).collect();
    statement(READ).bind::<Array<Text>, _>(topics).get_result(conn)
}

/// The promise, which nobody else changes until the transaction's end.
pub fn lock_promised(tx: &mut Tx<'_>) -> QueryResult<Promised> {
    statement("SELECT FROM house_hours FOR NO KEY UPDATE").execute(&mut **tx)?;
    promised(tx)
}

/// Writes the edition that follows; the promise is locked.
pub fn write_promise(tx: &mut Tx<'_>, by: UserId, before: &Promised, promise: &Promise) -> Result<(), Fault> {
    let (opens, closes): (Vec<i32>, Vec<i32>) = promise.days.into_iter().unzip();
    let wrote = statement(
        "UPDATE house_hours SET zone = $1, opens = $2, closes = $3, holidays = $4, edition = $5 + 1, changed_by = $6, \
            changed_at = clock_timestamp() WHERE edition = $5",
    )
    .bind::<Text, _>(promise.zone.as_str())
    .bind::<Array<Integer>, _>(opens)
    .bind::<Array<Integer>, _>(closes)
    .bind::<Array<Date>, _>(&promise.holidays)
    .bind::<BigInt, _>(before.edition)
    .bind::<BigInt, _>(by)
    .execute(&mut **tx)?;
    count("editions of the house's hours", 1, wrote)?;
    let column = |value: fn(&Policy) -> i32| promise.policies.iter().map(value).collect::<Vec<_>>();
    let topics: Vec<&str> = promise.policies.iter().map(|policy| policy.topic.as_str()).collect();
    let wrote = statement(
        "UPDATE ticket_policies p SET answer_minutes = n.answer, next_minutes = n.next \
         FROM unnest($1, $2, $3) AS n (topic, answer, next) WHERE p.topic = n.topic",
    )
    .bind::<Array<Text>, _>(topics)
    .bind::<Array<Integer>, _>(column(|policy| policy.answer))
    .bind::<Array<Integer>, _>(column(|policy| policy.next))
    .execute(&mut **tx)?;
    count("policies of the house", promise.policies.len(), wrote)
}
