//! Where a twin is let loose.
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::domain::chain::Chain;
use guildhall::domain::event::{EventKind, Happening, Root};
use guildhall::domain::ids::{ProposalId, UserId};
use guildhall::schema::{events, projects, users};

use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};

/// What is taken down.
pub const DROPPED: &str = include_str!("dropped.sql");

/// An open project with two proposals and a freelancer who has sent none, on a schema with or without its guards.
pub fn scene(weakened: bool) -> (TestDatabase, OpenProject) {
    let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
    let mut conn = database.connect();
    let mut project = given::open_project(&mut conn, 2);
    project.freelancers.push(given::freelancer(&mut conn, "Mira Lindqvist"));
    (database, project)
}

/// A statement with `$1`, `$2` … bound to these numbers; how many rows it hit is not looked at, as the twins do not.
pub fn run(conn: &mut PgConnection, statement: &str, numbers: &[i64]) -> QueryResult<()> {
    let mut query = diesel::sql_query(statement).into_boxed::<diesel::pg::Pg>();
    for number in numbers {
        query = query.bind::<BigInt, _>(*number);
    }
    query.execute(conn).map(drop)
}

/// One number that is read, as the twins read: without a lock.
pub fn read(conn: &mut PgConnection, query: &str, number: i64) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let row: Row = diesel::sql_query(query).bind::<BigInt, _>(number).get_result(conn).expect(query);
    row.n
}

/// A project's stream as it stands.
pub fn chain(conn: &mut PgConnection, on: &OpenProject) -> Chain {
    let end = projects::table.find(on.id.0).select((projects::event_count, projects::chain_head));
    let (count, head) = end.first(conn).expect("the project");
    Chain { root: Root::Project(on.id), count, head }
}

/// Appends to the project's history as it should be done, in the caller's transaction, which has the lock.
pub fn tell(
    conn: &mut PgConnection,
    on: &OpenProject,
    kind: EventKind,
    proposal: Option<i64>,
    moved: Option<(&'static str, &'static str)>,
) -> QueryResult<()> {
    let chain = chain(conn, on);
    append(conn, on, chain, kind, proposal, moved)
}

/// Appends behind a place in the history, whether it still is the last one or not.
pub fn append(
    conn: &mut PgConnection,
    on: &OpenProject,
    chain: Chain,
    kind: EventKind,
    proposal: Option<i64>,
    moved: Option<(&'static str, &'static str)>,
) -> QueryResult<()> {
    let mut what = Happening::by(on.organisation.manager.id, kind);
    what.proposal = proposal.map(ProposalId);
    (what.from, what.to) = moved.unzip();
    put(conn, on, chain, what)
}

/// The same with all that can be told.
pub fn put(conn: &mut PgConnection, on: &OpenProject, mut chain: Chain, what: Happening) -> QueryResult<()> {
    let (kind, proposal) = (what.kind, what.proposal.map(|id| id.0));
    let link = chain.link(what, std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("PROJECT"), events::stream_id.eq(on.id.0), events::seq.eq(link.seq), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(kind), events::proposal_id.eq(proposal)),
            (events::from_state.eq(link.what.from), events::to_state.eq(link.what.to), events::facts.eq(&link.what.facts)),
            (events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    diesel::update(projects::table.find(on.id.0))
        .set((projects::event_count.eq(link.seq), projects::chain_head.eq(&link.hash)))
        .execute(conn)
        .map(drop)
}

/// Appends to a person's own history as it should be done, in the caller's transaction.
pub fn tell_person(conn: &mut PgConnection, id: UserId, what: Happening) -> QueryResult<()> {
    let (count, head) = users::table.find(id.0).select((users::event_count, users::chain_head)).first(conn)?;
    let link = Chain { root: Root::Person(id), count, head }.link(what, std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("PERSON"), events::stream_id.eq(id.0), events::seq.eq(link.seq), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(link.what.kind), events::facts.eq(&link.what.facts)),
            (events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    let moved = (users::event_count.eq(link.seq), users::chain_head.eq(&link.hash));
    diesel::update(users::table.find(id.0)).set(moved).execute(conn).map(drop)
}

/// The schema's name for why it refused, or the kind of error.
pub fn guard(done: QueryResult<()>) -> Option<String> {
    match done {
        Ok(()) => None,
        Err(diesel::result::Error::DatabaseError(_, information)) => {
            Some(information.constraint_name().map_or_else(|| information.message().to_owned(), str::to_owned))
        }
        Err(error) => panic!("{error}"),
    }
}
