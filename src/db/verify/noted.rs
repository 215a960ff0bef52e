//! Heads of chains that somebody noted elsewhere.

use std::str::FromStr;

use diesel::prelude::*;

use super::{Report, chains};
use crate::domain::chain::hex;
use crate::domain::event::Root;
use crate::domain::ids::{ContractId, OrganisationId, ProjectId, TicketId, UserId};
use crate::schema::events;

/// A head as the history page shows it: the thing's reference, how many events it had, and the last one's hash or the
/// beginning of it, as `PRJ-0412:17:9f3a0c1d2e4b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Whose stream.
    pub root: Root,
    /// How many events it had.
    pub count: i64,
    /// Hexadecimal digits of the last one's hash, from its beginning: at least 8.
    pub hash: String,
}

/// Why some words are no noted head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write it like PRJ-0412:17:9f3a0c1d2e4b: reference, number of events, at least 8 digits of the hash")]
pub struct NotedWrong;

impl FromStr for Noted {
    type Err = NotedWrong;

    fn from_str(text: &str) -> Result<Self, NotedWrong> {
        let mut parts = text.trim().split(':');
        let (Some(reference), Some(count), Some(hash), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotedWrong);
        };
        let (prefix, id) = reference.split_once('-').ok_or(NotedWrong)?;
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number > 0).ok_or(NotedWrong);
        let id = number(id)?;
        let root = match prefix {
            "PRJ" => Root::Project(ProjectId(id)),
            "ORG" => Root::Organisation(OrganisationId(id)),
            "USR" => Root::Person(UserId(id)),
            "CTR" => Root::Contract(ContractId(id)),
            "TIC" => Root::Ticket(TicketId(id)),
            _ => return Err(NotedWrong),
        };
        let sound = (8..=64).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if sound { Ok(Self { root, count: number(count)?, hash: hash.to_ascii_lowercase() }) } else { Err(NotedWrong) }
    }
}

/// Whether each noted head is still the hash of the event at that place.
pub fn check(conn: &mut PgConnection, noted: &[Noted], report: &mut Report) -> QueryResult<()> {
    for noted in noted {
        report.checked.noted += 1;
        let found: Option<Vec<u8>> =
            events::table.find((noted.root.kind(), noted.root.id(), noted.count)).select(events::hash).first(conn).optional()?;
        let at = chains::name(noted.root.kind(), noted.root.id());
        match found {
            None => report.fault("noted_head", at, format!("there is no event {}", noted.count)),
            Some(hash) if !hex(&hash).starts_with(&noted.hash) => {
                report.fault("noted_head", at, format!("event {} has another hash than the one noted", noted.count));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_shown() {
        let noted: Noted = "PRJ-0412:17:9F3a0c1d2e4b".parse().unwrap();
        assert_eq!(noted, Noted { root: Root::Project(ProjectId(412)), count: 17, hash: "9f3a0c1d2e4b".into() });
        for odd in [
            "",
            "PRJ-0412",
            "PRJ-0412:17",
            "PRJ-0412:17:9f",
            "PRP-1:1:9f3a0c1d",
            "PRJ-1:0:9f3a0c1d",
            "PRJ-1:1:9f3a0c1d:",
            "PRJ-é:1:9f3a0c1d",
        ] {
            assert_eq!(odd.parse::<Noted>(), Err(NotedWrong), "{odd}");
        }
    }
}
