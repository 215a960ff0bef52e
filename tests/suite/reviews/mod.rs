//! Reviews: each side's is its own until both are in, or the days are over; then they stay as they are.
mod house;
mod killed;
mod pages;
mod races;

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::contract::{Ending, Fault};
use guildhall::domain::ids::ContractId;
use guildhall::domain::review::{ReviewContent, ReviewRefused};
use guildhall::domain::words::Reason;
use guildhall::operations::contracts::terminate_contract;
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::reviews::write_review;
use guildhall::schema::events;

use crate::support::given::{FIRST_SEEN, OpenProject, Somebody, past_triggers, patient};

/// A contract that has just ended.
pub fn ended(conn: &mut PgConnection, on: &OpenProject) -> ContractId {
    let won = accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let ending = Ending { fault: Fault::Nobody, reason: Reason::parse("The warehouse burnt down.").expect("a reason") };
    terminate_contract(&mut patient(conn), on.organisation.owner.id, won.contract, &ending).expect("an end");
    won.contract
}

/// So many days later.
pub fn later(conn: &mut PgConnection, id: ContractId, days: i32) {
    let back = format!("- interval '{days} days' WHERE contract_id = {id}");
    past_triggers(
        conn,
        &format!("UPDATE contract_endings SET ended_at = ended_at {back}; UPDATE reviews SET written_at = written_at {back}"),
    );
}

/// Writes one; whether both are shown then.
pub fn writes(conn: &mut PgConnection, by: &Somebody, id: ContractId, rating: &str, words: &str) -> Result<bool, ReviewRefused> {
    writes_anew(conn, by, id, rating, words, 0)
}

/// Writes anew what was read at this version.
pub fn writes_anew(
    conn: &mut PgConnection,
    by: &Somebody,
    id: ContractId,
    rating: &str,
    words: &str,
    seen: i32,
) -> Result<bool, ReviewRefused> {
    let content = ReviewContent::parse(rating, words).expect("a review");
    match write_review(&mut patient(conn), by.id, id, &content, seen) {
        Ok(shown) => Ok(shown),
        Err(Failure::Refused(why)) => Err(why),
        Err(Failure::Broken(fault)) => panic!("{fault}"),
    }
}

/// How often this stands in the contract's history.
pub fn told(conn: &mut PgConnection, id: ContractId, kind: &str) -> i64 {
    let of = events::table.filter(events::stream_kind.eq("CONTRACT")).filter(events::stream_id.eq(id.0));
    of.filter(events::kind.eq(kind)).count().get_result(conn).expect("a count")
}
