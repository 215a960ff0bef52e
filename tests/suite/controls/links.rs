//! A new password by a twin that looks whether its link was used, and uses it then.
use diesel::prelude::*;
use guildhall::domain::event::{EventKind, Happening};
use guildhall::operations::people::reset_password;

use super::lab::{self, DROPPED, guard, read, run};
use crate::people::reset::{asked, token};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;

const IS_USED: &str = "SELECT count(*) AS n FROM account_links WHERE user_id = $1 AND used_at IS NOT NULL";

#[test]
fn using_a_link_that_was_seen_unused_is_caught() {
    for weakened in [true, false] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let somebody = given::somebody(&mut conn, "Ada Byron");
        let token = token(&asked(&database, &somebody));
        let link = read(&mut conn, "SELECT max(id) AS n FROM account_links WHERE user_id = $1", somebody.id.0);
        let is_used = read(&mut conn, IS_USED, somebody.id.0) > 0;
        reset_password(&mut patient(&mut rival), &token, "the rival's").expect("the rival comes first");
        assert!(!is_used);
        let done = conn.transaction(|conn| {
            run(conn, "UPDATE account_links SET used_at = clock_timestamp() WHERE id = $1", &[link])?;
            run(conn, "UPDATE users SET password_hash = 'mine' WHERE id = $1", &[somebody.id.0])?;
            let what = Happening::by(somebody.id, EventKind::PasswordReset).facts(serde_json::json!({ "link": link }));
            lab::tell_person(conn, somebody.id, what)
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a link that did two things")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("account_links_used_once"));
    }
}
