//! One code, many who send it at once: one is let in.
use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::db::{Connection, Failure, users};
use guildhall::domain::user::{Code, FactorRefused, HalfSignIn, Proved, SignIn, User};
use guildhall::operations::people::{confirm_second_factor, make_recovery_codes, prove_code, sign_in, switch_off_second_factor};
use guildhall::schema::second_factors;

use super::factor::{begin, code, guarded, last_codes, now, proved, vault};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, PASSWORD, Somebody, patient};
use crate::support::invariants;
use crate::support::race::{race, start_together};
use crate::support::site::TestSite;

fn half(conn: &mut Connection<'_>, somebody: &Somebody) -> HalfSignIn {
    let account = users::find(conn, somebody.id).expect("the account").expect("the account");
    match sign_in::<std::convert::Infallible>(conn, &account) {
        Ok(Proved::Half(half)) => half,
        other => panic!("{other:?}"),
    }
}

/// Lets fifty send it at once; answers why those were refused that were.
fn fifty(database: &TestDatabase, somebody: &Somebody, code: &Code) -> Vec<FactorRefused> {
    let half = half(&mut patient(&mut database.connect()), somebody);
    let ended: Vec<Result<(User, SignIn), Failure<FactorRefused>>> =
        race(database, 50, |_, conn| prove_code(&mut patient(conn), &half, code, &vault()));
    let refused: Vec<_> = ended
        .into_iter()
        .filter_map(|ended| match ended {
            Ok(_) => None,
            Err(Failure::Refused(why)) => Some(why),
            Err(Failure::Broken(fault)) => panic!("{fault}"),
        })
        .collect();
    invariants::hold(database);
    refused
}

#[test]
fn of_fifty_who_send_one_code_at_once_one_is_let_in() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let code = Code::parse(&code(&secret, now(conn))).unwrap();
    assert_eq!(fifty(&database, &somebody, &code), [FactorRefused::Used; 49]);
}

#[test]
fn of_fifty_who_send_one_recovery_code_at_once_one_is_let_in() {
    let database = TestDatabase::new();
    let (somebody, _) = guarded(&mut database.connect(), "Ada Byron");
    assert_eq!(fifty(&database, &somebody, &Code::Recovery(last_codes()[7].clone())), [FactorRefused::Wrong; 49]);
}

#[test]
fn a_right_password_waits_five_minutes_for_its_code() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let at = now(conn);
    let code = Code::parse(&code(&secret, at)).unwrap();
    let mut prove = |proved_at| prove_code(&mut patient(conn), &HalfSignIn { user: somebody.id, epoch: 1, proved_at }, &code, &vault());
    assert!(matches!(prove(at - TimeDelta::seconds(301)), Err(Failure::Refused(FactorRefused::Over))));
    assert!(prove(at - TimeDelta::seconds(290)).is_ok());
}

#[test]
fn of_many_windows_one_gets_a_session() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let window = |_| {
        let window = site.browser();
        window.post("/sign-in", &[("email", &somebody.email), ("password", PASSWORD)]).location();
        window
    };
    let right = code(&secret, now(conn));
    let ended = start_together(12, window, |_, window| {
        let answer = window.post("/sign-in/code", &[("code", &right)]);
        (answer.status, window.get("/account").status)
    });
    assert_eq!(ended.iter().filter(|ended| **ended == (303, 200)).count(), 1, "{ended:?}");
    // who waited for too long is told so, and is in no more than the others
    assert_eq!(ended.iter().filter(|ended| matches!(ended, (422 | 409, 303))).count(), 11, "{ended:?}");
    invariants::hold(&database);
}

#[test]
fn of_many_who_confirm_at_once_one_does() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let secret = begin(conn, &somebody);
    let first = secret.code_at(now(conn)).unwrap();
    let ended = race(&database, 16, |_, conn| confirm_second_factor(&mut patient(conn), somebody.id, first, &vault(), &last_codes()));
    assert_eq!(ended.iter().filter(|ended| ended.is_ok()).count(), 1);
    assert!(ended.iter().all(|ended| matches!(ended, Ok(()) | Err(Failure::Refused(FactorRefused::On(_))))), "{ended:?}");
    invariants::hold(&database);
}

/// The owner with a second factor, anew for each run.
fn guarded_owner(conn: &mut PgConnection, on: &OpenProject) {
    diesel::delete(second_factors::table).execute(conn).expect("none of other runs");
    super::factor::guard(conn, &on.organisation.owner);
}

fn recovery(number: usize) -> Code {
    Code::Recovery(last_codes()[number].clone())
}

#[test]
fn killed_what_takes_a_code_leaves_nothing_behind() {
    kill_everywhere_after(guarded_owner, "prove_code", |conn, on| {
        let proved_at = std::time::SystemTime::now().into();
        let half = HalfSignIn { user: on.organisation.owner.id, epoch: 1, proved_at };
        outcome(prove_code(&mut patient(conn), &half, &recovery(0), &vault()))
    });
    kill_everywhere_after(guarded_owner, "make_recovery_codes", |conn, on| {
        let by = (on.organisation.owner.id, proved(conn, &on.organisation.owner)?);
        let by = (by.0, by.1.as_str());
        outcome(make_recovery_codes(&mut patient(conn), by, &recovery(1), &vault(), &last_codes()))
    });
    kill_everywhere_after(guarded_owner, "switch_off_second_factor", |conn, on| {
        let proved = proved(conn, &on.organisation.owner)?;
        outcome(switch_off_second_factor(&mut patient(conn), on.organisation.owner.id, &proved, &recovery(2), &vault()))
    });
}
