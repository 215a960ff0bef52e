//! Tickets while several people act on them at once.
use diesel::prelude::*;
use guildhall::db::{Failure, Fault};
use guildhall::domain::ids::UserId;
use guildhall::domain::ticket::{TicketAct, TicketRefused, TicketStatus};
use guildhall::operations::tickets::{assign_ticket, close_ticket, merge_tickets, note_on_ticket, take_ticket};
use guildhall::schema::{notices, tickets};

use super::{admin, answers, escalates, history, stands, ticket, words};
use crate::support::database::TestDatabase;
use crate::support::given::{self, Somebody, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 40;

fn people(database: &TestDatabase, agents: usize) -> (Somebody, Vec<Somebody>) {
    let conn = &mut database.connect();
    let asker = given::somebody(conn, "Ada Byron");
    (asker, (0..agents).map(|place| admin(conn, ["Grace Murray", "Lena Voss", "Sami Haddad"][place % 3])).collect())
}

#[test]
fn of_many_answers_to_what_was_read_one_is_sent_and_the_others_are_told() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 8);
    for _ in 0..5 {
        let id = ticket(&mut database.connect(), &asker);
        let done = race(&database, 8, |place, conn| answers(conn, &agents[place], id, Some(TicketStatus::Resolved), Some(1)));
        assert_eq!(done.iter().filter(|one| matches!(one, Ok(2))).count(), 1, "{done:?}");
        let told = |one: &&Result<i32, _>| matches!(one, Err(Failure::Refused(TicketRefused::Changed { seen: 1, now: 2 })));
        assert_eq!(done.iter().filter(told).count(), 7, "{done:?}");
        assert_eq!(stands(&mut database.connect(), id), (TicketStatus::Resolved, 0));
    }
    invariants::hold(&database);
}

#[test]
fn of_two_ways_to_leave_a_state_one_comes_first() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 2);
    let mut closed_first = 0;
    for _ in 0..ROUNDS {
        let id = ticket(&mut database.connect(), &asker);
        let done = race(&database, 2, |place, conn| match place {
            0 => answers(conn, &agents[0], id, None, None).map(drop),
            _ => close_ticket(&mut patient(conn), asker.id, id),
        });
        assert!(done[1].is_ok(), "{done:?}");
        if let Err(why) = &done[0] {
            assert!(matches!(why, Failure::Refused(TicketRefused::TicketIs(TicketStatus::Closed))), "{why:?}");
            closed_first += 1;
        }
        assert_eq!(stands(&mut database.connect(), id).0, TicketStatus::Closed);
    }
    println!("an answer beside the end: {closed_first} of {ROUNDS} times too late");
    invariants::hold(&database);
}

#[test]
fn a_level_is_the_number_of_escalations_and_each_is_told_once() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 2);
    for _ in 0..5 {
        let id = ticket(&mut database.connect(), &asker);
        let done = race(&database, 16, |_, conn| escalates(conn, &agents[0], agents[1].id, id, None));
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 3, "{done:?}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(TicketRefused::Highest)))), "{done:?}");
        let conn = &mut database.connect();
        assert_eq!(stands(conn, id), (TicketStatus::Open, 3));
        let levels: Vec<Option<i32>> =
            history(conn, id).into_iter().filter(|entry| entry.what == TicketAct::Escalated).map(|entry| entry.level).collect();
        assert_eq!(levels, [Some(1), Some(2), Some(3)]);
        let told = notices::table.filter(notices::kind.eq("TICKET_ESCALATED")).filter(notices::stream_id.eq(id.0));
        assert_eq!(told.select(notices::user_id).load::<i64>(conn), Ok(vec![agents[1].id.0; 3]), "once for each level");
    }
    invariants::hold(&database);
}

#[test]
fn of_those_who_saw_one_level_one_raises_it() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 2);
    let id = ticket(&mut database.connect(), &asker);
    let done = race(&database, 16, |place, conn| escalates(conn, &agents[place % 2], agents[1].id, id, Some(0)));
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(TicketRefused::LevelIs(1))))), "{done:?}");
    invariants::hold(&database);
}

#[test]
fn what_many_append_stands_there_whole_and_in_order() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 10);
    let id = ticket(&mut database.connect(), &asker);
    let mut places: Vec<i32> = race(&database, 10, |place, conn| {
        let note = |_| note_on_ticket(&mut patient(conn), agents[place].id, id, &words("Look at the paper.")).expect("a note").0;
        (0..10).map(note).collect::<Vec<i32>>()
    })
    .concat();
    places.sort_unstable();
    assert_eq!(places, (2..=101).collect::<Vec<i32>>());
    let entries = history(&mut database.connect(), id);
    assert_eq!(entries.iter().map(|entry| entry.n).collect::<Vec<_>>(), (1..=101).collect::<Vec<i32>>());
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    invariants::hold(&database);
}

#[test]
fn an_answer_restarts_the_clock_whatever_comes_beside_it() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 2);
    for _ in 0..ROUNDS {
        let id = ticket(&mut database.connect(), &asker);
        let done = race(&database, 3, |place, conn| match place {
            0 => answers(conn, &asker, id, None, None).map(drop),
            1 => assign_ticket(&mut patient(conn), agents[0].id, id, Some(agents[1].id), None),
            _ => note_on_ticket(&mut patient(conn), agents[1].id, id, &words("Soon.")).map(drop),
        });
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        let conn = &mut database.connect();
        let answered = history(conn, id).into_iter().find(|entry| entry.what == TicketAct::Answered).expect("the answer").at;
        let clock: chrono::DateTime<chrono::Utc> = tickets::table.find(id.0).select(tickets::clock_from).first(conn).unwrap();
        assert_eq!(clock, answered);
    }
    invariants::hold(&database);
}

#[test]
fn of_sixteen_who_take_a_ticket_one_has_it() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 16);
    for _ in 0..5 {
        let id = ticket(&mut database.connect(), &asker);
        let done = race(&database, 16, |place, conn| take_ticket(&mut patient(conn), agents[place].id, id));
        let winner = done.iter().position(Result::is_ok).expect("one");
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
        let is_told = |why: &TicketRefused| *why == TicketRefused::TakenBy(agents[winner].id);
        let told = done.iter().filter(|one| matches!(one, Err(Failure::Refused(why)) if is_told(why))).count();
        assert_eq!(told, 15, "{done:?}");
        let has: Option<UserId> = tickets::table.find(id.0).select(tickets::assignee_id).first(&mut database.connect()).unwrap();
        assert_eq!(has, Some(agents[winner].id));
    }
    invariants::hold(&database);
}

#[test]
fn merges_that_cross_are_one_after_the_other() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 2);
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let both = [ticket(conn, &asker), ticket(conn, &asker)];
        let done = race(&database, 2, |place, conn| merge_tickets(&mut patient(conn), agents[place].id, both[place], both[1 - place]));
        let won = done.iter().position(Result::is_ok).expect("one");
        assert!(!done.iter().any(|one| matches!(one, Err(Failure::Broken(Fault::Conflict(_))))), "a deadlock: {done:?}");
        let lost = &done[1 - won];
        assert!(matches!(lost, Err(Failure::Refused(TicketRefused::Merged(id))) if *id == both[1 - won]), "{done:?}");
    }
    invariants::hold(&database);
}

#[test]
fn three_in_a_ring_never_close_it() {
    let database = TestDatabase::new();
    let (asker, agents) = people(&database, 3);
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let all = [ticket(conn, &asker), ticket(conn, &asker), ticket(conn, &asker)];
        let done = race(&database, 3, |place, conn| merge_tickets(&mut patient(conn), agents[place].id, all[place], all[(place + 1) % 3]));
        assert!(done.iter().filter(|one| one.is_ok()).count() < 3, "{done:?}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(TicketRefused::Merged(_))))), "{done:?}");
    }
    invariants::hold(&database);
}
