//! The one program.
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use guildhall::db::cluster::watch;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["pg-watch", dir, seconds] => {
            watch::run(Path::new(dir), Duration::from_secs(seconds.parse()?))?;
            Ok(())
        }
        _ => bail!("there is nothing here yet"),
    }
}
