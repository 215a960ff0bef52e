//! Each twin with one rival who comes between its reading and its writing. The rival does everything right.
use diesel::prelude::*;

use super::lab::{self, guard, scene};
use super::twins;
use crate::award::act::Act;
use crate::support::given::{self, OpenProject};
use crate::support::invariants;
use guildhall::domain::event::EventKind;
use guildhall::domain::membership::Role;

/// What a twin does, with a pause in it.
type Twin = fn(&mut PgConnection, &OpenProject, &mut dyn FnMut()) -> QueryResult<()>;

/// What must be found after the twin on the weakened schema, and which guard of the whole schema stops it; none where
/// the lock alone protects.
struct Harm {
    found: &'static str,
    guard: Option<&'static str>,
}

const fn harm(found: &'static str, guard: &'static str) -> Harm {
    Harm { found, guard: Some(guard) }
}

const fn only_the_lock_protects_from(found: &'static str) -> Harm {
    Harm { found, guard: None }
}

const TORN: &str = "torn award";
const BESIDE: &str = "pending beside a project that is not open";
const COUNTER: &str = "proposal_count is not the count";
const MOVES: &str = "proposals_legal_moves";

#[test]
fn accepting_what_was_read_as_pending_is_caught() {
    is_caught("accept", |c, on, pause| twins::naive(Act::Accept, c, on, pause), Act::AcceptOther, &harm("two winners", MOVES));
    is_caught("accept", |c, on, pause| twins::naive(Act::Accept, c, on, pause), Act::Withdraw, &harm(COUNTER, MOVES));
    is_caught("accept", |c, on, pause| twins::naive(Act::Accept, c, on, pause), Act::Decline, &harm("declined and not rejected", MOVES));
    is_caught("accept", |c, on, pause| twins::naive(Act::Accept, c, on, pause), Act::Cancel, &harm("history is not a path", MOVES));
}

#[test]
fn an_award_that_does_not_count_its_rows_is_caught() {
    let guard = "proposals_accepted_iff_named";
    is_caught("uncounted accept", |c, on, pause| twins::uncounted_award(c, on, pause), Act::Withdraw, &harm(TORN, guard));
    is_caught("uncounted accept", |c, on, pause| twins::uncounted_award(c, on, pause), Act::Decline, &harm(TORN, guard));
}

#[test]
fn touching_a_proposal_that_was_read_as_pending_is_caught() {
    is_caught("withdraw", |c, on, pause| twins::naive(Act::Withdraw, c, on, pause), Act::Accept, &harm(TORN, MOVES));
    is_caught("revise", |c, on, pause| twins::naive(Act::Revise, c, on, pause), Act::Accept, &harm(TORN, MOVES));
    is_caught("decline", |c, on, pause| twins::naive(Act::Decline, c, on, pause), Act::Accept, &harm(TORN, MOVES));
}

#[test]
fn becoming_pending_beside_a_project_that_was_read_as_open_is_caught() {
    let stopped = harm(BESIDE, "proposals_only_while_open");
    for rival in [Act::AcceptOther, Act::Cancel] {
        is_caught("undecline", |c, on, pause| twins::naive(Act::Undecline, c, on, pause), rival, &stopped);
        is_caught("late submit", |c, on, pause| twins::naive(Act::LateSubmit, c, on, pause), rival, &stopped);
    }
}

#[test]
fn cancelling_what_was_read_as_open_is_caught() {
    // The CHECK comes before the table of moves, whose trigger runs after the row is written.
    is_caught("cancel", |c, on, pause| twins::naive(Act::Cancel, c, on, pause), Act::Accept, &harm(TORN, "projects_winner_iff_assigned"));
}

#[test]
fn counters_and_versions_that_were_read_are_caught() {
    let version = only_the_lock_protects_from("a version that the history does not tell of");
    is_caught("edit", |c, on, pause| twins::naive(Act::Edit, c, on, pause), Act::Edit, &version);
    let counter = only_the_lock_protects_from(COUNTER);
    is_caught("count", |c, on, pause| twins::naive(Act::LateSubmit, c, on, pause), Act::Withdraw, &counter);
    is_caught("count", |c, on, pause| twins::naive(Act::Withdraw, c, on, pause), Act::LateSubmit, &counter);
}

#[test]
fn asking_whether_there_is_one_before_inserting_is_caught() {
    let twice = harm("duplicate natural keys", "proposals_one_per_freelancer");
    is_caught("check, then insert", |c, on, pause| twins::check_then_insert(c, on, pause), Act::LateSubmit, &twice);
}

#[test]
fn appending_behind_an_end_that_was_read_is_caught() {
    let append: Twin = |conn, on, pause| {
        let chain = lab::chain(conn, on);
        pause();
        lab::append(conn, on, chain, EventKind::ProposalRevised, None, None)
    };
    is_caught("append", append, Act::Edit, &harm("broken chain of events", "events_pkey"));
}

#[test]
fn leaving_because_another_owner_was_seen_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let mut conn = database.connect();
        let (organisation, other) = (on.organisation.id, given::member(&mut conn, on.organisation.id, "Second Owner", Role::Owner));
        let gone = twins::leave(&mut conn, organisation.0, on.organisation.owner.id.0, || {
            let delete = "DELETE FROM memberships WHERE organisation_id = $1 AND user_id = $2";
            lab::run(&mut database.connect(), delete, &[organisation.0, other.id.0]).expect("one of two may go");
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|what| what.starts_with("an organisation without an owner")), weakened, "{found:?}");
        assert_eq!(guard(gone).as_deref(), (!weakened).then_some("organisations_keep_an_owner"));
    }
}

/// Lets the twin act three times: alone, where nothing is wrong with it; with the rival in between, where the harm must
/// be found; and on the whole schema, whose guard must stop it.
#[track_caller]
fn is_caught(name: &str, twin: Twin, rival: Act, harm: &Harm) {
    let alone = act(name, twin, None, true);
    assert_eq!((&alone.found[..], alone.guard), (&[][..], None), "{name} alone");
    let harmed = act(name, twin, Some(rival), true);
    assert!(harmed.found.iter().any(|found| found.starts_with(harm.found)), "{name} beside {rival:?} was not caught: {:?}", harmed.found);
    let guarded = act(name, twin, Some(rival), false);
    assert_eq!(guarded.guard.as_deref(), harm.guard, "{name} beside {rival:?} on the whole schema: {:?}", guarded.found);
    assert_eq!(guarded.found.is_empty(), harm.guard.is_some(), "{name} beside {rival:?} on the whole schema: {:?}", guarded.found);
    println!("{name} beside {rival:?}: caught ({}), stopped by {}", harmed.found.join(", "), harm.guard.unwrap_or("nothing but the lock"));
}

struct Ended {
    found: Vec<String>,
    guard: Option<String>,
}

fn act(name: &str, twin: Twin, rival: Option<Act>, weakened: bool) -> Ended {
    let (database, on) = scene(weakened);
    let (mut conn, mut other) = (database.connect(), database.connect());
    if name == "undecline" {
        Act::Decline.run(&mut conn, &on, 0).expect("a decline");
    }
    let mut pause = || {
        if let Some(rival) = rival {
            rival.run(&mut other, &on, 1).expect("the rival comes first");
        }
    };
    let done = twin(&mut conn, &on, &mut pause);
    Ended { found: invariants::broken(&mut conn), guard: guard(done) }
}
