//! Where the settings say that files are.

use std::path::Path;

use anyhow::{Context, bail};

use super::settings::StorageSettings;
use crate::storage::{S3, Storage};

/// The store that the settings name, or this folder.
pub fn open(settings: &StorageSettings, folder: &Path) -> anyhow::Result<Storage> {
    let Some(named) = &settings.files else {
        return Ok(Storage::folder(folder)?);
    };
    let Some(bucket) = named.strip_prefix("s3://") else {
        return Ok(Storage::folder(Path::new(named))?);
    };
    let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
    let key = settings.s3_key.as_deref().context("a bucket is opened by a key: give GUILDHALL_S3_KEY, as name:secret")?;
    let Some((key_id, secret)) = key.split_once(':') else { bail!("GUILDHALL_S3_KEY is no name:secret") };
    let owned = str::to_owned;
    let (endpoint, region) = (settings.s3_endpoint.clone(), settings.s3_region.clone());
    Ok(Storage::s3(&S3 { bucket: owned(bucket), prefix: owned(prefix), endpoint, region, key_id: owned(key_id), secret: owned(secret) })?)
}
