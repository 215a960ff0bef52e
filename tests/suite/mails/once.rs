//! Once for each event and person: however many gather and carry at once.
use diesel::prelude::*;
use guildhall::operations::mails::gather_mails;
use guildhall::schema::mails;

use super::{awarded, carrier, round, states};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::race::{race, start_together};
use crate::support::smtp::Smtp;

fn gathered(database: &TestDatabase) -> i64 {
    mails::table.count().get_result(&mut database.connect()).expect("the letters")
}

#[test]
fn many_carriers_at_once_send_each_letter_once() {
    let (database, on) = awarded(12);
    let smtp = Smtp::start();
    start_together(6, |_| carrier(&database, &smtp), |_, carrier| round(&carrier).expect("a round"));
    // whoever came second to the turn may have gathered nothing
    round(&carrier(&database, &smtp)).expect("a round");
    let mut to: Vec<_> = smtp.arrived().into_iter().flat_map(|letter| letter.to).collect();
    to.sort();
    let mut meant: Vec<_> = on.freelancers.iter().map(|one| one.email.clone()).collect();
    meant.sort();
    assert_eq!(to, meant);
    assert!(states(&database).iter().all(|state| *state == ("SENT".to_owned(), 1, 0)));
}

#[test]
fn a_notice_that_commits_late_is_found_by_the_next_round() {
    let (database, on) = awarded(2);
    let (mut late, mut early) = (database.connect(), database.connect());
    let gather = |conn: &mut PgConnection| gather_mails(&mut patient(conn), "a.example.org").expect("a round");
    // as the award's own notices would be, of a transaction that takes long
    let event = "SELECT n.stream_kind, n.stream_id, n.seq FROM notices n WHERE kind = 'AWARDED'";
    let guest = given::freelancer(&mut late, "Rosa Ferreira");
    diesel::sql_query("BEGIN").execute(&mut late).unwrap();
    let insert = format!(
        "INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq) SELECT {}, 'NOT_SELECTED', x.* FROM ({event}) x",
        guest.id
    );
    diesel::sql_query(&insert).execute(&mut late).unwrap();
    assert_eq!(gather(&mut early), 2);
    assert_eq!(gather(&mut early), 0);
    // others commit meanwhile, with higher numbers
    given::somebody(&mut early, "Jonas Brandt");
    assert_eq!(gather(&mut early), 0);
    diesel::sql_query("COMMIT").execute(&mut late).unwrap();
    assert_eq!(gather(&mut early), 1);
    assert_eq!((gather(&mut early), gathered(&database)), (0, 3));
    assert_eq!(on.freelancers.len(), 2);
}

#[test]
fn a_database_restored_elsewhere_goes_on_where_it_was() {
    let (database, _) = awarded(2);
    let mut conn = database.connect();
    let gather = |conn: &mut PgConnection| gather_mails(&mut patient(conn), "a.example.org").expect("a round");
    // the numbers of transactions began anew
    diesel::sql_query("UPDATE mail_rounds SET gathered_up_to = gathered_up_to + 1000000000").execute(&mut conn).unwrap();
    diesel::sql_query("UPDATE notices SET written_in = txid_current() + 5").execute(&mut conn).unwrap();
    assert_eq!((gather(&mut conn), gather(&mut conn)), (2, 0));
}

#[test]
fn nobody_is_written_to_about_what_happened_long_ago() {
    let (database, _) = awarded(2);
    let mut conn = database.connect();
    given::past_triggers(&mut conn, "UPDATE events SET at = at - interval '4 days'");
    assert_eq!(gather_mails(&mut patient(&mut conn), "a.example.org").expect("a round"), 0);
}

#[test]
fn many_who_gather_at_once_find_each_event_once() {
    let (database, _) = awarded(10);
    let found = race(&database, 8, |_, conn| gather_mails(&mut patient(conn), "a.example.org").expect("a round"));
    assert_eq!(found.iter().sum::<usize>(), 10);
    assert_eq!(gathered(&database), 10);
}
