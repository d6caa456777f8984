//! Arguments for margin notes: a file of them, or a language model that writes them.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::vector_source::Server;
use crate::embed::cache::Cache;
use crate::notes::{NoteProgress, NoteServer, NoteSource, NotesFile};
use crate::remote::{Client, Service};

#[derive(Args, Debug)]
#[command(next_help_heading = "Margin notes")]
pub(super) struct NoteOptions {
    /// Cluster passages by these notes and their words together: a CSV, TSV, XLSX or JSONL file with `unit` and
    /// `note`, or with `file`, `start`, `end` and `note` (see docs/notes.md)
    #[arg(long, value_name = "FILE", conflicts_with = "note_url")]
    notes: Option<PathBuf>,
    /// Send each passage, with its question and answer, to this OpenAI-compatible chat server, such as
    /// http://localhost:11434, which writes the note (see docs/notes.md)
    #[arg(long, value_name = "URL", requires = "note_model")]
    note_url: Option<String>,
    /// The server's name for the model
    #[arg(long, value_name = "NAME", requires = "note_url")]
    note_model: Option<String>,
    /// Passages in a request; an answer that does not fit is asked for one by one
    #[arg(
        long, value_name = "N", requires = "note_url", default_value_t = 1,
        value_parser = clap::value_parser!(u8).range(1..=50)
    )]
    note_batch: u8,
    /// Let the server be another machine: what people said leaves this one
    #[arg(long, requires = "note_url")]
    allow_remote: bool,
    /// The environment variable that holds the server's key; without it no key is sent
    #[arg(long, value_name = "NAME", requires = "note_url")]
    note_key_env: Option<String>,
    /// How long the server may take for an answer
    #[arg(
        long, value_name = "SECONDS", requires = "note_url", default_value_t = 120,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    note_timeout: u64,
}

impl NoteOptions {
    /// The file, where one is named.
    pub(super) fn file(&self) -> Option<PathBuf> {
        self.notes.clone()
    }

    /// Where the notes come from, where any are asked for: the file, which is read, or the server, to which
    /// nothing is sent yet.
    pub(super) fn source<'a>(
        &self,
        cache: Option<&'a Cache>,
        progress: &'a mut dyn NoteProgress,
        quiet: bool,
    ) -> Result<Option<Box<dyn NoteSource + 'a>>, CliError> {
        if let Some(path) = &self.notes {
            return Ok(Some(Box::new(NotesFile::read(path)?)));
        }
        // `--note-url` comes with `--note-model`: clap sees to that.
        let (Some(url), Some(model)) = (&self.note_url, &self.note_model) else { return Ok(None) };
        let client = self.client(url, model, quiet)?;
        Ok(Some(Box::new(NoteServer::new(client, self.note_batch.into(), cache, progress))))
    }

    fn client(&self, url: &str, model: &str, quiet: bool) -> Result<Client, CliError> {
        let server = Server { url, model, key_env: self.note_key_env.as_deref(), seconds: self.note_timeout };
        // A refused address needs no warning too.
        let client = server.client(Service::Notes, "the interviews' passages", quiet || !self.allow_remote)?;
        if client.address().is_local() || self.allow_remote {
            return Ok(client);
        }
        Err(CliError::Usage {
            message: format!("{} is another machine: what people said would leave this one", client.address().host()),
            hint: "add `--allow-remote` if they have agreed to that; or name a server on this machine, such as \
                   `--note-url http://localhost:11434`"
                .into(),
        })
    }
}
