//! The answers of `leitmotif models`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fastembed::Pooling;
use serde::Serialize;

use super::gate::harmless;
use super::layout;
use crate::embed::EmbedError;
use crate::embed::cache::{Cache, CacheSize};
use crate::embed::models::bundled::{BASE, BundledGraph, THEME};
use crate::embed::models::{BASE_WORD, DEFAULT, catalogue, store};

#[derive(Serialize)]
struct Row {
    name: String,
    origin: String,
    repository: Option<String>,
    dimensions: usize,
    languages: String,
    window: usize,
    megabytes: u32,
    pooling: &'static str,
    prefix: String,
    quantised: bool,
    /// Where it lies, when it is there.
    place: Option<PathBuf>,
    here: bool,
}

fn rows() -> Vec<Row> {
    let bundled = |name: &str, origin: &str, graph: &BundledGraph| Row {
        name: name.into(),
        origin: origin.into(),
        repository: None,
        dimensions: 384,
        languages: "English".into(),
        window: 256,
        megabytes: 24,
        pooling: "mean",
        prefix: String::new(),
        quantised: true,
        place: if graph.compiled_in().is_some() { None } else { graph.find() },
        here: graph.compiled_in().is_some() || graph.find().is_some(),
    };
    let known = catalogue::entries().into_iter().map(|entry| {
        let place = store::find(&entry);
        Row {
            origin: entry.origin.into(),
            quantised: entry.quantised(),
            pooling: if entry.pooling == Pooling::Cls { "cls" } else { "mean" },
            name: entry.name,
            repository: Some(entry.repository),
            dimensions: entry.dimensions,
            languages: entry.languages.into(),
            window: entry.window,
            megabytes: entry.megabytes,
            prefix: entry.prefix.into(),
            here: place.is_some(),
            place,
        }
    });
    let trained = bundled(DEFAULT, "sentence-transformers/all-MiniLM-L6-v2, trained on for themes", &THEME);
    let base = bundled(BASE_WORD, "sentence-transformers/all-MiniLM-L6-v2", &BASE);
    [trained, base].into_iter().chain(known).collect()
}

/// Columns of the table of models.
const TABLE: usize = 80;

/// Every model: one line each, or as JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn list(json: bool, out: &mut dyn Write) -> io::Result<()> {
    let rows = rows();
    if json {
        return print_json(&rows, out);
    }
    let width = layout::width();
    let is_table = width >= TABLE;
    if is_table {
        writeln!(out, "{:<40}{:<17}{:>5}{:>7}{:>6}{:>5}", "model", "languages", "dims", "window", "MB", "here")?;
    }
    for row in &rows {
        let (name, languages, window) = (&row.name, &row.languages, layout::number(row.window));
        let (dimensions, size) = (row.dimensions, layout::number(row.megabytes as usize));
        let here = if row.here { "yes" } else { "-" };
        if is_table {
            writeln!(out, "{name:<40}{languages:<17}{dimensions:>5}{window:>7}{size:>6}{here:>5}")?;
            continue;
        }
        let here = if row.here { ", here" } else { "" };
        let text = format!("{name}: {languages}, {dimensions} dimensions, window {window}, {size} MB{here}");
        layout::hanging(&text, 0, 2, width).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    writeln!(out)?;
    let text = format!(
        "`{DEFAULT}` is used unless --model names another; `leitmotif models get NAME` gets one of the {}. -q, -q4: \
         weights in fewer bits. Window: longest text in word pieces; longer ones are divided. Sizes are approximate. \
         --json adds repositories, pooling and prefixes.",
        rows.len() - 1
    );
    layout::wrapped(&text, 0, width).iter().try_for_each(|line| writeln!(out, "{line}"))
}

#[derive(Serialize)]
struct Places {
    bundled_model: &'static str,
    runtime: Option<PathBuf>,
    model_store: Option<PathBuf>,
    searched: Vec<PathBuf>,
    vector_cache: Option<PathBuf>,
}

/// Where models, the runtime library and the vector cache lie.
///
/// # Errors
/// When `out` cannot be written.
pub fn places(runtime: Result<PathBuf, EmbedError>, json: bool, out: &mut dyn Write) -> io::Result<()> {
    let places = Places {
        bundled_model: "in the program",
        model_store: store::folder(),
        searched: store::folders(),
        vector_cache: Cache::default_folder(),
        runtime: runtime.as_ref().ok().cloned(),
    };
    if json {
        return print_json(&places, out);
    }
    let shown = |path: &Option<PathBuf>| path.as_ref().map_or_else(|| "nowhere".into(), |path| named(path));
    writeln!(out, "bundled model   {}", places.bundled_model)?;
    writeln!(out, "ONNX Runtime    {}", places.runtime.as_ref().map_or("not found".into(), |path| named(path)))?;
    writeln!(out, "models          {}", shown(&places.model_store))?;
    for other in places.searched.iter().filter(|folder| Some(*folder) != places.model_store.as_ref()) {
        writeln!(out, "                {} (looked in too)", named(other))?;
    }
    writeln!(out, "vector cache    {}", shown(&places.vector_cache))?;
    if let Some(hint) = runtime.err().and_then(|error| error.hint()) {
        writeln!(out, "\nto get ONNX Runtime: {hint}")?;
    }
    Ok(())
}

/// What the vector cache holds.
///
/// # Errors
/// When `out` cannot be written.
pub fn cache(size: &CacheSize, json: bool, out: &mut dyn Write) -> io::Result<()> {
    if json {
        return print_json(size, out);
    }
    let vectors = layout::counted(usize::try_from(size.vectors).unwrap_or(usize::MAX), "vector");
    writeln!(out, "{}", named(&size.path))?;
    writeln!(out, "{vectors}, {} of at most {}", megabytes(size.bytes), megabytes(size.limit))
}

/// A place, fit to be printed.
fn named(path: &Path) -> String {
    harmless(&path.display().to_string()).into_owned()
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", layout::number(usize::try_from(bytes.div_ceil(1_000_000)).unwrap_or(usize::MAX)))
}

fn print_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}
