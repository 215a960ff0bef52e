//! Requests that no browser sends, byte by byte.
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::support::site::TestSite;

/// What came back: the status and all the rest as text. Status 0: the connection was closed without a word.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
}

/// Sends a request as it is and reads until the site closes.
#[track_caller]
pub fn send(site: &TestSite, request: &[u8]) -> Answer {
    let url = site.url();
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).expect("the site listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    // A site that has heard enough may stop reading.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or(0);
    Answer { status, text }
}

/// A request with a body, from this very site.
pub fn posted(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nhost: here\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A request without one.
pub fn asked(method: &str, target: &str, headers: &str) -> Vec<u8> {
    format!("{method} {target} HTTP/1.1\r\nhost: here\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n{headers}\r\n").into_bytes()
}
