//! The program: everything is in the library, so that tests can run it with exhibits of their own.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    perceptarium::program::run(env::args_os(), perceptarium::exhibits::ALL)
}
