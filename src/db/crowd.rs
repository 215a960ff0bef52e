//! One reading for all who ask for the same thing at the same time: a first page that everybody opens at once costs as
//! much as if one had opened it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::pg::PgConnection;
use tokio::sync::watch;

use super::{Database, Failure};

/// Those who wait for the same thing. Whoever comes before its reading has begun gets what that reading finds, whoever
/// comes later waits for the next one: nothing is kept, and nobody is told less than what was true when they asked.
#[derive(Debug, Clone)]
pub struct Crowd<T>(Arc<Mutex<HashMap<String, Answer<T>>>>);

type Answer<T> = watch::Receiver<Option<T>>;

/// The door behind which a crowd gathers; shut when the reading begins, or when it never will.
struct Door<T> {
    crowd: Crowd<T>,
    name: String,
}

impl<T: Clone + Send + Sync + 'static> Crowd<T> {
    /// What the work reads; it must be the same for everybody who asks for it by this name.
    ///
    /// # Errors
    /// The work's own, or as [`Database::run`] has it. What failed for the first is tried again by each who waited.
    pub async fn run<E: Send + 'static>(
        &self,
        database: &Database,
        name: String,
        work: impl FnOnce(&mut PgConnection) -> Result<T, Failure<E>> + Send + 'static,
    ) -> Result<T, Failure<E>> {
        let (tell, answer) = watch::channel(None);
        let door = match self.gather(name, answer) {
            Ok(door) => Some(door),
            Err(mut answer) => match answer.wait_for(Option::is_some).await.as_deref() {
                Ok(Some(found)) => return Ok(found.clone()),
                // whoever came first has failed or gone
                _ => None,
            },
        };
        database
            .run(move |conn| {
                drop(door);
                let found = work(conn)?;
                tell.send_replace(Some(found.clone()));
                Ok(found)
            })
            .await
    }

    /// The door of a new crowd, or what the one will be told that gathers by this name already.
    fn gather(&self, name: String, answer: Answer<T>) -> Result<Door<T>, Answer<T>> {
        let mut gathering = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(others) = gathering.get(&name) {
            return Err(others.clone());
        }
        gathering.insert(name.clone(), answer);
        Ok(Door { crowd: self.clone(), name })
    }
}

impl<T> Default for Crowd<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Drop for Door<T> {
    fn drop(&mut self) {
        self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}
