//! A database for each test: real commits, several connections, free sabotage.
//!
//! All tests of all processes (`cargo test` runs threads, nextest a process for each test) share
//! one private cluster. The first to come starts it; a detached watcher stops it some seconds after
//! the last has gone. Each test's database is a copy of a template that the migrations were run on
//! once.
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::cluster::{Cluster, Durability, watch};
use guildhall::db::migrations;
use sha2::{Digest, Sha256};

use super::sandbox::scratch;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
/// Connections to the cluster's own database that nobody is using just now: connecting takes as long as a small test.
static ADMINS: Mutex<Vec<PgConnection>> = Mutex::new(Vec::new());
static NEXT: AtomicU32 = AtomicU32::new(0);
/// How long the cluster stays up for the next test.
const GRACE: Duration = Duration::from_secs(10);
/// How the names of the tests' databases begin.
const OURS: &str = "test_";
/// How the names of the templates begin.
const TEMPLATE: &str = "template_";

/// Numbers of different things start 10,000 apart, so that no test passes by luck where two ids were swapped.
const SEQUENCES_APART: &str = "DO $$ DECLARE s record; BEGIN
    FOR s IN SELECT sequencename, 10000 * row_number() OVER (ORDER BY sequencename) AS first FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(s.sequencename::regclass, s.first, false);
    END LOOP; END $$";

/// A database with the schema and nothing in it, dropped when the test has passed. A failed test's
/// database stays until the cluster is started anew, and is named in the test's output.
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// A copy of the template.
    pub fn new() -> Self {
        let template = template();
        let name = format!("{OURS}{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        as_admin(|admin| {
            // left by a process that had the same number
            run(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            run(admin, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"));
        });
        Self { url: cluster().url(&name), name }
    }

    /// One with nothing in it, not even tables.
    pub fn bare() -> Self {
        let name = format!("{OURS}{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        as_admin(|admin| {
            run(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            run(admin, &format!("CREATE DATABASE {name} TEMPLATE template0"));
        });
        Self { url: cluster().url(&name), name }
    }

    /// A copy in which some of the schema's guards have been taken down by `drop_statements`, for
    /// naive twins.
    pub fn weakened(drop_statements: &str) -> Self {
        let database = Self::new();
        run(&mut database.connect(), drop_statements);
        database
    }

    /// Its address, for libpq.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends all connections and lets nobody in, as a server that is gone.
    pub fn go_away(&self) {
        let mut admin = connect(&cluster().url("postgres"));
        let name = &self.name;
        run(&mut admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        run(&mut admin, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
    }

    /// Ends all connections, as a server that starts anew.
    pub fn cut_connections(&self) {
        self.go_away();
        self.come_back();
    }

    /// Lets everybody in again.
    pub fn come_back(&self) {
        run(&mut connect(&cluster().url("postgres")), &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name));
    }

    /// A connection of its own.
    pub fn connect(&self) -> PgConnection {
        connect(&self.url)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the failed test's database is left as {} in the cluster in {}", self.name, cluster().dir().display());
        } else {
            as_admin(|admin| {
                disconnect_all(admin, &self.name);
                run(admin, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
            });
        }
    }
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("a connection to the tests' cluster")
}

#[track_caller]
fn run(conn: &mut PgConnection, statements: &str) {
    conn.batch_execute(statements).unwrap_or_else(|error| panic!("{statements}: {error}"));
}

/// Does something that only the cluster's superuser can do.
fn as_admin<T>(work: impl FnOnce(&mut PgConnection) -> T) -> T {
    let idle = ADMINS.lock().expect("the connections").pop();
    let mut admin = idle.unwrap_or_else(|| connect(&cluster().url("postgres")));
    let done = work(&mut admin);
    ADMINS.lock().expect("the connections").push(admin);
    done
}

/// Cuts everybody off from a database. Dropping it WITH (FORCE) does so too, but naps for a tenth of a second between looking whether
/// they have gone.
fn disconnect_all(admin: &mut PgConnection, name: &str) {
    let query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    for _ in 0..20 {
        if diesel::sql_query(query).bind::<Text, _>(name).execute(admin) == Ok(0) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What the cluster's server has logged.
pub fn server_log() -> String {
    std::fs::read_to_string(cluster().dir().join("log")).expect("the server's log")
}

/// The one cluster of all tests.
fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| {
        let mut cluster = Cluster::ensure(&cluster_folder(), Durability::Throwaway).expect("the tests' cluster");
        cluster.keep_running();
        watch::spawn_watcher(env!("CARGO_BIN_EXE_guildhall").as_ref(), cluster.dir(), GRACE).expect("the watcher");
        if cluster.was_started() {
            drop_leftovers(&cluster);
        }
        cluster
    })
}

/// One for each build folder, so that checkouts do not get in each other's way.
fn cluster_folder() -> PathBuf {
    let digest = Sha256::digest(env!("CARGO_TARGET_TMPDIR"));
    let name: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let user = nix::unistd::geteuid();
    scratch().join(format!("guildhall-tests-{user}-{name}"))
}

/// The name of the database that the tests' databases are copied from, made by whoever comes first.
fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("{TEMPLATE}{}_apart", migrations::HASH);
        as_admin(|admin| {
            if !names(admin, &name).contains(&name) {
                let _one_at_a_time = cluster().alone().expect("the cluster's lock");
                if !names(admin, &name).contains(&name) {
                    make_template(admin, &name);
                }
            }
        });
        name
    })
}

/// Made under another name, so that one half made is never copied; the templates of older
/// migrations go.
fn make_template(admin: &mut PgConnection, name: &str) {
    for old in names(admin, TEMPLATE) {
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {old}")).ok(); // unless another checkout's tests are copying it
    }
    run(admin, "DROP DATABASE IF EXISTS unfinished WITH (FORCE)");
    run(admin, "CREATE DATABASE unfinished");
    migrations::run(&cluster().url("unfinished")).expect("the migrations");
    run(&mut connect(&cluster().url("unfinished")), SEQUENCES_APART);
    run(admin, &format!("ALTER DATABASE unfinished RENAME TO {name}"));
}

fn names(admin: &mut PgConnection, begins: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Database {
        #[diesel(sql_type = Text)]
        datname: String,
    }
    let query = diesel::sql_query("SELECT datname::text FROM pg_database WHERE starts_with(datname::text, $1)");
    let found: Vec<Database> = query.bind::<Text, _>(begins).load(admin).expect("the databases' names");
    found.into_iter().map(|database| database.datname).collect()
}

/// Drops what failed tests of earlier runs have left.
fn drop_leftovers(cluster: &Cluster) {
    let mut admin = connect(&cluster.url("postgres"));
    for name in names(&mut admin, OURS) {
        let process = name.trim_start_matches(OURS).split('_').next().unwrap_or_default();
        if !std::path::Path::new("/proc").join(process).exists() {
            run(&mut admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
