//! Members who mark one proposal at the same moment.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Failure, marks};
use guildhall::domain::ids::{ProposalId, UserId};
use guildhall::domain::membership::Role;
use guildhall::domain::proposal::{MarkKind, MarkRefused};
use guildhall::operations::proposals::{annotate_proposal, mark_proposal, share_shortlist, unmark_proposal};

use super::lost::{Acknowledged, lost};
use super::note;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

fn members(database: &TestDatabase, project: &OpenProject, count: usize) -> Vec<UserId> {
    let mut conn = database.connect();
    (0..count).map(|place| given::member(&mut conn, project.organisation.id, &format!("Manager {place}"), Role::Manager).id).collect()
}

#[test]
fn members_who_mark_at_once_lose_nothing() {
    for clients in [2, 16] {
        for round in 0..5 {
            let (database, project) = given::database_with_open_project(1);
            let (members, proposal) = (members(&database, &project, clients), project.proposals[0]);
            let done = race(&database, clients, |place, conn| {
                let (conn, by) = (&mut patient(conn), members[place]);
                match (place + round) % 3 {
                    0 => mark_proposal(conn, by, proposal, MarkKind::Shortlisted).map(|_| (Some(MarkKind::Shortlisted), None)),
                    1 => mark_proposal(conn, by, proposal, MarkKind::Archived).map(|_| (Some(MarkKind::Archived), None)),
                    _ => {
                        let words = format!("Line {place}.");
                        annotate_proposal(conn, by, proposal, None, &note(&words)).map(|_| (None, Some(words)))
                    }
                }
            });
            let mut told = Acknowledged::default();
            let writers = (0..clients).filter(|place| (place + round) % 3 == 2).count();
            for answer in done {
                match answer {
                    Ok((mark, words)) => {
                        told.marks.extend(mark);
                        told.lines.extend(words);
                    }
                    Err(Failure::Refused(why)) => assert_eq!(why, MarkRefused::NoteChanged { seen: 0 }),
                    Err(Failure::Broken(fault)) => panic!("{fault}"),
                }
            }
            assert_eq!(told.lines.len(), writers.min(1), "the first note is written, the others are told");
            assert_eq!(lost(&mut database.connect(), proposal, &told), Vec::<String>::new());
            invariants::hold(&database);
        }
    }
}

#[test]
fn a_note_that_all_add_to_has_every_line() {
    let clients = 16;
    let (database, project) = given::database_with_open_project(1);
    let (members, proposal) = (members(&database, &project, clients), project.proposals[0]);
    let tries = race(&database, clients, |place, conn| {
        for tries in 1.. {
            let (seen, there) = read(conn, proposal);
            let words = note(&format!("{there}\nLine {place} of {clients}."));
            match annotate_proposal(&mut patient(conn), members[place], proposal, Some(seen), &words) {
                Ok(_) => return tries,
                Err(Failure::Refused(why)) => assert_eq!(why, MarkRefused::NoteChanged { seen }),
                Err(Failure::Broken(fault)) => panic!("{fault}"),
            }
        }
        unreachable!("it tries for ever")
    });
    let lines = (0..clients).map(|place| format!("Line {place} of {clients}.")).collect();
    assert_eq!(lost(&mut database.connect(), proposal, &Acknowledged { marks: Vec::new(), lines }), Vec::<String>::new());
    println!("{} stale notes were refused, and written again", tries.iter().sum::<usize>() - clients);
}

/// The note's version and words, as a form shows them.
fn read(conn: &mut PgConnection, proposal: ProposalId) -> (i32, String) {
    let all = marks::of_proposal(conn, proposal).expect("the marks");
    all.into_iter().find(|mark| mark.kind == MarkKind::Noted).map_or((0, String::new()), |note| (note.version, note.words))
}

#[test]
fn setting_and_taking_off_at_once_ends_as_one_of_the_two() {
    let (database, project) = given::database_with_open_project(1);
    let (owner, manager, proposal) = (project.organisation.owner.id, project.organisation.manager.id, project.proposals[0]);
    for _ in 0..20 {
        let done = race(&database, 4, |place, conn| {
            let conn = &mut patient(conn);
            match place {
                0 => mark_proposal(conn, owner, proposal, MarkKind::Shortlisted),
                1 => share_shortlist(conn, manager, proposal),
                2 => unmark_proposal(conn, owner, proposal, MarkKind::Shortlisted),
                _ => unmark_proposal(conn, manager, proposal, MarkKind::Shortlisted),
            }
        });
        assert!(done.iter().all(Result::is_ok), "{done:?}");
    }
    invariants::hold(&database);
}

#[test]
fn a_mark_waits_for_nobody_who_holds_the_project() {
    let (database, project) = given::database_with_open_project(1);
    let (mut holder, mut conn) = (database.connect(), database.connect());
    holder.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", project.id)).expect("the lock");
    conn.batch_execute("SET lock_timeout = '1ms'").expect("no patience");
    let (by, proposal) = (project.organisation.manager.id, project.proposals[0]);
    mark_proposal(&mut patient(&mut conn), by, proposal, MarkKind::Shortlisted).expect("a mark");
    annotate_proposal(&mut patient(&mut conn), by, proposal, None, &note("Ask for a reference.")).expect("a note");
    holder.batch_execute("ROLLBACK").expect("the lock goes");
}
