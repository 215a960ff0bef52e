//! The whole house as one file, and the house from that file.
mod altered;
mod round_trip;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use diesel::connection::SimpleConnection;
use guildhall::operations::proposals::accept_proposal;

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::sandbox::Sandbox;

/// Where the one file's bytes are.
const PLACE: &str = "0123456789abcdef0123456789abcdef";
/// What the file says.
const BYTES: &[u8] = b"the words of a file";

/// A house in which something has happened, with a file.
struct House {
    database: TestDatabase,
    project: OpenProject,
    data: Sandbox,
}

impl House {
    fn lived_in() -> Self {
        let (database, project) = given::database_with_open_project(3);
        let mut conn = database.connect();
        accept_proposal(&mut patient(&mut conn), project.organisation.manager.id, project.proposals[0], FIRST_SEEN).expect("an award");
        let owner = project.freelancers[0].id;
        let file = format!("INSERT INTO files (owner_id, place, name, kind, size) VALUES ({owner}, '{PLACE}', 'a.txt', 'text/plain', 19)");
        conn.batch_execute(&file).expect("a file");
        let data = Sandbox::new();
        let folder = data.path().join("files").join(&PLACE[..2]);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(PLACE), BYTES).expect("its bytes");
        Self { database, project, data }
    }

    fn backup(&self) -> PathBuf {
        let place = self.data.path().join("house.backup");
        let done = guildhall("backup", &self.database, self.data.path(), &[place.to_str().unwrap()]);
        assert!(done.status.success(), "{}", said(&done));
        place
    }
}

/// Runs a command on a database.
fn guildhall(command: &str, database: &TestDatabase, data: &Path, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    program.args([command, "--database-url", database.url(), "--data"]).arg(data).args(more);
    program.output().expect("a Guildhall")
}

/// Everything it said.
fn said(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}
