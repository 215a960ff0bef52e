//! The real site on a port of its own, for one test.
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::channel;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use guildhall::db::Database;
use guildhall::operations::people::Throttle;
use guildhall::storage::Storage;
use guildhall::web::files::room::Room;
use guildhall::web::letters::Letterhead;
use guildhall::web::probes::MetricsToken;
use guildhall::web::server::{Secrets, Site, server};

use super::browser::Browser;
use super::database::TestDatabase;

/// Few, so that requests queue for them as they do on a busy day.
const CONNECTIONS: u32 = 8;

/// What opens the figures of a test's site.
pub const METRICS_TOKEN: &str = "a token for whoever watches";

/// The key of every test's site.
pub fn cookies() -> Key {
    Key::from(&[7; 64])
}

/// A running site; it stops when this is dropped. Declare it after its database, so that it goes first.
pub struct TestSite {
    address: SocketAddr,
    handle: ServerHandle,
    storage: Storage,
    thread: Option<JoinHandle<()>>,
}

impl TestSite {
    /// Serves a test's database.
    pub fn on(database: &TestDatabase) -> Self {
        Self::with(database, CONNECTIONS)
    }

    /// Serves it over at most so many connections.
    pub fn with(database: &TestDatabase, connections: u32) -> Self {
        Self::serving(database, connections, Throttle { per_account: None, per_address: None }, None)
    }

    /// Serves it so that a token may make so many requests a minute.
    pub fn limited(database: &TestDatabase, requests: u32) -> Self {
        Self::serving(database, CONNECTIONS, Throttle { per_account: None, per_address: None }, Some(requests))
    }

    /// Serves it as it is served to the world: with limits to failed sign-ins.
    pub fn throttled(database: &TestDatabase) -> Self {
        Self::serving(database, CONNECTIONS, Throttle::default(), None)
    }

    /// Serves it so that nobody keeps the house by a password alone.
    pub fn asking_admins(database: &TestDatabase) -> Self {
        Self::asking(database, CONNECTIONS, Throttle { per_account: None, per_address: None }, None, Room::default(), true)
    }

    /// Serves it with room for so many bytes of files at once, for which people wait no longer than a moment.
    pub fn cramped(database: &TestDatabase, bytes: usize) -> Self {
        let room = Room::new(bytes, Duration::from_millis(300));
        Self::roomy(database, CONNECTIONS, Throttle { per_account: None, per_address: None }, None, room)
    }

    fn serving(database: &TestDatabase, connections: u32, throttle: Throttle, api_requests: Option<u32>) -> Self {
        Self::roomy(database, connections, throttle, api_requests, Room::default())
    }

    fn roomy(database: &TestDatabase, connections: u32, throttle: Throttle, api_requests: Option<u32>, room: Room) -> Self {
        Self::asking(database, connections, throttle, api_requests, room, false)
    }

    fn asking(
        database: &TestDatabase,
        connections: u32,
        throttle: Throttle,
        api_requests: Option<u32>,
        room: Room,
        admins_need_factor: bool,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its number");
        let cookies = cookies();
        let storage = Storage::memory();
        let site = Site {
            letterhead: Letterhead::new(&format!("http://{address}"), &cookies),
            letters_are_files: true,
            database: Database::new(database.url(), connections),
            storage: storage.clone(),
            room,
            throttle,
            secrets: Secrets { cookies, secure: false },
            admins_need_factor,
            api_requests,
            metrics: MetricsToken::new(Some(METRICS_TOKEN)),
            settings: Default::default(),
            workers: 2,
            connections: usize::try_from(connections).expect("a small number"),
        };
        let (tell, told) = channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server(site, listener).expect("the site");
                tell.send(server.handle()).expect("the test waits");
                server.await.expect("the site");
            });
        });
        let handle = told.recv().expect("the site starts");
        Self { address, handle, storage, thread: Some(thread) }
    }

    /// Where its files are.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Its address, without a slash behind it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A browser that nobody is signed in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url())
    }

    /// A browser in which this person has signed in through the page, with the password that `given` gives everybody.
    pub fn signed_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        browser.sign_in(email, super::given::PASSWORD);
        browser
    }
}

impl Drop for TestSite {
    fn drop(&mut self) {
        // The order is sent by the call; the future would only wait for its end, as the thread's end does.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the site panicked");
        }
    }
}
