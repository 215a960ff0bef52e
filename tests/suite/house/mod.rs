//! The rooms for admins, who keep the house.
mod overview;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;

use crate::support::given::{self, Somebody};

/// Somebody who keeps the house.
pub fn keeper(conn: &mut PgConnection, name: &str) -> Somebody {
    let admin = given::somebody(conn, name);
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).expect("an admin");
    admin
}
