//! J9: the protocol of one job and its workers, as a model. Every order of what can happen is looked at, and no order breaks
//! a promise; without the token of the claim, one does. What the model says is then asked of PostgreSQL.
mod checked;
mod replay;

use stateright::{Model, Property};

/// How many workers; each may be frozen between any two of its steps, and be killed.
const WORKERS: usize = 2;
/// After so many attempts a job has failed.
pub const MOST_ATTEMPTS: u8 = 2;
/// Where the looking ends: more claims and reports than this bring nothing new.
const MOST_TOKENS: u8 = 4;
const MOST_VERSIONS: u8 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}

impl Status {
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// What a worker believes: that it has the job, by this claim, at this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    pub token: u8,
    pub known: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub status: Status,
    /// The claim that holds; tokens are numbered as they are made.
    pub token: Option<u8>,
    pub leased: bool,
    pub asked: bool,
    pub attempts: u8,
    pub version: u8,
    pub progress: u8,
    pub workers: [Option<Held>; WORKERS],
    pub tokens: u8,
    /// The claim whose result stands.
    pub result: Option<u8>,
    /// Claims whose completion was acknowledged.
    acknowledged: Vec<u8>,
    ends: u8,
    /// Of the claim that holds, what was acknowledged.
    reported: u8,
    ended_by: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Complete,
    Fail,
    GiveBack,
    Stop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Claim(usize),
    Beat(usize),
    Report(usize, u8),
    End(usize, How),
    /// Killed: it knows of nothing any more.
    Kill(usize),
    Expire,
    Reap,
    Cancel,
}

pub struct Protocol {
    /// Whether an end asks for the token of the claim, or for the state alone.
    pub fenced: bool,
}

impl World {
    pub fn new() -> Self {
        Self {
            status: Status::Queued,
            token: None,
            leased: false,
            asked: false,
            attempts: 0,
            version: 1,
            progress: 0,
            workers: [None; WORKERS],
            tokens: 0,
            result: None,
            acknowledged: Vec::new(),
            ends: 0,
            reported: 0,
            ended_by: None,
        }
    }

    fn moved(&mut self, status: Status) {
        self.status = status;
        self.version += 1;
        if status != Status::Running {
            (self.token, self.leased) = (None, false);
        }
        self.ends += u8::from(status.is_final());
    }

    /// What comes of an act: whether it was accepted.
    pub fn act(&mut self, act: Act, fenced: bool) -> bool {
        match act {
            Act::Claim(worker) => {
                if self.status != Status::Queued {
                    return false;
                }
                self.moved(Status::Running);
                self.tokens += 1;
                (self.token, self.leased, self.progress, self.reported) = (Some(self.tokens), true, 0, 0);
                self.attempts += 1;
                self.workers[worker] = Some(Held { token: self.tokens, known: self.version });
                true
            }
            Act::Beat(worker) => {
                let holds = self.holds(worker);
                self.leased |= holds;
                holds
            }
            Act::Report(worker, progress) => self.report(worker, progress),
            Act::End(worker, how) => {
                let Some(held) = self.workers[worker].take() else { return false };
                let may = self.status == Status::Running && (!fenced || self.token == Some(held.token));
                if may {
                    self.end(held.token, how);
                }
                may
            }
            Act::Kill(worker) => self.workers[worker].take().is_some(),
            Act::Expire => {
                let was = self.leased;
                self.leased = false;
                was
            }
            Act::Reap => {
                let may = self.status == Status::Running && !self.leased;
                if may {
                    let last = self.attempts >= MOST_ATTEMPTS;
                    self.moved(if self.asked {
                        Status::Cancelled
                    } else if last {
                        Status::Failed
                    } else {
                        Status::Queued
                    });
                }
                may
            }
            Act::Cancel => match self.status {
                Status::Queued => {
                    self.moved(Status::Cancelled);
                    true
                }
                Status::Running => {
                    if !self.asked {
                        (self.asked, self.version) = (true, self.version + 1);
                    }
                    true
                }
                _ => false,
            },
        }
    }

    fn holds(&self, worker: usize) -> bool {
        self.workers[worker].is_some_and(|held| self.token == Some(held.token))
    }

    fn report(&mut self, worker: usize, progress: u8) -> bool {
        let holds = self.holds(worker);
        let Some(held) = self.workers[worker].as_mut() else { return false };
        if !holds {
            return false;
        }
        if held.known != self.version {
            // it reads the version that it found, and may try again
            held.known = self.version;
            return false;
        }
        self.version += 1;
        held.known = self.version;
        self.progress = self.progress.max(progress);
        self.reported = self.reported.max(progress);
        true
    }

    fn end(&mut self, token: u8, how: How) {
        let last = self.attempts >= MOST_ATTEMPTS;
        let next = match how {
            How::Complete => Status::Completed,
            How::Stop => Status::Cancelled,
            _ if self.asked => Status::Cancelled,
            How::GiveBack => {
                self.attempts -= 1;
                Status::Queued
            }
            How::Fail if last => Status::Failed,
            How::Fail => Status::Queued,
        };
        self.moved(next);
        if how == How::Complete {
            (self.result, self.progress) = (Some(token), 100);
            self.acknowledged.push(token);
        }
        if next.is_final() {
            self.ended_by = Some(token);
        }
    }

    /// Everything that can happen now.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts = vec![Act::Reap, Act::Cancel];
        if self.leased {
            acts.push(Act::Expire);
        }
        for (place, worker) in self.workers.iter().enumerate() {
            match worker {
                None => acts.push(Act::Claim(place)),
                Some(_) => {
                    acts.extend([Act::Beat(place), Act::Report(place, 30), Act::Report(place, 60), Act::Kill(place)]);
                    acts.extend([How::Complete, How::Fail, How::GiveBack, How::Stop].map(|how| Act::End(place, how)));
                }
            }
        }
        acts
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        vec![World::new()]
    }

    fn actions(&self, world: &World, acts: &mut Vec<Act>) {
        acts.extend(world.acts());
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        let mut next = world.clone();
        next.act(act, self.fenced);
        (next != *world).then_some(next)
    }

    fn within_boundary(&self, world: &World) -> bool {
        world.tokens <= MOST_TOKENS && world.version <= MOST_VERSIONS
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("a job ends once", |_, world: &World| world.ends <= 1),
            Property::always("what ended is over, for ever", |_, world: &World| (world.ends == 1) == world.status.is_final()),
            // whoever holds the last claim, and nobody else
            Property::always("only the claim that holds ends a job", |_, world: &World| {
                world.ended_by.is_none_or(|token| token == world.tokens)
            }),
            Property::always("an acknowledged result is the one that stays", |_, world: &World| {
                world.acknowledged.iter().all(|token| world.result == Some(*token))
            }),
            Property::always("progress never goes back", |_, world: &World| world.progress >= world.reported),
            Property::always("attempts are counted", |_, world: &World| world.attempts <= MOST_ATTEMPTS),
            Property::always("what was to stop never waits again", |_, world: &World| !(world.asked && world.status == Status::Queued)),
            Property::sometimes("a job that was lost is done by another", |_, world: &World| {
                world.status == Status::Completed && world.tokens > 1 && world.result == Some(world.tokens)
            }),
            Property::sometimes("a worker that lost its job still believes in it", |_, world: &World| {
                world.workers.iter().flatten().any(|held| world.token != Some(held.token))
            }),
        ]
    }
}
