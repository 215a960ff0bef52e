//! The race lab: what it finds on a sound site (nothing), and on one that was broken by hand.
mod invariants;
mod naive;
mod pages;
mod program;

use clap::ValueEnum;
use guildhall::domain::race::{Heat, RaceRun};
use guildhall::race::{OwnSite, Plan, Scenario, attack, table};

use crate::support::database::TestDatabase;

/// A run of these scenarios against a site on this database.
pub fn run(database: &TestDatabase, scenarios: &[Scenario], clients: usize, rounds: usize) -> RaceRun {
    let site = OwnSite::start(database.url(), 2, 8).expect("a site");
    let plan = Plan { scenarios: scenarios.to_vec(), clients, rounds, seed: 7 };
    let run = attack(&site.url(), database.url(), &plan).expect("a race");
    site.stop().expect("the site ends");
    run
}

#[test]
fn a_sound_site_has_nothing_wrong_in_any_scenario() {
    let run = run(&TestDatabase::new(), Scenario::value_variants(), 8, 2);
    assert_eq!(run.wrong(), 0, "{}", table(&run));
    let names: Vec<_> = run.heats.iter().map(|heat| heat.scenario.as_str()).collect();
    assert_eq!(names, ["accept", "autoclose", "worklog", "escalate", "json", "job", "upsert"]);
    let one = |name: &str| run.heats.iter().find(|heat| heat.scenario == name).expect("a heat");
    for Heat { attempts, winners, again, busy, late, stale, precondition, p50, p99, .. } in &run.heats {
        assert_eq!(*attempts, 16);
        assert_eq!(winners + again + busy + late + stale + precondition, 16);
        assert!(*winners > 0 && 0.0 < *p50 && p50 <= p99, "{}", table(&run));
    }
    // one of each round, whoever it was; of notes every single one
    for (name, winners) in [("accept", 2), ("escalate", 2), ("job", 2), ("upsert", 2), ("json", 16)] {
        assert_eq!(one(name).winners, winners, "{}", table(&run));
    }
}

#[test]
fn a_table_says_what_was_wrong_and_where() {
    let database = TestDatabase::new();
    let mut run = run(&database, &[Scenario::Job], 2, 1);
    let said = table(&run);
    assert!(said.starts_with("2 clients at once, 1 rounds, seed 7, against the site at http://127.0.0.1:"), "{said}");
    assert!(said.contains("\njob               2        1      0      0      1 ") && said.ends_with("Every invariant counts 0."), "{said}");
    let broken = guildhall::domain::race::Broken { invariant: "two winners".to_owned(), count: 3, at: "project 7".to_owned() };
    run.heats[0].broken.push(broken);
    assert!(table(&run).ends_with("\njob: two winners: 3, such as project 7\n1 thing is wrong."), "{}", table(&run));
    run.naive = true;
    assert!(table(&run).ends_with("The naive site was caught in every scenario."), "{}", table(&run));
    run.heats[0].broken.clear();
    assert!(table(&run).ends_with("The naive site was not caught in: job."), "{}", table(&run));
}
