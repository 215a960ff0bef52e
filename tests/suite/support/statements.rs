//! How many statements a database is asked while something is done: what every connection of this process says of itself.
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::database::TestDatabase;

/// By a database's address, how many statements it was asked since its count began.
static ASKED: LazyLock<Mutex<HashMap<String, Vec<String>>>> = LazyLock::new(Mutex::default);

/// Notes the statements of one connection, if its database is counted.
#[derive(Default)]
struct Noted {
    url: String,
}

impl Instrumentation for Noted {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.url),
            InstrumentationEvent::StartQuery { query, .. } => {
                if let Some(asked) = ASKED.lock().expect("the counts").get_mut(&self.url) {
                    asked.push(query.to_string());
                }
            }
            _ => {}
        }
    }
}

/// Lets connections that are made from now on be counted.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(|| Some(Box::new(Noted::default()))).expect("the instrumentation"));
}

/// The statements that a database was asked meanwhile, by connections that were made after [`listen`].
pub fn asked<T>(database: &TestDatabase, work: impl FnOnce() -> T) -> (T, Vec<String>) {
    ASKED.lock().expect("the counts").insert(database.url().to_owned(), Vec::new());
    let done = work();
    let asked = ASKED.lock().expect("the counts").remove(database.url()).unwrap_or_default();
    (done, asked)
}
