// A small closed-loop HTTP/1.1 load generator; std only, built with `rustc -O loadgen.rs`.
// One thread and one keep-alive connection per client; the requests come ready-made from a file, so the
// generator only writes bytes, reads a response and notes status and latency.
//
//   loadgen --addr 127.0.0.1:8001 --file F --conns 32 --secs 4 [--warm 0.5] [--wrap] [--walk] [--each]
//
// F is a sequence of records: u32 client, u32 length, bytes (little endian).
//   default  clients take the next record of the one list; ends after --secs or at the list's end
//   --wrap   starts over at the list's end (for GETs)
//   --walk   each client walks its own records (those with its number), in order: for contention
//   --each   also reports which records (by their place in F) got which status
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

struct Client {
    addr: String,
    sock: Option<TcpStream>,
    buf: Vec<u8>,
    chunk: Vec<u8>,
    reconnects: u64,
}

impl Client {
    fn send(&mut self, req: &[u8]) -> std::io::Result<(u16, usize)> {
        let reused = self.sock.is_some();
        match self.attempt(req) {
            // a server may close an idle keep-alive connection: open a new one, once, if nothing was answered
            Err(e) if reused && self.buf.is_empty() && e.kind() != std::io::ErrorKind::WouldBlock => {
                self.sock = None;
                self.reconnects += 1;
                self.attempt(req)
            }
            r => r,
        }
    }
    fn attempt(&mut self, req: &[u8]) -> std::io::Result<(u16, usize)> {
        let r = self.exchange(req);
        if r.is_err() {
            self.sock = None;
        }
        r
    }
    fn exchange(&mut self, req: &[u8]) -> std::io::Result<(u16, usize)> {
        let bad = || std::io::Error::new(std::io::ErrorKind::InvalidData, "not HTTP");
        self.buf.clear();
        if self.sock.is_none() {
            let s = TcpStream::connect(&self.addr)?;
            s.set_nodelay(true)?;
            s.set_read_timeout(Some(Duration::from_secs(20)))?;
            self.sock = Some(s);
        }
        let s = self.sock.as_mut().unwrap();
        s.write_all(req)?;
        let (mut head, mut need, mut status, mut chunked, mut close) = (0usize, None, 0u16, false, false);
        loop {
            let n = s.read(&mut self.chunk)?;
            if n == 0 {
                if head > 0 && need.is_none() && !chunked {
                    break;
                } // body ends with the connection
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let from = self.buf.len().saturating_sub(3);
            self.buf.extend_from_slice(&self.chunk[..n]);
            if head == 0 {
                if let Some(p) = self.buf[from..].windows(4).position(|w| w == b"\r\n\r\n") {
                    head = from + p + 4;
                    let text = std::str::from_utf8(&self.buf[..head]).map_err(|_| bad())?;
                    status = text.get(9..12).and_then(|t| t.parse().ok()).ok_or_else(bad)?;
                    for line in text.split("\r\n").skip(1) {
                        let Some((k, v)) = line.split_once(':') else { continue };
                        let v = v.trim();
                        if k.eq_ignore_ascii_case("content-length") {
                            need = v.parse::<usize>().ok();
                        } else if k.eq_ignore_ascii_case("transfer-encoding") {
                            chunked = v.eq_ignore_ascii_case("chunked");
                        } else if k.eq_ignore_ascii_case("connection") {
                            close = v.eq_ignore_ascii_case("close");
                        }
                    }
                    if status == 204 || status == 304 {
                        need = Some(0);
                    }
                }
            }
            if head > 0 {
                if chunked {
                    if self.buf.ends_with(b"\r\n0\r\n\r\n") {
                        break;
                    }
                } else if let Some(n) = need {
                    if self.buf.len() >= head + n {
                        break;
                    }
                }
            }
        }
        let total = self.buf.len();
        if close || (need.is_none() && !chunked) {
            self.sock = None;
        }
        Ok((status, total))
    }
}

fn cpu_seconds() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let f: Vec<&str> = s.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let t = |i: usize| f.get(i).and_then(|x| x.parse::<f64>().ok()).unwrap_or(0.0);
    (t(11) + t(12)) / 100.0
}

fn pct(v: &[u32], q: f64) -> f64 {
    if v.is_empty() {
        return 0.0;
    }
    v[((v.len() as f64 * q).ceil() as usize).clamp(1, v.len()) - 1] as f64 / 1000.0
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let get = |k: &str| args.iter().position(|a| a == k).and_then(|i| args.get(i + 1)).cloned();
    let has = |k: &str| args.iter().any(|a| a == k);
    let addr = get("--addr").expect("--addr");
    assert!(addr.starts_with("127.0.0.1:"), "loopback only");
    let conns: usize = get("--conns").map_or(32, |v| v.parse().unwrap());
    let secs: f64 = get("--secs").map_or(4.0, |v| v.parse().unwrap());
    let warm: f64 = get("--warm").map_or(0.0, |v| v.parse().unwrap());
    assert!(conns <= 256 && secs <= 120.0, "bounded runs only");
    let (wrap, walk) = (has("--wrap"), has("--walk"));

    let raw = std::fs::read(get("--file").expect("--file")).unwrap();
    let (mut recs, mut own): (Vec<(usize, usize)>, Vec<Vec<usize>>) = (vec![], vec![vec![]; conns]);
    let mut at = 0;
    while at + 8 <= raw.len() {
        let u = |p: usize| u32::from_le_bytes(raw[p..p + 4].try_into().unwrap()) as usize;
        own[u(at) % conns].push(recs.len());
        recs.push((at + 8, u(at + 4)));
        at += 8 + u(at + 4);
    }
    let (raw, recs, own) = (Arc::new(raw), Arc::new(recs), Arc::new(own));
    let next = Arc::new(AtomicUsize::new(0));
    let gate = Arc::new(Barrier::new(conns + 1));
    let mut threads = vec![];
    for c in 0..conns {
        let (raw, recs, own, next, gate, addr) = (raw.clone(), recs.clone(), own.clone(), next.clone(), gate.clone(), addr.clone());
        threads.push(
            std::thread::Builder::new()
                .stack_size(512 * 1024)
                .spawn(move || {
                    let mut cl = Client { addr, sock: None, buf: Vec::with_capacity(1 << 17), chunk: vec![0; 1 << 16], reconnects: 0 };
                    let mut out: Vec<(u32, u16, u32, u32)> = Vec::with_capacity(1 << 16); // (µs, status, end of request in ms, record)
                    let (mut errors, mut bytes, mut step) = (0u64, 0u64, 0usize);
                    gate.wait();
                    let t0 = Instant::now();
                    let end = Duration::from_secs_f64(secs + warm);
                    while t0.elapsed() < end && errors < 100 {
                        let i = if walk {
                            step += 1;
                            match own[c].get(step - 1) {
                                Some(&i) => i,
                                None => break,
                            }
                        } else {
                            let n = next.fetch_add(1, Relaxed);
                            if n >= recs.len() && !wrap {
                                break;
                            }
                            n % recs.len()
                        };
                        let t = Instant::now();
                        match cl.send(&raw[recs[i].0..recs[i].0 + recs[i].1]) {
                            Ok((status, n)) => {
                                out.push((t.elapsed().as_micros() as u32, status, t0.elapsed().as_millis() as u32, i as u32));
                                bytes += n as u64;
                            }
                            Err(_) => errors += 1,
                        }
                    }
                    (out, errors, bytes, cl.reconnects)
                })
                .unwrap(),
        );
    }
    gate.wait();
    let (t0, cpu0) = (Instant::now(), cpu_seconds());
    let (mut all, mut errors, mut bytes, mut reconnects) = (vec![], 0, 0, 0);
    for t in threads {
        let (o, e, b, r) = t.join().unwrap();
        all.extend(o);
        errors += e;
        bytes += b;
        reconnects += r;
    }
    let wall = t0.elapsed().as_secs_f64();
    let cpu = cpu_seconds() - cpu0;
    let total = all.len();
    let mut by: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
    let mut lat: Vec<u32> = vec![];
    let last = all.iter().map(|x| x.2).max().unwrap_or(0) as f64 / 1000.0;
    let (from, to) = (warm * 1000.0, (warm + secs) * 1000.0);
    let mut counted = 0;
    let mut every: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
    for (us, st, ms, rec) in &all {
        every.entry(*st).or_default().push(*rec);
        if (*ms as f64) < from || (*ms as f64) > to {
            continue;
        }
        counted += 1;
        lat.push(*us);
        by.entry(*st).or_default().push(*us);
    }
    lat.sort_unstable();
    let span = (last.min(warm + secs) - warm).max(0.001);
    let statuses: Vec<String> = every.iter().map(|(k, v)| format!("\"{k}\": {}", v.len())).collect();
    let each: Vec<String> = every.iter().filter(|_| has("--each")).map(|(k, v)| format!("\"{k}\": {v:?}")).collect();
    let per: Vec<String> = by
        .iter_mut()
        .map(|(k, v)| {
            v.sort_unstable();
            format!("\"{k}\": {{\"n\": {}, \"p50\": {:.3}, \"p99\": {:.3}}}", v.len(), pct(v, 0.5), pct(v, 0.99))
        })
        .collect();
    println!(
        "{{\"n\": {counted}, \"total\": {total}, \"secs\": {span:.3}, \"wall\": {wall:.3}, \"rps\": {:.1}, \"p50\": {:.3}, \"p90\": {:.3}, \"p99\": {:.3}, \"max\": {:.3}, \"errors\": {errors}, \"reconnects\": {reconnects}, \"bytes\": {:.0}, \"cpu\": {cpu:.3}, \"statuses\": {{{}}}, \"by_status\": {{{}}}, \"each\": {{{}}}}}",
        counted as f64 / span,
        pct(&lat, 0.5),
        pct(&lat, 0.9),
        pct(&lat, 0.99),
        pct(&lat, 1.0),
        bytes as f64 / total.max(1) as f64,
        statuses.join(", "),
        per.join(", "),
        each.join(", ")
    );
}
