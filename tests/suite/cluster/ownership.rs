//! Root and ordinary users, in their own and in each other's folders.
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;

use super::process::{Launch, are_root, nobody};
use crate::support::sandbox::Sandbox;

#[test]
fn an_ordinary_user_has_a_cluster_of_their_own() {
    let sandbox = Sandbox::new();
    give(sandbox.path());
    for _ in 0..2 {
        let started = Launch::in_folder(sandbox.join("site/pg")).by_ordinary_user().up();
        assert!(started.works());
        assert_eq!(owner(&started.folder.join("data")), owner(sandbox.path()));
    }
}

#[test]
fn root_and_the_folders_owner_use_one_cluster_in_turn() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    give(sandbox.path());
    let folder = sandbox.join("site/pg");
    Launch::in_folder(&folder).up().stop();
    for made in ["site", "site/pg", "site/pg/data", "site/pg/start.lock", "site/pg/users.lock", "site/pg/log"] {
        assert_eq!(owner(&sandbox.join(made)), nobody().uid.as_raw(), "{made}");
    }
    Launch::in_folder(&folder).by_ordinary_user().up().stop();
    let roots = Launch::in_folder(&folder).up();
    let theirs = Launch::in_folder(&folder).by_ordinary_user().up();
    assert_eq!(roots.server(), theirs.server());
    assert_ne!(owner(&roots.folder.join("data")), 0);
}

#[test]
fn root_in_roots_own_folder_runs_the_server_as_somebody_else() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    let started = Launch::in_folder(sandbox.join("site/pg")).up();
    assert_ne!(owner(&started.folder.join("data")), 0);
    assert_eq!(owner(&sandbox.join("site")), 0, "what is around the cluster stays root's");
    assert_ne!(owner(Path::new(&format!("/proc/{}", started.server()))), 0);
}

#[test]
fn root_does_not_give_away_a_folder_with_other_things() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.join("letter"), "private").unwrap();
    let told = Launch::in_folder(sandbox.path()).refused();
    assert!(told.contains("holds other things") && told.contains("--data"), "{told}");
    assert_eq!(owner(sandbox.path()), 0);
}

#[test]
fn a_lock_that_leads_out_of_the_folder_is_not_followed() {
    if !are_root() {
        return;
    }
    let sandbox = Sandbox::new();
    let (letter, folder) = (sandbox.join("letter"), sandbox.join("pg"));
    std::fs::write(&letter, "private").unwrap();
    std::fs::create_dir(&folder).unwrap();
    give(&folder);
    std::os::unix::fs::symlink(&letter, folder.join("start.lock")).unwrap();
    Launch::in_folder(&folder).refused();
    assert_eq!(owner(&letter), 0);
}

/// Makes the folder an ordinary user's, if we are root.
fn give(folder: &Path) {
    if nix::unistd::geteuid().is_root() {
        chown(folder, Some(nobody().uid.as_raw()), Some(nobody().gid.as_raw())).unwrap();
    }
}

fn owner(path: &Path) -> u32 {
    path.metadata().unwrap().uid()
}
