//! `guildhall verify` as its keeper runs it.
use std::process::{Command, Output};

use super::market::Market;

fn run(url: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.arg("verify").args(arguments).env("DATABASE_URL", url).output().expect("the program")
}

#[test]
fn its_exit_code_says_whether_something_is_wrong() {
    let market = Market::new();
    let sound = run(market.database.url(), &[]);
    assert_eq!(sound.status.code(), Some(0), "{sound:?}");
    assert!(String::from_utf8_lossy(&sound.stdout).contains("nothing wrong"), "{sound:?}");
    market.tamper(&format!("UPDATE projects SET proposal_count = 7 WHERE id = {}", market.open));
    let wrong = run(market.database.url(), &[]);
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    assert!(String::from_utf8_lossy(&wrong.stdout).starts_with(&format!("proposal_count: project {}: ", market.open)), "{wrong:?}");
}

#[test]
fn what_cannot_be_looked_at_is_not_called_sound() {
    let market = Market::new();
    let away = run("postgresql://nobody@127.0.0.1:1/none", &[]);
    assert_eq!(away.status.code(), Some(2), "{away:?}");
    market.tamper("DROP TABLE contracts CASCADE");
    assert_eq!(run(market.database.url(), &[]).status.code(), Some(2));
    assert_eq!(run(market.database.url(), &["--noted", "nonsense"]).status.code(), Some(2));
}

#[test]
fn a_head_noted_elsewhere_is_looked_up() {
    let market = Market::new();
    let head = format!("{}:1:0123456789abcdef", market.assigned.reference());
    let wrong = run(market.database.url(), &["--noted", &head]);
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    assert!(String::from_utf8_lossy(&wrong.stdout).contains("noted_head"), "{wrong:?}");
}
