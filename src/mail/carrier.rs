//! Whoever carries the letters out: one thread of each process that serves. Letters are handed to one of all carriers at a
//! time; one that dies with a letter in hand is succeeded by another after a while, who sends it as the same letter.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use lettre::message::Mailbox;

use super::envelope;
use super::post::Post;
use crate::db::counted::MAILS;
use crate::db::{Database, Failure, Fault};
use crate::domain::mail::{Claimed, Ended};
use crate::operations::mails::{answer_link_request, claim_mail, end_mail, gather_mails};
use crate::web::letters::{self, Letterhead};

/// How often it looks, where nothing in this process says that something changed.
const PACE: Duration = Duration::from_secs(2);
/// How long it rests where the database is away.
const REST: Duration = Duration::from_secs(5);
/// How long the end of the process waits for a letter that is just being sent.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// Carries letters.
pub struct Carrier {
    database: Database,
    head: Letterhead,
    from: Mailbox,
    post: Post,
    stop: Arc<AtomicBool>,
}

/// A carrier at work.
pub struct Running {
    stop: Arc<AtomicBool>,
    ended: Receiver<()>,
}

impl Running {
    /// Tells it to stop, and waits a while for the letter in its hand.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.ended.recv_timeout(LAST_WAIT).is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout) {
            tracing::warn!("a letter was just being sent: it will be sent again, as the same letter");
        }
    }
}

impl Carrier {
    /// One that writes on this letterhead.
    pub fn new(database: Database, head: Letterhead, from: Mailbox, post: Post) -> Self {
        Self { database, head, from, post, stop: Arc::default() }
    }

    /// Sets it to work on a thread of its own.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn start(self) -> std::io::Result<Running> {
        let (tell, ended) = channel();
        let stop = Arc::clone(&self.stop);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
            runtime.block_on(self.run());
            drop(tell);
        })?;
        Ok(Running { stop, ended })
    }

    async fn run(self) {
        let mut was_away = false;
        while !self.stop.load(Ordering::Relaxed) {
            match self.round().await {
                Ok(_) => {
                    was_away = false;
                    self.until_looked_for(PACE).await;
                }
                Err(fault) => {
                    if !was_away {
                        tracing::warn!(%fault, "letters wait");
                    }
                    was_away = true;
                    self.until_looked_for(REST).await;
                }
            }
        }
    }

    /// Waits, but not longer than the end of the process.
    async fn until_looked_for(&self, longest: Duration) {
        let end = tokio::time::Instant::now() + longest;
        while tokio::time::Instant::now() < end && !self.stop.load(Ordering::Relaxed) {
            if tokio::time::timeout(Duration::from_millis(250), self.database.changed()).await.is_ok() {
                return;
            }
        }
    }

    /// Finds what is to be written and sends all that is due. Answers how many letters it had in its hand.
    ///
    /// # Errors
    /// Whatever broke in the database; what was not done, the next round does.
    pub async fn round(&self) -> Result<usize, Fault> {
        let domain = self.head.domain().to_owned();
        sound(self.database.change(move |conn| gather_mails(conn, &domain)).await)?;
        while self.answer().await? {}
        let mut carried = 0;
        while !self.stop.load(Ordering::Relaxed) {
            let Some(mail) = sound(self.database.change(claim_mail).await)? else { break };
            let ended = self.carry(&mail).await?;
            match &ended {
                Ended::Refused(why) => tracing::warn!(mail = %mail.message_id, %why, "a letter was refused for good"),
                Ended::NotTaken(why) | Ended::Unsure(why) => tracing::info!(mail = %mail.message_id, %why, "a letter was not taken"),
                Ended::Sent | Ended::Dropped => tracing::debug!(mail = %mail.message_id, "a letter"),
            }
            metrics::counter!(MAILS, "ending" => ended.name()).increment(1);
            let message_id = mail.message_id.clone();
            if !sound(self.database.change(move |conn| end_mail(conn, &mail, &ended)).await)? {
                tracing::warn!(mail = %message_id, "somebody else took a letter that took too long here");
            }
            carried += 1;
        }
        Ok(carried)
    }

    /// Sends the link that was asked for first, if one was.
    async fn answer(&self) -> Result<bool, Fault> {
        let (domain, secret) = (self.head.domain().to_owned(), self.head.secret().clone());
        sound(self.database.change(move |conn| answer_link_request(conn, &secret, &domain)).await)
    }

    /// Words a letter and hands it over. No connection to the database is held meanwhile.
    async fn carry(&self, mail: &Claimed) -> Result<Ended, Fault> {
        let (head, asked) = (self.head.clone(), mail.clone());
        let Some(letter) = sound(self.database.run(move |conn| letters::compose(conn, &head, &asked)).await)? else {
            return Ok(Ended::Dropped);
        };
        Ok(match envelope::message(&letter, &self.from, &mail.message_id) {
            Ok(message) => self.post.hand_over(&message, &mail.message_id),
            Err(why) => Ended::Refused(why),
        })
    }
}

fn sound<T>(done: Result<T, Failure<Infallible>>) -> Result<T, Fault> {
    done.map_err(|failure| match failure {
        Failure::Refused(never) => match never {},
        Failure::Broken(fault) => fault,
    })
}
