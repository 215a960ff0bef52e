//! Files that nobody sent, and bytes that nobody names.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};

use crate::db::files;
use crate::operations::house;
use crate::storage::{Storage, StorageError};
use crate::worker::{Hand, Trouble};

/// Bytes are put before their row is written: younger ones may still be on their way.
const YOUNG: Duration = Duration::from_secs(24 * 3600);
/// How many places are asked for at once.
const BATCH: usize = 500;

/// First the rows, then the bytes that they leave, then the bytes of those who died between the store and the commit. To
/// be done twice, or by two at once, does no harm. Answers how many of each went.
///
/// # Errors
/// [`Trouble`].
pub async fn tidy_files(hand: &Hand, storage: &Storage) -> Result<Value, Trouble> {
    let waited = hand.database().run(house::let_go_files).await?;
    let (mut left, mut strays) = (0, 0);
    loop {
        let places = hand.database().run::<_, Infallible>(|conn| Ok(files::leftovers(conn)?)).await?;
        if places.is_empty() {
            break;
        }
        take_out(storage, &places).await?;
        left += places.len();
        hand.database().run::<_, Infallible>(move |conn| Ok(files::write_gone(conn, &places)?)).await?;
    }
    let mut found = storage.older_than(YOUNG).chunks(BATCH);
    while let Some(batch) = found.next().await {
        let places = batch.into_iter().collect::<Result<Vec<_>, _>>()?;
        let unknown = hand.database().run::<_, Infallible>(move |conn| Ok(files::unknown(conn, &places)?)).await?;
        take_out(storage, &unknown).await?;
        strays += unknown.len();
    }
    Ok(json!({ "waited": waited, "left": left, "strays": strays }))
}

async fn take_out(storage: &Storage, places: &[String]) -> Result<(), StorageError> {
    futures_util::stream::iter(places.iter().map(Ok)).try_for_each(|place| storage.take_out(place)).await
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.to_string())
    }
}
