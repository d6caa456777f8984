//! The program: parse, dispatch, exit status. 0 done, 1 failed or some inputs failed, 2 wrong
//! usage.

use std::process::ExitCode;

use leitmotif::cli::Outcome;

fn main() -> ExitCode {
    match leitmotif::cli::parse().run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeInputsFailed) => ExitCode::from(1),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            leitmotif::terminal::messages::error(&error.to_string(), error.hint().as_deref());
            ExitCode::from(error.exit_status())
        }
    }
}
