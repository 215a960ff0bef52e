//! The operations as they are often written: what is read decides, and nothing holds it still until it is written. The
//! lock comes too late; all else, their history too, they do as they should.
use diesel::prelude::*;
use guildhall::domain::event::EventKind;

use super::lab::{read, run, tell};
use crate::award::act::Act;
use crate::support::given::OpenProject;

const IS_OPEN: &str = "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'OPEN'";
const IS_PENDING: &str = "SELECT count(*) AS n FROM proposals WHERE id = $1 AND status = 'PENDING'";
const IS_DECLINED: &str = "SELECT count(*) AS n FROM proposals WHERE id = $1 AND declined_at IS NOT NULL";
const LOCK: &str = "SELECT FROM projects WHERE id = $1 FOR UPDATE";
const COUNT: &str = "SELECT proposal_count::bigint AS n FROM projects WHERE id = $1";

/// Does what the act does, but reads without a lock; `pause` comes between reading and writing, where others may act.
/// A twin that finds on reading that it may not act refuses, as the operation does.
pub fn naive(act: Act, conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let may_act = read(conn, IS_OPEN, on.id.0) == 1
        && match act {
            Act::Accept | Act::Withdraw | Act::Revise | Act::Decline => read(conn, IS_PENDING, on.proposals[0].0) == 1,
            Act::AcceptOther => read(conn, IS_PENDING, on.proposals[1].0) == 1,
            Act::Undecline => read(conn, IS_DECLINED, on.proposals[0].0) == 1,
            Act::Cancel | Act::Edit | Act::LateSubmit => true,
        };
    let count = read(conn, COUNT, on.id.0);
    let version = read(conn, "SELECT version::bigint AS n FROM projects WHERE id = $1", on.id.0);
    pause();
    if !may_act {
        return Ok(());
    }
    conn.transaction(|conn| write(act, conn, on, count, version))
}

fn write(act: Act, conn: &mut PgConnection, on: &OpenProject, count: i64, version: i64) -> QueryResult<()> {
    let (project, first) = (on.id.0, on.proposals[0].0);
    run(conn, LOCK, &[project])?;
    match act {
        Act::Accept => award(conn, on, 0),
        Act::AcceptOther => award(conn, on, 1),
        Act::Withdraw => {
            run(conn, "UPDATE proposals SET status = 'WITHDRAWN', declined_at = NULL WHERE id = $1", &[first])?;
            run(conn, "UPDATE projects SET proposal_count = $2 WHERE id = $1", &[project, count - 1])?;
            tell(conn, on, EventKind::ProposalWithdrawn, Some(first), None)
        }
        Act::Revise => {
            run(conn, "UPDATE proposals SET status = 'PENDING', version = version + 1 WHERE id = $1", &[first])?;
            tell(conn, on, EventKind::ProposalRevised, Some(first), None)
        }
        Act::Decline => {
            let declined = "UPDATE proposals SET status = 'REJECTED', declined_at = clock_timestamp(), declined_by = $2 WHERE id = $1";
            run(conn, declined, &[first, on.organisation.manager.id.0])?;
            tell(conn, on, EventKind::ProposalDeclined, Some(first), None)
        }
        Act::Undecline => {
            run(conn, "UPDATE proposals SET status = 'PENDING', declined_at = NULL, declined_by = NULL WHERE id = $1", &[first])?;
            tell(conn, on, EventKind::ProposalUndeclined, Some(first), None)
        }
        Act::Cancel => {
            run(conn, "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING'", &[project])?;
            run(conn, "UPDATE projects SET status = 'CANCELLED' WHERE id = $1", &[project])?;
            tell(conn, on, EventKind::ProjectCancelled, None, Some(("OPEN", "CANCELLED")))
        }
        Act::Edit => {
            run(conn, "UPDATE projects SET version = $2, scope_version = $2 WHERE id = $1", &[project, version + 1])?;
            tell(conn, on, EventKind::ProjectEdited, None, None)
        }
        Act::LateSubmit => submit(conn, on, count),
    }
}

fn submit(conn: &mut PgConnection, on: &OpenProject, count: i64) -> QueryResult<()> {
    let words = "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version)
                 VALUES ($1, $2, 640000, 20, 'I can.', 1)";
    let by = on.freelancers[2].id.0;
    run(conn, words, &[on.id.0, by])?;
    run(conn, "UPDATE projects SET proposal_count = $2 WHERE id = $1", &[on.id.0, count + 1])?;
    let made = read(conn, "SELECT max(id) AS n FROM proposals WHERE freelancer_id = $1", by);
    tell(conn, on, EventKind::ProposalSubmitted, Some(made), None)
}

/// The award without its guards, and without counting its rows.
fn award(conn: &mut PgConnection, on: &OpenProject, place: usize) -> QueryResult<()> {
    let (project, winner) = (on.id.0, on.proposals[place].0);
    run(conn, "UPDATE proposals SET status = 'ACCEPTED' WHERE id = $1", &[winner])?;
    run(conn, "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING'", &[project])?;
    run(conn, "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = $2 WHERE id = $1", &[project, winner])?;
    contract(conn, on, place)
}

/// The twin of any manager's accept, of any of the proposals.
pub fn naive_award(conn: &mut PgConnection, on: &OpenProject, place: usize, pause: impl FnOnce()) -> QueryResult<()> {
    let may_act = read(conn, IS_OPEN, on.id.0) == 1 && read(conn, IS_PENDING, on.proposals[place].0) == 1;
    pause();
    if !may_act {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        award(conn, on, place)
    })
}

/// The award that guards its update, but does not look whether it hit anything.
pub fn uncounted_award(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let (project, winner) = (on.id.0, on.proposals[0].0);
    let may_act = read(conn, IS_OPEN, project) == 1;
    pause();
    if !may_act {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[project])?;
        run(conn, "UPDATE proposals SET status = 'ACCEPTED' WHERE id = $1 AND status = 'PENDING'", &[winner])?;
        run(conn, "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING'", &[project])?;
        let assigned = "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = $2 WHERE id = $1 AND status = 'OPEN'";
        run(conn, assigned, &[project, winner])?;
        contract(conn, on, 0)
    })
}

fn contract(conn: &mut PgConnection, on: &OpenProject, place: usize) -> QueryResult<()> {
    let terms = "INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days,
                     proposal_version, scope_version, accepted_by, accepted_at)
                 SELECT p.id, b.id, p.organisation_id, b.freelancer_id, p.kind, b.amount, p.currency, b.days,
                     b.version, p.scope_version, $2, clock_timestamp()
                 FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.id = $1";
    run(conn, terms, &[on.proposals[place].0, on.organisation.manager.id.0])?;
    tell(conn, on, EventKind::ProposalAccepted, Some(on.proposals[place].0), Some(("OPEN", "ASSIGNED")))
}

/// The twin of sending a proposal that asks whether there is one, and then inserts.
pub fn check_then_insert(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let own = "SELECT count(*) AS n FROM proposals WHERE freelancer_id = $1";
    let has_none = read(conn, own, on.freelancers[2].id.0) == 0;
    pause();
    if !has_none {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        let count = read(conn, COUNT, on.id.0);
        submit(conn, on, count)
    })
}

/// The twin of leaving an organisation that asks whether there is another owner, and then goes.
pub fn leave(conn: &mut PgConnection, organisation: i64, owner: i64, pause: impl FnOnce()) -> QueryResult<()> {
    let owners = read(conn, "SELECT count(*) AS n FROM memberships WHERE organisation_id = $1 AND role = 'OWNER'", organisation);
    pause();
    if owners < 2 {
        return Ok(());
    }
    run(conn, "DELETE FROM memberships WHERE organisation_id = $1 AND user_id = $2", &[organisation, owner])
}
