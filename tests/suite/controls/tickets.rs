//! Tickets as they are often handled: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::chain::Chain;
use guildhall::domain::event::{EventKind, Happening, Root};
use guildhall::domain::ids::{TicketId, UserId};
use guildhall::domain::ticket::{Entry, TicketAct, TicketStatus};
use guildhall::operations::tickets::{close_ticket, merge_tickets, note_on_ticket, take_ticket};
use guildhall::schema::{events, tickets};
use serde_json::Value;

use super::lab::{self, DROPPED, guard};
use crate::support::database::TestDatabase;
use crate::support::given::{self, Somebody, patient};
use crate::support::invariants;
use crate::tickets::{admin, answers, escalates, history, promise, ready, ticket, words};

/// Two tickets of one person, and two who keep the house.
struct Scene {
    database: TestDatabase,
    asker: Somebody,
    agent: Somebody,
    other: Somebody,
    id: TicketId,
    twin: TicketId,
}

fn scene(weakened: bool) -> Scene {
    let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
    let conn = &mut database.connect();
    let (asker, agent, other) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"), admin(conn, "Lena Voss"));
    let (id, twin) = (ticket(conn, &asker), ticket(conn, &asker));
    Scene { database, asker, agent, other, id, twin }
}

/// An event behind the last one, as it should be told; the caller has the row by then.
fn tell(conn: &mut PgConnection, id: TicketId, by: UserId, kind: EventKind) -> QueryResult<()> {
    let (count, head) = tickets::table.find(id.0).select((tickets::event_count, tickets::chain_head)).first(conn)?;
    let link = Chain { root: Root::Ticket(id), count, head }.link(Happening::by(by, kind), std::time::SystemTime::now().into());
    diesel::insert_into(events::table)
        .values((
            (events::stream_kind.eq("TICKET"), events::stream_id.eq(id.0), events::seq.eq(link.seq), events::at.eq(link.at)),
            (events::actor_id.eq(link.what.actor), events::kind.eq(kind), events::facts.eq(&link.what.facts)),
            (events::prev_hash.eq(&link.prev_hash), events::hash.eq(&link.hash)),
        ))
        .execute(conn)?;
    let moved = (tickets::event_count.eq(link.seq), tickets::chain_head.eq(&link.hash));
    diesel::update(tickets::table.find(id.0)).set(moved).execute(conn).map(drop)
}

/// An entry behind the last one, as PostgreSQL appends it: wherever that is by then.
fn append(conn: &mut PgConnection, id: TicketId, make: impl FnOnce(&mut Entry)) -> QueryResult<()> {
    let n = i32::try_from(history(conn, id).len()).expect("a place") + 1;
    let mut entry = Entry::new(n, std::time::SystemTime::now().into(), None, TicketAct::Noted);
    make(&mut entry);
    let longer = tickets::history.concat(Value::Array(vec![entry.stored()]));
    diesel::update(tickets::table.find(id.0)).set(tickets::history.eq(longer)).execute(conn).map(drop)
}

type Twin = fn(&mut PgConnection, &Scene, &mut dyn FnMut()) -> QueryResult<()>;
type Rival = fn(&mut PgConnection, &Scene);

/// Lets the twin act alone, with the rival in between, and on the whole schema.
#[track_caller]
fn is_caught(twin: Twin, rival: Rival, harm: &str, stopped_by: Option<&str>) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let scene = scene(weakened);
        let (mut conn, mut other) = (scene.database.connect(), scene.database.connect());
        let done = guard(twin(&mut conn, &scene, &mut || {
            if with_rival {
                rival(&mut other, &scene);
            }
        }));
        let found = invariants::broken(&mut conn);
        let is_harmed = with_rival && (weakened || stopped_by.is_none());
        assert_eq!(found.iter().any(|found| found.starts_with(harm)), is_harmed, "{harm} ({weakened}, {with_rival}): {found:?}");
        assert_eq!(found.is_empty(), !is_harmed, "{harm}: {found:?}");
        assert_eq!(done.as_deref(), stopped_by.filter(|_| !weakened), "{harm}");
    }
    println!("{harm}: caught, stopped by {}", stopped_by.unwrap_or("nothing but the lock"));
}

#[test]
fn moving_what_was_read_as_open_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let status: TicketStatus = tickets::table.find(scene.id.0).select(tickets::status).first(conn)?;
        pause();
        conn.transaction(|conn| {
            let waits = (tickets::status.eq(TicketStatus::Waiting), tickets::due_at.eq(None::<chrono::DateTime<chrono::Utc>>));
            diesel::update(tickets::table.find(scene.id.0)).set(waits).execute(conn)?;
            append(conn, scene.id, |entry| (entry.from, entry.to) = (Some(status), Some(TicketStatus::Waiting)))?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketNoted)
        })
    };
    let close: Rival = |conn, scene| close_ticket(&mut patient(conn), scene.asker.id, scene.id).expect("an end");
    is_caught(twin, close, "the history of a ticket is not a path", Some("tickets_legal_moves"));
}

#[test]
fn raising_a_level_that_was_read_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let level: i32 = tickets::table.find(scene.id.0).select(tickets::level).first(conn)?;
        pause();
        conn.transaction(|conn| {
            diesel::update(tickets::table.find(scene.id.0)).set(tickets::level.eq(level + 1)).execute(conn)?;
            append(conn, scene.id, |entry| entry.what = TicketAct::Escalated)?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketEscalated)
        })
    };
    // beside the level, the clock of the rival's escalation is not the last one's
    let rival: Rival = |conn, scene| escalates(conn, &scene.other, scene.other.id, scene.id, None).expect("an escalation");
    for weakened in [true, false] {
        let scene = scene(weakened);
        let (mut conn, mut other) = (scene.database.connect(), scene.database.connect());
        let done = guard(twin(&mut conn, &scene, &mut || rival(&mut other, &scene)));
        let harm = "the level of a ticket is not the number of its escalations";
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with(harm)), weakened);
        assert_eq!(done.as_deref(), (!weakened).then_some("tickets_level_is_escalations"));
    }
}

#[test]
fn writing_a_history_back_that_was_read_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let mut read: Value = tickets::table.find(scene.id.0).select(tickets::history).first(conn)?;
        pause();
        let n = i32::try_from(read.as_array().map_or(0, Vec::len)).expect("a place") + 1;
        let entry = Entry::new(n, std::time::SystemTime::now().into(), None, TicketAct::Noted);
        read.as_array_mut().expect("a list").push(entry.stored());
        conn.transaction(|conn| {
            diesel::update(tickets::table.find(scene.id.0)).set(tickets::history.eq(read)).execute(conn)?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketNoted)
        })
    };
    let notes: Rival = |conn, scene| {
        note_on_ticket(&mut patient(conn), scene.other.id, scene.id, &words("Look.")).expect("a note");
    };
    for weakened in [true, false] {
        let scene = scene(weakened);
        let (mut conn, mut other) = (scene.database.connect(), scene.database.connect());
        let done = guard(twin(&mut conn, &scene, &mut || notes(&mut other, &scene)));
        let harm = "the history of a ticket and its events are not one";
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with(harm)), weakened);
        assert_eq!(done.as_deref(), (!weakened).then_some("tickets_history_grows"));
    }
}

#[test]
fn writing_a_clock_back_that_was_read_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let read: chrono::DateTime<chrono::Utc> = tickets::table.find(scene.id.0).select(tickets::clock_from).first(conn)?;
        pause();
        conn.transaction(|conn| {
            diesel::update(tickets::table.find(scene.id.0)).set(tickets::clock_from.eq(read)).execute(conn)?;
            append(conn, scene.id, |_| ())?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketNoted)
        })
    };
    let answer: Rival = |conn, scene| {
        answers(conn, &scene.asker, scene.id, None, None).expect("an answer");
    };
    is_caught(twin, answer, "the clock of a ticket does not begin with the last answer", None);
}

#[test]
fn taking_what_was_read_as_nobody_s_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let (had, status): (Option<i64>, TicketStatus) =
            tickets::table.find(scene.id.0).select((tickets::assignee_id, tickets::status)).first(conn)?;
        pause();
        if had.is_some() {
            return Ok(());
        }
        let _ = status;
        conn.transaction(|conn| {
            let now: TicketStatus = tickets::table.find(scene.id.0).select(tickets::status).for_update().first(conn)?;
            let mine = (tickets::assignee_id.eq(scene.agent.id), tickets::status.eq(TicketStatus::Open));
            diesel::update(tickets::table.find(scene.id.0)).set(mine).execute(conn)?;
            append(conn, scene.id, |entry| {
                (entry.what, entry.whom) = (TicketAct::Taken, Some(scene.agent.id));
                if now != TicketStatus::Open {
                    (entry.from, entry.to) = (Some(now), Some(TicketStatus::Open));
                }
            })?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketAssigned)
        })
    };
    let takes: Rival = |conn, scene| take_ticket(&mut patient(conn), scene.other.id, scene.id).expect("a ticket to take");
    is_caught(twin, takes, "a ticket was taken from somebody who had it", None);
}

#[test]
fn merging_into_what_was_read_as_going_on_is_caught() {
    let twin: Twin = |conn, scene, pause| {
        let ended: Option<i64> = tickets::table.find(scene.twin.0).select(tickets::merged_into).first(conn)?;
        let status: TicketStatus = tickets::table.find(scene.id.0).select(tickets::status).first(conn)?;
        pause();
        if ended.is_some() {
            return Ok(());
        }
        conn.transaction(|conn| {
            let over = (
                tickets::merged_into.eq(scene.twin),
                tickets::status.eq(TicketStatus::Closed),
                tickets::due_at.eq(None::<chrono::DateTime<chrono::Utc>>),
            );
            diesel::update(tickets::table.find(scene.id.0)).set(over).execute(conn)?;
            append(conn, scene.id, |entry| {
                (entry.what, entry.ticket) = (TicketAct::Merged, Some(scene.twin));
                (entry.from, entry.to) = (Some(status), Some(TicketStatus::Closed));
            })?;
            append(conn, scene.twin, |entry| (entry.what, entry.ticket) = (TicketAct::Joined, Some(scene.id)))?;
            tell(conn, scene.id, scene.agent.id, EventKind::TicketMerged)?;
            tell(conn, scene.twin, scene.agent.id, EventKind::TicketMerged)
        })
    };
    let crosses: Rival = |conn, scene| merge_tickets(&mut patient(conn), scene.other.id, scene.twin, scene.id).expect("a merge");
    is_caught(twin, crosses, "two tickets go on in each other", Some("tickets_merge_once"));
}

#[test]
fn hours_written_over_an_edition_that_was_seen_before_are_caught() {
    for weakened in [true, false] {
        let scene = scene(weakened);
        let (mut conn, mut rival) = (scene.database.connect(), scene.database.connect());
        let seen = lab::read(&mut conn, "SELECT edition AS n FROM house_hours WHERE id = $1", 1);
        let other = promise::round_the_clock(&mut rival, 60);
        promise::changes(&mut rival, scene.other.id, 1, &other).expect("the rival was first");
        let done = conn.transaction(|conn| {
            lab::run(conn, "UPDATE house_hours SET zone = 'Europe/Paris', edition = $1", &[seen + 1])?;
            lab::tell_person(conn, scene.agent.id, Happening::by(scene.agent.id, EventKind::HoursChanged))?;
            let words = "INSERT INTO act_words SELECT 'PERSON', $1, event_count, 'Because.' FROM users WHERE id = $1";
            lab::run(conn, words, &[scene.agent.id.0])
        });
        let harm = "the house's hours were changed more or less often than the history says";
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with(harm)), weakened);
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("house_hours_edition_rises"));
    }
}

#[test]
fn a_ready_answer_written_over_a_version_that_was_seen_before_is_caught() {
    for weakened in [true, false] {
        let scene = scene(weakened);
        let (mut conn, mut rival) = (scene.database.connect(), scene.database.connect());
        let id = ready::made(&mut conn, scene.agent.id);
        let seen = lab::read(&mut conn, "SELECT version::bigint AS n FROM ready_answers WHERE id = $1", id.0);
        ready::changes(&mut rival, scene.other.id, id, 1, "Print it smaller.").expect("the rival was first");
        let done = conn.transaction(|conn| {
            lab::run(conn, "UPDATE ready_answers SET words = 'Print it larger.', version = $2 WHERE id = $1", &[id.0, seen + 1])?;
            lab::tell_person(
                conn,
                scene.agent.id,
                Happening::by(scene.agent.id, EventKind::ReadyAnswersChanged).facts(serde_json::json!({ "answer": id })),
            )
        });
        let harm = "ready answers were made and changed more or less often than the history says";
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with(harm)), weakened);
        assert_eq!(guard(done).as_deref(), (!weakened).then_some("ready_answers_version_rises"));
    }
}
