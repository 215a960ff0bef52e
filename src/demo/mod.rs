//! Sample data, written by the operations themselves: what `guildhall demo` shows. The names are invented.

mod bids;
mod contracts;
mod drafts;
mod enquiries;
mod files;
mod house;
mod invoices;
mod jobs;
mod marks;
mod messages;
mod people;
mod projects;
mod reviews;
mod second_factor;
mod texts;
mod tickets;
mod time;

use diesel::pg::PgConnection;

use crate::db::{Connection, Failure, Patience};

pub use files::fill_files;
pub use people::{PASSWORD, sign_ins};
pub use second_factor::fill_second_factors;

/// Shares no divisor with the number of projects, so that each is told once.
const STRIDE: usize = 23;
/// What is told of the last so many projects nobody has read yet.
const UNREAD: usize = 9;

/// Fills an empty database with organisations, people, projects, proposals and what became of them. `password_hash` is
/// that of [`PASSWORD`], for everybody.
///
/// # Errors
/// The first operation that failed; the database is then of no use.
pub fn fill(url: &str, password_hash: &str) -> anyhow::Result<()> {
    let mut pg = <PgConnection as diesel::Connection>::establish(url)?;
    let mut conn = Connection::new(&mut pg, Patience::None);
    let cast = people::cast(&mut conn, password_hash)?;
    // In strides, so that one client's projects do not stand next to each other.
    for number in 0..projects::ALL.len() {
        if number + UNREAD == projects::ALL.len() {
            people::read_notices(&mut conn, &cast)?;
        }
        let place = number * STRIDE % projects::ALL.len();
        if let Some(project) = projects::ALL.get(place) {
            projects::tell(&mut conn, &cast, place, project)?;
        }
    }
    time::tell(&mut conn, &cast)?;
    // Before what draws jobs of its own: here each is claimed by turns.
    jobs::tell(&mut conn, &cast)?;
    invoices::tell(&mut conn, &cast)?;
    tickets::tell(&mut conn, &cast, password_hash)?;
    house::tell(&mut conn, &cast, password_hash)
}

/// An operation's failure as an error of the program: sample data is refused by nobody.
fn done<T, E: std::fmt::Debug>(outcome: Result<T, Failure<E>>) -> anyhow::Result<T> {
    outcome.map_err(|failure| anyhow::anyhow!("the sample data was refused: {failure:?}"))
}
