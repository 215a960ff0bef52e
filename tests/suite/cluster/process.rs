//! A Guildhall of its own process, for what cannot be tried inside the test: to be killed, to be
//! another user, to have another environment. It is this test program, run again for the one test
//! below.
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::db::cluster::{Cluster, Durability};
use nix::unistd::{User, geteuid};

use crate::support::sandbox::postmaster;

/// Names the cluster's folder to the process.
const FOLDER: &str = "GUILDHALL_ACTOR_FOLDER";

#[test]
#[ignore = "run by other tests as a process of its own"]
fn a_process_that_uses_the_cluster() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    match Cluster::ensure(Path::new(&folder), Durability::Lasting) {
        Err(error) => println!("\nrefused\t{error}"),
        Ok(cluster) => {
            println!("\nup\t{}\t{}", cluster.url("postgres"), cluster.dir().display());
            // until told to go, or until the test that told so is no more
            std::io::stdin().lines().for_each(drop);
            cluster.stop().expect("a clean end");
        }
    }
}

/// A Guildhall about to be started.
pub struct Launch {
    command: Command,
}

impl Launch {
    /// In this folder, as the user who runs the tests.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        let program = std::env::current_exe().expect("the test program's path");
        Self { command: prepared(Command::new(&program), folder.as_ref()) }
    }

    /// Run by way of another program, which gets the rest as its arguments.
    pub fn by_way_of(mut way: Command, folder: impl AsRef<Path>) -> Self {
        way.arg(std::env::current_exe().expect("the test program's path"));
        Self { command: prepared(way, folder.as_ref()) }
    }

    /// Started by an ordinary user, if we are root.
    pub fn by_ordinary_user(mut self) -> Self {
        if geteuid().is_root() {
            let nobody = nobody();
            self.command.uid(nobody.uid.as_raw()).gid(nobody.gid.as_raw());
        }
        self
    }

    /// With one more environment variable.
    pub fn with(mut self, name: &str, value: impl AsRef<Path>) -> Self {
        self.command.env(name, value.as_ref());
        self
    }

    /// In a process group of its own, as a shell would start it.
    pub fn in_own_group(mut self) -> Self {
        self.command.process_group(0);
        self
    }

    /// Starts it and waits until it is up.
    #[track_caller]
    pub fn up(self) -> Guildhall {
        self.answer().unwrap_or_else(|refusal| panic!("refused: {refusal}"))
    }

    /// Starts it and waits until it has refused.
    #[track_caller]
    pub fn refused(self) -> String {
        self.answer().err().expect("a refusal")
    }

    /// Starts it and waits for what it says.
    pub fn answer(mut self) -> Result<Guildhall, String> {
        let mut child = self.command.spawn().expect("a second Guildhall");
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        for line in output.by_ref().lines() {
            let line = line.expect("a line");
            said.push_str(&line);
            said.push('\n');
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["up", url, folder] => {
                    let (url, folder) = ((*url).to_owned(), PathBuf::from(folder));
                    return Ok(Guildhall { child, url, folder, _output: output });
                }
                ["refused", why] => {
                    child.wait().expect("its end");
                    return Err((*why).to_owned());
                }
                _ => {}
            }
        }
        panic!("it ended without an answer: {said}");
    }
}

fn prepared(mut command: Command, folder: &Path) -> Command {
    command.args(["cluster::process::a_process_that_uses_the_cluster", "--exact", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// A running Guildhall.
pub struct Guildhall {
    child: Child,
    /// The address of its database `postgres`.
    pub url: String,
    /// Where its cluster really lies.
    pub folder: PathBuf,
    /// Kept open, for it has more to say.
    _output: BufReader<ChildStdout>,
}

impl Guildhall {
    /// Its own process.
    pub fn process(&self) -> i32 {
        i32::try_from(self.child.id()).expect("a process number")
    }

    /// The main process of its PostgreSQL.
    #[track_caller]
    pub fn server(&self) -> i32 {
        postmaster(&self.folder.join("data")).expect("a running server")
    }

    /// Whether its database answers.
    pub fn works(&self) -> bool {
        works(&self.url)
    }

    /// Kills it, with no time for a last word.
    pub fn kill(mut self) {
        self.child.kill().expect("to be killed");
        self.child.wait().expect("its end");
    }

    /// Asks it to stop and waits for it.
    #[track_caller]
    pub fn stop(mut self) {
        assert!(self.leave().success(), "it ended with an error");
    }

    /// Waits for its end, however it comes.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("its end")
    }

    fn leave(&mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        self.child.wait().expect("its end")
    }
}

impl Drop for Guildhall {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Whether a database answers there.
pub fn works(url: &str) -> bool {
    let one = |mut conn| diesel::select(diesel::dsl::sql::<BigInt>("1::bigint")).get_result::<i64>(&mut conn).ok();
    PgConnection::establish(url).ok().and_then(one) == Some(1)
}

/// The ordinary user whom root's tests play.
pub fn nobody() -> User {
    User::from_name("nobody").expect("the users").expect("a user nobody")
}

/// Whether the tests run as root; says that the test is skipped where they do not.
pub fn are_root() -> bool {
    let is_root = geteuid().is_root();
    if !is_root {
        eprintln!("skipped: only root can try this");
    }
    is_root
}
