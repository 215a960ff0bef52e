//! Going through all things of a kind, one by one.

use std::convert::Infallible;

use serde_json::{Value, json};

use crate::db::named_locks::Turn;
use crate::db::{Connection, Failure, Fault, PgConnection, QueryResult};
use crate::domain::named_lock::NamedLock;
use crate::worker::{Hand, Trouble};

/// What came of it.
#[derive(Debug, Default, Clone, Copy)]
pub struct Swept {
    /// On so many something was done.
    pub done: usize,
    /// So many were held by somebody: the next turn finds them again.
    pub left: usize,
}

impl Swept {
    /// As a job's result; `done` says what was done.
    pub fn result(self, done: &str) -> Value {
        json!({ done: self.done, "left": self.left })
    }
}

/// Takes a lock by name for a sweep, and gives it back behind it: of several machines one sweeps at a time.
///
/// # Errors
/// [`Trouble`]: the work's own; where the lock is not to be had in time, it is tried again as any job is.
pub async fn in_turn<T>(hand: &Hand, lock: NamedLock, work: impl AsyncFnOnce(&Turn) -> Result<T, Trouble>) -> Result<T, Trouble> {
    let who = format!("job {}", hand.claim.job.reference());
    let turn = Turn::take(hand.database(), lock, &who).await.map_err(|failure| match failure {
        Failure::Refused(late) => Trouble::Failed(late.to_string()),
        Failure::Broken(fault) => Trouble::Failed(fault.to_string()),
    })?;
    let done = work(&turn).await;
    turn.end().await;
    done
}

/// The same as [`sweep`] under a lock by name: whoever lost it does nothing more.
///
/// # Errors
/// [`Trouble`].
pub async fn sweep_under<I, F, A>(hand: &Hand, turn: &Turn, before: I, find: F, act: A) -> Result<Swept, Trouble>
where
    I: Copy + Send + Sync + 'static,
    F: Fn(&mut PgConnection, I) -> QueryResult<Vec<I>> + Clone + Send + 'static,
    A: Fn(&mut Connection<'_>, I) -> Result<bool, Failure<Infallible>> + Clone + Send + Sync + 'static,
{
    through(hand, Some(turn), before, find, act).await
}

/// Does something to each thing that is found behind the one before, by number; each in a transaction of its own, in
/// which all is judged anew. Two sweeps at once do nothing twice.
///
/// # Errors
/// [`Trouble`].
pub async fn sweep<I, F, A>(hand: &Hand, before: I, find: F, act: A) -> Result<Swept, Trouble>
where
    I: Copy + Send + Sync + 'static,
    F: Fn(&mut PgConnection, I) -> QueryResult<Vec<I>> + Clone + Send + 'static,
    A: Fn(&mut Connection<'_>, I) -> Result<bool, Failure<Infallible>> + Clone + Send + Sync + 'static,
{
    through(hand, None, before, find, act).await
}

async fn through<I, F, A>(hand: &Hand, turn: Option<&Turn>, before: I, find: F, act: A) -> Result<Swept, Trouble>
where
    I: Copy + Send + Sync + 'static,
    F: Fn(&mut PgConnection, I) -> QueryResult<Vec<I>> + Clone + Send + 'static,
    A: Fn(&mut Connection<'_>, I) -> Result<bool, Failure<Infallible>> + Clone + Send + Sync + 'static,
{
    let held = turn.map(Turn::held);
    let (mut swept, mut after) = (Swept::default(), before);
    loop {
        let find = find.clone();
        let found = hand.database().run(move |conn| Ok::<_, Failure<Infallible>>(find(conn, after)?)).await?;
        let Some(last) = found.last() else { return Ok(swept) };
        after = *last;
        for id in found {
            hand.go_on()?;
            if let Some(turn) = turn {
                turn.go_on().await.map_err(Failure::<Infallible>::from)?;
            }
            let act = act.clone();
            let change = hand.database().change(move |conn| {
                if let Some(held) = held {
                    conn.under(held);
                }
                act(conn, id)
            });
            match change.await {
                Ok(done) => swept.done += usize::from(done),
                Err(Failure::Broken(Fault::Busy(_))) => swept.left += 1,
                Err(failure) => return Err(failure.into()),
            }
        }
    }
}
