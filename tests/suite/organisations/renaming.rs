//! Renaming a client, whose name stands in its projects too, against what happens to those projects at the same second.
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::db::{Failure, Fault};
use guildhall::domain::project::ProjectContent;
use guildhall::domain::words::OrganisationName;
use guildhall::operations::organisations::rename_organisation;
use guildhall::operations::projects::edit_project;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{organisations, projects};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: u64 = 40;

type Act = fn(&mut PgConnection, &OpenProject);

fn done<T, E: std::fmt::Debug>(what: &str, outcome: Result<T, Failure<E>>) {
    match outcome {
        Ok(_) => {}
        Err(Failure::Broken(Fault::Conflict(diesel::result::Error::DatabaseError(_, said)))) => {
            panic!("{what}: {} {:?}", said.message(), said.details())
        }
        Err(failure) => panic!("{what}: {failure:?}"),
    }
}

fn accept(conn: &mut PgConnection, on: &OpenProject) {
    done("an award", accept_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[0], FIRST_SEEN));
}

/// A project of which the renaming could not know when it began.
fn begin(conn: &mut PgConnection, on: &OpenProject) {
    given::published(conn, &on.organisation);
}

/// As the site does it: what was busy is done again, so many times at most. Only a project that is begun meanwhile is not
/// waited for, so only beside one may there be another time.
fn rename(conn: &mut PgConnection, on: &OpenProject, name: &OrganisationName, again: u32) {
    let outcome = rename_organisation(&mut patient(conn), on.organisation.owner.id, on.organisation.id, None, name);
    match outcome {
        Err(Failure::Broken(Fault::Busy(_))) if again > 0 => {
            std::thread::sleep(Duration::from_millis(1));
            rename(conn, on, name, again - 1);
        }
        outcome => done("a renaming", outcome),
    }
}

fn edit(conn: &mut PgConnection, on: &OpenProject) {
    let words = ProjectContent { budget_max: given::project_words().budget_max + 1, ..given::project_words() };
    done("an edit", edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, None));
}

#[test]
fn no_order_of_renaming_and_what_happens_to_projects_tears_or_deadlocks() {
    let acts: [(&str, Act, u32); 3] = [("an award", accept, 0), ("an edit", edit, 0), ("a new project", begin, 20)];
    for (what, act, again) in acts {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let first = given::open_project(&mut conn, 2);
        for round in 0..ROUNDS {
            let on = given::open_project_with(&mut conn, first.organisation.clone(), first.freelancers.clone());
            let name = OrganisationName::parse(&format!("Harbour {round}")).unwrap();
            race(&database, 2, |place, conn| {
                std::thread::sleep(Duration::from_micros(200 * if place == 0 { round % 5 } else { round % 3 }));
                if place == 0 {
                    rename(conn, &on, &name, again);
                } else {
                    act(conn, &on);
                }
            });
            let other: i64 = projects::table
                .inner_join(organisations::table.on(organisations::id.eq(projects::organisation_id)))
                .filter(projects::organisation_name.ne(organisations::name))
                .count()
                .get_result(&mut conn)
                .unwrap();
            assert_eq!(other, 0, "every project has its client's name, beside {what}");
            let now: String = organisations::table.find(on.organisation.id.0).select(organisations::name).first(&mut conn).unwrap();
            assert_eq!(now, name.as_str());
        }
        invariants::hold(&database);
    }
}

/// What an award holds and asks for: the project, and then that its client stays, as the contract's key does.
fn as_an_award_does(conn: &mut PgConnection, on: &OpenProject, between: impl FnOnce()) -> QueryResult<()> {
    conn.transaction(|conn| {
        diesel::sql_query("SELECT FROM projects WHERE id = $1 FOR UPDATE").bind::<BigInt, _>(on.id).execute(conn)?;
        between();
        std::thread::sleep(Duration::from_millis(150));
        diesel::sql_query("SELECT FROM organisations WHERE id = $1 FOR KEY SHARE")
            .bind::<BigInt, _>(on.organisation.id)
            .execute(conn)
            .map(drop)
    })
}

/// Lets a renaming come between the two; whether somebody was thrown out of a deadlock.
fn is_deadlock(rename: impl FnOnce(&mut PgConnection, &OpenProject) -> Result<(), String> + Send) -> bool {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    let mut other = database.connect();
    std::thread::scope(|threads| {
        let mut renaming = None;
        let award = as_an_award_does(&mut conn, &on, || renaming = Some(threads.spawn(|| rename(&mut other, &on))));
        let renamed = renaming.expect("it was begun").join().expect("a renaming");
        let said = format!("{award:?} {renamed:?}");
        assert!(award.is_ok() && renamed.is_ok() || said.contains("deadlock"), "{said}");
        award.is_err() || renamed.is_err()
    })
}

#[test]
fn a_renaming_that_takes_the_name_s_key_before_the_projects_is_caught_in_a_deadlock() {
    assert!(is_deadlock(|conn, on| {
        let rename = format!("UPDATE organisations SET name = 'Naive' WHERE id = {}", on.organisation.id);
        conn.batch_execute(&rename).map_err(|error| error.to_string())
    }));
}

#[test]
fn the_operation_is_in_none() {
    assert!(!is_deadlock(|conn, on| {
        let name = OrganisationName::parse("Harbour and Sons").unwrap();
        rename_organisation(&mut patient(conn), on.organisation.owner.id, on.organisation.id, None, &name)
            .map_err(|failure| format!("{failure:?}"))
    }));
}
