//! What the protection costs: an award and a ticket's next level beside the bare statements that do the same to the rows, on a
//! schema whose guards are taken down, without a lock, a second look or a history.
use std::time::{Duration, Instant};

use diesel::prelude::*;
use guildhall::domain::ids::TicketId;
use guildhall::operations::proposals::accept_proposal;

use crate::controls::{DROPPED, run};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::tickets::{admin, escalates, ticket};

/// So many of each, one after the other, so that a busy moment of the machine meets both.
const TIMES: usize = 25;
/// More than this nobody pays for being safe.
const MOST: Duration = Duration::from_millis(10);

fn took(act: impl FnOnce()) -> Duration {
    let began = Instant::now();
    act();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[track_caller]
fn is_cheap(what: &str, times: Vec<(Duration, Duration)>) {
    let (safe, bare): (Vec<_>, Vec<_>) = times.into_iter().unzip();
    let (safe, bare) = (median(safe), median(bare));
    let costs = safe.saturating_sub(bare);
    println!("{what}: {safe:?} with its protection, {bare:?} without: it costs {costs:?}");
    assert!(costs < MOST, "{what} costs {costs:?}");
}

/// What an award does to the rows, and nothing else.
fn award_unprotected(conn: &mut PgConnection, on: &OpenProject) -> QueryResult<()> {
    let bid = on.proposals[0].0;
    conn.transaction(|conn| {
        run(conn, "UPDATE proposals SET status = 'ACCEPTED' WHERE id = $1", &[bid])?;
        run(conn, "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING'", &[on.id.0])?;
        run(conn, "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = $2 WHERE id = $1", &[on.id.0, bid])?;
        let contract = "INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days, \
            proposal_version, scope_version, accepted_by, accepted_at) SELECT p.id, b.id, p.organisation_id, b.freelancer_id, p.kind, b.amount, \
            p.currency, b.days, b.version, b.scope_version, p.created_by, clock_timestamp() FROM proposals b JOIN projects p ON p.id = b.project_id \
            WHERE b.id = $1";
        run(conn, contract, &[bid])
    })
}

#[test]
fn an_award_costs_less_than_ten_milliseconds_more_than_its_bare_statements() {
    let (safe, bare) = (TestDatabase::new(), TestDatabase::weakened(DROPPED));
    let (safe, bare) = (&mut safe.connect(), &mut bare.connect());
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let (on, naive) = (given::open_project(safe, 3), given::open_project(bare, 3));
        let protected = took(|| {
            accept_proposal(&mut patient(safe), on.organisation.manager.id, on.proposals[0], FIRST_SEEN).expect("an award");
        });
        times.push((protected, took(|| award_unprotected(bare, &naive).expect("written"))));
    }
    is_cheap("an award", times);
}

#[test]
fn a_ticket_s_next_level_costs_less_than_ten_milliseconds_more_than_its_bare_statement() {
    let (safe, bare) = (TestDatabase::new(), TestDatabase::weakened(DROPPED));
    let (safe, bare) = (&mut safe.connect(), &mut bare.connect());
    let keeper = admin(safe, "Grace Murray");
    let tickets = |conn: &mut PgConnection| -> Vec<TicketId> {
        let ada = given::somebody(conn, "Ada Byron");
        (0..TIMES).map(|_| ticket(conn, &ada)).collect()
    };
    let pairs: Vec<_> = tickets(safe).into_iter().zip(tickets(bare)).collect();
    let times = pairs.into_iter().map(|(id, naive)| {
        let protected = took(|| escalates(safe, &keeper, keeper.id, id, Some(0)).expect("the next level"));
        let level = "UPDATE tickets SET level = level + 1 WHERE id = $1";
        (protected, took(|| run(bare, level, &[naive.0]).expect("written")))
    });
    is_cheap("a ticket's next level", times.collect());
}
