//! How work on the database can fail: refused by the marketplace, or broken.

use diesel::result::{DatabaseErrorKind, Error};

use crate::domain::event::Root;
use crate::domain::named_lock::NamedLock;

/// Why a piece of work did not do what was asked.
#[derive(Debug)]
pub enum Failure<E> {
    /// The marketplace says no; nothing was changed.
    Refused(E),
    /// Something is wrong with the machinery.
    Broken(Fault),
}

/// What is wrong with the machinery.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Somebody holds the row's lock. Nothing was done.
    #[error("somebody holds the lock of {0:?}")]
    Busy(Option<Root>),
    /// A deadlock or a serialisation failure: rolled back, may be tried again.
    #[error("rolled back to let another transaction through: {0}")]
    Conflict(Error),
    /// No connection to be had. Nothing was done.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The connection broke at the commit: it may have happened or not.
    #[error("the connection broke during the commit: {0}")]
    Unknown(Error),
    /// A guarded write hit another number of rows than it must; rolled back.
    #[error("{wrote} rows instead of {meant} in {what}")]
    Miscounted {
        /// The write.
        what: &'static str,
        /// How many rows it must hit.
        meant: usize,
        /// How many it hit.
        wrote: usize,
    },
    /// The request's key was used for another request before. Nothing was done.
    #[error("the key was used for another request")]
    KeyReused,
    /// Somebody else has the lock by name under which this was done, because its lease had lapsed. Nothing was done.
    #[error("the lock {0} was lost: its lease had lapsed, and somebody else took it")]
    LockLost(NamedLock),
    /// Anything else that the database says, or a panic.
    #[error("{0}")]
    Other(Error),
    /// The work ended in a panic; its transaction was rolled back.
    #[error("the work panicked")]
    Panicked,
}

impl<E> From<Fault> for Failure<E> {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}

impl<E> From<Error> for Failure<E> {
    fn from(error: Error) -> Self {
        Self::Broken(error.into())
    }
}

/// How messages begin that say that the server, or the way to it, is gone. A server that was demoted says that its
/// transactions are read-only.
const GONE: [&str; 7] = [
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "could not receive data from server",
    "could not send data to server",
    "SSL connection has been closed",
    "SSL SYSCALL error",
];

impl From<Error> for Fault {
    /// Diesel passes no SQLSTATE on, so that lock timeouts and deadlocks are known by their words; every connection
    /// asks for untranslated ones (`database.rs`).
    fn from(error: Error) -> Self {
        let Error::DatabaseError(kind, information) = &error else {
            return match error {
                Error::BrokenTransactionManager => Self::Unavailable(error.to_string()),
                error => Self::Other(error),
            };
        };
        let says = |words: &str| information.message().starts_with(words);
        match kind {
            DatabaseErrorKind::SerializationFailure => Self::Conflict(error),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => Self::Unavailable(error.to_string()),
            _ if says("deadlock detected") => Self::Conflict(error),
            // the last one: an admin ended the wait by hand
            _ if says("could not obtain lock")
                || says("canceling statement due to lock timeout")
                || says("canceling statement due to user request") =>
            {
                Self::Busy(None)
            }
            _ if GONE.iter().any(|words| says(words)) || information.message().contains("in a read-only transaction") => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Other(error),
        }
    }
}

impl Fault {
    /// Names the root whose lock was not to be had.
    #[must_use]
    pub fn at(self, root: Root) -> Self {
        match self {
            Self::Busy(_) => Self::Busy(Some(root)),
            other => other,
        }
    }

    /// The named constraint (or constraint trigger) that refused a write.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Other(Error::DatabaseError(_, information)) => information.constraint_name(),
            _ => None,
        }
    }
}

/// Checks that a guarded write hit as many rows as it must.
///
/// # Errors
/// [`Fault::Miscounted`], which rolls the transaction back.
pub fn count(what: &'static str, meant: usize, wrote: usize) -> Result<(), Fault> {
    if meant == wrote { Ok(()) } else { Err(Fault::Miscounted { what, meant, wrote }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(message: &str) -> Fault {
        Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())).into()
    }

    #[test]
    fn a_server_that_is_gone_is_told_from_one_that_objects() {
        for gone in [
            "terminating connection due to administrator command",
            "server closed the connection unexpectedly\n\tThis probably means …",
            "could not receive data from server: Connection reset by peer",
            "cannot execute INSERT in a read-only transaction",
        ] {
            assert!(matches!(fault(gone), Fault::Unavailable(_)), "{gone}");
        }
        assert!(matches!(fault("canceling statement due to lock timeout"), Fault::Busy(None)));
        assert!(matches!(fault("deadlock detected"), Fault::Conflict(_)));
        assert!(matches!(fault("division by zero"), Fault::Other(_)));
    }
}
