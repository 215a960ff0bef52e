//! Random bytes at every address: no answer may be a 5xx. The addresses are read from the route table itself, so that a
//! new one cannot be forgotten.
use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::raw::send;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::routes::{Known, ROUTES, asked_by_machines, known};
use crate::support::site::TestSite;

/// How many requests are tried at each address by each person; PROPTEST_CASES asks for more.
const TRIES: u32 = 12;

#[test]
fn every_address_of_the_table_is_tried() {
    let all: Vec<Known> = known().iter().cloned().chain(asked_by_machines()).collect();
    assert!(known().len() > 10);
    assert_eq!(all.len(), ROUTES.matches("resource(").count(), "an address is written in another way: it would not be tried");
    assert_eq!(
        all.iter().map(|known| [known.is_read, known.is_written, known.is_put].into_iter().map(usize::from).sum::<usize>()).sum::<usize>(),
        ROUTES.matches(".route(").count()
    );
}

/// A place in an address: what is there, or what is not, or nonsense.
fn part(there: Vec<String>) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(there),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => "[0-9]{1,25}",
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(|bytes| percent(&bytes)),
    ]
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// Names that the forms know, so that something gets past the first look.
const NAMES: &[&str] = &[
    "question",
    "query",
    "until",
    "message",
    "seen",
    "from",
    "skill",
    "rate_max",
    "available",
    "available_from",
    "hours_a_week",
    "listed",
    "freelancer",
    "project",
    "visibility",
    "for",
    "answer",
    "email",
    "password",
    "name",
    "as",
    "organisation",
    "title",
    "description",
    "skills",
    "kind",
    "budget_min",
    "budget_max",
    "currency",
    "deadline",
    "questions",
    "version",
    "key",
    "amount",
    "days",
    "start",
    "cover_letter",
    "answers",
    "milestone_title",
    "milestone_amount",
    "scope_version",
    "reason",
    "mark",
    "time_zone",
    "theme",
    "next",
    "role",
    "note",
    "after",
    "p",
    "more",
    "form",
    "draft",
    "typed",
    "kept",
    "kept.title",
    "code",
    "recovery",
];

/// A value that is nearly right, or not at all.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let odd = [
        "",
        "0",
        "1",
        "-1",
        "2",
        "EUR",
        "FIXED",
        "HOURLY",
        "2026-12-31T12:00",
        "0000-00-00",
        "99999999999999999999",
        "1e9",
        "NaN",
        "UTC",
        "OWNER",
        "AUTO",
        "freelancer",
        "client",
        "ada@example.org",
        "correct horse battery",
        "\0",
        "a\0b",
        "\u{202e}",
        "'; --",
        "{{}}",
        "<b>",
        "/projects",
        "/projects/new",
        "//x",
        "\r\nx: y",
        "2147483648",
        "9223372036854775808",
        "12345678-1234-1234-1234-123456789012",
    ];
    prop_oneof![
        3 => prop::sample::select(odd.to_vec()).prop_map(|text| text.as_bytes().to_vec()),
        2 => prop::collection::vec(any::<u8>(), 0..40),
        1 => ".{0,60}".prop_map(String::into_bytes),
        1 => (1_usize..30_000).prop_map(|length| vec![b'x'; length]),
    ]
}

fn pairs() -> impl Strategy<Value = String> {
    let name = prop_oneof![6 => prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned), 1 => prop::collection::vec(any::<u8>(), 0..6).prop_map(|bytes| percent(&bytes))];
    prop::collection::vec((name, value()), 0..12)
        .prop_map(|pairs| pairs.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect::<Vec<_>>().join("&"))
}

/// A body: fields, or bytes as they come.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => pairs().prop_map(String::into_bytes), 1 => prop::collection::vec(any::<u8>(), 0..300)]
}

/// The site with people and things, and the addresses of those who try.
struct Ground {
    site: TestSite,
    emails: Vec<String>,
    ids: Vec<String>,
    _database: TestDatabase,
    /// How many requests got past signing in and looking the thing up, and how many there were.
    got_through: Cell<(u32, u32)>,
}

impl Ground {
    fn new() -> Self {
        let (database, project) = given::database_with_open_project(2);
        let site = TestSite::on(&database);
        let OpenProject { organisation, id, freelancers, proposals, .. } = &project;
        let emails = [&organisation.owner, &organisation.viewer, &freelancers[0]].map(|person| person.email.clone()).to_vec();
        let enquiry = given::enquiry(&mut database.connect(), &project, &freelancers[0], "When?", None);
        let thread = given::thread(&mut database.connect(), &project, 0, &["When?", "In May."]);
        let ids = [thread.0, enquiry.0, id.0, organisation.id.0, proposals[0].0, proposals[1].0, freelancers[0].id.0]
            .map(|id| id.to_string())
            .to_vec();
        Self { site, emails, ids, _database: database, got_through: Cell::default() }
    }

    /// Nobody's, and everybody's anew: one of the addresses may have signed them out.
    fn cookies(&self) -> Vec<String> {
        let of = |email: &String| {
            let answer = self.site.browser().post("/sign-in", &[("email", email), ("password", given::PASSWORD)]);
            format!("cookie: {}\r\n", answer.header("set-cookie").split(';').next().unwrap_or_default())
        };
        std::iter::once(String::new()).chain(self.emails.iter().map(of)).collect()
    }

    /// The address with each of its places filled in.
    fn address(&self, pattern: &str) -> impl Strategy<Value = String> + use<> {
        // a file in another format is not there
        let pattern = pattern.replace("{format}", "csv");
        let pieces: Vec<String> =
            pattern.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest).to_owned()).collect();
        let places = pieces.len() - 1;
        prop::collection::vec(part(self.ids.clone()), places).prop_map(move |parts| {
            pieces.iter().zip(std::iter::once(String::new()).chain(parts)).map(|(piece, part)| format!("{part}{piece}")).collect()
        })
    }

    /// Tries one address with many requests.
    #[track_caller]
    fn tries<T: std::fmt::Debug>(&self, what: &str, requests: impl Strategy<Value = T>, write: impl Fn(T, &str) -> Vec<u8>) {
        for cookie in &self.cookies() {
            let mut runner =
                TestRunner::new(Config { cases: TRIES, failure_persistence: None, max_shrink_iters: 200, ..Config::default() });
            let tried = runner.run(&requests, |request| {
                let answer = send(&self.site, &write(request, cookie));
                let (through, all) = self.got_through.get();
                let is_through = matches!(answer.status, 200 | 303 | 409 | 422) && !answer.text.contains("location: /sign-in");
                self.got_through.set((through + u32::from(is_through), all + 1));
                prop_assert!(answer.status != 0 && answer.status < 500, "{}", answer.text);
                Ok(())
            });
            if let Err(found) = tried {
                panic!("{what} ({}): {found}", if cookie.is_empty() { "nobody" } else { cookie });
            }
        }
    }
}

impl Ground {
    /// Requests that nobody lets in would try nothing.
    #[track_caller]
    fn got_through(&self) {
        let (through, all) = self.got_through.get();
        assert!(through * 6 > all, "only {through} of {all} got through");
    }
}

#[test]
fn no_question_breaks_a_page() {
    let ground = Ground::new();
    for Known { pattern, .. } in known().iter().filter(|known| known.is_read) {
        ground.tries(pattern, (ground.address(pattern), pairs()), |(path, query), cookie| {
            format!("GET {path}?{query} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n{cookie}\r\n").into_bytes()
        });
    }
    ground.got_through();
}

#[test]
fn no_form_breaks_a_page() {
    let ground = Ground::new();
    for Known { pattern, .. } in known().iter().filter(|known| known.is_written) {
        ground.tries(pattern, (ground.address(pattern), body()), |(path, body), cookie| {
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: here\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n{cookie}\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            [head.as_bytes(), &body].concat()
        });
    }
    ground.got_through();
}
