//! Names the set of migrations by a hash, and rebuilds when one changes.
use sha2::{Digest, Sha256};
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    let mut files: Vec<_> = std::fs::read_dir("migrations")
        .unwrap()
        .flatten()
        .flat_map(|dir| std::fs::read_dir(dir.path()).unwrap().flatten())
        .map(|file| file.path())
        .collect();
    files.sort();
    let mut sum = Sha256::new();
    for file in files {
        sum.update(file.to_string_lossy().as_bytes());
        sum.update(std::fs::read(&file).unwrap());
    }
    let hash: String = sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=MIGRATIONS_HASH={hash}");
}
