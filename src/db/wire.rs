//! What changed, told from process to process: LISTEN and NOTIFY on one connection of this process's own, outside the
//! pool. The named exception to the one bridge.
//!
//! An operation's transaction does not notify: PostgreSQL lets the commits that do wait for each other. What it changed
//! is handed over after its commit and sent from here, many changes in one statement. A process that is killed in between
//! tells nobody; a page that is live looks by itself whenever its stream begins, and is right whenever it is loaded.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::bell::Bell;
use super::reach::Reach;
use super::transaction::News;
use crate::domain::event::{Changed, Root};

/// How often it is looked whether something came, while somebody listens here.
const PACE: Duration = Duration::from_millis(50);
/// The same while workers listen: a job that another process asked for begins so much later at most.
const WORKERS_PACE: Duration = Duration::from_millis(10);
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

/// A process that serves no pages has nobody to tell.
impl Listeners for () {
    fn are_there(&self) -> bool {
        false
    }

    fn hear(&self, _: &mut PgConnection, _: Heard<'_>) -> QueryResult<()> {
        Ok(())
    }
}

enum Message {
    News(News),
    Look,
}

/// This process's end of the wire. It is taken down with the last clone.
#[derive(Clone)]
pub(super) struct Wire(Sender<Message>);

impl Wire {
    /// Puts it up; nothing is connected before something changes or somebody listens. The bell is rung here when another
    /// process has something for workers to do.
    pub fn start(reach: Reach, listeners: impl Listeners, bell: Arc<Bell>) -> std::io::Result<Self> {
        let (tell, told) = channel();
        let end = End { reach, listeners, bell, told, unsent: BTreeSet::new(), unsent_jobs: false, sent: None };
        std::thread::Builder::new().name("wire".to_owned()).spawn(move || end.run())?;
        Ok(Self(tell))
    }

    /// Sends what was done, soon.
    pub fn tell(&self, news: News) {
        // An end that is gone has nobody left to tell.
        self.0.send(Message::News(news)).ok();
    }

    /// Has it looked at once whether somebody listens.
    pub fn look(&self) {
        self.0.send(Message::Look).ok();
    }
}

struct End<L> {
    reach: Reach,
    listeners: L,
    bell: Arc<Bell>,
    told: Receiver<Message>,
    unsent: BTreeSet<Changed>,
    unsent_jobs: bool,
    sent: Option<Instant>,
}

impl<L: Listeners> End<L> {
    /// Until nobody can tell anything any more.
    fn run(mut self) {
        let mut line: Option<Line> = None;
        while self.wait() {
            let wanted = Wanted { changed: self.listeners.are_there(), jobs: self.bell.has_workers() };
            if let Err(error) = self.serve(&mut line, wanted) {
                tracing::debug!(%error, "the live connection");
                line = None;
                std::thread::sleep(AGAIN);
            }
        }
    }

    fn has_unsent(&self) -> bool {
        self.unsent_jobs || !self.unsent.is_empty()
    }

    /// Waits for the next thing to do; false where there will be none.
    fn wait(&mut self) -> bool {
        let first = if self.bell.has_workers() {
            self.told.recv_timeout(WORKERS_PACE)
        } else if self.listeners.are_there() || self.has_unsent() {
            self.told.recv_timeout(PACE)
        } else {
            self.told.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match first {
            Ok(Message::News(news)) => {
                self.take(news);
                // The first word goes out at once, those behind it together.
                let left = self.sent.map_or(Duration::ZERO, |sent| TOGETHER.saturating_sub(sent.elapsed()));
                std::thread::sleep(left);
            }
            Ok(Message::Look) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        while let Ok(message) = self.told.try_recv() {
            if let Message::News(news) = message {
                self.take(news);
            }
        }
        while self.unsent.len() > MOST {
            self.unsent.pop_first();
        }
        true
    }

    fn take(&mut self, news: News) {
        self.unsent.extend(news.changed);
        self.unsent_jobs |= news.jobs;
    }

    fn serve(&mut self, line: &mut Option<Line>, wanted: Wanted) -> anyhow::Result<()> {
        let line = match line {
            Some(line) => line,
            None if wanted.changed || wanted.jobs || self.has_unsent() => line.insert(Line::open(&self.reach)?),
            None => return Ok(()),
        };
        if wanted != line.listening {
            let before = line.listening;
            line.listen(wanted)?;
            if wanted.changed && !before.changed {
                self.listeners.hear(&mut line.pg, Heard::Anything)?;
            }
            if wanted.jobs && !before.jobs {
                self.bell.ring();
            }
        }
        if self.has_unsent() {
            line.send(&self.unsent, self.unsent_jobs)?;
            self.unsent.clear();
            self.unsent_jobs = false;
            self.sent = Some(Instant::now());
        }
        let (heard, jobs) = line.heard()?;
        if jobs {
            self.bell.ring();
        }
        if wanted.changed && !heard.is_empty() {
            self.listeners.hear(&mut line.pg, Heard::These(&heard))?;
        }
        Ok(())
    }
}

/// What somebody here wants to hear of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wanted {
    changed: bool,
    jobs: bool,
}

/// The connection.
struct Line {
    pg: PgConnection,
    listening: Wanted,
}

impl Line {
    fn open(reach: &Reach) -> anyhow::Result<Self> {
        let mut pg = reach.open()?;
        // Nothing is kept by what it commits.
        pg.batch_execute("SET application_name = 'guildhall wire'; SET synchronous_commit = off")?;
        Ok(Self { pg, listening: Wanted::default() })
    }

    fn listen(&mut self, wanted: Wanted) -> QueryResult<()> {
        self.pg.batch_execute(if wanted.changed { "LISTEN changed" } else { "UNLISTEN changed" })?;
        self.pg.batch_execute(if wanted.jobs { "LISTEN jobs" } else { "UNLISTEN jobs" })?;
        self.listening = wanted;
        Ok(())
    }

    /// Ids only; of jobs, that there are some.
    fn send(&mut self, changed: &BTreeSet<Changed>, jobs: bool) -> QueryResult<()> {
        let words: Vec<String> = changed.iter().map(|one| format!("{}:{}:{}", one.root.kind(), one.root.id(), one.seq)).collect();
        diesel::sql_query("SELECT pg_notify('changed', word) FROM unnest($1) AS word UNION ALL SELECT pg_notify('jobs', '') WHERE $2")
            .bind::<Array<Text>, _>(words)
            .bind::<Bool, _>(jobs)
            .execute(&mut self.pg)
            .map(drop)
    }

    /// What has come since it was last asked, and whether there is something for workers to do.
    fn heard(&mut self) -> QueryResult<(Vec<Changed>, bool)> {
        if self.listening == Wanted::default() {
            return Ok((Vec::new(), false));
        }
        let (mut heard, mut jobs) = (BTreeSet::new(), false);
        for notification in self.pg.notifications_iter() {
            let notification = notification?;
            jobs |= notification.channel == "jobs";
            heard.extend(parse(&notification.payload));
        }
        Ok((heard.into_iter().collect(), jobs))
    }
}

fn parse(word: &str) -> Option<Changed> {
    let mut parts = word.split(':');
    let (kind, id, seq) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Changed { root: Root::of(kind, id)?, seq })
}
