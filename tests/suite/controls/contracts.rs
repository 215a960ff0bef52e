//! Moves of a contract as they are often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::chain::Chain;
use guildhall::domain::event::{EventKind, Happening, Root};
use guildhall::schema::{contracts, events};
use serde_json::json;

use super::lab::{DROPPED, guard, read, run};
use crate::contracts::act::{Act, Deal, Scene, deal};
use crate::support::database::TestDatabase;
use crate::support::invariants;

type Twin = fn(&mut PgConnection, &Deal, &mut dyn FnMut()) -> QueryResult<()>;

/// Appends to the contract's history as it should be done, in the caller's transaction, which has the lock.
pub fn tell(conn: &mut PgConnection, on: &Deal, what: Happening) -> QueryResult<()> {
    let (count, head) = contracts::table.find(on.id.0).select((contracts::event_count, contracts::chain_head)).first(conn)?;
    let link = Chain { root: Root::Contract(on.id), count, head }.link(what, std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("CONTRACT"), events::stream_id.eq(on.id.0), events::seq.eq(link.seq), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(link.what.kind), events::facts.eq(&link.what.facts)),
            (events::from_state.eq(link.what.from), events::to_state.eq(link.what.to)),
            (events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    let end = (contracts::event_count.eq(link.seq), contracts::chain_head.eq(&link.hash));
    diesel::update(contracts::table.find(on.id.0)).set(end).execute(conn).map(drop)
}

const LOCK: &str = "SELECT FROM contracts WHERE id = $1 FOR UPDATE";

/// Approves the first milestone because it was submitted when it was read.
fn approve(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let first = on.milestones[0];
    assert_eq!(read(conn, "SELECT count(*) AS n FROM milestones WHERE id = $1 AND status = 'SUBMITTED'", first.0), 1);
    let total = read(conn, "SELECT approved_total + 100000 AS n FROM contracts WHERE id = $1", on.id.0);
    pause();
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, "UPDATE milestones SET status = 'APPROVED' WHERE id = $1", &[first.0])?;
        run(conn, "UPDATE submissions SET answer = 'APPROVED' WHERE milestone_id = $1 AND answer IS NULL", &[first.0])?;
        run(conn, "UPDATE contracts SET approved_total = $2 WHERE id = $1", &[on.id.0, total])?;
        let what = Happening::by(on.manager(), EventKind::MilestonesApproved).moved(Some("SUBMITTED"), "APPROVED");
        tell(conn, on, what.facts(json!({ "milestones": [{ "milestone": first, "submission": 1 }] })))
    })
}

/// Completes because nothing was open when it was read.
fn complete(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let open = "SELECT count(*) AS n FROM milestones WHERE contract_id = $1 AND status IN ('PLANNED', 'SUBMITTED', 'CHANGES_REQUESTED')";
    assert_eq!(read(conn, open, on.id.0), 0);
    pause();
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, "UPDATE contract_terms SET answer = 'WITHDRAWN' WHERE contract_id = $1 AND answer IS NULL", &[on.id.0])?;
        run(conn, "UPDATE projects SET status = 'COMPLETED' WHERE id = $1", &[on.project.id.0])?;
        let link = Happening::by(on.manager(), EventKind::ProjectCompleted).moved(Some("ASSIGNED"), "COMPLETED");
        let chain = super::lab::chain(conn, &on.project);
        super::lab::put(conn, &on.project, chain, link)?;
        run(conn, "UPDATE contracts SET status = 'COMPLETED', ended_by = NULL, paused_by = NULL WHERE id = $1", &[on.id.0])?;
        tell(conn, on, Happening::by(on.manager(), EventKind::ContractCompleted).moved(Some("ACTIVE"), "COMPLETED"))
    })
}

/// Confirms the terms because they waited when they were read.
fn confirm(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let number = read(conn, "SELECT number::bigint AS n FROM contract_terms WHERE contract_id = $1 AND answer IS NULL", on.id.0);
    pause();
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, "UPDATE contract_terms SET answer = 'CONFIRMED' WHERE contract_id = $1 AND number = $2", &[on.id.0, number])?;
        run(conn, "UPDATE contracts c SET terms_number = t.number, amount = t.amount, days = t.days FROM contract_terms t WHERE c.id = $1 AND t.contract_id = c.id AND t.number = $2", &[on.id.0, number])?;
        tell(conn, on, Happening::by(on.manager(), EventKind::TermsConfirmed).facts(json!({ "terms": number })))
    })
}

/// Opens the project again because its contract had ended, and it was assigned, when it was read.
fn reopen(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    assert_eq!(read(conn, "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'ASSIGNED'", on.project.id.0), 1);
    let version = read(conn, "SELECT version + 1::bigint AS n FROM projects WHERE id = $1", on.project.id.0);
    pause();
    conn.transaction(|conn| {
        run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.project.id.0])?;
        let open = "UPDATE projects SET status = 'OPEN', accepted_proposal_id = NULL, reopened_at = now(), version = $2 WHERE id = $1";
        run(conn, open, &[on.project.id.0, version])?;
        run(conn, "UPDATE proposals SET status = 'REVOKED' WHERE id = $1", &[on.project.proposals[0].0])?;
        let what = Happening::by(on.manager(), EventKind::ProjectReopened).moved(Some("ASSIGNED"), "OPEN");
        let chain = super::lab::chain(conn, &on.project);
        super::lab::put(conn, &on.project, chain, what)
    })
}

#[test]
fn approving_what_was_read_as_submitted_is_caught() {
    let lost = "history is not a path: a contract or a milestone";
    is_caught(Scene::Working, approve, Act::Cancel(0), lost, Some("milestones_legal_moves"));
    is_caught(Scene::Working, approve, Act::TakeBack(0), lost, Some("milestones_legal_moves"));
    is_caught(Scene::Working, approve, Act::Submit(0), "approved another delivery than was seen", None);
    is_caught(Scene::Working, approve, Act::Approve(1), "totals of a contract are not the sums", None);
}

#[test]
fn completing_what_was_read_as_done_is_caught() {
    let lost = "history is not a path: a contract or a milestone";
    is_caught(Scene::Done, complete, Act::Pause, lost, Some("contracts_legal_moves"));
    is_caught(Scene::Done, complete, Act::Terminate, lost, Some("contracts_legal_moves"));
    is_caught(Scene::Done, complete, Act::Confirm, "completed with something open", None);
}

#[test]
fn confirming_what_was_read_as_waiting_is_caught() {
    is_caught(Scene::Done, confirm, Act::Decline, "terms answered twice", Some("contract_terms_pinned"));
    is_caught(Scene::Done, confirm, Act::WithdrawTerms, "terms answered twice", Some("contract_terms_pinned"));
    is_caught(Scene::Done, confirm, Act::Confirm, "terms answered twice", None);
}

#[test]
fn opening_again_what_was_read_as_assigned_is_caught() {
    is_caught(Scene::Ended, reopen, Act::Reopen, "history is not a path: a project", None);
}

/// Lets the twin act beside a rival who does everything right: on the weakened schema, where the harm must be found, and on
/// the whole one, whose guard must stop it; none where the lock alone protects.
#[track_caller]
fn is_caught(scene: Scene, twin: Twin, rival: Act, harm: &str, stopped_by: Option<&str>) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let on = deal(&mut conn);
        scene.set(&mut conn, &on);
        let done = twin(&mut conn, &on, &mut || {
            if with_rival {
                rival.run(&mut other, &on).expect("the rival comes first");
            }
        });
        let found = invariants::broken(&mut conn);
        let stopped = guard(done);
        match (weakened, with_rival) {
            (true, false) => assert_eq!((&found[..], stopped), (&[][..], None), "alone"),
            (true, true) => assert!(found.iter().any(|what| what.starts_with(harm)), "beside {rival:?}: {found:?}"),
            _ => assert_eq!(stopped.as_deref(), stopped_by, "beside {rival:?} on the whole schema: {found:?}"),
        }
    }
}
