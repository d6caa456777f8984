//! Vectors of the texts of a file, with the bundled model:
//!
//! ```text
//! embed_texts TEXTS VECTORS.npy [--column NAME] [--cache FOLDER] [--runtime PATH]
//! ```
//!
//! `TEXTS` is a CSV file with a header, or JSON lines when its name ends in `.jsonl` or `.ndjson`;
//! `--column` names the column or key that holds the text, `text` by default. `VECTORS.npy` gets `f32`,
//! `(n_texts, 384)`, unit length, in the order of the file. `--cache` keeps vectors between runs.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use leitmotif::embed::cache::Cache;
use leitmotif::embed::embed_texts;
use leitmotif::embed::onnx::{ModelFiles, OnnxEmbedder};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let texts = PathBuf::from(arguments.next().ok_or("the file of texts is missing")?);
    let vectors = PathBuf::from(arguments.next().ok_or("the path of the .npy file to write is missing")?);
    let (mut column, mut cache, mut runtime) = ("text".to_owned(), None, None);
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or(format!("{option} needs a value"))?;
        match option.as_str() {
            "--column" => column = value,
            "--cache" => cache = Some(PathBuf::from(value)),
            "--runtime" => runtime = Some(PathBuf::from(value)),
            _ => return Err(format!("there is no option {option}").into()),
        }
    }

    let is_json_lines = texts.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
    let texts = if is_json_lines { read_json_lines(&texts, &column)? } else { read_csv(&texts, &column)? };
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();

    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let embedder = OnnxEmbedder::new(ModelFiles::bundled(), runtime, threads);
    let cache = cache.map(|folder| Cache::open(&folder));
    let embedded = embed_texts(&embedder, cache.as_ref(), &texts, &mut ())?;
    for warning in cache.iter().flat_map(Cache::warnings) {
        eprintln!("warning: {warning}");
    }
    ndarray_npy::write_npy(vectors, &embedded.vectors)?;
    eprintln!("{} texts, {} computed, {} from the cache", texts.len(), embedded.computed, embedded.cached);
    Ok(())
}

/// The cells of `column`, one a record.
fn read_csv(path: &Path, column: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let place = reader
        .headers()?
        .iter()
        .position(|header| header.trim_start_matches('\u{feff}') == column)
        .ok_or(format!("{} has no column {column}", path.display()))?;
    reader.records().map(|record| Ok(record?.get(place).unwrap_or_default().to_owned())).collect()
}

/// The values of the key `column`, one a line that is not empty.
fn read_json_lines(path: &Path, column: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(File::open(path)?).lines()) {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{}:{number}", path.display());
        let value: serde_json::Value = serde_json::from_str(&line).map_err(|error| format!("{}: {error}", place()))?;
        let text = value.get(column).and_then(serde_json::Value::as_str);
        texts.push(text.ok_or_else(|| format!("{} has no text under {column}", place()))?.to_owned());
    }
    Ok(texts)
}
