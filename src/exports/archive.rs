//! Many files as one.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive that is being written, in memory: all that is kept about one person.
pub struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// An empty one.
    #[expect(clippy::new_without_default, reason = "an archive is begun, not assumed")]
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Puts a file into it.
    ///
    /// # Errors
    /// What cannot be written: more than four gibibytes.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(name, options).map_err(|error| error.to_string())?;
        self.0.write_all(bytes).map_err(|error| error.to_string())
    }

    /// Its bytes.
    ///
    /// # Errors
    /// As [`Archive::put`].
    pub fn end(self) -> Result<Vec<u8>, String> {
        self.0.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
    }
}
