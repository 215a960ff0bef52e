//! Folders in odd places.
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::process::{Launch, are_root};
use crate::support::sandbox::{Sandbox, end_servers_below};

#[test]
fn spaces_quotes_and_foreign_letters_in_the_path_do_no_harm() {
    let sandbox = Sandbox::new();
    let started = Launch::in_folder(sandbox.join("it's \"a\" façade %25 $HOME")).up();
    assert!(started.works());
    assert!(started.folder.starts_with(sandbox.path()));
}

#[test]
fn a_relative_folder_is_meant_from_where_guildhall_starts() {
    let sandbox = Sandbox::new();
    let mut way = std::process::Command::new("env");
    way.arg("-C").arg(sandbox.path());
    let started = Launch::by_way_of(way, ".guildhall/postgres").up();
    assert_eq!(started.folder, sandbox.join(".guildhall/postgres"));
}

#[test]
fn from_a_folder_that_only_root_can_enter_the_cluster_goes_to_var_lib() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.join("home")).unwrap();
    std::fs::set_permissions(sandbox.join("home"), Permissions::from_mode(0o700)).unwrap();
    let folder = sandbox.join("home/site/pg");
    let started = Launch::in_folder(&folder).up();
    assert!(started.works() && started.folder.starts_with("/var/lib/guildhall"), "{}", started.folder.display());
    let away = Away(started.folder.clone());
    started.stop();
    let again = Launch::in_folder(&folder).up();
    assert_eq!(again.folder, away.0, "the same folder leads to the same cluster");
    drop(again);
}

#[test]
fn a_path_too_long_for_a_socket_leads_to_a_shorter_one() {
    let sandbox = Sandbox::new();
    let started = Launch::in_folder(sandbox.join("long".repeat(30))).with("HOME", sandbox.join("home")).up();
    assert!(started.works());
    if nix::unistd::geteuid().is_root() {
        let _away = Away(started.folder.clone());
        assert!(started.folder.starts_with("/var/lib/guildhall"));
        drop(started);
    } else {
        assert!(started.folder.starts_with(sandbox.join("home/.local/share/guildhall")));
    }
}

/// A cluster that came to lie outside the sandbox; removed with the test.
struct Away(PathBuf);

impl Drop for Away {
    fn drop(&mut self) {
        if self.0.parent() == Some(Path::new("/var/lib/guildhall")) {
            end_servers_below(&self.0, 1);
            std::fs::remove_dir_all(&self.0).ok();
        }
    }
}
