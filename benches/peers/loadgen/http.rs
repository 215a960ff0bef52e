//! As much of an HTTP/1.1 client as a load generator needs.
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// One connection.
pub struct Client<'a> {
    addr: &'a str,
    sock: Option<TcpStream>,
    buf: Vec<u8>,
    chunk: Vec<u8>,
    /// How often the server had closed it.
    pub reconnects: u64,
}

impl<'a> Client<'a> {
    /// Connects at its first request.
    pub fn new(addr: &'a str) -> Self {
        Self { addr, sock: None, buf: Vec::with_capacity(1 << 17), chunk: vec![0; 1 << 16], reconnects: 0 }
    }

    /// Status and length of the answer.
    pub fn send(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        let reused = self.sock.is_some();
        let answer = self.attempt(request);
        // a server may close an idle keep-alive connection: open a new one, once, if nothing was answered
        let closed = matches!(&answer, Err(error) if error.kind() != ErrorKind::WouldBlock);
        if !(closed && reused && self.buf.is_empty()) {
            return answer;
        }
        self.reconnects += 1;
        self.attempt(request)
    }

    fn attempt(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        self.buf.clear();
        let mut sock = self.sock.take().map_or_else(|| connect(self.addr), Ok)?;
        sock.write_all(request)?;
        let head = self.read_head(&mut sock)?;
        let ended = self.read_body(&mut sock, &head)?;
        if !ended && !head.close {
            self.sock = Some(sock);
        }
        Ok((head.status, self.buf.len()))
    }

    fn read_head(&mut self, sock: &mut TcpStream) -> Result<Head> {
        loop {
            let from = self.buf.len().saturating_sub(3);
            self.read_more(sock)?;
            if let Some(at) = self.buf[from..].windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                return Head::parse(&self.buf[..from + at + 4]).ok_or_else(|| Error::new(ErrorKind::InvalidData, "not HTTP"));
            }
        }
    }

    /// Reads to the answer's end; true if that is the connection's end.
    fn read_body(&mut self, sock: &mut TcpStream, head: &Head) -> Result<bool> {
        loop {
            let whole = match head.body {
                Body::Sized(bytes) => self.buf.len() >= head.length + bytes,
                Body::Chunked => self.buf.ends_with(b"\r\n0\r\n\r\n"),
                Body::ToTheEnd => false,
            };
            if whole {
                return Ok(false);
            }
            match self.read_more(sock) {
                Err(error) if error.kind() == ErrorKind::UnexpectedEof && matches!(head.body, Body::ToTheEnd) => return Ok(true),
                more => more?,
            }
        }
    }

    fn read_more(&mut self, sock: &mut TcpStream) -> Result<()> {
        let read = sock.read(&mut self.chunk)?;
        self.buf.extend_from_slice(&self.chunk[..read]);
        if read == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

fn connect(addr: &str) -> Result<TcpStream> {
    let sock = TcpStream::connect(addr)?;
    sock.set_nodelay(true)?;
    sock.set_read_timeout(Some(Duration::from_secs(20)))?;
    Ok(sock)
}

enum Body {
    Sized(usize),
    Chunked,
    ToTheEnd,
}

/// The lines before an answer's body.
struct Head {
    status: u16,
    length: usize,
    body: Body,
    close: bool,
}

impl Head {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut head = Self { status: text.get(9..12)?.parse().ok()?, length: bytes.len(), body: Body::ToTheEnd, close: false };
        for (name, value) in text.split("\r\n").skip(1).filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                head.body = Body::Sized(value.parse().ok()?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked") {
                head.body = Body::Chunked;
            } else if name.eq_ignore_ascii_case("connection") {
                head.close = value.eq_ignore_ascii_case("close");
            }
        }
        if matches!(head.status, 204 | 304) {
            head.body = Body::Sized(0);
        }
        Some(head)
    }
}
