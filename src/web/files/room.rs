//! How much of people's files one process holds in memory at once. Whoever comes when all of it is taken waits in line for
//! a while, with the bytes still on their way, and is then asked to send them again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::file::LARGEST;

/// What is counted in.
const UNIT: usize = 64 * 1024;
/// What takes no room.
const SMALL: usize = 4 * UNIT;
/// In all; a form holds one file at a time.
const BYTES: usize = 12 * LARGEST;
/// So long one waits in line.
const PATIENCE: Duration = Duration::from_secs(10);

/// The room for files on their way. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Room {
    free: Arc<Semaphore>,
    patience: Duration,
}

/// A form was not heard because there was no room: the answer says when to come again.
#[derive(Debug, Clone, Copy)]
pub struct Crowded;

impl Crowded {
    /// After so many seconds.
    pub const AGAIN: u16 = 30;
}

impl Default for Room {
    fn default() -> Self {
        Self::new(BYTES, PATIENCE)
    }
}

impl Room {
    /// For so many bytes.
    pub fn new(bytes: usize, patience: Duration) -> Self {
        Self { free: Arc::new(Semaphore::new(bytes / UNIT)), patience }
    }

    /// Room for a form of so many bytes, as far as its headers say; nothing where there was none for too long.
    pub async fn take(&self, bytes: Option<usize>) -> Option<OwnedSemaphorePermit> {
        let bytes = bytes.unwrap_or(LARGEST).min(LARGEST);
        // no more than any form may have: it goes past the line
        let units = if bytes <= SMALL { 0 } else { u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX) };
        tokio::time::timeout(self.patience, self.free.clone().acquire_many_owned(units)).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn there_is_room_for_so_much_and_again_once_it_is_left() {
        let room = Room::new(2 * LARGEST, Duration::from_millis(20));
        let (first, second) = (room.take(None).await, room.take(Some(6_000_000)).await);
        assert!(first.is_some() && second.is_some());
        assert!(room.take(Some(usize::MAX)).await.is_none(), "a large one waits in vain");
        assert!(room.take(Some(4_000_000)).await.is_some() && room.take(Some(1000)).await.is_some(), "smaller ones go in");
        drop(first);
        assert!(room.take(None).await.is_some());
    }
}
