//! A PostgreSQL, a `serve` and a `worker`, each of which comes back whenever it was killed.
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::Scope;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use guildhall::db::cluster::{Cluster, Durability};
use guildhall::db::migrations;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::sandbox::{Sandbox, postmaster};

const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub struct Ground {
    pub url: String,
    pub site: String,
    pub is_over: AtomicBool,
    /// The processes' numbers; 0 while one is not there.
    pub serve: AtomicU32,
    pub worker: AtomicU32,
    /// Clusters that were put up, so that nobody stops one.
    clusters: Mutex<Vec<Cluster>>,
    folder: std::path::PathBuf,
    port: u16,
    // goes last: it ends the server that is left
    data: Sandbox,
}

impl Ground {
    pub fn new() -> Self {
        let data = Sandbox::new();
        let folder = data.join("postgres");
        let mut cluster = Cluster::ensure(&folder, Durability::Lasting).expect("a cluster");
        cluster.keep_running();
        let url = cluster.database("kills").expect("a database");
        migrations::run(&url).expect("the migrations");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
        let (site, clusters) = (format!("http://127.0.0.1:{port}"), Mutex::new(vec![cluster]));
        let [serve, worker] = [(); 2].map(|()| AtomicU32::new(0));
        Self { url, site, is_over: AtomicBool::new(false), serve, worker, clusters, folder, port, data }
    }

    /// A connection, as soon as there is one to be had.
    pub fn connect(&self) -> PgConnection {
        let began = Instant::now();
        loop {
            match PgConnection::establish(&self.url) {
                Ok(conn) => return conn,
                Err(error) => assert!(began.elapsed() < Duration::from_secs(60), "PostgreSQL does not come back: {error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn postmaster(&self) -> Option<i32> {
        self.clusters
            .lock()
            .expect("the clusters")
            .last()
            .and_then(|cluster| postmaster(&cluster.dir().join("data")))
            .filter(|pid| is_there(*pid))
    }

    /// Puts each up again, however often it goes.
    pub fn tend<'s>(&'s self, threads: &'s Scope<'s, '_>) {
        let port = self.port.to_string();
        threads.spawn(move || {
            let address = format!("127.0.0.1:{port}");
            self.keep_up(&self.serve, &["serve", "--listen", &address, "--jobs", "1", "--sign-in-tries-per-account", "0"]);
        });
        threads.spawn(move || self.keep_up(&self.worker, &["worker", "--concurrency", "2"]));
        threads.spawn(move || {
            while !self.is_over.load(Ordering::SeqCst) {
                if self.postmaster().is_none()
                    && let Ok(mut cluster) = Cluster::ensure(&self.folder, Durability::Lasting)
                {
                    cluster.keep_running();
                    self.clusters.lock().expect("the clusters").push(cluster);
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        });
    }

    fn keep_up(&self, place: &AtomicU32, arguments: &[&str]) {
        while !self.is_over.load(Ordering::SeqCst) {
            let mut process = self.start(arguments);
            place.store(process.id(), Ordering::SeqCst);
            process.wait().expect("its end");
            place.store(0, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(arguments)
            .args(["--database-url", &self.url, "--data"])
            .arg(self.data.path())
            .env("GUILDHALL_SECRET", SECRET)
            .env("GUILDHALL_SIGN_IN_TRIES_PER_ADDRESS", "0")
            .env("GUILDHALL_LOG", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process")
    }

    /// Ends what is tended, as it is ended every day.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::SeqCst);
        for place in [&self.serve, &self.worker] {
            let pid = place.load(Ordering::SeqCst);
            if pid != 0 {
                kill(Pid::from_raw(i32::try_from(pid).expect("a number")), Signal::SIGTERM).ok();
            }
        }
    }
}

/// Whether a process is there, and not only its remains.
fn is_there(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}
