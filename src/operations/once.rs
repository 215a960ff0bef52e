//! A request that brings a key is done once: however often it comes, it has one effect, and is answered with what that
//! came to.

use crate::db::request_keys::{self, Claim};
use crate::db::{Failure, Fault, Tx};
use crate::domain::ids::UserId;

/// What an operation came to, as it is kept with a key: the number of the thing, and whether it was made then.
pub trait Outcome: Sized {
    /// To be kept.
    fn kept(&self) -> (i64, bool);
    /// As it was.
    fn again(made: i64, new: bool) -> Self;
}

/// Does the work of an operation's transaction, where the connection carries a key only if nobody has done it with that
/// key before. Claiming it is the transaction's first write: a rival with the same key waits there. Refusals are not kept.
///
/// # Errors
/// The work's own; [`Fault::KeyReused`] where the key was used for something else.
pub fn once<T: Outcome, E>(tx: &mut Tx<'_>, by: UserId, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure<E>>) -> Result<T, Failure<E>> {
    let Some(request) = tx.take_request() else { return work(tx) };
    match request_keys::claim(tx, by, &request)? {
        Claim::New => {
            let done = work(tx)?;
            let (made, new) = done.kept();
            request_keys::keep_outcome(tx, by, &request.key, made, new)?;
            Ok(done)
        }
        Claim::Done(made) => Ok(T::again(made, request_keys::was_new(tx, by, &request.key)?)),
        Claim::Reused => Err(Fault::KeyReused.into()),
    }
}

impl Outcome for () {
    fn kept(&self) -> (i64, bool) {
        (0, true)
    }
    fn again(_: i64, _: bool) -> Self {}
}

impl Outcome for bool {
    fn kept(&self) -> (i64, bool) {
        (0, *self)
    }
    fn again(_: i64, new: bool) -> Self {
        new
    }
}
