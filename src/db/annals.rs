//! What happened everywhere, as those who keep the house read it, the newest first. Whoever reads has to be an admin: that is the
//! caller's to know. Nobody who keeps the house is above sealed bids: what would tell of one, or who asked a question, does not leave here.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::Portion;
use super::prepared::statement;
use crate::domain::event::{Audience, EventKind, Root};
use crate::domain::ids::UserId;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// Of one kind.
    pub kind: Option<EventKind>,
    /// Done by somebody.
    pub who: Option<UserId>,
    /// About somebody.
    pub whom: Option<UserId>,
    /// In the stream of one thing.
    pub of: Option<Root>,
    /// Not before this moment.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// Something that happened, with the names of now.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Event {
    #[diesel(sql_type = Text)]
    pub stream_kind: String,
    #[diesel(sql_type = BigInt)]
    pub stream_id: i64,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Nobody where the house did it itself, and where nobody is told who did.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub actor_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub subject_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub subject: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub from_state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub to_state: Option<String>,
    #[diesel(sql_type = Bytea)]
    pub hash: Vec<u8>,
}

impl Event {
    /// The thing in whose stream it stands.
    pub fn root(&self) -> Option<Root> {
        Root::of(&self.stream_kind, self.stream_id)
    }

    /// What a list goes on behind.
    pub fn key(&self) -> i64 {
        self.at.timestamp_micros()
    }
}

/// The statement for what is looked for. `$1` and `$2` are the moments between which it happened, `$3` the kind, `$4` who, `$5` whom,
/// `$6` and `$7` the stream, `$8` the kinds that tell of bids; each stands in every text, so that each has the same values.
pub fn query(sought: &Sought, portion: Portion) -> String {
    let mut query = "SELECT e.stream_kind, e.stream_id, e.at, e.kind, a.id AS actor_id, a.name AS actor, e.subject_id, s.name AS subject, \
        e.from_state, e.to_state, e.hash FROM events e \
        LEFT JOIN users a ON a.id = e.actor_id AND e.kind <> 'ENQUIRY_MADE' LEFT JOIN users s ON s.id = e.subject_id \
        WHERE e.at >= $1 AND e.at < $2"
        .to_owned();
    query.push_str(if sought.kind.is_some() { " AND e.kind = $3" } else { " AND $3 = ''" });
    query.push_str(if sought.who.is_some() { " AND e.actor_id = $4 AND e.kind <> 'ENQUIRY_MADE'" } else { " AND $4 = 0" });
    query.push_str(if sought.whom.is_some() { " AND e.subject_id = $5" } else { " AND $5 = 0" });
    query.push_str(if sought.of.is_some() { " AND e.stream_kind = $6 AND e.stream_id = $7" } else { " AND $6 = '' AND $7 = 0" });
    query.push_str(
        " AND NOT (e.stream_kind = 'PROJECT' AND e.kind = ANY($8) \
            AND EXISTS (SELECT FROM projects p WHERE p.id = e.stream_id AND p.sealed AND p.bids_opened_at IS NULL)) \
         ORDER BY e.at DESC, e.stream_kind DESC, e.stream_id DESC, e.seq DESC",
    );
    query.push_str(portion.limit());
    query
}

/// The kinds that tell of a bid, which nobody but its author reads while it is sealed.
pub fn of_bids() -> Vec<&'static str> {
    let of_bids = EventKind::ALL.iter().filter(|kind| kind.audience() == Audience::MembersAndAuthor);
    of_bids.map(|kind| kind.as_str()).collect()
}

/// A portion of what is looked for, behind the moment with this number; and whether there is more. What happened in one moment is
/// never torn apart, so that a portion may be a little shorter.
pub fn list(conn: &mut PgConnection, sought: &Sought, after: Option<i64>, portion: Portion) -> QueryResult<(Vec<Event>, bool)> {
    let until = sought.until.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let behind = after.and_then(DateTime::from_timestamp_micros).unwrap_or(until).min(until);
    let from = sought.from.unwrap_or(DateTime::UNIX_EPOCH);
    let mut rows = load(conn, sought, (from, behind), portion)?;
    let Some(edge) = rows.get(portion.rows()).map(|row| row.at) else { return Ok((rows, false)) };
    let whole = rows.iter().take_while(|row| row.at > edge).count();
    if whole == 0 {
        let moment = (edge, edge + TimeDelta::microseconds(1));
        return Ok((Portion::Batch.cut(load(conn, sought, moment, Portion::Batch)?).0, true));
    }
    rows.truncate(whole);
    Ok((rows, true))
}

type Span = (DateTime<Utc>, DateTime<Utc>);

fn load(conn: &mut PgConnection, sought: &Sought, (from, until): Span, portion: Portion) -> QueryResult<Vec<Event>> {
    statement(query(sought, portion))
        .bind::<Timestamptz, _>(from)
        .bind::<Timestamptz, _>(until)
        .bind::<Text, _>(sought.kind.map_or("", EventKind::as_str))
        .bind::<BigInt, _>(sought.who.unwrap_or(UserId(0)))
        .bind::<BigInt, _>(sought.whom.unwrap_or(UserId(0)))
        .bind::<Text, _>(sought.of.map_or("", Root::kind))
        .bind::<BigInt, _>(sought.of.map_or(0, Root::id))
        .bind::<Array<Text>, _>(of_bids())
        .load(conn)
}
