//! Webhooks: what happened is told to a receiver of the test's own, signed, once for each event, and again where it was
//! not taken.
mod calling;
mod keeping;
mod killed;
mod receiver;

use diesel::prelude::*;
use guildhall::db::Database;
use guildhall::domain::ids::WebhookId;
use guildhall::domain::webhook::{HookContent, HookTyped, TELLABLE};
use guildhall::operations::webhooks::make_webhook;
use guildhall::worker::{Crew, Rules};

use crate::support::database::TestDatabase;
use crate::support::given::{Organisation, patient};

/// A webhook's secret in these tests.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A webhook for everything.
pub fn made(conn: &mut PgConnection, of: &Organisation, address: &str) -> WebhookId {
    let kinds = TELLABLE.iter().map(|(kind, _)| kind.as_str()).collect();
    let content = HookContent::parse(&HookTyped { address, kinds }).expect("a webhook");
    make_webhook(&mut patient(conn), of.owner.id, of.id, &content, SECRET, None).expect("a webhook")
}

/// Lets workers work until this holds.
pub fn work_until(database: &TestDatabase, may_call_inside: bool, mut holds: impl FnMut(&mut PgConnection) -> bool) {
    let rules = Rules { may_call_inside, ..Rules::default() };
    let pool = Database::new(database.url(), 4);
    let crew = Crew::start(&pool, &guildhall::storage::Storage::memory(), 2, rules).expect("workers");
    let mut conn = database.connect();
    let began = std::time::Instant::now();
    while !holds(&mut conn) {
        assert!(began.elapsed() < std::time::Duration::from_secs(60), "the workers have not come to it");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    actix_web::rt::System::new().block_on(crew.stop());
}
