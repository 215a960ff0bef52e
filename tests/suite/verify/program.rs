//! `guildhall verify` as its keeper runs it.
use std::process::{Command, Output};

use guildhall::storage::Storage;

use super::market::Market;
use crate::support::sandbox::Sandbox;

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
fn a_file_whose_bytes_are_gone_is_named() {
    let (market, home) = (Market::new(), Sandbox::new());
    let [here, gone] = ["a", "b"].map(|letter| letter.repeat(32));
    for place in [&here, &gone] {
        market.tamper(&format!(
            "INSERT INTO files (owner_id, place, name, kind, size) SELECT min(id), '{place}', 'a.txt', 'text/plain', 5 FROM users"
        ));
    }
    let storage = Storage::folder(&home.join("files")).expect("a folder");
    let data = home.path().to_str().expect("a path");
    for (put, code, named) in [(None, 1, 2), (Some(&here), 1, 1), (Some(&gone), 0, 0)] {
        if let Some(place) = put {
            actix_web::rt::System::new().block_on(storage.put(place, b"words".to_vec())).expect("the bytes");
        }
        let looked = run(market.database.url(), &["--data", data]);
        assert_eq!(looked.status.code(), Some(code), "{looked:?}");
        let said = String::from_utf8_lossy(&looked.stdout);
        assert_eq!(said.matches("its bytes are not in the store").count(), named, "{said}");
    }
}

#[test]
fn a_head_noted_elsewhere_is_looked_up() {
    let market = Market::new();
    let head = format!("{}:1:0123456789abcdef", market.assigned.reference());
    let wrong = run(market.database.url(), &["--noted", &head]);
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    assert!(String::from_utf8_lossy(&wrong.stdout).contains("noted_head"), "{wrong:?}");
}
