//! Inviting and hiding as they are often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::chain::Chain;
use guildhall::domain::event::{EventKind, Happening, Root};
use guildhall::domain::ids::{ProjectId, UserId};
use guildhall::operations::projects::{invite_freelancer, publish_project};
use guildhall::schema::{events, projects};

use super::lab::{DROPPED, guard, read, run};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;

const LOCK: &str = "SELECT FROM projects WHERE id = $1 FOR UPDATE";

/// Appends to the history as it should be done.
fn tell(conn: &mut PgConnection, on: ProjectId, what: Happening) -> QueryResult<()> {
    let (count, head) = projects::table.find(on.0).select((projects::event_count, projects::chain_head)).first(conn)?;
    let link = Chain { root: Root::Project(on), count, head }.link(what, std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("PROJECT"), events::stream_id.eq(on.0), events::seq.eq(link.seq), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(link.what.kind), events::subject_id.eq(link.what.subject)),
            (events::from_state.eq(link.what.from), events::to_state.eq(link.what.to), events::facts.eq(&link.what.facts)),
            (events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    let end = (projects::event_count.eq(link.seq), projects::chain_head.eq(&link.hash));
    diesel::update(projects::table.find(on.0)).set(end).execute(conn).map(drop)
}

/// Hides a project because it was a draft when it was read.
fn hide(conn: &mut PgConnection, by: UserId, on: ProjectId, pause: impl FnOnce()) -> QueryResult<()> {
    let is_draft = read(conn, "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'DRAFT'", on.0) == 1;
    pause();
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.0])?;
        assert!(is_draft);
        run(conn, "UPDATE projects SET visibility = 'INVITED' WHERE id = $1", &[on.0])?;
        tell(conn, on, Happening::by(by, EventKind::VisibilityChosen).moved(Some("PUBLIC"), "INVITED"))
    })
}

#[test]
fn hiding_what_was_read_as_a_draft_is_caught() {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let organisation = given::organisation(&mut conn);
        let draft = given::draft(&mut conn, &organisation);
        let done = hide(&mut conn, organisation.owner.id, draft, || {
            if with_rival {
                publish_project(&mut patient(&mut other), organisation.manager.id, draft, None).unwrap();
            }
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|found| found.starts_with("hidden after everybody could see it")), weakened && with_rival, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("projects_public_stays_public"));
    }
}

/// Invites because nobody had when it was read.
fn invite(conn: &mut PgConnection, by: UserId, on: ProjectId, who: UserId, pause: impl FnOnce()) -> QueryResult<()> {
    let is_new =
        read(conn, &format!("SELECT count(*) AS n FROM project_invitations WHERE project_id = $1 AND freelancer_id = {who}"), on.0) == 0;
    pause();
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.0])?;
        assert!(is_new);
        run(conn, "INSERT INTO project_invitations VALUES ($1, $2, $3, now())", &[on.0, who.0, by.0])?;
        tell(conn, on, Happening::by(by, EventKind::FreelancerInvited).subject(who))
    })
}

#[test]
fn inviting_whom_nobody_had_invited_is_caught() {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let (on, guest) = (given::open_project(&mut conn, 0), given::freelancer(&mut conn, "Rosa Ferreira"));
        let done = invite(&mut conn, on.organisation.owner.id, on.id, guest.id, || {
            if with_rival {
                invite_freelancer(&mut patient(&mut other), on.organisation.manager.id, on.id, guest.id).unwrap();
            }
        });
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|found| found.starts_with("invitations are not what")), weakened && with_rival, "{found:?}");
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("project_invitations_pkey"));
    }
}
