//! `guildhall race` as its keeper runs it.
use std::process::{Command, Output};

use guildhall::domain::race::RaceRun;
use guildhall::race::OwnSite;

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::sandbox::Sandbox;

fn race(database: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.arg("race").args(arguments).env_remove("DATABASE_URL");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command.output().expect("the program")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn its_exit_code_says_whether_something_is_wrong() {
    let (database, on) = given::database_with_open_project(2);
    let site = OwnSite::start(database.url(), 2, 8).expect("a site");
    let small = ["--scenario", "accept", "--clients", "4", "--rounds", "1", "--seed", "3", "--url", &site.url()];
    let sound = race(Some(database.url()), &small);
    assert_eq!(sound.status.code(), Some(0), "{sound:?}");
    assert!(said(&sound).contains("scenario   attempts") && said(&sound).contains("Every invariant counts 0."), "{sound:?}");
    let winner = format!("UPDATE proposals SET status = 'ACCEPTED' WHERE id = {}", on.proposals[0]);
    given::past_triggers(&mut database.connect(), &winner);
    let wrong = race(Some(database.url()), &[&small[..], &["--json"]].concat());
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    let run: RaceRun = serde_json::from_slice(&wrong.stdout).expect("a document");
    assert_eq!((run.seed, run.clients, run.rounds, run.naive), (3, 4, 1, false));
    assert!(run.before.iter().any(|one| one.invariant == "torn award" && one.at == format!("project {}", on.id)), "{run:?}");
    assert!(run.heats[0].broken.is_empty() && run.heats[0].winners == 1, "what was wrong before is nobody's in the race: {run:?}");
    site.stop().expect("the site ends");
}

#[test]
fn what_cannot_be_raced_is_not_called_sound() {
    let (database, other) = (TestDatabase::new(), TestDatabase::new());
    let site = OwnSite::start(other.url(), 1, 4).expect("a site");
    let site_url = site.url();
    for (url, arguments, because) in [
        (None, vec!["--url", "http://127.0.0.1:1"], "DATABASE_URL"),
        (Some(database.url()), vec!["--url", "nowhere"], "no site's address"),
        (Some(database.url()), vec!["--url", "http://127.0.0.1:1", "--clients", "2"], "does not answer"),
        (Some(database.url()), vec!["--url", &site_url, "--clients", "2"], "does it serve the database that DATABASE_URL names"),
        (Some("postgresql://nobody@127.0.0.1:1/none"), vec!["--url", &site_url], "cannot be reached"),
        (None, vec!["--scenario", "nonsense"], "invalid value"),
        (None, vec!["--clients", "1"], "invalid value"),
        (None, vec!["--naive"], "this program has its guards"),
        (None, vec!["--naive", "--url", &site_url], "cannot be used with"),
    ] {
        let output = race(url, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(because), "{arguments:?}: {output:?}");
    }
    site.stop().expect("the site ends");
}

#[test]
fn without_a_site_it_starts_one_and_throws_it_away() {
    let home = Sandbox::new();
    let data = home.path().to_str().expect("a path");
    let elsewhere = "postgresql://nobody@127.0.0.1:1/none";
    let output = race(Some(elsewhere), &["--data", data, "--scenario", "job", "--clients", "2", "--rounds", "1", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let run: RaceRun = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!((run.heats.len(), run.heats[0].winners, run.heats[0].late), (1, 1, 1));
}
