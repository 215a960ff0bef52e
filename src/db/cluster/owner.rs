//! Who owns the cluster: PostgreSQL refuses to run as root, so root's cluster belongs to somebody
//! else.
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::unistd::{Uid, User, geteuid};

/// The user as whom the server runs when Guildhall runs as root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub uid: u32,
    pub gid: u32,
}

impl Owner {
    /// The owner of what lies at `path`, unless that is root.
    fn of(path: &Path) -> Option<Self> {
        let found = std::fs::metadata(path).ok()?;
        (found.uid() != 0).then(|| Self { uid: found.uid(), gid: found.gid() })
    }

    /// The owner of the nearest of `folder` and the folders around it that is not root's (`sudo` in
    /// somebody's checkout).
    pub fn around(folder: &Path) -> Option<Self> {
        folder.ancestors().find_map(Self::of)
    }

    /// Who shall own a cluster in `folder`: whoever owns things there, else the user `postgres` or
    /// `nobody`. `None` unless we are root.
    pub fn for_folder(folder: &Path) -> Option<Self> {
        geteuid().is_root().then(|| Self::around(folder).unwrap_or_else(Self::of_servers))
    }

    fn of_servers() -> Self {
        let user = ["postgres", "nobody"].iter().find_map(|name| User::from_name(name).ok().flatten());
        user.map_or(Self { uid: 65534, gid: 65534 }, |user| Self { uid: user.uid.as_raw(), gid: user.gid.as_raw() })
    }

    /// The user's name, or its number where it has none.
    pub fn name(self) -> String {
        let user = User::from_uid(Uid::from_raw(self.uid)).ok().flatten();
        user.map_or_else(|| self.uid.to_string(), |user| user.name)
    }
}
