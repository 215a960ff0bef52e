//! Who is to hear of a change, asked for those alone who listen; and what is new on a project.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};

use super::prepared::{literal, statement};
use crate::domain::event::{Changed, EventKind, Root};
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::person::Person;
use crate::schema::events;

/// Of these people, those who have got a notice of one of these events, with how many they have not read.
pub fn newly_told(conn: &mut PgConnection, changed: &[Changed], people: &[UserId]) -> QueryResult<Vec<(UserId, usize)>> {
    let query = format!(
        "SELECT person AS id, ({UNREAD}) AS other FROM unnest($1) AS person WHERE EXISTS (SELECT FROM notices JOIN unnest($2, $3, $4) AS c (kind, id, seq) \
         ON stream_kind = c.kind AND stream_id = c.id AND notices.seq = c.seq WHERE user_id = person)"
    );
    let query = statement(query)
        .bind::<Array<BigInt>, _>(people)
        .bind::<Array<Text>, _>(changed.iter().map(|one| one.root.kind()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(changed.iter().map(|one| one.root.id()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(changed.iter().map(|one| one.seq).collect::<Vec<_>>());
    Ok(counted(query.load(conn)?))
}

/// How many notices each of these people has not read.
pub fn unread(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<(UserId, usize)>> {
    let query = format!("SELECT person AS id, ({UNREAD}) AS other FROM unnest($1) AS person");
    Ok(counted(statement(query).bind::<Array<BigInt>, _>(people).load(conn)?))
}

/// As the bar counts them.
const UNREAD: &str = "SELECT count(*) FROM (SELECT FROM notices WHERE user_id = person AND seen_at IS NULL LIMIT 100) AS few";

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = BigInt)]
    id: UserId,
    #[diesel(sql_type = BigInt)]
    other: i64,
}

fn counted(pairs: Vec<Pair>) -> Vec<(UserId, usize)> {
    pairs.into_iter().map(|pair| (pair.id, usize::try_from(pair.other).unwrap_or(Person::MOST_UNREAD))).collect()
}

/// Whether a project that everybody may see was published by one of these events.
pub fn published(conn: &mut PgConnection, changed: &[Changed]) -> QueryResult<bool> {
    let of_project = |one: &Changed| if let Root::Project(id) = one.root { Some((id, one.seq)) } else { None };
    let (projects, seqs): (Vec<ProjectId>, Vec<i64>) = changed.iter().filter_map(of_project).unzip();
    if projects.is_empty() {
        return Ok(false);
    }
    let query = "EXISTS (SELECT FROM projects p JOIN events e ON e.stream_kind = 'PROJECT' AND e.stream_id = p.id \
        AND e.kind = 'PROJECT_PUBLISHED' JOIN unnest(";
    let there = literal::<Bool>(query).bind::<Array<BigInt>, _>(projects).sql(", ").bind::<Array<BigInt>, _>(seqs);
    diesel::select(there.sql(") AS c (id, seq) ON c.id = p.id AND c.seq = e.seq WHERE p.visibility = 'PUBLIC')")).get_result(conn)
}

/// Of these people, who may know that which of these projects changed: the client's members, and whoever has offered.
/// Asked anew with each change, so that who was removed hears no more.
pub fn may_know(conn: &mut PgConnection, changed: &[Changed], people: &[UserId]) -> QueryResult<Vec<(UserId, ProjectId)>> {
    let of_project = |one: &Changed| if let Root::Project(id) = one.root { Some(id) } else { None };
    let projects: Vec<ProjectId> = changed.iter().filter_map(of_project).collect();
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let pairs: Vec<Pair> = statement(
        "SELECT m.user_id AS id, p.id AS other FROM projects p JOIN memberships m ON m.organisation_id = p.organisation_id \
         WHERE p.id = ANY($1) AND m.user_id = ANY($2) \
         UNION SELECT freelancer_id, project_id FROM proposals WHERE project_id = ANY($1) AND freelancer_id = ANY($2)",
    )
    .bind::<Array<BigInt>, _>(projects)
    .bind::<Array<BigInt>, _>(people)
    .load(conn)?;
    Ok(pairs.into_iter().map(|pair| (pair.id, ProjectId(pair.other))).collect())
}

/// What others did on a project behind an event that a page has shown: how often each kind, and on one proposal.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// On any proposal, or on none.
    pub all: BTreeMap<String, usize>,
    /// The last thing that happened to the proposal that was asked for.
    pub on_proposal: Option<String>,
    /// Messages about the proposal that was asked for, or about its contract; with the contract of the newest.
    pub messages: (usize, Option<ContractId>),
}

/// What is new on a project behind event `seen`, but for what this person did; at most the last few hundred events.
pub fn news(conn: &mut PgConnection, project: ProjectId, seen: i64, by: UserId, proposal: Option<ProposalId>) -> QueryResult<News> {
    let root = Root::Project(project);
    let rows: Vec<(String, Option<i64>, Option<i64>)> = events::table
        .filter(events::stream_kind.eq(root.kind()))
        .filter(events::stream_id.eq(root.id()))
        .filter(events::seq.gt(seen))
        .filter(events::actor_id.is_distinct_from(by.0))
        .order(events::seq.desc())
        .limit(300)
        .select((events::kind, events::proposal_id, literal::<Nullable<BigInt>>("(facts ->> 'contract')::bigint")))
        .load(conn)?;
    let mut news = News::default();
    for (kind, on, contract) in rows {
        if kind == EventKind::MessageSent.as_str() {
            if on.is_some() && on == proposal.map(|id| id.0) {
                let newest = if news.messages.0 == 0 { contract.map(ContractId) } else { news.messages.1 };
                news.messages = (news.messages.0 + 1, newest);
            }
            continue;
        }
        if news.on_proposal.is_none() && on.is_some() && on == proposal.map(|id| id.0) {
            news.on_proposal = Some(kind.clone());
        }
        *news.all.entry(kind).or_default() += 1;
    }
    Ok(news)
}

impl News {
    /// How often something of this kind happened.
    pub fn count(&self, kind: EventKind) -> usize {
        self.all.get(kind.as_str()).copied().unwrap_or_default()
    }
}
