//! From texts to vectors.
//!
//! In: texts. Out: one unit-length vector a text, `(n_texts, n_dims)`, the same for the same text
//! whatever its neighbours, their order or the number of threads. It never sees who said what,
//! never stores a text, and never touches the network but for the server that a user names.
//!
//! [`Embedder`] is the seam: [`onnx::OnnxEmbedder`] runs a local model, which [`models`] finds by
//! name or folder, through fastembed on ONNX Runtime, which [`runtime`] finds on the machine;
//! [`remote::RemoteEmbedder`] asks a server. [`embed_texts`] puts the [`cache`] before them, so that
//! a run that was stopped goes on where it stopped. An analysis asks a [`VectorSource`]: an embedder,
//! or [`given`] vectors made elsewhere.

pub mod cache;
pub mod given;
pub(crate) use given::npy;
pub mod models;
pub mod onnx;
pub mod remote;
pub mod runtime;
mod source;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ndarray::{Array2, Axis};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use cache::Cache;
use onnx::Device;

use crate::corpus::Language;
pub use source::{Computed, Flaw, Item, Origin, SomeVectors, TextKind, VectorSource};

/// What a set of vectors was made with; vectors of different identities must not be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelIdentity {
    /// The model's name.
    pub name: String,
    /// BLAKE3 over the model and tokenizer files, lower-case hex; of the file of vectors, where
    /// nobody said what made them; empty where only the name is known.
    pub blake3: String,
    /// Length of a vector.
    pub dimensions: usize,
    /// Longest text in word pieces; longer ones are split at sentence ends and averaged. 0 where the
    /// vectors were made elsewhere.
    pub window: usize,
    /// How the vectors of word pieces become one: `mean`, `cls`, or `in the model`; `unknown` where they
    /// were made elsewhere.
    pub pooling: String,
    /// What the model expects before every text; empty for most.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What it ran on, where that was not the processor: `cuda`, `coreml`. Vectors of both can be compared, and
    /// differ in the last digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
}

impl ModelIdentity {
    /// Whether vectors of the two can be compared: the same name, and the same files as far as both are
    /// known.
    pub fn is_comparable_with(&self, other: &Self) -> bool {
        let same_files = self.blake3.is_empty() || other.blake3.is_empty() || self.blake3 == other.blake3;
        self.name == other.name && self.dimensions == other.dimensions && same_files
    }
}

/// One text's vector and how many pieces it took.
#[derive(Clone, Debug, PartialEq)]
pub struct TextVector {
    /// Unit length, `n_dims` numbers.
    pub values: Vec<f32>,
    /// 1, or more when the text was longer than the model's window.
    pub pieces: u16,
}

/// Turns texts into vectors.
pub trait Embedder: Sync {
    /// What the vectors are made with.
    fn identity(&self) -> &ModelIdentity;

    /// What a reader of the results should know of the model: what had to be guessed.
    fn warnings(&self) -> &[String] {
        &[]
    }

    /// The one language it knows, where it is known to know one only.
    fn only_language(&self) -> Option<Language> {
        None
    }

    /// Where that happens, and so where the texts go.
    fn origin(&self) -> Origin {
        Origin::Here
    }

    /// Embeds every text, in any order, and hands each result with its index to `sink` as soon as
    /// it is there. The vector of a text depends on that text alone.
    ///
    /// # Errors
    /// When the runtime or the model cannot be loaded or fails on a text. What was handed to
    /// `sink` before remains valid.
    fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError>;
}

impl<E: Embedder + ?Sized> Embedder for Box<E> {
    fn identity(&self) -> &ModelIdentity {
        self.as_ref().identity()
    }

    fn warnings(&self) -> &[String] {
        self.as_ref().warnings()
    }

    fn only_language(&self) -> Option<Language> {
        self.as_ref().only_language()
    }

    fn origin(&self) -> Origin {
        self.as_ref().origin()
    }

    fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError> {
        self.as_ref().embed_each(texts, sink)
    }
}

/// What takes long besides the vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files become interviews.
    Reading,
    /// Vectors become themes.
    Clustering,
    /// Words and clauses are gathered that may name the themes.
    Wording,
    /// How far the themes stand apart.
    Silhouettes,
    /// Themes are looked for again among other participants.
    Stability,
    /// Themes of different questions are held against random groups.
    Recurring,
    /// Participants are shuffled among groups.
    Comparison,
    /// Passages get places on the map.
    Layout,
}

impl Step {
    /// As it is printed: `clustering`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Clustering => "clustering",
            Self::Wording => "wording",
            Self::Silhouettes => "silhouettes",
            Self::Stability => "stability",
            Self::Recurring => "recurring",
            Self::Comparison => "comparison",
            Self::Layout => "layout",
        }
    }
}

/// Hears how far a long run is.
pub trait Progress: Send {
    /// `done` of `total` distinct texts are embedded; called with `done = 0` first.
    fn embedded(&mut self, done: usize, total: usize);

    /// `done` of `total` parts of a step's work, each about as long as another; called with `done = total` last, and
    /// not in every case with 0 first.
    fn advanced(&mut self, _step: Step, _done: usize, _total: usize) {}
}

/// Tells of a step that several threads work at, the furthest only: what comes late is passed over.
pub(crate) struct Watched<'p> {
    step: Step,
    furthest: Mutex<(usize, &'p mut dyn Progress)>,
}

impl<'p> Watched<'p> {
    pub(crate) fn new(step: Step, progress: &'p mut dyn Progress) -> Self {
        Self { step, furthest: Mutex::new((0, progress)) }
    }

    /// `done` of `total` parts are done.
    pub(crate) fn tell(&self, done: usize, total: usize) {
        let Ok(mut furthest) = self.furthest.lock() else { return };
        if done > furthest.0 {
            furthest.0 = done;
            furthest.1.advanced(self.step, done, total);
        }
    }
}

/// Ignores it.
impl Progress for () {
    fn embedded(&mut self, _done: usize, _total: usize) {}
}

/// The vectors of a list of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// `(n_texts, n_dims)`, unit length, in the order of the texts.
    pub vectors: Array2<f32>,
    /// For each text, whether it was longer than the model's window and was split.
    pub split: Vec<bool>,
    /// Distinct texts computed in this call.
    pub computed: usize,
    /// Distinct texts taken from the cache.
    pub cached: usize,
}

/// Texts, and time, between two writes to the cache: what a killed run loses at most.
const TEXTS_PER_WRITE: usize = 256;
const TIME_PER_WRITE: Duration = Duration::from_millis(500);

/// Embeds `texts`, each distinct one once, through `cache` when there is one.
///
/// # Errors
/// Those of [`Embedder::embed_each`]; vectors made before the failure are in the cache.
pub fn embed_texts(
    embedder: &dyn Embedder,
    cache: Option<&Cache>,
    texts: &[&str],
    progress: &mut dyn Progress,
) -> Result<Embedded, EmbedError> {
    let mut distinct: Vec<&str> = Vec::new();
    let mut first: Vec<usize> = Vec::new();
    let mut position: HashMap<&str, usize> = HashMap::new();
    let of_text: Vec<usize> = texts
        .iter()
        .enumerate()
        .map(|(row, &text)| {
            *position.entry(text).or_insert_with(|| {
                distinct.push(text);
                first.push(row);
                distinct.len() - 1
            })
        })
        .collect();
    drop(position);

    let identity = embedder.identity();
    let mut placed = Placed {
        vectors: Array2::zeros((texts.len(), identity.dimensions)),
        split: vec![None; first.len()],
        first,
        wrong: None,
    };
    if let Some(cache) = cache {
        cache.each(identity, &distinct, &mut |index, vector| placed.put(index, &vector));
    }
    let missing: Vec<usize> = (0..distinct.len()).filter(|&i| placed.split[i].is_none()).collect();
    let cached = distinct.len() - missing.len();

    if !missing.is_empty() {
        progress.embedded(0, missing.len());
        let wanted: Vec<&str> = missing.iter().map(|&i| distinct[i]).collect();
        let mut done = 0;
        let mut unwritten: Vec<(usize, TextVector)> = Vec::new();
        let mut written = Instant::now();
        let outcome = embedder.embed_each(&wanted, &mut |index, vector| {
            placed.put(missing[index], &vector);
            unwritten.push((missing[index], vector));
            done += 1;
            progress.embedded(done, missing.len());
            if unwritten.len() >= TEXTS_PER_WRITE || written.elapsed() >= TIME_PER_WRITE {
                write(cache, identity, &distinct, &mut unwritten);
                written = Instant::now();
            }
        });
        write(cache, identity, &distinct, &mut unwritten);
        outcome?;
    }

    let Placed { mut vectors, split, first, wrong } = placed;
    if let Some(found) = wrong {
        return Err(EmbedError::WrongDimensions { found, expected: identity.dimensions });
    }
    let mut split_of_text = Vec::with_capacity(texts.len());
    for (row, &index) in of_text.iter().enumerate() {
        split_of_text.push(split[index].ok_or(EmbedError::NoVector { text: index })?);
        if first[index] != row {
            let (known, mut rest) = vectors.view_mut().split_at(Axis(0), row);
            rest.row_mut(0).assign(&known.row(first[index]));
        }
    }
    Ok(Embedded { vectors, split: split_of_text, computed: missing.len(), cached })
}

/// Vectors where they belong, so that none is held twice.
struct Placed {
    /// `(n_texts, n_dims)`.
    vectors: Array2<f32>,
    /// For each distinct text whether it was embedded in pieces; `None` until it has a vector.
    split: Vec<Option<bool>>,
    /// The row of each distinct text where it occurs first.
    first: Vec<usize>,
    /// Another length that a vector had.
    wrong: Option<usize>,
}

impl Placed {
    fn put(&mut self, index: usize, vector: &TextVector) {
        let mut row = self.vectors.row_mut(self.first[index]);
        if vector.values.len() == row.len() {
            row.assign(&ndarray::ArrayView1::from(&vector.values));
        } else {
            self.wrong = Some(vector.values.len());
        }
        self.split[index] = Some(vector.pieces > 1);
    }
}

fn write(cache: Option<&Cache>, identity: &ModelIdentity, texts: &[&str], unwritten: &mut Vec<(usize, TextVector)>) {
    if let Some(cache) = cache {
        cache.put_all(identity, unwritten.iter().map(|(index, vector)| (texts[*index], vector)));
    }
    unwritten.clear();
}

/// What can go wrong between texts and vectors.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// No ONNX Runtime library anywhere it is looked for.
    #[error("failed to find the ONNX Runtime library; looked in:\n{}", list(searched))]
    RuntimeNotFound {
        /// The places, in the order they were tried.
        searched: Vec<String>,
    },
    /// A library is there but cannot be used.
    #[error("failed to load ONNX Runtime from {}: {reason}", path.display())]
    RuntimeUnusable {
        /// The library.
        path: PathBuf,
        /// What the loader said.
        reason: String,
    },
    /// There is no such model, or it could not be got.
    #[error(transparent)]
    Models(#[from] models::ModelError),
    /// The model's files were refused.
    #[error("failed to load the model {name}: {reason}")]
    Model {
        /// The model's name.
        name: String,
        /// What the runtime said.
        reason: String,
    },
    /// The runtime cannot use this device.
    #[error("failed to use the device {device}: {reason}")]
    Device {
        /// The device that was asked for.
        device: Device,
        /// What the runtime said.
        reason: String,
    },
    /// A model in 8 bits was asked to run on a graphics card.
    #[error("`--device {device}` cannot be used with {name}, whose 8-bit arithmetic is that of processors")]
    DeviceForFloats {
        /// The device that was asked for.
        device: Device,
        /// The model's name.
        name: String,
    },
    /// The model failed on a text.
    #[error("the model failed on a text of {characters} characters: {reason}")]
    Inference {
        /// Its length; the text itself stays out of messages.
        characters: usize,
        /// What the runtime said.
        reason: String,
    },
    /// The embedder ended without a vector for this text.
    #[error("the model returned no vector for text number {text}")]
    NoVector {
        /// Index of the distinct text.
        text: usize,
    },
    /// A vector has another length than the model promises.
    #[error("the model returned {found} numbers for a text where {expected} are expected")]
    WrongDimensions {
        /// Numbers returned.
        found: usize,
        /// Numbers expected.
        expected: usize,
    },
    /// Vectors made elsewhere cannot be used.
    #[error(transparent)]
    Given(#[from] given::GivenError),
    /// A server does not give vectors.
    #[error(transparent)]
    Remote(#[from] remote::RemoteEmbedError),
}

impl EmbedError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::RuntimeNotFound { .. } => Some(
                "in a checkout, run `make runtime`; elsewhere `pip install onnxruntime==1.24.4`, or pass its library \
                 with `--runtime PATH`"
                    .into(),
            ),
            Self::RuntimeUnusable { .. } => Some(format!(
                "ONNX Runtime {} or newer for this processor is needed; `make runtime` in a checkout gets one, \
                 `--runtime PATH` names another",
                runtime::OLDEST_VERSION
            )),
            Self::Device { device: Device::CoreMl, .. } => Some(
                "Core ML is in the runtime's library for macOS; `--device cpu` needs nothing of it".into(),
            ),
            Self::Device { .. } => Some(
                "it takes a card with its driver and a runtime that was built with CUDA: `pip install \
                 onnxruntime-gpu==1.24.4`, and `--runtime` with the folder `onnxruntime/capi` of it; `--device cpu` needs \
                 nothing of it"
                    .into(),
            ),
            Self::DeviceForFloats { .. } => Some(
                "name a model of `leitmotif models list` with `--model`, or leave `--device` out".into(),
            ),
            Self::Models(error) => error.hint(),
            Self::Given(error) => Some(error.hint()),
            Self::Remote(error) => Some(error.hint()),
            Self::Model { .. } | Self::Inference { .. } | Self::NoVector { .. } | Self::WrongDimensions { .. } => None,
        }
    }
}

fn list(places: &[String]) -> String {
    let lines: Vec<String> = places.iter().map(|place| format!("  - {place}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn what_comes_late_is_passed_over() {
        #[derive(Default)]
        struct Heard(Vec<(Step, usize, usize)>);
        impl Progress for Heard {
            fn embedded(&mut self, _done: usize, _total: usize) {}
            fn advanced(&mut self, step: Step, done: usize, total: usize) {
                self.0.push((step, done, total));
            }
        }
        let mut heard = Heard::default();
        {
            let watched = Watched::new(Step::Stability, &mut heard);
            [2, 1, 3, 3].into_iter().for_each(|done| watched.tell(done, 3));
        }
        assert_eq!(heard.0, [(Step::Stability, 2, 3), (Step::Stability, 3, 3)]);
    }

    /// Vectors from letter counts, and a count of the texts it was asked for.
    struct LetterEmbedder {
        identity: ModelIdentity,
        asked: AtomicUsize,
        fail_after: usize,
    }

    impl LetterEmbedder {
        fn new(fail_after: usize) -> Self {
            let identity = ModelIdentity {
                name: "letters".into(),
                blake3: "0".into(),
                dimensions: 26,
                window: 8,
                pooling: "mean".into(),
                prefix: String::new(),
                device: String::new(),
            };
            Self { identity, asked: AtomicUsize::new(0), fail_after }
        }
    }

    impl Embedder for LetterEmbedder {
        fn identity(&self) -> &ModelIdentity {
            &self.identity
        }

        fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError> {
            for (index, text) in texts.iter().enumerate().rev() {
                if self.asked.fetch_add(1, Ordering::Relaxed) >= self.fail_after {
                    return Err(EmbedError::Inference { characters: text.len(), reason: "made to fail".into() });
                }
                let mut values = vec![0.0f32; 26];
                for byte in text.bytes().filter(u8::is_ascii_lowercase) {
                    values[(byte - b'a') as usize] += 1.0;
                }
                sink(index, TextVector { values, pieces: 1 });
            }
            Ok(())
        }
    }

    #[test]
    fn identical_texts_are_embedded_once_and_rows_keep_their_order() {
        let embedder = LetterEmbedder::new(usize::MAX);
        let embedded = embed_texts(&embedder, None, &["ab", "c", "ab"], &mut ()).unwrap();
        assert_eq!(embedded.computed, 2);
        assert_eq!(embedder.asked.load(Ordering::Relaxed), 2);
        assert_eq!(embedded.vectors.row(0), embedded.vectors.row(2));
        assert_eq!(embedded.vectors[(1, 2)], 1.0);
    }

    #[test]
    fn a_second_run_takes_everything_from_the_cache_and_gives_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let texts: Vec<String> =
            (0..600).map(|i| format!("text {}", "abcdefg".repeat(i % 9 + 1) + &i.to_string())).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let first_run = LetterEmbedder::new(usize::MAX);
        let first = embed_texts(&first_run, Some(&Cache::open(folder.path())), &texts, &mut ()).unwrap();
        let second_run = LetterEmbedder::new(0);
        let second = embed_texts(&second_run, Some(&Cache::open(folder.path())), &texts, &mut ()).unwrap();
        assert_eq!(first.vectors, second.vectors);
        assert_eq!((second.computed, second.cached), (0, 600));
    }

    #[test]
    fn what_was_embedded_before_a_failure_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let texts: Vec<String> = (0..50).map(|i| format!("text {i}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let cache = Cache::open(folder.path());
        assert!(embed_texts(&LetterEmbedder::new(30), Some(&cache), &texts, &mut ()).is_err());
        let rest = LetterEmbedder::new(usize::MAX);
        let embedded = embed_texts(&rest, Some(&cache), &texts, &mut ()).unwrap();
        assert_eq!((embedded.cached, embedded.computed), (30, 20));
    }

    #[test]
    fn another_model_does_not_see_the_vectors() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path());
        embed_texts(&LetterEmbedder::new(9), Some(&cache), &["a text"], &mut ()).unwrap();
        let mut other = LetterEmbedder::new(9);
        other.identity.blake3 = "1".into();
        assert_eq!(embed_texts(&other, Some(&cache), &["a text"], &mut ()).unwrap().computed, 1);
    }
}
