//! Many at once: plain threads that start together, each with a connection of its own.
use std::sync::Barrier;

use diesel::pg::PgConnection;

use super::database::TestDatabase;

/// Lets `clients` threads do something at the same moment; their answers in the order of their numbers.
pub fn race<T: Send>(database: &TestDatabase, clients: usize, act: impl Fn(usize, &mut PgConnection) -> T + Sync) -> Vec<T> {
    start_together(clients, |_| database.connect(), |place, mut conn| act(place, &mut conn))
}

/// The same, where what each needs is made before the start.
pub fn start_together<N, T: Send>(clients: usize, prepare: impl Fn(usize) -> N + Sync, act: impl Fn(usize, N) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(clients);
    std::thread::scope(|threads| {
        let run = |place| {
            let (prepare, act, start) = (&prepare, &act, &start);
            move || {
                let needed = prepare(place);
                start.wait();
                act(place, needed)
            }
        };
        let all: Vec<_> = (0..clients).map(|place| threads.spawn(run(place))).collect();
        all.into_iter().map(|thread| thread.join().expect("a client")).collect()
    })
}
