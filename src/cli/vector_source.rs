//! Arguments for vectors that this program does not compute itself: from a file, or a server.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::CliError;
use super::reading::Embedding;
use crate::embed::cache::Cache;
use crate::embed::given::GivenVectors;
use crate::embed::remote::RemoteEmbedder;
use crate::embed::{Computed, EmbedError, VectorSource};
use crate::remote::{Address, Client, Patience, RemoteError, Service};
use crate::terminal::messages;

#[derive(Args, Debug)]
#[command(next_help_heading = "Vectors from elsewhere")]
pub(super) struct VectorSourceOptions {
    /// Take vectors made elsewhere in place of embedding: Parquet with `id` and `vector`, or .npy with
    /// a list of ids; `leitmotif export INPUT --to units` writes the texts (see docs/scale.md)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["embed_url", "model", "device"])]
    vectors: Option<PathBuf>,
    /// The ids of a .npy file, in its order: the exported units, or a text file with an id a line; by
    /// default the file beside it that ends in .ids
    #[arg(long, value_name = "FILE", requires = "vectors")]
    vectors_ids: Option<PathBuf>,
    /// What made the vectors; analyses whose vectors have the same name can be compared
    #[arg(long, value_name = "NAME", requires = "vectors")]
    vectors_model: Option<String>,
    /// Send the texts to this OpenAI-compatible server to be embedded, such as http://localhost:11434
    #[arg(long, value_name = "URL", requires = "embed_model", conflicts_with_all = ["model", "device"])]
    embed_url: Option<String>,
    /// The server's name for the model
    #[arg(long, value_name = "NAME", requires = "embed_url")]
    embed_model: Option<String>,
    /// The environment variable that holds the server's key; without it no key is sent
    #[arg(long, value_name = "NAME", requires = "embed_url")]
    embed_key_env: Option<String>,
    /// How long the server may take for an answer
    #[arg(
        long, value_name = "SECONDS", requires = "embed_url", default_value_t = 120,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    embed_timeout: u64,
}

impl VectorSourceOptions {
    /// Whether a file of vectors or a server is named.
    pub(super) fn is_named(&self) -> bool {
        self.vectors.is_some() || self.embed_url.is_some()
    }

    /// The files that are read.
    pub(super) fn paths(&self) -> impl Iterator<Item = PathBuf> {
        self.vectors.iter().chain(&self.vectors_ids).cloned()
    }

    /// Where the vectors come from: the file, the server, or the model of `embedding`.
    pub(super) fn source<'a>(
        &self,
        embedding: &Embedding,
        cache: Option<&'a Cache>,
        quiet: bool,
    ) -> Result<Box<dyn VectorSource + 'a>, CliError> {
        embedding.check_runtime()?;
        if let Some(path) = &self.vectors {
            let given = GivenVectors::read(path, self.vectors_ids.as_deref(), self.vectors_model.as_deref());
            return Ok(Box::new(given.map_err(EmbedError::from)?));
        }
        // `--embed-url` comes with `--embed-model`: clap sees to that.
        if let (Some(url), Some(model)) = (&self.embed_url, &self.embed_model) {
            return Ok(Box::new(Computed::new(self.server(url, model, cache, quiet)?, cache)));
        }
        Ok(Box::new(Computed::new(embedding.embedder(quiet)?, cache)))
    }

    fn server(&self, url: &str, model: &str, cache: Option<&Cache>, quiet: bool) -> Result<RemoteEmbedder, CliError> {
        let server = Server { url, model, key_env: self.embed_key_env.as_deref(), seconds: self.embed_timeout };
        let client = server.client(Service::Embeddings, "the interviews' text", quiet)?;
        RemoteEmbedder::connect(client.keeping(cache.is_some()), cache).map_err(|error| EmbedError::from(error).into())
    }
}

/// A server as the arguments name it.
pub(super) struct Server<'a> {
    pub(super) url: &'a str,
    pub(super) model: &'a str,
    /// The environment variable with the key.
    pub(super) key_env: Option<&'a str>,
    /// For one answer.
    pub(super) seconds: u64,
}

impl Server<'_> {
    /// What asks it; nothing is sent yet. Warns, unless `quiet`, when `what` would travel in the clear.
    pub(super) fn client(&self, service: Service, what: &str, quiet: bool) -> Result<Client, CliError> {
        let usage = |error: RemoteError| CliError::Usage { hint: error.hint(), message: error.to_string() };
        let address = Address::parse(self.url, service).map_err(usage)?;
        let key = self.key_env.map(|variable| key_in(variable, service)).transpose()?;
        if address.is_readable_on_the_way() && !quiet {
            let (and_key, verb) = match (key.is_some(), what.ends_with('s')) {
                (true, _) => (" and the key", "travel"),
                (false, true) => ("", "travel"),
                (false, false) => ("", "travels"),
            };
            messages::warning(&format!(
                "{what}{and_key} {verb} to {} unencrypted: whoever is on the way can read it; https:// encrypts",
                address.shown()
            ));
        }
        let patience = Patience { time_limit: Duration::from_secs(self.seconds), ..Patience::default() };
        Client::new(address, self.model, key, patience).map_err(usage)
    }
}

fn key_in(variable: &str, service: Service) -> Result<String, CliError> {
    let option = service.option();
    std::env::var(variable).map_err(|_| CliError::Usage {
        message: format!("the environment variable {variable} is not set ({option}-key-env)"),
        hint: format!("`{option}-key-env` takes the name of the variable, not the key; set it before the run"),
    })
}
