//! Killed at the wrong moment.
use std::os::unix::process::CommandExt;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

use super::process::Launch;
use crate::support::sandbox::Sandbox;
use crate::support::wait;

#[test]
fn the_server_of_a_killed_guildhall_is_taken_over() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let server = first.server();
    first.kill();
    let second = Launch::in_folder(sandbox.join("pg")).up();
    assert_eq!(second.server(), server);
    assert!(second.works());
    second.stop();
    wait::until("the server has gone", || !is_alive(server));
}

#[test]
fn what_was_committed_is_there_after_both_were_killed() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let mut conn = PgConnection::establish(&first.url).unwrap();
    conn.batch_execute("CREATE TABLE kept AS SELECT 10001::bigint AS id").unwrap();
    kill(Pid::from_raw(first.server()), Signal::SIGKILL).unwrap();
    first.kill();
    let second = Launch::in_folder(sandbox.join("pg")).up();
    let mut conn = PgConnection::establish(&second.url).unwrap();
    let kept = diesel::sql_query("SELECT id FROM kept").load::<Kept>(&mut conn).unwrap();
    assert_eq!(kept.iter().map(|row| row.id).collect::<Vec<_>>(), [10001]);
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[test]
fn a_server_killed_under_a_living_guildhall_is_started_by_the_next() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let server = first.server();
    kill(Pid::from_raw(server), Signal::SIGKILL).unwrap();
    let second = Launch::in_folder(sandbox.join("pg")).up();
    assert!(second.server() != server && second.works() && first.works());
}

#[test]
fn a_stale_pid_file_that_names_a_living_process_is_no_hindrance() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let pid_file = first.folder.join("data/postmaster.pid");
    let text = std::fs::read_to_string(&pid_file).unwrap();
    let (number, rest) = text.split_once('\n').unwrap();
    let socket_lock = first.folder.join("data/.s.PGSQL.5432.lock");
    // another process of the server's user, as after a restart of the machine
    let mut stranger = Command::new("sleep");
    let data = pid_file.parent().unwrap().metadata().unwrap();
    if nix::unistd::geteuid().is_root() {
        use std::os::unix::fs::MetadataExt;
        stranger.uid(data.uid()).gid(data.gid());
    }
    let mut stranger = stranger.arg("60").current_dir("/").spawn().unwrap();
    kill(Pid::from_raw(number.parse().unwrap()), Signal::SIGKILL).unwrap();
    first.kill();
    for stale in [pid_file, socket_lock] {
        std::fs::write(stale, format!("{}\n{rest}", stranger.id())).unwrap();
    }
    let second = Launch::in_folder(sandbox.join("pg")).up();
    assert!(second.works());
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was killed");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[test]
fn half_a_cluster_left_by_a_killed_first_start_is_made_anew() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.join("site/pg")).unwrap();
    let folder = sandbox.join("site/pg");
    Launch::in_folder(&folder).up().stop();
    std::fs::rename(folder.join("data"), folder.join("data.new")).unwrap();
    std::fs::remove_file(folder.join("data.new/PG_VERSION")).unwrap();
    assert!(Launch::in_folder(&folder).up().works());
}

#[test]
fn ctrl_c_in_a_terminal_does_not_reach_the_server_before_guildhall() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).in_own_group().up();
    let server = first.server();
    killpg(Pid::from_raw(first.process()), Signal::SIGINT).unwrap();
    first.wait();
    assert_ne!(group_of(server), group_of(i32::try_from(std::process::id()).unwrap()));
    let second = Launch::in_folder(sandbox.join("pg")).up();
    assert_eq!(second.server(), server);
    second.stop();
    wait::until("the server has gone", || !is_alive(server));
}

fn is_alive(process: i32) -> bool {
    kill(Pid::from_raw(process), None).is_ok()
}

fn group_of(process: i32) -> Pid {
    nix::unistd::getpgid(Some(Pid::from_raw(process))).unwrap()
}
