//! Where the bytes of files are: a folder, or an S3 bucket. No rule, no database; never spoken to inside a transaction.

mod s3;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};

pub use s3::S3;

/// What went wrong with the store: for the log.
#[derive(Debug, thiserror::Error)]
#[error("the files' store: {0}")]
pub struct StorageError(String);

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// How many bytes are free on the disk of a folder of this machine; nothing where that cannot be asked.
pub fn free(folder: &std::path::Path) -> Option<u64> {
    let found = nix::sys::statvfs::statvfs(folder).ok()?;
    Some(found.blocks_available().saturating_mul(found.fragment_size()))
}

/// The store. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Storage(Arc<dyn ObjectStore>);

impl Storage {
    /// A folder, which is made where there is none.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn folder(folder: &std::path::Path) -> Result<Self, StorageError> {
        std::fs::create_dir_all(folder).map_err(|error| StorageError(format!("{}: {error}", folder.display())))?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true))))
    }

    /// A bucket.
    ///
    /// # Errors
    /// If the settings make no sense; nothing is asked of it yet.
    pub fn s3(settings: &S3) -> Result<Self, StorageError> {
        let prefix = settings.prefix.trim_matches('/');
        let store = s3::bucket(settings)?;
        Ok(if prefix.is_empty() { Self(Arc::new(store)) } else { Self(Arc::new(PrefixStore::new(store, prefix))) })
    }

    /// Nothing but memory, for tests: gone with the last clone.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// A name for a place that nobody can guess and that says nothing.
    pub fn new_place() -> String {
        uuid::Uuid::new_v4().simple().to_string()
    }

    /// Puts a file's bytes.
    ///
    /// # Errors
    /// The store's.
    pub async fn put(&self, place: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        self.0.put(&path(place)?, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// A file's bytes as they come; nothing where they are not there.
    ///
    /// # Errors
    /// The store's.
    pub async fn get(&self, place: &str) -> Result<Option<BoxStream<'static, Result<Bytes, StorageError>>>, StorageError> {
        match self.0.get(&path(place)?).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(StorageError::from).boxed())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a file's bytes are there.
    ///
    /// # Errors
    /// The store's.
    pub async fn has(&self, place: &str) -> Result<bool, StorageError> {
        match self.0.head(&path(place)?).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a file's bytes out; those that are gone already are gone.
    ///
    /// # Errors
    /// The store's.
    pub async fn take_out(&self, place: &str) -> Result<(), StorageError> {
        match self.0.delete(&path(place)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Places whose bytes were put longer ago than this, by the store's own clock. What is not ours is passed over.
    pub fn older_than(&self, age: Duration) -> BoxStream<'static, Result<String, StorageError>> {
        let before: DateTime<Utc> = (SystemTime::now() - age).into();
        let old = self.0.list(None).map_err(StorageError::from).try_filter_map(move |found| {
            let place = (found.last_modified < before).then(|| place_of(&found.location)).flatten();
            async move { Ok(place) }
        });
        old.boxed()
    }
}

/// Two letters are a folder, so that none holds too many.
fn path(place: &str) -> Result<Path, StorageError> {
    let is_place = place.len() == 32 && place.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match place.get(..2) {
        Some(folder) if is_place => Ok(Path::from_iter([folder, place])),
        _ => Err(StorageError("no place".to_owned())),
    }
}

fn place_of(found: &Path) -> Option<String> {
    let place = found.filename()?;
    path(place).ok().filter(|path| path == found).map(|_| place.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_nowhere_else() {
        let place = Storage::new_place();
        assert_eq!(path(&place).unwrap().to_string(), format!("{}/{place}", &place[..2]));
        for odd in ["", "..", "../../etc/passwd", "0", &place.to_uppercase(), &format!("{place}0")] {
            assert!(path(odd).is_err(), "{odd}");
        }
        assert_eq!(place_of(&Path::from(format!("xx/{place}"))), None);
    }
}
