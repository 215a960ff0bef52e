//! The last owner cannot go, whoever leaves at the same moment.
use std::sync::Barrier;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::{OrganisationId, UserId};
use guildhall::domain::membership::Role;
use guildhall::domain::organisation::MemberRefused;
use guildhall::operations::organisations::{RoleChange, change_role, remove_member};
use guildhall::schema::memberships;

use crate::support::database::TestDatabase;
use crate::support::{given, invariants};

const ROUNDS: usize = 20;
const GUARDS: &str = "DROP TRIGGER organisations_keep_an_owner_update ON memberships;
    DROP TRIGGER organisations_keep_an_owner_delete ON memberships";

/// An organisation with two owners.
fn two_owners(database: &TestDatabase) -> (OrganisationId, UserId, UserId) {
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let second = given::member(conn, organisation.id, "Rosa Ferreira", Role::Owner);
    (organisation.id, organisation.owner.id, second.id)
}

fn owners(database: &TestDatabase, organisation: OrganisationId) -> i64 {
    let owners = memberships::table.filter(memberships::organisation_id.eq(organisation.0)).filter(memberships::role.eq("OWNER"));
    owners.count().get_result(&mut database.connect()).unwrap()
}

/// Runs both at once; what each answers.
fn both<T: Send>(database: &TestDatabase, acts: [&(dyn Fn(&mut PgConnection) -> T + Sync); 2]) -> [T; 2] {
    let start = Barrier::new(2);
    std::thread::scope(|scope| {
        acts.map(|act| {
            let start = &start;
            scope.spawn(move || {
                let mut conn = database.connect();
                start.wait();
                act(&mut conn)
            })
        })
        .map(|thread| thread.join().unwrap())
    })
}

#[test]
fn of_two_owners_who_leave_at_once_one_stays() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let (organisation, one, other) = two_owners(&database);
        let leave = |who: UserId| move |conn: &mut PgConnection| remove_member(&mut given::patient(conn), who, organisation, who);
        let answers = both(&database, [&leave(one), &leave(other)]);
        assert_one(&answers, MemberRefused::LastOwner);
        assert_eq!(owners(&database, organisation), 1);
    }
    invariants::hold(&database);
}

#[test]
fn of_two_owners_who_remove_each_other_one_stays() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let (organisation, one, other) = two_owners(&database);
        let remove =
            |by: UserId, whom: UserId| move |conn: &mut PgConnection| remove_member(&mut given::patient(conn), by, organisation, whom);
        let answers = both(&database, [&remove(one, other), &remove(other, one)]);
        // whoever was removed does not know of the organisation any more
        assert_one(&answers, MemberRefused::Missing);
        assert_eq!(owners(&database, organisation), 1);
    }
    invariants::hold(&database);
}

#[test]
fn of_two_owners_of_whom_one_leaves_and_one_steps_down_one_stays() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let (organisation, one, other) = two_owners(&database);
        let leave = |conn: &mut PgConnection| remove_member(&mut given::patient(conn), one, organisation, one);
        let change = RoleChange { organisation, member: other, seen: Some(Role::Owner), to: Role::Viewer };
        let step_down = |conn: &mut PgConnection| change_role(&mut given::patient(conn), other, change);
        let answers = both(&database, [&leave, &step_down]);
        assert_one(&answers, MemberRefused::LastOwner);
        assert_eq!(owners(&database, organisation), 1);
    }
    invariants::hold(&database);
}

#[track_caller]
fn assert_one(answers: &[Result<(), Failure<MemberRefused>>; 2], refusal: MemberRefused) {
    let refused = |answer: &Result<_, _>| matches!(answer, Err(Failure::Refused(why)) if *why == refusal);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| refused(answer)).count(), 1, "{answers:?}");
}

/// The naive twin: counts the owners, and only then writes, with no lock. Both have counted before either writes.
fn leave_naively(conn: &mut PgConnection, counted: &Barrier, organisation: OrganisationId, who: UserId) -> QueryResult<()> {
    conn.batch_execute("BEGIN")?;
    let mine = memberships::table.filter(memberships::organisation_id.eq(organisation.0));
    let owners: i64 = mine.filter(memberships::role.eq("OWNER")).count().get_result(conn)?;
    counted.wait();
    if owners > 1 {
        diesel::delete(mine.filter(memberships::user_id.eq(who.0))).execute(conn)?;
    }
    conn.batch_execute("COMMIT")
}

#[test]
fn control_without_lock_and_triggers_nobody_stays() {
    let database = TestDatabase::weakened(GUARDS);
    let (organisation, one, other) = two_owners(&database);
    let counted = Barrier::new(2);
    let acts = [one, other].map(|who| {
        let counted = &counted;
        move |conn: &mut PgConnection| leave_naively(conn, counted, organisation, who)
    });
    let answers = both(&database, [&acts[0], &acts[1]]);
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(owners(&database, organisation), 0, "the check does not see what it is there to see");
}

#[test]
fn without_the_lock_the_schema_still_keeps_an_owner() {
    let database = TestDatabase::new();
    let (organisation, one, other) = two_owners(&database);
    let counted = Barrier::new(2);
    let acts = [one, other].map(|who| {
        let counted = &counted;
        move |conn: &mut PgConnection| leave_naively(conn, counted, organisation, who)
    });
    let answers = both(&database, [&acts[0], &acts[1]]);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert_eq!(owners(&database, organisation), 1);
}
