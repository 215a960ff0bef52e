//! Killed between the store and the commit, the site leaves bytes that nobody names; the house takes them out.
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use actix_web::rt::System;
use diesel::connection::SimpleConnection;
use guildhall::db::Database;
use guildhall::storage::Storage;
use guildhall::worker::{Crew, Rules};

use super::{PDF, counted};
use crate::support::browser::Browser;
use crate::support::given;
use crate::support::sandbox::Sandbox;
use crate::support::wait;

/// The files that lie in a store's folder, whole.
fn lying(folder: &std::path::Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let all = below(folder.to_owned()).flat_map(below);
    all.filter(|path| path.file_name().is_some_and(|name| name.len() == 32)).collect()
}

#[test]
fn bytes_whose_row_was_never_committed_are_taken_out() {
    let (database, on) = given::database_with_open_project(1);
    let (conn, mut holder, home) = (&mut database.connect(), database.connect(), Sandbox::new());
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    let address = format!("127.0.0.1:{port}");
    let mut serve = Command::new(env!("CARGO_BIN_EXE_guildhall"))
        .args(["serve", "--jobs", "0", "--listen", &address])
        .env("DATABASE_URL", database.url())
        .env("GUILDHALL_DATA", home.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    wait::until("it serves", || TcpStream::connect(&address).is_ok());
    let browser = Browser::new(&format!("http://{address}"));
    let fields = [("email", on.organisation.owner.email.as_str()), ("password", given::PASSWORD)];
    assert_eq!(browser.post("/sign-in", &fields).status, 303);
    let form = browser.get(&format!("/proposals/{}/messages", on.proposals[0]));
    // the row is written under its owner's lock: held, so that the bytes are in the store and the row is not
    holder.batch_execute(&format!("BEGIN; SELECT FROM users WHERE id = {} FOR UPDATE", on.organisation.owner.id)).expect("the lock");
    let folder = home.join("files");
    std::thread::scope(|threads| {
        let sending = threads
            .spawn(|| browser.submit_with(&form, "main form[data-draft]", &[("message", "Here.")], &[("files", "plan.pdf", PDF)]).status);
        wait::until("the bytes are in the store", || !lying(&folder).is_empty());
        serve.kill().expect("it is killed");
        serve.wait().expect("it has ended");
        assert!(sending.join().is_err(), "nobody answers");
    });
    holder.batch_execute("ROLLBACK").expect("the lock goes");
    let [stray] = lying(&folder).try_into().expect("one file");
    assert_eq!(counted(conn), (0, 0), "and nobody names it");
    let day = SystemTime::now() - Duration::from_secs(25 * 3600);
    std::fs::File::options().write(true).open(&stray).unwrap().set_modified(day).unwrap();
    let bridge = Database::new(database.url(), 4);
    let crew = Crew::start(&bridge, &Storage::folder(&folder).expect("the folder"), 1, Rules::default()).expect("a crew");
    wait::until("the house has come", || !stray.exists());
    System::new().block_on(crew.stop());
}
