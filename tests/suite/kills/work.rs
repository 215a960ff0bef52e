//! Mixed work: projects are drafted and proposals accepted over the site, jobs are asked for. Each is repeated, with the
//! same key, until it is acknowledged.
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Scope;
use std::time::Duration;

use diesel::prelude::*;
use guildhall::domain::job::{NewJob, Task};
use guildhall::operations::jobs::enqueue_job;
use reqwest::blocking::Client;
use reqwest::redirect::Policy;

use super::ground::Ground;
use crate::support::given::{self, Organisation, PASSWORD, patient};

const CLIENTS: usize = 3;
/// So many awards can be made between two kills.
const AWARDS: usize = 25;

/// What was asked for and acknowledged, with the number of what was made.
#[derive(Default)]
pub struct Acknowledged {
    pub drafts: BTreeMap<usize, i64>,
    pub awards: BTreeMap<i64, i64>,
    pub jobs: BTreeMap<usize, i64>,
}

pub struct Work {
    pub is_over: AtomicBool,
    /// Requests that are on their way.
    pub drafts: AtomicUsize,
    pub awards: AtomicUsize,
    pub done: Mutex<Acknowledged>,
    next: AtomicUsize,
    proposals: Mutex<Vec<i64>>,
    organisation: Organisation,
    pub repeated: AtomicUsize,
}

impl Work {
    /// With open projects enough for awards until the last of so many kills.
    pub fn new(ground: &Ground, kills: usize) -> Self {
        let mut conn = ground.connect();
        let organisation = given::organisation(&mut conn);
        let freelancers: Vec<_> = ["Ada Byron", "Ivo Tanaka"].map(|name| given::freelancer(&mut conn, name)).into();
        let open = |_| given::open_project_with(&mut conn, organisation.clone(), freelancers.clone()).proposals[0].0;
        let proposals = (0..kills * AWARDS).map(open).collect();
        Self {
            is_over: AtomicBool::new(false),
            drafts: AtomicUsize::new(0),
            awards: AtomicUsize::new(0),
            done: Mutex::default(),
            next: AtomicUsize::new(0),
            proposals: Mutex::new(proposals),
            organisation,
            repeated: AtomicUsize::new(0),
        }
    }

    /// How many operations were acknowledged.
    pub fn acknowledged(&self) -> usize {
        let done = self.done.lock().expect("what is done");
        done.drafts.len() + done.awards.len() + done.jobs.len()
    }

    pub fn begin<'s>(&'s self, threads: &'s Scope<'s, '_>, ground: &'s Ground) {
        for _ in 0..CLIENTS {
            threads.spawn(move || self.until_over(|person| self.draft(person), 20, ground));
            threads.spawn(move || self.until_over(|person| self.accept(person), 500, ground));
        }
        threads.spawn(move || {
            let mut conn = ground.connect();
            while !self.is_over.load(Ordering::SeqCst) {
                self.ask(&mut conn, ground);
                std::thread::sleep(Duration::from_millis(60));
            }
        });
    }

    fn until_over(&self, act: impl Fn(&Person), rest: u64, ground: &Ground) {
        let person = Person::new(&ground.site);
        person.sign_in(&self.organisation.manager.email, self);
        while !self.is_over.load(Ordering::SeqCst) {
            act(&person);
            std::thread::sleep(Duration::from_millis(rest));
        }
    }

    /// Repeats until there is an answer that says it is done: the address of what was made.
    fn insist(&self, person: &Person, busy: &AtomicUsize, path: &str, fields: &[(&str, &str)]) -> Option<String> {
        while !self.is_over.load(Ordering::SeqCst) {
            busy.fetch_add(1, Ordering::SeqCst);
            let answer = person.post(path, fields);
            busy.fetch_sub(1, Ordering::SeqCst);
            match answer {
                Some((303, to)) if !to.starts_with("/sign-in") => return Some(to),
                Some((status, _)) if matches!(status, 200..=299 | 400 | 404 | 422) => panic!("{path} was answered {status}"),
                _ => {}
            }
            self.repeated.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    fn draft(&self, person: &Person) {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let (title, key) = (format!("Kill {number}"), format!("kills-draft-{number:08}"));
        let deadline = given::in_days(30).format("%Y-%m-%dT%H:%M").to_string();
        let fields = [
            ("title", title.as_str()),
            ("description", "Work."),
            ("skills", "Rust"),
            ("kind", "FIXED"),
            ("budget_min", "100"),
            ("budget_max", "900"),
            ("currency", "EUR"),
            ("deadline", deadline.as_str()),
            ("key", key.as_str()),
        ];
        if let Some(to) = self.insist(person, &self.drafts, "/projects/new", &fields) {
            self.done.lock().expect("what is done").drafts.insert(number, last_number(&to));
        }
    }

    fn accept(&self, person: &Person) {
        let Some(proposal) = self.proposals.lock().expect("the proposals").pop() else { return };
        let fields = [("version", "1"), ("scope_version", "1")];
        if let Some(to) = self.insist(person, &self.awards, &format!("/proposals/{proposal}/accept"), &fields) {
            self.done.lock().expect("what is done").awards.insert(proposal, last_number(&to));
        }
    }

    /// Two of three are short, one goes on for a second.
    fn ask(&self, conn: &mut PgConnection, ground: &Ground) {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let task = if number.is_multiple_of(3) { Task::Drill { steps: 10, millis: 100 } } else { Task::Drill { steps: 2, millis: 20 } };
        let new = NewJob::new(task, format!("kills:{number}"));
        loop {
            match enqueue_job(&mut patient(conn), &new) {
                Ok(asked) => {
                    self.done.lock().expect("what is done").jobs.insert(number, asked.id().0);
                    return;
                }
                Err(_) => {
                    self.repeated.fetch_add(1, Ordering::SeqCst);
                    *conn = ground.connect();
                }
            }
        }
    }
}

fn last_number(path: &str) -> i64 {
    path.rsplit('/').next().and_then(|part| part.parse().ok()).unwrap_or_else(|| panic!("{path} names nothing"))
}

/// A browser that bears not being answered.
struct Person {
    client: Client,
    site: String,
}

impl Person {
    fn new(site: &str) -> Self {
        let client = crate::support::browser::builder().cookie_store(true).redirect(Policy::none()).timeout(Duration::from_secs(10));
        Self { client: client.build().expect("a browser"), site: site.to_owned() }
    }

    fn sign_in(&self, email: &str, work: &Work) {
        while !work.is_over.load(Ordering::SeqCst) {
            if self.post("/sign-in", &[("email", email), ("password", PASSWORD)]).is_some_and(|(status, _)| status == 303) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// The status, and where it leads; nothing where there was no answer.
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Option<(u16, String)> {
        let request = self.client.post(format!("{}{path}", self.site)).header("origin", &self.site).header("sec-fetch-site", "same-origin");
        let answer = request.form(fields).send().ok()?;
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        Some((answer.status().as_u16(), to))
    }
}
