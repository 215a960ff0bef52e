//! Somebody who is called: answers as told, and remembers what came.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

/// A call as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub event: String,
    pub signature: String,
    pub body: String,
}

/// Listens on a port of its own until the process ends.
pub struct Receiver {
    address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    /// Answers the first calls with these, all others with 204.
    pub fn answering(first: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let (address, came) = (listener.local_addr().expect("an address"), Arc::new(Mutex::new(Vec::new())));
        let (kept, answers) = (Arc::clone(&came), first.to_vec());
        std::thread::spawn(move || {
            for (place, stream) in listener.incoming().enumerate() {
                let mut stream = stream.expect("a call");
                let call = read(&stream);
                kept.lock().expect("calls").push(call);
                let answer = answers.get(place).copied().unwrap_or("204 No Content\r\n");
                write!(stream, "HTTP/1.1 {answer}connection: close\r\ncontent-length: 0\r\n\r\n").ok();
            }
        });
        Self { address, came }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().expect("calls").clone()
    }
}

fn read(stream: &std::net::TcpStream) -> Came {
    let mut reader = BufReader::new(stream);
    let (mut event, mut signature, mut length) = (String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let line = line.trim();
        let Some((name, value)) = line.split_once(": ") else {
            if line.is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "guildhall-event" => event = value.to_owned(),
            "guildhall-signature" => signature = value.to_owned(),
            "content-length" => length = value.parse().expect("a length"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    Came { event, signature, body: String::from_utf8(body).expect("words") }
}
