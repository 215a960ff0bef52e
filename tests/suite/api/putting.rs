//! Putting projects by what another system calls them: one of each name, however many put it at once.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::UserId;
use guildhall::domain::project::{ChangeRefused, ProjectContent, ProjectStatus, Reference};
use guildhall::domain::words::Title;
use guildhall::operations::projects::{Put, put_project};
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{project_references, projects};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, Organisation, patient};
use crate::support::{invariants, race::race};

type Answer = Result<Put, Failure<ChangeRefused>>;

fn put(conn: &mut PgConnection, by: UserId, to: &Organisation, name: &str, words: &ProjectContent, seen: Option<i32>) -> Answer {
    let reference = Reference::parse("ERP", name).expect("a name");
    put_project(&mut patient(conn), by, to.id, &reference, words, seen)
}

fn titled(title: &str) -> ProjectContent {
    ProjectContent { title: Title::parse(title).expect("a title"), ..given::project_words() }
}

#[track_caller]
fn refused(answer: Answer) -> ChangeRefused {
    match answer {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn sixteen_clients_put_forty_names_and_each_is_made_once() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let words = titled("Put");
    let answers = race(&database, 16, |client, conn| {
        let name = |number: usize| if client % 2 == 0 { format!("Work {number}") } else { format!(" WORK\u{a0} {number} ") };
        let order = (0..40).map(|step| (step * 7 + client) % 40);
        order.map(|number| (number, put(conn, organisation.manager.id, &organisation, &name(number), &words, None))).collect()
    });
    let answers: Vec<(usize, Answer)> = answers.into_iter().flat_map(|answers: Vec<_>| answers).collect();
    for number in 0..40 {
        let of_one: Vec<Put> =
            answers.iter().filter(|(which, _)| *which == number).map(|(_, answer)| *answer.as_ref().expect("no refusal")).collect();
        assert_eq!(of_one.len(), 16);
        assert_eq!(of_one.iter().filter(|put| put.new).count(), 1, "name {number} was new exactly once");
        assert!(of_one.iter().all(|put| put.project == of_one[0].project && put.version == 1), "{of_one:?}");
    }
    let mut conn = database.connect();
    assert_eq!(projects::table.count().get_result(&mut conn), Ok(40_i64));
    assert_eq!(project_references::table.count().get_result(&mut conn), Ok(40_i64));
    invariants::hold(&database);
}

#[test]
fn sixteen_who_put_other_words_at_once_all_have_them_written_one_after_the_other() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let answers = race(&database, 16, |client, conn| {
        put(conn, organisation.manager.id, &organisation, "one", &titled(&format!("By {client}")), None).expect("no refusal")
    });
    let mut versions: Vec<_> = answers.iter().map(|put| put.version).collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=16).collect::<Vec<_>>());
    invariants::hold(&database);
}

#[test]
fn a_name_is_the_same_however_it_is_written_and_another_organisation_s_is_another() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (ours, theirs) = (given::organisation(&mut conn), given::organisation(&mut conn));
    let first = put(&mut conn, ours.owner.id, &ours, "Caf\u{e9}  42", &titled("First"), None).unwrap();
    let again = put(&mut conn, ours.owner.id, &ours, "CAFE\u{301}\u{a0}42", &titled("Second"), None).unwrap();
    assert_eq!(again, Put { new: false, version: 2, ..first });
    assert!(put(&mut conn, theirs.owner.id, &theirs, "Caf\u{e9} 42", &titled("First"), None).unwrap().new);
    let reference = Reference::parse("CRM", "Caf\u{e9} 42").unwrap();
    let other = put_project(&mut patient(&mut conn), ours.owner.id, ours.id, &reference, &titled("First"), None).unwrap();
    assert!(other.new, "another system's name is another name");
    assert!(Reference::parse("\u{a0}", "x".repeat(201).as_str()).unwrap_err().iter().count() == 2);
    invariants::hold(&database);
}

#[test]
fn a_stale_version_is_refused_and_the_same_words_once_more_are_not() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let by = organisation.manager.id;
    assert_eq!(
        refused(put(&mut conn, by, &organisation, "a", &titled("First"), Some(1))),
        ChangeRefused::Changed { seen: 1, now: 0 },
        "a version of what is not there"
    );
    put(&mut conn, by, &organisation, "a", &titled("First"), None).unwrap();
    let second = titled("Second");
    put(&mut conn, by, &organisation, "a", &second, Some(1)).unwrap();
    let stale = refused(put(&mut conn, by, &organisation, "a", &titled("Third"), Some(1)));
    assert_eq!(stale, ChangeRefused::Changed { seen: 1, now: 2 });
    let again = put(&mut conn, by, &organisation, "a", &second, Some(1)).unwrap();
    assert_eq!((again.new, again.version), (false, 2), "whoever did not hear the answer may ask again");
    invariants::hold(&database);
}

#[test]
fn each_role_and_strangers_are_answered_as_everywhere() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (organisation, other) = (given::organisation(&mut conn), given::organisation(&mut conn));
    for known in [false, true] {
        for (by, why) in [
            (&organisation.finance, ChangeRefused::NotAllowed),
            (&organisation.viewer, ChangeRefused::NotAllowed),
            (&other.owner, ChangeRefused::Missing),
        ] {
            assert_eq!(refused(put(&mut conn, by.id, &organisation, "a", &titled("Theirs"), None)), why, "{} {known}", by.name);
        }
        put(&mut conn, organisation.manager.id, &organisation, "a", &titled("Ours"), None).unwrap();
    }
    invariants::hold(&database);
}

#[test]
fn what_was_decided_keeps_its_words_and_is_passed_over_where_nothing_would_change() {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    diesel::insert_into(project_references::table)
        .values((
            project_references::project_id.eq(on.id.0),
            project_references::organisation_id.eq(on.organisation.id.0),
            project_references::source.eq("ERP"),
            project_references::external_ref.eq("a"),
        ))
        .execute(&mut conn)
        .unwrap();
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).unwrap();
    let words = ProjectContent { deadline: on.deadline, ..given::project_words() };
    let same = put(&mut conn, on.organisation.owner.id, &on.organisation, "a", &words, None).unwrap();
    assert_eq!(same, Put { project: on.id, new: false, changed: false, version: 1 });
    let other = refused(put(&mut conn, on.organisation.owner.id, &on.organisation, "a", &titled("Too late"), None));
    assert_eq!(other, ChangeRefused::ProjectIs(ProjectStatus::Assigned));
    invariants::hold(&database);
}
