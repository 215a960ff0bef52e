//! The sample data: written by the operations, so that any of them may refuse it.
use crate::support::database::TestDatabase;
use crate::support::invariants;

#[test]
fn the_sample_data_is_refused_by_nobody() {
    let database = TestDatabase::new();
    guildhall::demo::fill(database.url(), "a hash that nobody signs in with").expect("the sample data");
    guildhall::demo::fill_second_factors(database.url(), &guildhall::domain::user::Vault::new(b"a test's")).expect("a second factor");
    invariants::hold(&database);
}
