//! `leitmotif completions` and `leitmotif man`: the command line, told to shells and to `man`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, CliError, Outcome};
use crate::export::ExportError;

#[derive(Args, Debug)]
#[command(after_help = "For bash: leitmotif completions bash > ~/.local/share/bash-completion/completions/leitmotif")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, CliError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "leitmotif", &mut script);
        write(&script)?;
        Ok(Outcome::Done)
    }
}

#[derive(Args, Debug)]
#[command(after_help = "To read one: leitmotif man | man -l -")]
pub(super) struct Man {
    /// Write the pages of all commands into this folder; the page of the program on standard output
    /// without it
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome, CliError> {
        match self.dir {
            Some(folder) => {
                let failed =
                    |error: std::io::Error| ExportError::File { path: folder.clone(), reason: error.to_string() };
                clap_mangen::generate_to(Cli::command(), &folder).map_err(failed)?;
            }
            None => {
                let mut page = Vec::new();
                clap_mangen::Man::new(Cli::command()).render(&mut page)?;
                write(&page)?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// Onto standard output, to its last byte.
fn write(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    out.write_all(bytes)?;
    out.flush()
}
