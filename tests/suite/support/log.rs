//! What the program logs while the tests run: every line of it, for all tests together.
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Begins to listen, if nobody did so far. Call it before what is to be heard.
pub fn listen() {
    static BEGUN: OnceLock<()> = OnceLock::new();
    BEGUN.get_or_init(|| {
        let heard =
            tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::INFO).with_writer(|| Line(Vec::new())).finish();
        tracing::subscriber::set_global_default(heard).expect("nobody else listens");
    });
}

/// The lines heard so far that contain some words.
pub fn lines_with(words: &str) -> Vec<String> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|line| line.contains(words)).cloned().collect()
}

/// An event as it is written, kept when it is whole.
struct Line(Vec<u8>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.0).into_owned();
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend(text.lines().map(str::to_owned));
    }
}
