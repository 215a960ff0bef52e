//! What changed, told from process to process: LISTEN and NOTIFY on one connection of this process's own, outside the
//! pool. The named exception to the one bridge.
//!
//! An operation's transaction does not notify: PostgreSQL lets the commits that do wait for each other. What it changed
//! is handed over after its commit and sent from here, many changes in one statement. A process that is killed in between
//! tells nobody; a page that is live looks by itself whenever its stream begins, and is right whenever it is loaded.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::reach::Reach;
use crate::domain::event::{Changed, Root};

/// How often it is looked whether something came, while somebody listens here.
const PACE: Duration = Duration::from_millis(50);
/// Changes of so long a while go out together.
const TOGETHER: Duration = Duration::from_millis(20);
/// How long it is waited before the server is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// No more than so many changes are kept for a server that is away.
const MOST: usize = 10_000;

/// What was heard.
#[derive(Debug, Clone, Copy)]
pub enum Heard<'h> {
    /// These changed.
    These(&'h [Changed]),
    /// Anything may have changed: listening has only just begun, perhaps anew.
    Anything,
}

/// Those for whom a process listens.
pub trait Listeners: Send + 'static {
    /// Whether there is anybody. As long as there is nobody, nothing is listened for.
    fn are_there(&self) -> bool;

    /// Tells them. The connection is the wire's own.
    ///
    /// # Errors
    /// The database's; the wire then connects anew.
    fn hear(&self, conn: &mut PgConnection, heard: Heard<'_>) -> QueryResult<()>;
}

enum Message {
    Changed(Vec<Changed>),
    Look,
}

/// This process's end of the wire. It is taken down with the last clone.
#[derive(Clone)]
pub(super) struct Wire(Sender<Message>);

impl Wire {
    /// Puts it up; nothing is connected before something changes or somebody listens.
    pub fn start(reach: Reach, listeners: impl Listeners) -> std::io::Result<Self> {
        let (tell, told) = channel();
        let end = End { reach, listeners, told, unsent: BTreeSet::new() };
        std::thread::Builder::new().name("wire".to_owned()).spawn(move || end.run())?;
        Ok(Self(tell))
    }

    /// Sends what changed, soon.
    pub fn tell(&self, changed: Vec<Changed>) {
        // An end that is gone has nobody left to tell.
        self.0.send(Message::Changed(changed)).ok();
    }

    /// Has it looked at once whether somebody listens.
    pub fn look(&self) {
        self.0.send(Message::Look).ok();
    }
}

struct End<L> {
    reach: Reach,
    listeners: L,
    told: Receiver<Message>,
    unsent: BTreeSet<Changed>,
}

impl<L: Listeners> End<L> {
    /// Until nobody can tell anything any more.
    fn run(mut self) {
        let mut line: Option<Line> = None;
        while self.wait() {
            let wanted = self.listeners.are_there();
            if let Err(error) = self.serve(&mut line, wanted) {
                tracing::debug!(%error, "the live connection");
                line = None;
                std::thread::sleep(AGAIN);
            }
        }
    }

    /// Waits for the next thing to do; false where there will be none.
    fn wait(&mut self) -> bool {
        let first = if self.listeners.are_there() || !self.unsent.is_empty() {
            self.told.recv_timeout(PACE)
        } else {
            self.told.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match first {
            Ok(Message::Changed(changed)) => {
                self.unsent.extend(changed);
                std::thread::sleep(TOGETHER);
            }
            Ok(Message::Look) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        for message in self.told.try_iter() {
            if let Message::Changed(changed) = message {
                self.unsent.extend(changed);
            }
        }
        while self.unsent.len() > MOST {
            self.unsent.pop_first();
        }
        true
    }

    fn serve(&mut self, line: &mut Option<Line>, wanted: bool) -> anyhow::Result<()> {
        let line = match line {
            Some(line) => line,
            None if wanted || !self.unsent.is_empty() => line.insert(Line::open(&self.reach)?),
            None => return Ok(()),
        };
        if wanted != line.is_listening {
            line.listen(wanted)?;
            if wanted {
                self.listeners.hear(&mut line.pg, Heard::Anything)?;
            }
        }
        if !self.unsent.is_empty() {
            line.send(&self.unsent)?;
            self.unsent.clear();
        }
        let heard = line.heard()?;
        if wanted && !heard.is_empty() {
            self.listeners.hear(&mut line.pg, Heard::These(&heard))?;
        }
        Ok(())
    }
}

/// The connection.
struct Line {
    pg: PgConnection,
    is_listening: bool,
}

impl Line {
    fn open(reach: &Reach) -> anyhow::Result<Self> {
        let mut pg = reach.open()?;
        // Nothing is kept by what it commits.
        pg.batch_execute("SET application_name = 'guildhall wire'; SET synchronous_commit = off")?;
        Ok(Self { pg, is_listening: false })
    }

    fn listen(&mut self, wanted: bool) -> QueryResult<()> {
        self.pg.batch_execute(if wanted { "LISTEN changed" } else { "UNLISTEN changed" })?;
        self.is_listening = wanted;
        Ok(())
    }

    /// Ids only.
    fn send(&mut self, changed: &BTreeSet<Changed>) -> QueryResult<()> {
        let words: Vec<String> = changed.iter().map(|one| format!("{}:{}:{}", one.root.kind(), one.root.id(), one.seq)).collect();
        diesel::sql_query("SELECT pg_notify('changed', word) FROM unnest($1) AS word")
            .bind::<Array<Text>, _>(words)
            .execute(&mut self.pg)
            .map(drop)
    }

    /// What has come since it was last asked.
    fn heard(&mut self) -> QueryResult<Vec<Changed>> {
        if !self.is_listening {
            return Ok(Vec::new());
        }
        let mut heard = BTreeSet::new();
        for notification in self.pg.notifications_iter() {
            heard.extend(parse(&notification?.payload));
        }
        Ok(heard.into_iter().collect())
    }
}

fn parse(word: &str) -> Option<Changed> {
    let mut parts = word.split(':');
    let (kind, id, seq) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Changed { root: Root::of(kind, id)?, seq })
}
