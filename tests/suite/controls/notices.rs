//! Notices by twins that look first and write then.
use diesel::prelude::*;

use super::lab::{self, guard, scene};
use crate::support::invariants;

const IS_TOLD: &str = "SELECT count(*) AS n FROM notices WHERE stream_kind = 'PROJECT' AND stream_id = $1 AND seq = 1";
const TELL: &str = "INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq) VALUES ($2, 'DECIDED', 'PROJECT', $1, 1)";

#[test]
fn telling_whoever_was_not_told_when_one_looked_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let whom = [on.id.0, on.organisation.viewer.id.0];
        let naive = |conn: &mut PgConnection, pause: &mut dyn FnMut()| {
            let told = lab::read(conn, IS_TOLD, on.id.0) > 0;
            pause();
            if told { Ok(()) } else { lab::run(conn, TELL, &whom) }
        };
        let done = naive(&mut conn, &mut || naive(&mut rival, &mut || ()).expect("the rival comes first"));
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a notice twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("notices_one_per_event"));
    }
}
