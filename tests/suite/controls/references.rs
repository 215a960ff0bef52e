//! Create or update as it is often written: looked for first, then inserted.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea};
use guildhall::domain::chain::Chain;
use guildhall::domain::event::{EventKind, Happening, Root};
use guildhall::domain::ids::ProjectId;
use guildhall::domain::project::{ProjectStatus, Reference};
use guildhall::operations::projects::put_project;
use guildhall::schema::events;

use super::lab::{guard, read, scene};
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;

const LOOK: &str = "SELECT count(*) AS n FROM project_references WHERE organisation_id = $1 AND ref_key = 'a'";
const MAKE: &str = "INSERT INTO projects (organisation_id, created_by, title, description, kind, budget_min, budget_max, currency, deadline) \
    VALUES ($1, $2, 'Naive', 'Naive.', 'FIXED', 1, 1, 'EUR', now()) RETURNING id AS n";
const NAME: &str = "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES ($1, $2, 'ERP', 'a')";

/// Finds none, and makes one: in one transaction, which helps nothing.
fn naive_put(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Made {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let (client, by) = (on.organisation.id, on.organisation.manager.id);
    conn.transaction(|conn| {
        let found = read(conn, LOOK, client.0);
        pause();
        if found > 0 {
            return Ok(());
        }
        let made: Made = diesel::sql_query(MAKE).bind::<BigInt, _>(client).bind::<BigInt, _>(by).get_result(conn)?;
        super::lab::run(conn, NAME, &[made.n, client.0])?;
        tell_of(conn, on, ProjectId(made.n))
    })
}

/// The first event of a project's history, as it should be.
fn tell_of(conn: &mut PgConnection, on: &OpenProject, id: ProjectId) -> QueryResult<()> {
    let what = Happening::by(on.organisation.manager.id, EventKind::ProjectDrafted).moved(None, ProjectStatus::Draft.as_str());
    let link = Chain { root: Root::Project(id), count: 0, head: Vec::new() }.link(what, std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("PROJECT"), events::stream_id.eq(id.0), events::seq.eq(1), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(link.what.kind), events::to_state.eq(link.what.to)),
            (events::facts.eq(&link.what.facts), events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    let moved = diesel::sql_query("UPDATE projects SET event_count = 1, chain_head = $2 WHERE id = $1");
    moved.bind::<BigInt, _>(id).bind::<Bytea, _>(&link.hash).execute(conn).map(drop)
}

#[test]
fn making_what_was_not_found_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        let done = guard(naive_put(&mut conn, &on, || naive_put(&mut other, &on, || {}).expect("the first of the name")));
        assert_eq!(done.as_deref(), (!weakened).then_some("project_references_one_per_key"));
        let found = invariants::broken(&mut conn);
        assert_eq!(found.iter().any(|found| found.starts_with("duplicate natural keys")), weakened, "{found:?}");
        assert_eq!(found.is_empty(), !weakened, "{found:?}");
    }
}

#[test]
fn where_the_naive_one_makes_a_second_the_operation_makes_none() {
    let (database, on) = scene(false);
    let (mut conn, mut other) = (database.connect(), database.connect());
    let reference = Reference::parse("erp", "A").unwrap();
    naive_put(&mut conn, &on, || {}).unwrap();
    let put =
        put_project(&mut patient(&mut other), on.organisation.owner.id, on.organisation.id, &reference, &given::project_words(), None);
    assert!(!put.unwrap().new);
    assert!(invariants::broken(&mut conn).is_empty());
}
