//! Twins that look whether a code was used, and use it then.
use diesel::prelude::*;
use guildhall::domain::event::{EventKind, Happening};
use guildhall::domain::user::{Code, HalfSignIn};
use guildhall::operations::people::prove_code;

use super::lab::{self, DROPPED, guard, read, run};
use crate::people::factor::{code, guarded, last_codes, now, vault};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;

/// A sign-in as the site writes it down.
const SIGNED_IN: &str = "INSERT INTO sign_ins (user_id, outcome, agent, address, step) VALUES ($1, 'SIGNED_IN_BY_CODE', '', '', $2)";

#[test]
fn using_a_code_that_was_seen_unused_is_caught() {
    for weakened in [true, false] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let (somebody, secret) = guarded(&mut conn, "Ada Byron");
        let at = now(&mut conn);
        let step = at.timestamp() / 30;
        let last = read(&mut conn, "SELECT last_step AS n FROM second_factors WHERE user_id = $1", somebody.id.0);
        let half = HalfSignIn { user: somebody.id, epoch: 1, proved_at: at };
        let code = Code::parse(&code(&secret, at)).unwrap();
        prove_code(&mut patient(&mut rival), &half, &code, &vault()).expect("the rival comes first");
        run(&mut rival, SIGNED_IN, &[somebody.id.0, step]).expect("and is let in");
        assert!(last < step, "as the twin has read it");
        let done = conn.transaction(|conn| {
            run(conn, "UPDATE second_factors SET last_step = $2 WHERE user_id = $1", &[somebody.id.0, step])?;
            run(conn, SIGNED_IN, &[somebody.id.0, step])
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a code that signed in twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("second_factors_step_rises"));
    }
}

#[test]
fn using_a_recovery_code_that_was_seen_unused_is_caught() {
    for weakened in [true, false] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let (somebody, _) = guarded(&mut conn, "Ada Byron");
        let used = read(&mut conn, "SELECT count(used_at) AS n FROM recovery_codes WHERE user_id = $1 AND number = 1", somebody.id.0);
        let half = HalfSignIn { user: somebody.id, epoch: 1, proved_at: now(&mut conn) };
        let code = Code::Recovery(last_codes()[0].clone());
        prove_code(&mut patient(&mut rival), &half, &code, &vault()).expect("the rival comes first");
        assert_eq!(used, 0, "as the twin has read it");
        let done = conn.transaction(|conn| {
            run(conn, "UPDATE recovery_codes SET used_at = clock_timestamp() WHERE user_id = $1 AND number = 1", &[somebody.id.0])?;
            let facts = serde_json::json!({ "number": 1, "left": 9 });
            lab::tell_person(conn, somebody.id, Happening::by(somebody.id, EventKind::RecoveryCodeUsed).facts(facts))
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a recovery code that was used twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("recovery_codes_used_once"));
    }
}
