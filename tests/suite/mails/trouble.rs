//! Servers that refuse, break off, die and come back.
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use guildhall::schema::mails;

use super::{awarded, carrier, round, states, wait_for_all};
use crate::support::smtp::{Deed, Smtp};

fn sent(attempts: i32, again: i32) -> Vec<(String, i32, i32)> {
    vec![("SENT".to_owned(), attempts, again)]
}

#[test]
fn a_server_that_is_busy_is_asked_again_later_and_later() {
    let (database, _) = awarded(1);
    let smtp = Smtp::start();
    smtp.will([Deed::Refuse("451 come back later"), Deed::Refuse("421 busy")]);
    let carrier = carrier(&database, &smtp);
    let due = || mails::table.select(mails::due_at).first::<DateTime<Utc>>(&mut database.connect()).unwrap();
    assert_eq!(round(&carrier).unwrap(), 1);
    let first = due();
    // not before its time
    assert_eq!(round(&carrier).unwrap(), 0);
    wait_for_all(&database);
    assert_eq!(round(&carrier).unwrap(), 1);
    assert!(due() - first > chrono::TimeDelta::minutes(3), "five minutes after one");
    wait_for_all(&database);
    assert_eq!(round(&carrier).unwrap(), 1);
    assert_eq!((states(&database), smtp.arrived().len()), (sent(3, 0), 1));
}

#[test]
fn what_is_refused_for_good_fails_at_once_and_what_goes_on_too_long_fails_at_last() {
    let (database, _) = awarded(1);
    let smtp = Smtp::start();
    smtp.will([Deed::Refuse("550 no such mailbox")]);
    let carrier = carrier(&database, &smtp);
    round(&carrier).unwrap();
    assert_eq!(states(&database), [("FAILED".to_owned(), 1, 0)]);
    let error: Option<String> = mails::table.select(mails::error).first(&mut database.connect()).unwrap();
    assert!(error.as_ref().is_some_and(|why| why.contains("550") && why.contains("no such mailbox")), "{error:?}");

    let (database, _) = awarded(1);
    let carrier = super::carrier(&database, &smtp);
    for _ in 0..10 {
        smtp.will([Deed::Refuse("451 come back later")]);
        wait_for_all(&database);
        round(&carrier).unwrap();
    }
    assert_eq!(states(&database), [("FAILED".to_owned(), 10, 0)]);
    wait_for_all(&database);
    assert_eq!(round(&carrier).unwrap(), 0);
}

#[test]
fn a_server_that_is_down_loses_nothing_and_doubles_nothing() {
    let (database, _) = awarded(1);
    let mut smtp = Smtp::start();
    let carrier = carrier(&database, &smtp);
    smtp.kill();
    assert_eq!(round(&carrier).unwrap(), 1);
    assert_eq!(states(&database), [("WAITING".to_owned(), 1, 0)]);
    smtp.restart();
    wait_for_all(&database);
    round(&carrier).unwrap();
    assert_eq!((states(&database), smtp.arrived().len()), (sent(2, 0), 1));
}

#[test]
fn a_connection_that_breaks_off_is_followed_by_the_same_letter_and_counted() {
    for (deed, arrived) in [(Deed::BreakOff, 1), (Deed::TakeAndBreakOff, 2)] {
        let (database, _) = awarded(1);
        let smtp = Smtp::start();
        smtp.will([deed]);
        let carrier = carrier(&database, &smtp);
        round(&carrier).unwrap();
        assert_eq!(states(&database), [("WAITING".to_owned(), 1, 0)]);
        wait_for_all(&database);
        round(&carrier).unwrap();
        let letters = smtp.arrived();
        assert_eq!((states(&database), letters.len()), (sent(2, 1), arrived));
        assert!(letters.iter().all(|letter| letter.header("Message-ID") == letters[0].header("Message-ID")));
    }
}
