//! Vectors made elsewhere: on a GPU cluster, say, or by a model that this program cannot run.
//!
//! In: a `.npy` file with a list of ids beside it, or a Parquet table, one file or a folder of
//! parts, with a column `id` and a column of lists of numbers; the ids are those of `leitmotif
//! export --to units`. Out: a
//! unit-length vector for each id. Every row is checked before the first is used, and each flaw is
//! named with its row and id. Units, questions and notes without a vector are an error; which terms and clauses are
//! needed is known only after the clustering, and how many of them are missing is told. It never computes a vector, and
//! never takes one for another's.

pub(crate) mod columns;
pub(crate) mod npy;

use std::collections::HashMap;
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ndarray::{Array2, ArrayView1, Axis};

use super::source::{Flaw, Item, Origin, SomeVectors, TextKind, VectorSource, to_unit_length};
use super::{EmbedError, Embedded, ModelIdentity, Progress};
use crate::corpus::opening::{self, LARGEST_TABLE};

/// Vectors by id.
#[derive(Debug)]
pub struct GivenVectors {
    path: PathBuf,
    parts: Parts,
    identity: ModelIdentity,
    origin: Origin,
    ids: Vec<String>,
    /// The texts that were embedded, where the file tells.
    texts: Option<Vec<String>>,
    row_of: HashMap<String, usize>,
    /// `(n_rows, n_dims)`, unit length.
    vectors: Array2<f32>,
    /// What of terms and clauses was asked for and is not there, told.
    missing: Mutex<Vec<String>>,
}

/// The files that rows come from, each with the number of its first row.
#[derive(Debug)]
struct Parts(Vec<(usize, PathBuf)>);

impl Parts {
    /// The file of a row, and its number there, from 1.
    fn place(&self, row: usize) -> (PathBuf, usize) {
        let found = self.0.iter().rev().find(|(first, _)| *first <= row);
        found.map_or_else(|| (PathBuf::new(), row + 1), |(first, path)| (path.clone(), row - first + 1))
    }
}

/// What files of vectors and their list of ids hold.
struct Contents {
    parts: Parts,
    ids: Vec<String>,
    texts: Option<Vec<String>>,
    vectors: Array2<f32>,
    model: Option<String>,
}

impl GivenVectors {
    /// Reads the vectors in `path`, a file or a folder of Parquet files. For a `.npy` file `ids` names the list of their ids: a file
    /// that `export --to units` wrote, or a text file with one id a line; by default the file
    /// beside it that ends in `.ids`. `model` names what made them, so that analyses of the same
    /// model can be compared; a Parquet file that this program wrote tells it.
    ///
    /// # Errors
    /// [`GivenError`].
    pub fn read(path: &Path, ids: Option<&Path>, model: Option<&str>) -> Result<Self, GivenError> {
        let files = if path.is_dir() { files_in(path)? } else { vec![path.to_path_buf()] };
        let contents = match extension(&files[0]).as_str() {
            "npy" => read_npy(path, ids)?,
            "parquet" | "pq" => match ids {
                Some(_) => return Err(GivenError::IdsTwice { path: path.into() }),
                None => read_parquet(&files)?,
            },
            _ => return Err(GivenError::UnknownFormat { path: path.into() }),
        };
        let Contents { parts, ids, texts, mut vectors, model: written } = contents;
        let row_of = rows_by_id(&parts, &ids)?;
        if vectors.nrows() == 0 || vectors.ncols() == 0 {
            return Err(GivenError::unreadable(path, "there are no vectors in it"));
        }
        for (row, mut vector) in vectors.outer_iter_mut().enumerate() {
            // A row of a matrix in standard layout is one slice.
            let flaw = vector.as_slice_mut().map_or(Ok(()), to_unit_length);
            flaw.map_err(|flaw| {
                let (path, row_there) = parts.place(row);
                GivenError::Flaw { path, row: row_there, id: ids[row].clone(), flaw }
            })?;
        }
        let blake3 = hash(&files)?;
        let identity = identity(path, &blake3, vectors.ncols(), model, written.as_deref());
        let origin = Origin::File { path: path.display().to_string().replace('\\', "/"), blake3, rows: ids.len() };
        let missing = Mutex::default();
        Ok(Self { path: path.into(), parts, identity, origin, ids, texts, row_of, vectors, missing })
    }

    /// The places of those that have a vector, rising; how many have none is kept to be told, `then` what becomes of it:
    /// where some are missing, and where all are.
    fn present(&self, items: &[Item<'_>], then: [Option<&str>; 2]) -> Vec<usize> {
        let places: Vec<usize> = (0..items.len()).filter(|&place| self.row(&items[place]).is_some()).collect();
        let absent = items.iter().find(|item| self.row(item).is_none());
        let [some, all] = then;
        if let (Some(first), Some(then)) = (absent, if places.is_empty() { all } else { some }) {
            let (path, kind, id) = (self.path.display(), first.kind.word(), &first.id);
            let n = items.len() - places.len();
            let told = match places.len() {
                0 => format!("{path} has no vectors of {kind}s, so that {then}"),
                _ => format!("{path} has no vector for {n} of {} {kind}s ({id} first), so that {then}", items.len()),
            };
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            if !missing.contains(&told) {
                missing.push(told);
            }
        }
        places
    }

    fn row(&self, item: &Item<'_>) -> Option<ArrayView1<'_, f32>> {
        self.row_of.get(item.id.as_ref()).map(|&row| self.vectors.row(row))
    }

    /// The text that was embedded is the one in the interviews.
    fn check_text(&self, item: &Item<'_>) -> Result<(), GivenError> {
        let Some((texts, &row)) = self.texts.as_ref().zip(self.row_of.get(item.id.as_ref())) else { return Ok(()) };
        if texts[row] == item.text {
            return Ok(());
        }
        let (path, row) = self.parts.place(row);
        Err(GivenError::OtherText { path, row, id: item.id.to_string() })
    }
}

impl VectorSource for GivenVectors {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn origin(&self) -> Origin {
        self.origin.clone()
    }

    fn expect_units(&self, ids: &mut dyn Iterator<Item = &str>) -> Result<(), EmbedError> {
        let known: std::collections::HashSet<&str> = ids.collect();
        let is_unknown = |id: &str| TextKind::of_id(id) == TextKind::Unit && !known.contains(id);
        let mut unknown = self.ids.iter().enumerate().filter(|(_, id)| is_unknown(id));
        let Some((row, id)) = unknown.next() else { return Ok(()) };
        let (path, row) = self.parts.place(row);
        Err(GivenError::UnknownUnit { path, row, id: id.clone(), others: unknown.count() }.into())
    }

    fn vectors(&self, items: &[Item<'_>], _progress: &mut dyn Progress) -> Result<Embedded, EmbedError> {
        let mut missing = items.iter().filter(|item| self.row(item).is_none());
        if let Some(first) = missing.next() {
            return Err(GivenError::Missing {
                path: self.path.clone(),
                kind: first.kind,
                id: first.id.to_string(),
                others: missing.count(),
                wanted: items.len(),
            }
            .into());
        }
        let mut vectors = Array2::zeros((items.len(), self.identity.dimensions));
        for (item, mut vector) in items.iter().zip(vectors.outer_iter_mut()) {
            self.check_text(item)?;
            if let Some(given) = self.row(item) {
                vector.assign(&given);
            }
        }
        Ok(Embedded { vectors, split: vec![false; items.len()], computed: 0, cached: 0 })
    }

    fn term_vectors(&self, terms: &[Item<'_>], progress: &mut dyn Progress) -> Result<Option<Array2<f32>>, EmbedError> {
        // Some of them would be measured by another rule than the rest. That there are none the analysis says itself.
        let then = Some("all keywords are weighed by the passages that they occur in");
        if self.present(terms, [then, None]).len() < terms.len() {
            return Ok(None);
        }
        self.vectors(terms, progress).map(|embedded| Some(embedded.vectors))
    }

    fn clause_vectors(
        &self,
        clauses: &[Item<'_>],
        progress: &mut dyn Progress,
    ) -> Result<Option<SomeVectors>, EmbedError> {
        let then = [Some("these cannot be headlines"), Some("themes are called by their keywords")];
        let places = self.present(clauses, then);
        if places.is_empty() {
            return Ok(None);
        }
        let present: Vec<Item> = places.iter().map(|&place| clauses[place].clone()).collect();
        let vectors = self.vectors(&present, progress)?.vectors;
        Ok(Some((places, vectors)))
    }

    fn missing(&self) -> Vec<String> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase()
}

/// The Parquet files of a folder, in the order of their names; Spark and Ray write such folders.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, GivenError> {
    let unreadable = |error| GivenError::unreadable(folder, error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '_']));
        if extension(&path) == "parquet" && !hidden {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(GivenError::unreadable(folder, "there is no .parquet file in the folder"));
    }
    Ok(files)
}

fn hash(files: &[PathBuf]) -> Result<String, GivenError> {
    let mut hasher = blake3::Hasher::new();
    for path in files {
        let file = opening::open(path, LARGEST_TABLE).map_err(|error| GivenError::unreadable(path, error))?;
        hasher.update_reader(file).map_err(|error| GivenError::unreadable(path, error))?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// What made the vectors: what the user says, else what the file says, else only that file.
fn identity(path: &Path, blake3: &str, dimensions: usize, named: Option<&str>, written: Option<&str>) -> ModelIdentity {
    let elsewhere = |name: String, blake3: &str| ModelIdentity {
        name,
        blake3: blake3.into(),
        dimensions,
        window: 0,
        prefix: String::new(),
        device: String::new(),
        pooling: "unknown".into(),
    };
    if let Some(name) = named {
        return elsewhere(name.into(), "");
    }
    let written = written.and_then(|json| serde_json::from_str::<ModelIdentity>(json).ok());
    written.filter(|identity| identity.dimensions == dimensions).unwrap_or_else(|| {
        let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        elsewhere(format!("the model of {file}"), blake3)
    })
}

fn rows_by_id(parts: &Parts, ids: &[String]) -> Result<HashMap<String, usize>, GivenError> {
    let mut row_of = HashMap::with_capacity(ids.len());
    for (row, id) in ids.iter().enumerate() {
        if let Some(first) = row_of.insert(id.clone(), row) {
            let (first, row) = (parts.place(first), parts.place(row));
            return Err(GivenError::Twice { id: id.clone(), first, second: row });
        }
    }
    Ok(row_of)
}

fn read_parquet(files: &[PathBuf]) -> Result<Contents, GivenError> {
    let mut parts = Vec::new();
    let (mut ids, mut texts, mut model) = (Vec::new(), Vec::new(), None);
    let mut matrices: Vec<Array2<f32>> = Vec::new();
    for path in files {
        let found = columns::read(path, true).map_err(|reason| GivenError::unreadable(path, reason))?;
        let vectors = found.vectors.unwrap_or_default();
        if vectors.nrows() == 0 && files.len() > 1 {
            continue;
        }
        if let Some(first) = matrices.first().filter(|first| first.ncols() != vectors.ncols()) {
            let reason = format!("its vectors have {} numbers, those before {}", vectors.ncols(), first.ncols());
            return Err(GivenError::unreadable(path, reason));
        }
        parts.push((ids.len(), path.clone()));
        ids.extend(found.ids);
        texts.extend(found.texts.into_iter().flatten());
        model = model.or(found.model);
        matrices.push(vectors);
    }
    let vectors = match matrices.len() {
        1 => matrices.remove(0),
        // They have the same number of columns; without any there are no vectors, which the caller says.
        _ => {
            let views: Vec<_> = matrices.iter().map(Array2::view).collect();
            ndarray::concatenate(Axis(0), &views).unwrap_or_default()
        }
    };
    let complete = texts.len() == ids.len();
    Ok(Contents { parts: Parts(parts), ids, texts: complete.then_some(texts), vectors, model })
}

fn read_npy(path: &Path, ids: Option<&Path>) -> Result<Contents, GivenError> {
    let file = opening::open(path, LARGEST_TABLE).map_err(|error| GivenError::unreadable(path, error))?;
    let size = file.metadata().map_err(|error| GivenError::unreadable(path, error))?.len();
    let vectors = npy::read(file, size).map_err(|reason| GivenError::unreadable(path, reason))?;
    let beside = path.with_extension("ids");
    let list = match ids {
        Some(list) => list,
        None if beside.is_file() => beside.as_path(),
        None => return Err(GivenError::NoIds { path: path.into(), beside }),
    };
    let (ids, texts) = read_ids(list).map_err(|reason| GivenError::unreadable(list, reason))?;
    if ids.len() != vectors.nrows() {
        return Err(GivenError::Counts {
            path: path.into(),
            vectors: vectors.nrows(),
            list: list.into(),
            ids: ids.len(),
        });
    }
    let lies_by_rows = vectors.is_standard_layout();
    let vectors = if lies_by_rows { vectors } else { vectors.as_standard_layout().into_owned() };
    Ok(Contents { parts: Parts(vec![(0, path.into())]), ids, texts, vectors, model: None })
}

type IdsAndTexts = (Vec<String>, Option<Vec<String>>);

/// Ids, and texts where the list has them, by the list's extension.
fn read_ids(path: &Path) -> Result<IdsAndTexts, String> {
    match extension(path).as_str() {
        "parquet" | "pq" => columns::read(path, false).map(|found| (found.ids, found.texts)),
        "csv" => read_csv(path),
        "jsonl" | "ndjson" => read_json_lines(path),
        _ => {
            let text = opening::read_text(path, LARGEST_TABLE).map_err(|error| error.to_string())?;
            Ok((text.lines().map(str::to_string).collect(), None))
        }
    }
}

fn read_csv(path: &Path) -> Result<IdsAndTexts, String> {
    let file = opening::open(path, LARGEST_TABLE).map_err(|error| error.to_string())?;
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let place = |name: &str| header.iter().position(|title| title.trim_start_matches('\u{feff}') == name);
    let id = place("id").ok_or("it has no column `id`")?;
    let text = place("text");
    let (mut ids, mut texts) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        ids.push(record[id].to_string());
        texts.extend(text.map(|text| record[text].to_string()));
    }
    Ok((ids, text.map(|_| texts)))
}

fn read_json_lines(path: &Path) -> Result<IdsAndTexts, String> {
    #[derive(serde::Deserialize)]
    struct Line {
        id: String,
        text: Option<String>,
    }
    let file = opening::open(path, LARGEST_TABLE).map_err(|error| error.to_string())?;
    let (mut ids, mut texts) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(std::io::BufReader::new(file).lines()) {
        let line = line.map_err(|error| format!("line {number}: {error}"))?;
        let line: Line = serde_json::from_str(&line).map_err(|error| format!("line {number}: {error}"))?;
        ids.push(line.id);
        texts.extend(line.text);
    }
    let complete = texts.len() == ids.len();
    Ok((ids, complete.then_some(texts)))
}

/// Why vectors made elsewhere cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GivenError {
    /// Neither `.npy` nor `.parquet`.
    #[error("failed to read the vectors {}: its name ends neither in .npy nor in .parquet", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or is damaged.
    #[error("failed to read the vectors {}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A `.npy` file without ids.
    #[error("{} has no ids: there is no {}", path.display(), beside.display())]
    NoIds {
        /// The file.
        path: PathBuf,
        /// Where they are looked for.
        beside: PathBuf,
    },
    /// A Parquet file and a list of ids.
    #[error("{} has ids of its own, so a list of ids is one too many", path.display())]
    IdsTwice {
        /// The file.
        path: PathBuf,
    },
    /// Vectors and ids differ in number.
    #[error("{} holds {vectors} vectors, {} {ids} ids", path.display(), list.display())]
    Counts {
        /// The vectors.
        path: PathBuf,
        /// Their number.
        vectors: usize,
        /// The ids.
        list: PathBuf,
        /// Their number.
        ids: usize,
    },
    /// An id occurs in two rows.
    #[error(
        "{}: row {}: the id {id} stands in row {} of {} already",
        second.0.display(), second.1, first.1, first.0.display()
    )]
    Twice {
        /// The id.
        id: String,
        /// File and row, from 1, where it stands first.
        first: (PathBuf, usize),
        /// The same of the second.
        second: (PathBuf, usize),
    },
    /// A vector that means nothing.
    #[error("{}: row {row} ({id}): {}", path.display(), flaw_in_words(*flaw))]
    Flaw {
        /// The file.
        path: PathBuf,
        /// The row, from 1.
        row: usize,
        /// Its id.
        id: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// A vector for a unit that is not in the interviews.
    #[error("{}: row {row}: there is no unit {id} in the interviews{}", path.display(), others_too(*others))]
    UnknownUnit {
        /// The file.
        path: PathBuf,
        /// The row, from 1.
        row: usize,
        /// The id.
        id: String,
        /// Further unknown units.
        others: usize,
    },
    /// No vector for something that needs one.
    #[error(
        "{} has no vector for the {} {id}{} ({wanted} are needed)", path.display(), kind.word(), and_others(*others)
    )]
    Missing {
        /// The file.
        path: PathBuf,
        /// What the first missing one is.
        kind: TextKind,
        /// Its id.
        id: String,
        /// Further missing ones.
        others: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// Another text than in the interviews was embedded.
    #[error("{}: row {row}: the text of {id} is not the one in the interviews", path.display())]
    OtherText {
        /// The file.
        path: PathBuf,
        /// The row, from 1.
        row: usize,
        /// The id.
        id: String,
    },
}

impl GivenError {
    fn unreadable(path: &Path, reason: impl ToString) -> Self {
        Self::Unreadable { path: path.into(), reason: reason.to_string() }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownFormat { .. } | Self::Unreadable { .. } => {
                "a .npy file of shape (texts, dimensions) with `--vectors-ids`, or a Parquet file with a column `id` \
                 and a column `vector` of lists of floats"
                    .into()
            }
            Self::NoIds { .. } => {
                "name the file whose texts were embedded with `--vectors-ids FILE`; its rows are in the same order"
                    .into()
            }
            Self::IdsTwice { .. } => "leave `--vectors-ids` out".into(),
            Self::Counts { .. } | Self::Twice { .. } => "every id needs one vector, in the same order".into(),
            Self::Flaw { .. } => {
                "embed that text again; models that compute in 16 bits can overflow, and empty texts have no vector"
                    .into()
            }
            Self::UnknownUnit { .. } | Self::OtherText { .. } | Self::Missing { kind: TextKind::Unit, .. } => {
                "vectors and interviews must belong together: the same inputs, `--unit` and `--min-words` as for \
                 `leitmotif export INPUT --to units`"
                    .into()
            }
            Self::Missing { kind: TextKind::Note, .. } => {
                "notes are embedded too: make the analysis with a model or `--embed-url` once, and embed all rows of \
                 `leitmotif export ANALYSIS --to units`"
                    .into()
            }
            Self::Missing { .. } => {
                "the questions are needed to find the interview guide: embed all rows of `leitmotif export INPUT --to \
                 units`, with the same `--frame`"
                    .into()
            }
        }
    }
}

fn flaw_in_words(flaw: Flaw) -> String {
    match flaw {
        Flaw::NotFinite(at) => format!("number {at} of the vector is not finite (NaN or infinite)"),
        Flaw::Zero => "the vector is zero in all places".into(),
    }
}

fn and_others(others: usize) -> String {
    if others == 0 { String::new() } else { format!(", nor for {others} more") }
}

fn others_too(others: usize) -> String {
    if others == 0 { String::new() } else { format!(", and {others} more rows are unknown") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors for these ids.
    fn given(ids: &[&str]) -> GivenVectors {
        let folder = tempfile::tempdir().unwrap();
        let (matrix, list) = (folder.path().join("m.npy"), folder.path().join("m.ids"));
        ndarray_npy::write_npy(
            &matrix,
            &Array2::from_shape_fn((ids.len(), 3), |(row, column)| (row + column + 1) as f32),
        )
        .unwrap();
        fs::write(&list, ids.join("\n")).unwrap();
        GivenVectors::read(&matrix, None, None).unwrap()
    }

    fn clauses() -> Vec<Item<'static>> {
        ["I swap", "They call", "We drive"].map(|text| Item::wording(TextKind::Clause, text)).to_vec()
    }

    #[test]
    fn of_clauses_those_that_are_there_are_used_and_how_many_are_missing_is_told() {
        let clauses = clauses();
        let source = given(&["s/p#1", &clauses[0].id, &clauses[2].id]);
        let (places, vectors) = source.clause_vectors(&clauses, &mut ()).unwrap().unwrap();
        assert_eq!((places, vectors.nrows()), (vec![0, 2], 2));
        let told = source.missing().join("\n");
        assert!(told.contains("no vector for 1 of 3 clauses") && told.contains(&*clauses[1].id), "{told}");
        let whole = given(&["s/p#1", &clauses[0].id, &clauses[1].id, &clauses[2].id]);
        assert_eq!(whole.clause_vectors(&clauses, &mut ()).unwrap().unwrap().0, [0, 1, 2]);
        assert!(whole.missing().is_empty());
        let none = given(&["s/p#1"]);
        assert!(none.clause_vectors(&clauses, &mut ()).unwrap().is_none());
        assert!(none.missing()[0].contains("has no vectors of clauses"), "{:?}", none.missing());
    }

    #[test]
    fn of_terms_all_are_used_or_none_and_of_units_a_missing_one_is_an_error() {
        let terms = ["shift", "phone"].map(Item::term);
        let source = given(&["s/p#1", "term:shift"]);
        assert!(source.term_vectors(&terms, &mut ()).unwrap().is_none());
        assert!(
            source.missing()[0].contains("no vector for 1 of 2 terms (term:phone first)"),
            "{:?}",
            source.missing()
        );
        let none = given(&["s/p#1"]);
        assert!(none.term_vectors(&terms, &mut ()).unwrap().is_none() && none.missing().is_empty());
        let whole = given(&["term:phone", "term:shift"]);
        assert_eq!(whole.term_vectors(&terms, &mut ()).unwrap().unwrap().nrows(), 2);
        let units = [Item::unit("s/p#1", "I swap"), Item::unit("s/p#2", "They call")];
        let error = none.vectors(&units, &mut ()).err().unwrap().to_string();
        assert!(error.contains("no vector for the unit s/p#2") && none.missing().is_empty(), "{error}");
    }
}
