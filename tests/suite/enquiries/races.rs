//! Questions and answers while others act.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::enquiry::{AnswerRefused, AskRefused};
use guildhall::domain::ids::EnquiryId;
use guildhall::domain::project::ProjectStatus;
use guildhall::domain::proposal::OfferRefused;
use guildhall::domain::words::{EnquiryAnswer, EnquiryWords};
use guildhall::operations::enquiries::{answer_enquiry, ask};
use guildhall::schema::{enquiries, enquiry_answers, projects};

use crate::award::act::Act;
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 20;

fn asks(conn: &mut PgConnection, on: &OpenProject, words: &str) -> Result<EnquiryId, Failure<AskRefused>> {
    ask(&mut patient(conn), on.freelancers[1].id, on.id, &EnquiryWords::parse(words).unwrap())
}

fn answers(conn: &mut PgConnection, on: &OpenProject, id: EnquiryId, side: usize) -> Result<(), Failure<AnswerRefused>> {
    let by = if side == 0 { on.organisation.owner.id } else { on.organisation.manager.id };
    answer_enquiry(&mut patient(conn), by, id, 0, &EnquiryAnswer::parse(&format!("Answer {side}.")).unwrap()).map(drop)
}

#[test]
fn a_question_beside_the_end_is_in_time_or_told() {
    for (end, status) in [(Act::Accept, ProjectStatus::Assigned), (Act::Cancel, ProjectStatus::Cancelled)] {
        let (database, mut in_time) = (crate::support::database::TestDatabase::new(), 0);
        for _ in 0..ROUNDS {
            let on = given::open_project(&mut database.connect(), 2);
            let done = race(&database, 2, |place, conn| {
                if place == 0 {
                    asks(conn, &on, "When?").map(drop)
                } else {
                    end.run(conn, &on, 0).unwrap();
                    Ok(())
                }
            });
            match &done[0] {
                Ok(()) => in_time += 1,
                Err(Failure::Refused(AskRefused::NotNow(OfferRefused::ProjectIs(is)))) => assert_eq!(*is, status),
                Err(other) => panic!("{other:?}"),
            }
        }
        println!("a question beside {end:?}: {in_time} of {ROUNDS} in time");
        invariants::hold(&database);
    }
}

#[test]
fn questions_in_the_deadline_s_second_are_in_time_or_told() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    diesel::sql_query("UPDATE projects SET deadline = clock_timestamp() + interval '150 ms'").execute(conn).unwrap();
    let done = race(&database, 4, |place, conn| {
        let mut taken = 0;
        for number in 0..400 {
            match asks(
                conn,
                &OpenProject { freelancers: vec![on.freelancers[0].clone(), on.freelancers[place % 2].clone()], ..on.clone() },
                &format!("{place}.{number}?"),
            ) {
                Ok(_) => taken += 1,
                Err(Failure::Refused(AskRefused::TooMany)) => std::thread::sleep(std::time::Duration::from_millis(5)),
                Err(Failure::Refused(AskRefused::NotNow(OfferRefused::Closed { deadline, at }))) => {
                    assert!(at >= deadline);
                    return taken;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        panic!("never closed");
    });
    let there: i64 = enquiries::table.count().get_result(conn).unwrap();
    assert_eq!(there, done.iter().sum::<i64>());
    let late: i64 =
        enquiries::table.inner_join(projects::table).filter(enquiries::asked_at.ge(projects::deadline)).count().get_result(conn).unwrap();
    assert_eq!(late, 0);
    invariants::hold(&database);
}

#[test]
fn sixteen_clicks_ask_once() {
    let (database, on) = given::database_with_open_project(2);
    let done = race(&database, 16, |_, conn| asks(conn, &on, "When?").expect("the question"));
    assert!(done.iter().all(|id| *id == done[0]), "{done:?}");
    assert_eq!(enquiries::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn of_two_answers_one_stands_and_the_other_is_told() {
    let database = crate::support::database::TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 2);
        let id = given::enquiry(conn, &on, &on.freelancers[0], "When?", None);
        let done = race(&database, 2, |side, conn| answers(conn, &on, id, side));
        let told = done.iter().filter(|done| matches!(done, Err(Failure::Refused(AnswerRefused::Answered { seen: 0, now: 1 })))).count();
        assert_eq!((done.iter().filter(|done| done.is_ok()).count(), told), (1, 1), "{done:?}");
        assert_eq!(enquiry_answers::table.filter(enquiry_answers::enquiry_id.eq(id.0)).count().get_result(conn), Ok(1_i64));
    }
    invariants::hold(&database);
}

#[test]
fn an_answer_beside_the_end_is_in_time_or_told() {
    let database = crate::support::database::TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 2);
        let id = given::enquiry(conn, &on, &on.freelancers[0], "When?", None);
        let done = race(&database, 2, |place, conn| {
            if place == 0 {
                answers(conn, &on, id, 0)
            } else {
                Act::Accept.run(conn, &on, 1).unwrap();
                Ok(())
            }
        });
        assert!(matches!(done[0], Ok(()) | Err(Failure::Refused(AnswerRefused::ProjectIs(ProjectStatus::Assigned)))), "{done:?}");
    }
    invariants::hold(&database);
}
