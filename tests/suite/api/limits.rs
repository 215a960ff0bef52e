//! How often a token may ask.
use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn a_token_that_asks_too_often_is_told_when_to_go_on() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::limited(&database, 5);
    let machine = Machine::of(&database, &site, &organisation.owner);
    for left in ["4", "3", "2", "1", "0"] {
        let reply = machine.get("/api/v1/me");
        assert_eq!((reply.status, reply.header("ratelimit-limit"), reply.header("ratelimit-remaining")), (200, "5", left));
        assert!(!reply.header("ratelimit-reset").is_empty());
    }
    let late = machine.get("/api/v1/me");
    assert_eq!((late.status, late.code(), late.header("ratelimit-remaining")), (429, "too_many", "0"));
    let wait: u64 = late.header("retry-after").parse().expect("seconds");
    assert!((1..=12).contains(&wait), "{wait}");
    assert_eq!(Machine::of(&database, &site, &organisation.manager).get("/api/v1/me").status, 200, "another token is another's");
}

#[test]
fn where_the_limit_is_lifted_nothing_is_counted() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.owner);
    for _ in 0..30 {
        let reply = machine.get("/api/v1/me");
        assert_eq!((reply.status, reply.header("ratelimit-limit")), (200, ""));
    }
}
