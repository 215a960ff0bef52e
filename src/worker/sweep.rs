//! Going through all things of a kind, one by one.

use std::convert::Infallible;

use serde_json::{Value, json};

use crate::db::{Connection, Failure, Fault, PgConnection, QueryResult};
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
    let (mut swept, mut after) = (Swept::default(), before);
    loop {
        let find = find.clone();
        let found = hand.database().run(move |conn| Ok::<_, Failure<Infallible>>(find(conn, after)?)).await?;
        let Some(last) = found.last() else { return Ok(swept) };
        after = *last;
        for id in found {
            hand.go_on()?;
            let act = act.clone();
            match hand.database().change(move |conn| act(conn, id)).await {
                Ok(done) => swept.done += usize::from(done),
                Err(Failure::Broken(Fault::Busy(_))) => swept.left += 1,
                Err(failure) => return Err(failure.into()),
            }
        }
    }
}
