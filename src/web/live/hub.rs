//! The streams that are open in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::db::wire::{Heard, Listeners};
use crate::db::{PgConnection, QueryResult, live};
use crate::domain::ids::UserId;
use crate::web::shell::count_in_words;

/// So many may one person have open: a browser needs one.
const EACH: usize = 100;
/// So many in all.
const ALL: usize = 10_000;
/// So many words may wait for a slow reader, who is cut off then.
const WAITING: usize = 16;

/// All open streams.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<Room>>);

#[derive(Default)]
struct Room {
    next: u64,
    is_closed: bool,
    streams: BTreeMap<u64, (UserId, Sender<Bytes>)>,
}

/// A stream's place, given back when it is dropped.
pub struct Place {
    hub: Hub,
    number: u64,
    /// What it is told.
    pub words: Receiver<Bytes>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.hub.room().streams.remove(&self.number);
    }
}

impl Hub {
    fn room(&self) -> MutexGuard<'_, Room> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more stream; none where the person has too many, or all together, or the process stops.
    pub fn join(&self, who: UserId) -> Option<Place> {
        let mut room = self.room();
        let own = room.streams.values().filter(|(user, _)| *user == who).count();
        if room.is_closed || own >= EACH || room.streams.len() >= ALL {
            return None;
        }
        let (tell, words) = channel(WAITING);
        let number = room.next;
        room.next += 1;
        room.streams.insert(number, (who, tell));
        Some(Place { hub: self.clone(), number, words })
    }

    /// Ends all streams and takes no more: the process stops.
    pub fn close(&self) {
        let mut room = self.room();
        room.is_closed = true;
        room.streams.clear();
    }

    /// Tells everybody's streams the words for them.
    fn tell(&self, words: impl Fn(UserId) -> Option<Bytes>) {
        self.room().streams.retain(|_, (who, tell)| words(*who).is_none_or(|words| tell.try_send(words).is_ok()));
    }

    fn people(&self) -> Vec<UserId> {
        self.room().streams.values().map(|(who, _)| *who).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// One event as it stands in a stream.
pub fn event(kind: &str, data: &str) -> Bytes {
    Bytes::from(format!("event: {kind}\ndata: {data}\n\n"))
}

impl Listeners for Hub {
    fn are_there(&self) -> bool {
        !self.room().streams.is_empty()
    }

    fn hear(&self, conn: &mut PgConnection, heard: Heard<'_>) -> QueryResult<()> {
        let people = self.people();
        let told = match heard {
            Heard::These(changed) => {
                for (who, project) in live::may_know(conn, changed, &people)? {
                    self.tell(|user| (user == who).then(|| event("project", &project.to_string())));
                }
                if live::published(conn, changed)? {
                    self.tell(|_| Some(event("list", "")));
                }
                live::newly_told(conn, changed, &people)?
            }
            Heard::Anything => {
                self.tell(|_| Some(event("look", "")));
                live::unread(conn, &people)?
            }
        };
        for (who, unread) in told {
            self.tell(|user| (user == who).then(|| event("unread", &count_in_words(unread))));
        }
        Ok(())
    }
}
