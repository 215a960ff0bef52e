//! Letters by twins: one looks whether a letter is there and makes it then, one takes the letter that it saw waiting.
use guildhall::operations::mails::{claim_mail, gather_mails};

use super::lab::{DROPPED, guard, read, run};
use crate::mails::states;
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use guildhall::operations::proposals::accept_proposal;

const IS_WRITTEN: &str = "SELECT count(*) AS n FROM mails WHERE user_id = $1";
const WRITE: &str = "INSERT INTO mails (user_id, kind, cause, reference, notice_id, message_id) \
    SELECT user_id, kind, stream_kind || ':' || stream_id || ':' || seq, 'PRJ-0001', id, gen_random_uuid()::text FROM notices \
    WHERE user_id = $1 AND kind = 'AWARDED'";

#[test]
fn writing_to_whoever_was_not_written_to_when_one_looked_is_caught() {
    for weakened in [true, false] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut rival) = (database.connect(), database.connect());
        let on = given::open_project(&mut conn, 1);
        accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
        let winner = on.freelancers[0].id.0;
        let is_written = read(&mut conn, IS_WRITTEN, winner) > 0;
        gather_mails(&mut patient(&mut rival), "a.example.org").expect("the rival comes first");
        let done = if is_written { Ok(()) } else { run(&mut conn, WRITE, &[winner]) };
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("a letter twice")), weakened, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("mails_one_per_event"));
    }
}

/// No constraint can stand behind this one: only that a letter is taken in the statement that finds it.
#[test]
fn taking_the_letter_that_was_seen_waiting_is_caught() {
    let (database, _) = crate::mails::awarded(1);
    let (mut conn, mut rival) = (database.connect(), database.connect());
    gather_mails(&mut patient(&mut conn), "a.example.org").expect("a letter");
    let seen = read(&mut conn, "SELECT min(id) AS n FROM mails WHERE state = 'WAITING' AND $1 = $1", 0);
    let first = claim_mail(&mut patient(&mut rival)).expect("a claim").expect("the letter");
    let take = "UPDATE mails SET state = 'SENDING', attempts = attempts + 1 WHERE id = $1";
    run(&mut conn, take, &[seen]).expect("nothing stops it");
    assert_eq!((seen, states(&database)), (first.id.0, vec![("SENDING".to_owned(), 2, 0)]), "one letter in two hands");
    // whoever takes it as it should be taken finds it gone
    assert_eq!(claim_mail(&mut patient(&mut conn)).expect("a claim"), None);
}
