//! The one program: see `guildhall --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    guildhall::cli::main()
}
