//! Killed between the server's 250 and the commit, and everywhere else: the letter goes out again as the same one, and that
//! is counted; or it goes out once.
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use guildhall::domain::mail::Ended;
use guildhall::operations::mails::{claim_mail, end_mail, gather_mails};

use super::{awarded, carrier, round, states, wait_for_all};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::database::TestDatabase;
use crate::support::freeze::freeze;
use crate::support::given::{FIRST_SEEN, OpenProject, patient};
use crate::support::sandbox::Sandbox;
use crate::support::smtp::{Deed, Smtp};
use crate::support::wait;
use guildhall::operations::proposals::accept_proposal;

/// A whole Guildhall of its own process.
struct Serving {
    child: Child,
    _sandbox: Sandbox,
}

impl Serving {
    fn start(database: &TestDatabase, smtp: &Smtp) -> Self {
        let sandbox = Sandbox::new();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", super::SITE, "--workers", "1", "--connections", "4"]);
        command.env("DATABASE_URL", database.url()).env("GUILDHALL_SMTP", smtp.url()).env("GUILDHALL_DATA", sandbox.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a Guildhall");
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut said).expect("a line");
        assert!(said.contains("serves on"), "{said}");
        Self { child, _sandbox: sandbox }
    }

    fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).expect("a process number")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_process_killed_between_the_250_and_its_commit_is_followed_by_the_same_letter() {
    let (database, _) = awarded(1);
    let smtp = Smtp::start();
    let pid = Arc::new(AtomicI32::new(0));
    let victim = Arc::clone(&pid);
    // Frozen before the 250 is said, killed after it: the letter is the server's, and nobody here knows.
    smtp.will([Deed::TakeAnd(Box::new(move || {
        wait::until("the process is known", || victim.load(Ordering::SeqCst) != 0);
        freeze(victim.load(Ordering::SeqCst));
    }))]);
    let mut serving = Serving::start(&database, &smtp);
    pid.store(serving.pid(), Ordering::SeqCst);
    wait::until("the letter is taken", || smtp.arrived().len() == 1);
    std::thread::sleep(std::time::Duration::from_millis(100));
    serving.child.kill().expect("to be killed");
    serving.child.wait().expect("its end");
    assert_eq!(states(&database), [("SENDING".to_owned(), 1, 0)]);
    // Somebody else takes it as soon as its time is over, and not before.
    let second = Serving::start(&database, &smtp);
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(smtp.arrived().len(), 1);
    wait_for_all(&database);
    wait::until("it is sent again", || states(&database) == [("SENT".to_owned(), 2, 1)]);
    drop(second);
    let letters = smtp.arrived();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].header("Message-ID"), letters[1].header("Message-ID"));
}

#[test]
fn a_database_that_goes_away_between_the_250_and_the_commit_is_the_same() {
    let (database, _) = awarded(1);
    let smtp = Smtp::start();
    let database = Arc::new(database);
    let away = Arc::clone(&database);
    smtp.will([Deed::TakeAnd(Box::new(move || away.go_away()))]);
    assert!(round(&carrier(&database, &smtp)).is_err());
    database.come_back();
    assert_eq!(states(&database), [("SENDING".to_owned(), 1, 0)]);
    wait_for_all(&database);
    round(&carrier(&database, &smtp)).unwrap();
    let letters = smtp.arrived();
    assert_eq!((states(&database), letters.len()), (vec![("SENT".to_owned(), 2, 1)], 2));
    assert_eq!(letters[0].header("Message-ID"), letters[1].header("Message-ID"));
}

#[test]
fn whoever_took_too_long_changes_nothing_any_more() {
    let (database, _) = awarded(1);
    let mut conn = database.connect();
    gather_mails(&mut patient(&mut conn), "a.example.org").unwrap();
    let slow = claim_mail(&mut patient(&mut conn)).unwrap().expect("a letter");
    wait_for_all(&database);
    let quick = claim_mail(&mut patient(&mut conn)).unwrap().expect("the same letter");
    assert_eq!((slow.id, &slow.message_id), (quick.id, &quick.message_id));
    assert!(!end_mail(&mut patient(&mut conn), &slow, &Ended::Refused("no".to_owned())).unwrap());
    assert!(end_mail(&mut patient(&mut conn), &quick, &Ended::Sent).unwrap());
    assert!(!end_mail(&mut patient(&mut conn), &quick, &Ended::Refused("no".to_owned())).unwrap());
    assert_eq!(states(&database), [("SENT".to_owned(), 2, 1)]);
}

#[test]
fn a_killed_round_leaves_nothing_behind_and_the_next_finds_the_same() {
    let award = |conn: &mut diesel::PgConnection, on: &OpenProject| {
        accept_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[0], FIRST_SEEN).expect("an award");
    };
    kill_everywhere_after(award, "gather_mails", |conn, _| outcome(gather_mails(&mut patient(conn), "a.example.org")));
}
