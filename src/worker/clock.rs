//! The crew's clock: every second it keeps up the claims, passes on who is to stop, takes jobs from workers that are gone,
//! asks for the turns of what is done again and again, and rings where something is due.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::crew::Shared;
use super::hand::{Hand, Stop};
use super::schedule::ENTRIES;
use crate::db::{self, Connection, Failure, jobs};
use crate::domain::ids::JobId;
use crate::domain::job::{HEARTBEAT_SECONDS, NewJob};
use crate::operations::jobs::{enqueue_job, reap_job};

const TICK: Duration = Duration::from_secs(1);
const HEARTBEAT: Duration = Duration::from_secs(HEARTBEAT_SECONDS);

/// What it remembers from one second to the next.
struct Clock {
    beaten: Instant,
    /// The last turn of each entry that was asked for.
    turns: HashMap<usize, String>,
}

/// What a second's look at the database found.
struct Look {
    held: Option<Vec<JobId>>,
    asked: Vec<JobId>,
    lost: Vec<JobId>,
    now: chrono::DateTime<chrono::Utc>,
    is_due: bool,
}

/// Ticks until the crew has stopped.
pub async fn run(crew: &Shared) {
    let mut clock = Clock { beaten: Instant::now(), turns: HashMap::new() };
    while !crew.has_stopped.load(Ordering::SeqCst) {
        if let Err(failure) = clock.tick(crew).await {
            tracing::debug!(?failure, "a tick of the workers' clock");
        }
        tokio::time::sleep(TICK).await;
    }
}

impl Clock {
    async fn tick(&mut self, crew: &Shared) -> Result<(), Failure<Infallible>> {
        let hands = crew.hands();
        let claims: Vec<_> = hands.iter().map(|hand| hand.claim).collect();
        let beats = !claims.is_empty() && self.beaten.elapsed() + TICK >= HEARTBEAT;
        let look = crew.database.run(move |conn| {
            let ids: Vec<_> = claims.iter().map(|claim| claim.job).collect();
            Ok::<_, Failure<Infallible>>(Look {
                held: if beats { Some(jobs::beat(conn, &claims)?) } else { None },
                asked: if ids.is_empty() { Vec::new() } else { jobs::asked_to_stop(conn, &ids)? },
                lost: jobs::lost(conn)?,
                now: db::clock(conn)?,
                is_due: jobs::is_due(conn)?,
            })
        });
        let look = look.await?;
        if beats || hands.is_empty() {
            self.beaten = Instant::now();
        }
        pass_on(&hands, &look);
        for id in look.lost {
            if crew.database.change(move |conn| reap_job(conn, id)).await? {
                tracing::warn!(job = id.0, "nothing was heard of its worker: another does it");
            }
        }
        for (place, entry) in ENTRIES.iter().enumerate() {
            let turn = entry.turn(look.now);
            if !crew.is_stopping.load(Ordering::SeqCst) && self.turns.get(&place) != Some(&turn.unique_key) {
                self.turns.insert(place, turn.unique_key.clone());
                self.ask(crew, place, turn).await?;
            }
        }
        if look.is_due {
            crew.bell.ring();
        }
        Ok(())
    }

    /// A turn that could not be asked for is asked for again with the next tick.
    async fn ask(&mut self, crew: &Shared, place: usize, turn: NewJob) -> Result<(), Failure<Infallible>> {
        let asked = crew.database.change(move |conn: &mut Connection<'_>| enqueue_job(conn, &turn)).await;
        if asked.is_err() {
            self.turns.remove(&place);
        }
        asked.map(drop)
    }
}

fn pass_on(hands: &[Arc<Hand>], look: &Look) {
    for hand in hands {
        let id = hand.claim.job;
        if look.asked.contains(&id) {
            hand.ask(Stop::Asked);
        }
        if look.held.as_ref().is_some_and(|held| !held.contains(&id)) {
            hand.ask(Stop::Lost);
        }
    }
}
