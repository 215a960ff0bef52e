//! The one program: see `guildhall --help`.

use std::process::ExitCode;

/// Pages are many small pieces of text: this allocator takes less time over them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    guildhall::cli::main()
}
