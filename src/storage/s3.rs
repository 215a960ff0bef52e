//! An S3 bucket, at Amazon or anywhere that speaks the same.

use object_store::aws::{AmazonS3, AmazonS3Builder};

use super::StorageError;

/// Where the bucket is, and by which key it opens.
#[derive(Clone)]
pub struct S3 {
    /// Its name.
    pub bucket: String,
    /// What all keys in it begin with; empty for nothing.
    pub prefix: String,
    /// Where it is asked, if not at Amazon.
    pub endpoint: Option<String>,
    /// In which region.
    pub region: String,
    /// The key's name.
    pub key_id: String,
    /// The key.
    pub secret: String,
}

pub(super) fn bucket(settings: &S3) -> Result<AmazonS3, StorageError> {
    // One provider in the whole program; whoever came first has set it.
    drop(rustls::crypto::ring::default_provider().install_default());
    let builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.key_id)
        .with_secret_access_key(&settings.secret);
    let builder = match &settings.endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://")),
        None => builder,
    };
    Ok(builder.build()?)
}
