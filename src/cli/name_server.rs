//! Arguments for names that a language model generates.

use std::collections::HashMap;

use clap::Args;

use super::CliError;
use super::vector_source::Server;
use crate::analysis::{Analysis, generate_names};
use crate::remote::Service;
use crate::terminal::messages;
use crate::terminal::progress::NamingBar;
use crate::theme::naming::{GeneratedName, Namer};

#[derive(Args, Debug)]
#[command(next_help_heading = "Generated names")]
pub(super) struct NameServer {
    /// Send each theme's keywords and quotes to this OpenAI-compatible chat server, such as
    /// http://localhost:11434, which proposes a name and a sentence; they are shown beside the label,
    /// marked as generated
    #[arg(long, value_name = "URL", requires = "label_model")]
    label_url: Option<String>,
    /// The server's name for the model
    #[arg(long, value_name = "NAME", requires = "label_url")]
    label_model: Option<String>,
    /// The environment variable that holds the server's key; without it no key is sent
    #[arg(long, value_name = "NAME", requires = "label_url")]
    label_key_env: Option<String>,
    /// How long the server may take for a name
    #[arg(
        long, value_name = "SECONDS", requires = "label_url", default_value_t = 120,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    label_timeout: u64,
}

impl NameServer {
    /// The server, where one is named; nothing is sent yet.
    pub(super) fn namer(&self, quiet: bool) -> Result<Option<Namer>, CliError> {
        // `--label-url` comes with `--label-model`: clap sees to that.
        let (Some(url), Some(model)) = (&self.label_url, &self.label_model) else { return Ok(None) };
        let server = Server { url, model, key_env: self.label_key_env.as_deref(), seconds: self.label_timeout };
        Ok(Some(Namer::new(server.client(Service::Chat, "the themes' quotes and keywords", quiet)?)))
    }
}

/// Has the themes named, and says what is sent where, and what went wrong.
pub(super) fn name(analysis: &mut Analysis, namer: &Namer, known: &HashMap<String, GeneratedName>, quiet: bool) {
    if !quiet {
        messages::note(&format!(
            "keywords and quotes of the themes are sent to {} for {} to name them",
            namer.address(),
            namer.model()
        ));
    }
    let mut bar = NamingBar::new(quiet);
    let warning = generate_names(analysis, namer, known, &mut |done, total| bar.named(done, total));
    if let (Some(warning), false) = (warning, quiet) {
        messages::warning(&warning);
    }
}
