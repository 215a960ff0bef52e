//! Live pages: what a stream tells, to whom, and how it ends.
mod cost;
mod ends;
mod news;
mod telling;

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::browser::Browser;
use crate::support::site::TestSite;

/// An open stream, read line by line on a connection of its own.
pub struct Stream {
    lines: BufReader<TcpStream>,
    head: String,
}

impl Stream {
    /// Opens it as the browser that has this cookie.
    #[track_caller]
    pub fn open(site: &str, cookie: &str) -> Self {
        use std::io::Write;
        let mut socket = TcpStream::connect(site.trim_start_matches("http://")).expect("the site listens");
        socket.set_read_timeout(Some(Duration::from_millis(100))).expect("a timeout");
        write!(socket, "GET /live HTTP/1.1\r\nhost: here\r\naccept: text/event-stream\r\ncookie: {cookie}\r\n\r\n").expect("a request");
        let mut stream = Self { lines: BufReader::new(socket), head: String::new() };
        stream.head = stream.until("\r\n\r\n", Duration::from_secs(10));
        stream
    }

    /// The status that it was answered with.
    pub fn status(&self) -> &str {
        self.head.get(9..12).unwrap_or_default()
    }

    /// What comes until these words have come, or the time is over.
    pub fn until(&mut self, words: &str, longest: Duration) -> String {
        let (began, mut heard) = (Instant::now(), Vec::new());
        while began.elapsed() < longest && !String::from_utf8_lossy(&heard).contains(words) {
            let mut line = Vec::new();
            match self.lines.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) | Err(_) => heard.append(&mut line),
            }
        }
        String::from_utf8_lossy(&heard).into_owned()
    }

    /// Waits until these words have come.
    #[track_caller]
    pub fn hears(&mut self, words: &str) -> String {
        let heard = self.until(words, Duration::from_secs(10));
        assert!(heard.contains(words), "never heard {words:?}: {heard:?}");
        heard
    }

    /// What comes in a while.
    pub fn rest(&mut self) -> String {
        self.until("nothing says this", Duration::from_millis(800))
    }

    /// How long it takes until the other side ends it.
    pub fn ended_after(mut self) -> Duration {
        let began = Instant::now();
        let mut bytes = [0; 512];
        while began.elapsed() < Duration::from_secs(20) {
            match self.lines.read(&mut bytes) {
                Ok(0) => break,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => break,
                Ok(_) => {}
            }
        }
        began.elapsed()
    }
}

/// Signs in, and answers the cookie.
#[track_caller]
pub fn cookie(site: &str, email: &str) -> String {
    let answer = Browser::new(site).post("/sign-in", &[("email", email), ("password", crate::support::given::PASSWORD)]);
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// A person's stream on a site, the first one: with it the process begins to listen, and says so.
#[track_caller]
pub fn listening(site: &TestSite, email: &str) -> Stream {
    let mut stream = joining(site, email);
    stream.hears("event: look");
    stream.hears("event: unread\n");
    stream.hears("data: ");
    stream
}

/// A person's stream on a site that listens already.
#[track_caller]
pub fn joining(site: &TestSite, email: &str) -> Stream {
    let mut stream = Stream::open(&site.url(), &cookie(&site.url(), email));
    assert_eq!(stream.status(), "200", "{}", stream.head);
    stream.hears("event: unread\n");
    stream.hears("data: ");
    stream
}
