//! Workers for a test: as many processes as it wants, until what it waits for has happened.
use std::time::{Duration, Instant};

use diesel::PgConnection;
use guildhall::db::Database;
use guildhall::storage::Storage;
use guildhall::worker::{Crew, Rules};

use super::database::TestDatabase;

/// Lets so many crews of two lanes each work on a database until this has happened.
pub fn work(database: &TestDatabase, crews: usize, rules: Rules, what: &str, mut happened: impl FnMut(&mut PgConnection) -> bool) {
    let bridges: Vec<Database> = (0..crews).map(|_| Database::new(database.url(), 2)).collect();
    let crews: Vec<Crew> = bridges.iter().map(|bridge| Crew::start(bridge, &Storage::memory(), 2, rules).expect("a crew")).collect();
    let mut conn = database.connect();
    // a job whose worker was lost waits for its lease to run out
    let end = Instant::now() + Duration::from_secs(90);
    while !happened(&mut conn) {
        assert!(Instant::now() < end, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
    actix_web::rt::System::new().block_on(async {
        for crew in crews {
            crew.stop().await;
        }
    });
}
