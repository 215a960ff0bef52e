//! The file: a ZIP archive whose comment is the SHA-256 of everything before it. One altered or missing byte is seen.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The digest's length, in letters.
const DIGEST: usize = 64;
/// The entry that tells of all others.
pub const MANIFEST: &str = "manifest.json";
/// The database's entry.
pub const DUMP: &str = "database.dump";

/// A backup that is being written, under another name until it is whole.
pub struct Writing {
    zip: Option<ZipWriter<File>>,
    part: PathBuf,
    place: PathBuf,
}

impl Writing {
    /// Begins one at a place where nothing is yet. Nobody else may read it: it holds all there is.
    pub fn begin(place: &Path) -> anyhow::Result<Self> {
        if place.exists() {
            bail!("{} is there already: name another file", place.display());
        }
        let mut part = place.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(&part);
        let mut zip = ZipWriter::new(file.with_context(|| format!("{} cannot be written", part.display()))?);
        zip.set_comment("0".repeat(DIGEST))?;
        Ok(Self { zip: Some(zip), part, place: place.to_owned() })
    }

    /// Puts an entry into it, as long as `bytes` lasts.
    pub fn put(&mut self, name: &str, bytes: &mut impl Read) -> anyhow::Result<()> {
        let zip = self.zip.as_mut().context("the backup was ended")?;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
        zip.start_file(name, options)?;
        std::io::copy(bytes, zip).with_context(|| format!("{} cannot be written to its end", self.part.display()))?;
        Ok(())
    }

    /// Seals it and gives it its name. Answers the digest.
    pub fn seal(mut self) -> anyhow::Result<String> {
        let mut file = self.zip.take().context("the backup was ended")?.finish()?;
        let digest = digest(&mut file)?;
        file.seek(SeekFrom::End(-i64::try_from(DIGEST)?))?;
        file.write_all(digest.as_bytes())?;
        file.sync_all()?;
        // fails where somebody has put a file there meanwhile, unlike a plain renaming
        std::fs::hard_link(&self.part, &self.place).with_context(|| format!("{} cannot be made", self.place.display()))?;
        Ok(digest)
    }
}

impl Drop for Writing {
    /// What is left of one that was given up goes, and so does the name under which it was written.
    fn drop(&mut self) {
        drop(self.zip.take());
        std::fs::remove_file(&self.part).ok();
    }
}

/// A backup whose seal holds.
pub struct Sealed {
    /// Its entries.
    pub zip: ZipArchive<File>,
    /// The seal.
    pub digest: String,
}

impl Sealed {
    /// Opens one, and reads all of it before anything is believed.
    pub fn open(place: &Path) -> anyhow::Result<Self> {
        let mut file = File::open(place).with_context(|| format!("{} cannot be read", place.display()))?;
        let torn = || format!("{} is no whole backup: it was cut short or altered", place.display());
        let found = digest(&mut file).with_context(torn)?;
        file.seek(SeekFrom::End(-i64::try_from(DIGEST)?))?;
        let mut told = String::new();
        file.read_to_string(&mut told).with_context(torn)?;
        if told != found {
            bail!(torn());
        }
        Ok(Self { zip: ZipArchive::new(file).with_context(torn)?, digest: found })
    }

    /// One of its entries.
    pub fn entry(&mut self, name: &str) -> anyhow::Result<impl Read> {
        self.zip.by_name(name).with_context(|| format!("the backup has no {name}"))
    }
}

/// Of all but the digest's own place.
fn digest(file: &mut File) -> anyhow::Result<String> {
    let length = file.seek(SeekFrom::End(0))?.checked_sub(DIGEST.try_into()?).context("too short")?;
    file.rewind()?;
    let mut sum = Sha256::new();
    std::io::copy(&mut file.take(length), &mut sum)?;
    Ok(format!("{:x}", sum.finalize()))
}
