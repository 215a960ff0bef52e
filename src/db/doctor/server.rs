//! The server: its version, the settings on which the house's promises rest, room for connections, its clock.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamptz};

use super::Finding;
use crate::db::cluster::OLDEST_MAJOR;

/// Settings, what each has to be, and what goes wrong otherwise.
const NEEDED: [(&str, &str, &str); 7] = [
    ("fsync", "on", "what was acknowledged can be lost, and the database with it"),
    ("full_page_writes", "on", "a power cut can tear pages"),
    ("server_encoding", "UTF8", "not every name can be kept"),
    ("default_transaction_isolation", "read committed", "what is decided under a lock would be decided on old rows"),
    ("default_transaction_read_only", "off", "nothing can be written"),
    ("standard_conforming_strings", "on", "texts are read otherwise than they are meant"),
    ("autovacuum", "on", "the busiest tables grow and slow down"),
];
/// So far the clocks may stand apart; the rest is the way to the server and back.
const APART: TimeDelta = TimeDelta::seconds(2);
/// Connections that a process holds beside its pool: the wire, and one that migrates.
const BESIDE: i32 = 2;

/// Whether it is new enough.
pub fn version(conn: &mut PgConnection) -> QueryResult<Finding> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = Text)]
        said: String,
    }
    let query = "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS said";
    let row: Row = diesel::sql_query(query).get_result(conn)?;
    let is_old = u32::try_from(row.number / 10_000).unwrap_or_default() < OLDEST_MAJOR;
    Ok(match is_old {
        true => Finding::wrong("PostgreSQL", format!("is {}: Guildhall needs {OLDEST_MAJOR} or newer", row.said)),
        false => Finding::well("PostgreSQL", row.said),
    })
}

/// The settings that promises rest on, as this role and database have them; whether this is the primary.
pub fn settings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, needed, otherwise) in NEEDED {
        let is = setting(conn, name)?;
        if is != needed {
            findings.push(Finding::wrong(format!("setting {name}"), format!("is {is} and must be {needed}: {otherwise}")));
        }
    }
    if setting(conn, "synchronous_commit")? == "off" {
        let says = "is off: what people were told was saved can be lost in a crash; set it to on";
        findings.push(Finding::wrong("setting synchronous_commit", says));
    }
    if is_so(conn, "SELECT pg_is_in_recovery() AS is_so")? {
        let says = "this server only follows another one: name the primary, with target_session_attrs=read-write";
        findings.push(Finding::wrong("primary", says));
    }
    if findings.is_empty() {
        findings.push(Finding::well("settings", format!("{} of the server are as they must be", NEEDED.len() + 1)));
    }
    Ok(findings)
}

/// Whether there is room for as many connections as this house wants.
pub fn connections(conn: &mut PgConnection, wanted: u32) -> QueryResult<Finding> {
    #[derive(QueryableByName)]
    struct Room {
        #[diesel(sql_type = Integer)]
        room: i32,
    }
    let query = "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS room";
    let room = diesel::sql_query(query).get_result::<Room>(conn)?.room;
    let wanted = i32::try_from(wanted).unwrap_or(i32::MAX).saturating_add(BESIDE);
    let says = format!("{room} may be had, and one process holds up to {wanted}");
    Ok(match wanted > room {
        true => Finding::wrong("connections", format!("{says}: raise max_connections, or set --connections lower")),
        false => Finding::well("connections", says),
    })
}

/// How far this machine's clock and the server's stand apart. The server's decides everything; this machine's dates cookies
/// and what is logged.
pub fn clock(conn: &mut PgConnection) -> QueryResult<Finding> {
    #[derive(QueryableByName)]
    struct Clock {
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
    }
    let before = Utc::now();
    let there = diesel::sql_query("SELECT clock_timestamp() AS at").get_result::<Clock>(conn)?.at;
    let after = Utc::now();
    Ok(judged(there, before, after))
}

fn judged(there: DateTime<Utc>, before: DateTime<Utc>, after: DateTime<Utc>) -> Finding {
    let apart = if there < before { before - there } else { (there - after).max(TimeDelta::zero()) };
    match apart > APART {
        true => {
            let says = format!("stands {} s apart from this machine's: set both by NTP", apart.num_seconds());
            Finding::wrong("clock of the database", says)
        }
        false => Finding::well("clock of the database", format!("within {} ms of this machine's", apart.num_milliseconds().max(1))),
    }
}

fn setting(conn: &mut PgConnection, name: &str) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Nullable<Text>)]
        is: Option<String>,
    }
    let query = diesel::sql_query("SELECT current_setting($1, true) AS is").bind::<Text, _>(name);
    Ok(query.get_result::<Setting>(conn)?.is.unwrap_or_default())
}

fn is_so(conn: &mut PgConnection, query: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct IsSo {
        #[diesel(sql_type = Bool)]
        is_so: bool,
    }
    Ok(diesel::sql_query(query).get_result::<IsSo>(conn)?.is_so)
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[test]
    fn the_way_to_the_server_and_back_is_not_held_against_its_clock() {
        let at = |millis| DateTime::from_timestamp_millis(millis).expect("a moment");
        for (there, verdict) in [(10_000, Verdict::Well), (7_900, Verdict::Wrong), (8_000, Verdict::Well), (22_001, Verdict::Wrong)] {
            assert_eq!(judged(at(there), at(10_000), at(20_000)).verdict, verdict, "{there}");
        }
    }
}
