//! The server's settings follow the program, not the day the cluster was made.
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::cluster::{Cluster, Durability};

use super::process::works;
use crate::support::sandbox::Sandbox;

#[test]
fn a_cluster_left_running_with_other_settings_is_restarted_unless_it_is_in_use() {
    let sandbox = Sandbox::new();
    let folder = sandbox.join("pg");
    let mut tests = Cluster::ensure(&folder, Durability::Throwaway).unwrap();
    assert_eq!((shown(&tests, "max_connections"), shown(&tests, "fsync")), ("400".into(), "off".into()));
    let guest = Cluster::ensure(&folder, Durability::Lasting).unwrap();
    assert_eq!(shown(&guest, "fsync"), "off", "the server was restarted under somebody's hands");
    tests.keep_running();
    drop(tests);
    let mut guest = guest;
    guest.keep_running();
    drop(guest);
    let real = Cluster::ensure(&folder, Durability::Lasting).unwrap();
    assert_eq!((shown(&real, "max_connections"), shown(&real, "fsync")), ("100".into(), "on".into()));
}

#[test]
fn a_throwaway_cluster_that_does_not_fit_is_made_anew() {
    let sandbox = Sandbox::new();
    let folder = sandbox.join("pg");
    Cluster::ensure(&folder, Durability::Throwaway).unwrap().stop().unwrap();
    std::fs::write(folder.join("data/PG_VERSION"), "19\n").unwrap();
    assert!(works(&Cluster::ensure(&folder, Durability::Throwaway).unwrap().url("postgres")));
}

#[test]
fn nobody_gets_in_by_tcp_without_a_password() {
    let sandbox = Sandbox::new();
    let _cluster = Cluster::ensure(&sandbox.join("pg"), Durability::Throwaway).unwrap();
    let rules = std::fs::read_to_string(sandbox.join("pg/data/pg_hba.conf")).unwrap();
    let tcp = rules.lines().filter(|line| line.starts_with("host"));
    assert!(tcp.clone().count() > 0 && tcp.clone().all(|line| line.ends_with("scram-sha-256")), "{rules}");
}

fn shown(cluster: &Cluster, setting: &str) -> String {
    let mut conn = PgConnection::establish(&cluster.url("postgres")).unwrap();
    diesel::select(diesel::dsl::sql::<Text>("current_setting(").bind::<Text, _>(setting).sql(")")).get_result(&mut conn).unwrap()
}
