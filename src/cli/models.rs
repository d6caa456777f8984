//! `leitmotif models`: which models there are, getting one, where things lie, the vector cache.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{CliError, Outcome};
use crate::embed::cache::{Cache, SMALLEST_LIMIT};
use crate::embed::models::bundled::{self, BundledGraph};
use crate::embed::models::{ModelError, catalogue, download, store};
use crate::embed::{EmbedError, runtime};
use crate::terminal::models as printing;
use crate::terminal::progress::DownloadBar;
use crate::terminal::{layout, messages};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The bundled model and every model that can be got, with languages and size
    List(Listing),
    /// Download a model, once; the only command that uses the network for models
    Get {
        /// A name from `models list`
        name: String,
        /// For a bundled model that this program was built without: its model.onnx, or the folder that holds it
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Where models, the runtime library and the vector cache lie
    Where {
        /// The ONNX Runtime library, in place of looking for it
        #[arg(long, value_name = "PATH")]
        runtime: Option<PathBuf>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Size of the vector cache; empty or bound it
    Cache {
        /// Throw all vectors away
        #[arg(long, conflicts_with = "limit")]
        clear: bool,
        /// What it may take on disk from now on, as 500MB or 2GiB; the vectors used longest ago go first
        #[arg(long, value_name = "SIZE", value_parser = bytes)]
        limit: Option<u64>,
        /// Folder of the vector cache, in place of the user's cache folder
        #[arg(long, value_name = "DIR")]
        cache: Option<PathBuf>,
        #[command(flatten)]
        listing: Listing,
    },
}

impl What {
    fn is_json(&self) -> bool {
        match self {
            Self::List(listing) | Self::Where { listing, .. } | Self::Cache { listing, .. } => listing.json,
            Self::Get { .. } => false,
        }
    }
}

#[derive(Args, Debug)]
struct Listing {
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        "gib" => 1024.0 * 1024.0 * 1024.0,
        _ => return Err("a size such as 500MB or 2GiB is allowed".into()),
    };
    let number: f64 = number.parse().map_err(|_| "a size such as 500MB or 2GiB is allowed".to_string())?;
    let size = (number * unit) as u64;
    if size < SMALLEST_LIMIT { Err(format!("at least {} MiB are allowed", SMALLEST_LIMIT >> 20)) } else { Ok(size) }
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let mut out = super::stdout(self.what.is_json());
        match self.what {
            What::List(listing) => printing::list(listing.json, &mut out)?,
            What::Get { name, from } => match bundled::named(&name) {
                Some(graph) => put(graph, from.as_deref(), quiet)?,
                None if from.is_some() => {
                    return Err(CliError::Usage {
                        message: format!("`--from` is for the bundled models, and {name} is none"),
                        hint:
                            "leave it out: the model is downloaded; a folder of your own is named with `--model FOLDER`"
                                .into(),
                    });
                }
                None => get(&name, quiet)?,
            },
            What::Where { runtime: named, listing } => {
                if let Some(named) = &named {
                    runtime::find(Some(named))?;
                }
                printing::places(runtime::find(named.as_deref()), listing.json, &mut out)?;
            }
            What::Cache { clear, limit, cache, listing } => {
                let is_named = cache.is_some();
                let folder = cache.or_else(Cache::default_folder).ok_or(CliError::Usage {
                    message: "this account has no cache folder".into(),
                    hint: "name one with `--cache DIR`".into(),
                })?;
                // A bound is kept in the cache; to look, or to empty it, makes none.
                if let (Some(nothing), None) = (Cache::none_in(&folder), limit) {
                    no_cache(is_named, &folder)?;
                    return Ok(printing::cache(&nothing, listing.json, &mut out).map(|()| Outcome::Done)?);
                }
                let mut cache = Cache::open(&folder);
                if clear {
                    cache.clear();
                }
                if let Some(limit) = limit {
                    cache.set_limit(limit);
                }
                super::reading::report_cache(Some(&cache), quiet);
                let Some(size) = cache.size() else { return Ok(Outcome::SomeInputsFailed) };
                printing::cache(&size, listing.json, &mut out)?;
            }
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// Refuses a folder that was named, and holds no cache; the usual one may have none yet.
fn no_cache(is_named: bool, folder: &Path) -> Result<(), CliError> {
    if !is_named {
        return Ok(());
    }
    Err(CliError::Usage {
        message: format!("there is no vector cache in {}", folder.display()),
        hint: "check the path; without `--cache` it is the usual one, which `leitmotif models where` tells".into(),
    })
}

/// Puts a bundled model where the program finds it, unless the program has it.
fn put(graph: &BundledGraph, from: Option<&Path>, quiet: bool) -> Result<(), CliError> {
    let told = |place: &str| {
        if !quiet {
            messages::note(&format!("{} is {place}", graph.name));
        }
    };
    if let Some(from) = from {
        graph.check(from).map_err(EmbedError::from)?;
    }
    if graph.compiled_in().is_some() {
        told("in the program");
        return Ok(());
    }
    if let (None, Some(place)) = (from, graph.find()) {
        told(&format!("there already, in {}", place.display()));
        return Ok(());
    }
    let from = from.ok_or_else(|| EmbedError::from(graph.missing()))?;
    let place = graph.install(from).map_err(EmbedError::from)?;
    told(&format!("in {}", place.display()));
    Ok(())
}

fn get(name: &str, quiet: bool) -> Result<(), CliError> {
    let unknown = || ModelError::Unknown { name: name.into(), near: catalogue::near(name) };
    let entry = catalogue::find(name).ok_or_else(|| EmbedError::from(unknown()))?;
    if let Some(place) = store::find(&entry) {
        if !quiet {
            messages::note(&format!("{} is there already, in {}", entry.name, place.display()));
        }
        return Ok(());
    }
    let folder = store::folder().ok_or_else(|| EmbedError::from(ModelError::NoStore))?;
    let mut bar = DownloadBar::new(quiet);
    let outcome = download::get(&entry, &folder, download::PATIENCE, &mut bar);
    bar.finish();
    let place = outcome.map_err(EmbedError::from)?;
    if !quiet {
        let dimensions = layout::counted(entry.dimensions, "dimension");
        messages::note(&format!("{} ({dimensions}, {}) is in {}", entry.name, entry.languages, place.display()));
        messages::note(&format!("use it with `--model {}`", entry.name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{bytes, no_cache};

    #[test]
    fn a_folder_without_a_cache_is_refused_where_it_was_named() {
        assert!(no_cache(true, Path::new("typo")).is_err() && no_cache(false, Path::new("usual")).is_ok());
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(bytes("500MB"), Ok(500_000_000));
        assert_eq!(bytes("2 GiB"), Ok(2 << 30));
        assert_eq!(bytes("1.5g"), Ok(1_500_000_000));
        assert_eq!(bytes("4194304"), Ok(4 << 20));
        for wrong in ["", "many", "3 parsecs", "1MB", "-5GB", "1.2.3GB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
