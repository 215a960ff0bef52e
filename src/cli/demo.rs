//! `guildhall demo`.

use super::settings::ServeSettings;
use super::{serve, start};

/// Serves sample data.
pub fn run(settings: &ServeSettings) -> anyhow::Result<()> {
    let listener = start::listener(settings)?;
    let ground = start::ground(&settings.database, "demo")?;
    serve::serve(settings, listener, ground, "")
}
