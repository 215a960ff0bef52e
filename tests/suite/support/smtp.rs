//! A mail server for one test: speaks SMTP on a port of its own, takes letters, refuses them, breaks off, is killed and
//! started anew.
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What it does with the next letter, once it has all of it.
pub enum Deed {
    /// Takes it and says so.
    Take,
    /// Says this instead, as `451 come back later`.
    Refuse(&'static str),
    /// Breaks off without having taken it.
    BreakOff,
    /// Takes it and breaks off before it says so.
    TakeAndBreakOff,
    /// Takes it, does this, and says so then.
    TakeAnd(Box<dyn FnOnce() + Send>),
}

/// A letter as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub to: Vec<String>,
    pub data: String,
}

impl Arrived {
    /// A header's line, unfolded.
    #[track_caller]
    pub fn header(&self, name: &str) -> String {
        self.find(name).unwrap_or_else(|| panic!("no {name} in\n{}", self.data))
    }

    /// The same, if there is one.
    pub fn find(&self, name: &str) -> Option<String> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
        let prefix = format!("{}: ", name.to_lowercase());
        head.lines().find(|line| line.to_lowercase().starts_with(&prefix)).map(|line| line[prefix.len()..].to_owned())
    }
}

#[derive(Default)]
struct Shared {
    arrived: Mutex<Vec<Arrived>>,
    deeds: Mutex<VecDeque<Deed>>,
    open: Mutex<Vec<TcpStream>>,
    is_down: AtomicBool,
}

/// The server. What arrived outlives its being killed.
pub struct Smtp {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Smtp {
    /// Starts one.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let mut server = Self { address: listener.local_addr().expect("its number"), shared: Arc::default(), thread: None };
        server.serve(listener);
        server
    }

    fn serve(&mut self, listener: TcpListener) {
        let shared = Arc::clone(&self.shared);
        self.thread = Some(std::thread::spawn(move || {
            for caller in listener.incoming() {
                if shared.is_down.load(Ordering::SeqCst) {
                    return;
                }
                let caller = caller.expect("a caller");
                shared.open.lock().expect("the callers").push(caller.try_clone().expect("a copy"));
                let shared = Arc::clone(&shared);
                // A caller who goes away in the middle ends the talk.
                std::thread::spawn(move || talk(caller, &shared).ok());
            }
        }));
    }

    /// Its address, as `--smtp` takes it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What it does with the next letters; it takes all others.
    pub fn will(&self, deeds: impl IntoIterator<Item = Deed>) {
        self.shared.deeds.lock().expect("the deeds").extend(deeds);
    }

    /// The letters that it took, in order.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().expect("the letters").clone()
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.shared.is_down.store(true, Ordering::SeqCst);
        for caller in self.shared.open.lock().expect("the callers").drain(..) {
            caller.shutdown(std::net::Shutdown::Both).ok();
        }
        // the listener looks only when somebody calls
        drop(TcpStream::connect(self.address));
        self.thread.take().map(JoinHandle::join);
    }

    /// Starts it again at the same address.
    pub fn restart(&mut self) {
        self.shared.is_down.store(false, Ordering::SeqCst);
        let listener = TcpListener::bind(self.address).expect("the same port");
        self.serve(listener);
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.kill();
    }
}

fn talk(caller: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let (mut writer, mut reader) = (caller.try_clone()?, BufReader::new(caller));
    let mut say = move |words: &str| writer.write_all(format!("{words}\r\n").as_bytes());
    say("220 mail.test ESMTP")?;
    let mut to = Vec::new();
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let command = line.trim_end().to_owned();
        line.clear();
        match command.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => say("250-mail.test\r\n250 8BITMIME")?,
            "RCPT" => {
                to.push(command[8..].trim_matches(['<', '>', ' ']).to_owned());
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut data = String::new();
                while reader.read_line(&mut line)? > 0 && line != ".\r\n" {
                    data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    line.clear();
                }
                line.clear();
                let arrived = Arrived { to: std::mem::take(&mut to), data };
                if !done(shared, arrived, &mut say)? {
                    reader.get_ref().shutdown(std::net::Shutdown::Both)?;
                    return Ok(());
                }
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Ok(())
}

/// What becomes of a letter; false where the talk is broken off.
fn done(shared: &Shared, arrived: Arrived, say: &mut impl FnMut(&str) -> std::io::Result<()>) -> std::io::Result<bool> {
    let deed = shared.deeds.lock().expect("the deeds").pop_front().unwrap_or(Deed::Take);
    let take = || shared.arrived.lock().expect("the letters").push(arrived);
    match deed {
        Deed::Take => {
            take();
            say("250 taken")?;
        }
        Deed::Refuse(words) => say(words)?,
        Deed::BreakOff => return Ok(false),
        Deed::TakeAndBreakOff => {
            take();
            return Ok(false);
        }
        Deed::TakeAnd(first) => {
            take();
            first();
            say("250 taken")?;
        }
    }
    Ok(true)
}
