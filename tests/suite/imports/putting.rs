//! Putting the rows: twice, at once, stopped and gone on with.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::import::ImportRefused;
use guildhall::operations::imports::{discard_import, start_import, stop_import};
use guildhall::schema::{import_rows, imports, jobs, project_references};

use super::{brought, counts, finished, sheet};
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROWS: usize = 120;

#[test]
fn two_imports_of_one_file_at_once_make_each_project_once() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let both = [brought(&mut conn, &project, &sheet(ROWS)), brought(&mut conn, &project, &sheet(ROWS))];
    race(&database, 2, |place, conn| start_import(&mut patient(conn), project.organisation.manager.id, both[place]).expect("a start"));
    finished(&database);
    assert_eq!(project_references::table.count().get_result(&mut conn), Ok(120_i64));
    let counts = both.map(|id| counts(&mut conn, id));
    let created: i32 = counts.iter().filter_map(|counts| counts[0]).sum();
    let unchanged: i32 = counts.iter().filter_map(|counts| counts[2]).sum();
    println!("two at once: {counts:?}");
    assert_eq!((created, unchanged), (120, 120), "{counts:?}");
    invariants::hold(&database);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    for expected in [[Some(5), Some(0), Some(0), Some(0)], [Some(0), Some(0), Some(5), Some(0)]] {
        let id = brought(&mut conn, &project, &sheet(5));
        start_import(&mut patient(&mut conn), project.organisation.manager.id, id).expect("a start");
        finished(&database);
        assert_eq!(counts(&mut conn, id), expected);
    }
    invariants::hold(&database);
}

#[test]
fn an_import_that_is_stopped_keeps_what_was_put_and_goes_on_with_the_rest() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let by = project.organisation.manager.id;
    let id = brought(&mut conn, &project, &sheet(ROWS));
    start_import(&mut patient(&mut conn), by, id).expect("a start");
    let done = |conn: &mut PgConnection| -> i64 {
        import_rows::table.filter(import_rows::outcome.is_not_null()).count().get_result(conn).expect("a count")
    };
    let mut asked = false;
    let stopped = |conn: &mut PgConnection| {
        if !asked && done(conn) > 0 {
            stop_import(&mut patient(conn), by, id).expect("a stop");
            asked = true;
        }
        let cancelled: i64 =
            jobs::table.filter(jobs::kind.eq("PUT_PROJECTS")).filter(jobs::status.eq("CANCELLED")).count().get_result(conn).unwrap();
        cancelled == 1
    };
    crate::support::crew::work(&database, 1, guildhall::worker::Rules::default(), "it has stopped", stopped);
    let so_far = done(&mut conn);
    println!("stopped after {so_far} of {ROWS}");
    assert!(so_far > 0 && so_far < 120);
    assert_eq!(project_references::table.count().get_result(&mut conn), Ok(so_far));
    start_import(&mut patient(&mut conn), by, id).expect("it goes on");
    assert!(matches!(start_import(&mut patient(&mut conn), by, id), Err(Failure::Refused(ImportRefused::Running))));
    assert!(matches!(discard_import(&mut patient(&mut conn), by, id), Err(Failure::Refused(ImportRefused::Running))));
    finished(&database);
    assert_eq!(counts(&mut conn, id), [Some(120), Some(0), Some(0), Some(0)], "each counted once");
    assert!(matches!(start_import(&mut patient(&mut conn), by, id), Err(Failure::Refused(ImportRefused::Finished))));
    invariants::hold(&database);
}

#[test]
fn sixteen_clicks_begin_an_import_once() {
    let (database, project) = given::database_with_open_project(0);
    let id = brought(&mut database.connect(), &project, &sheet(1));
    let done = race(&database, 16, |_, conn| match start_import(&mut patient(conn), project.organisation.manager.id, id) {
        Ok(()) => true,
        Err(Failure::Refused(ImportRefused::Running)) => false,
        Err(failure) => panic!("{failure:?}"),
    });
    assert_eq!(done.iter().filter(|began| **began).count(), 1);
    assert_eq!(jobs::table.count().get_result(&mut database.connect()), Ok(1_i64));
}

#[test]
fn a_worker_that_is_cut_off_in_the_middle_loses_and_doubles_nothing() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let id = brought(&mut conn, &project, &sheet(ROWS));
    start_import(&mut patient(&mut conn), project.organisation.manager.id, id).expect("a start");
    let mut cuts = 0;
    let done = |conn: &mut PgConnection| {
        let rows: i64 = import_rows::table.filter(import_rows::outcome.is_not_null()).count().get_result(conn).unwrap_or_default();
        if cuts < 1 && rows > 30 {
            cuts += 1;
            let others =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            conn.batch_execute(others).expect("a superuser");
        }
        imports::table.filter(imports::finished_at.is_not_null()).count().get_result(conn) == Ok(1_i64)
    };
    crate::support::crew::work(&database, 2, guildhall::worker::Rules::default(), "the import is finished", done);
    println!("connections cut {cuts} times");
    let mut conn = database.connect();
    assert!(cuts > 0);
    assert_eq!(counts(&mut conn, id), [Some(120), Some(0), Some(0), Some(0)]);
    assert_eq!(project_references::table.count().get_result(&mut conn), Ok(120_i64));
    invariants::hold(&database);
}

#[test]
fn a_row_is_refused_by_what_its_project_is_and_hurts_no_other() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let by = project.organisation.manager.id;
    let id = brought(&mut conn, &project, &sheet(3));
    start_import(&mut patient(&mut conn), by, id).expect("a start");
    finished(&database);
    let second: i64 = project_references::table
        .filter(project_references::external_ref.eq("A-2"))
        .select(project_references::project_id)
        .first(&mut conn)
        .unwrap();
    let reason = guildhall::domain::words::Reason::parse("No money left.").unwrap();
    guildhall::operations::projects::cancel_project(&mut patient(&mut conn), by, guildhall::domain::ids::ProjectId(second), None, &reason)
        .unwrap();
    let id = brought(&mut conn, &project, &sheet(3).replace("For the harbour.", "For both harbours."));
    start_import(&mut patient(&mut conn), by, id).expect("a start");
    finished(&database);
    assert_eq!(counts(&mut conn, id), [Some(0), Some(2), Some(0), Some(1)]);
    let wrong: Vec<String> =
        import_rows::table.filter(import_rows::import_id.eq(id.0)).select(import_rows::wrong).first(&mut conn).unwrap();
    assert_eq!(wrong, ["The project is cancelled by now: its words do not change any more"]);
    invariants::hold(&database);
}
