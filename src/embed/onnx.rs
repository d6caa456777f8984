//! A local model on ONNX Runtime, through fastembed.
//!
//! In: texts. Out: unit-length vectors, pooled as the model wants. A pool of single-threaded
//! sessions, one text a call: on two cores that is several times as fast as large padded batches,
//! and it makes dynamic int8 exact, since a text's quantisation range then never depends on its
//! neighbours. Sessions are made at the first text, so a run served by the cache needs no runtime;
//! there are as many as threads, or fewer when a large model would fill the memory.
//!
//! A text longer than the model's window is split at sentence ends (inside a sentence only when
//! one sentence alone is longer), its pieces are embedded, averaged by their number of word
//! pieces and brought back to unit length: nothing is ever cut off silently. The model's prefix
//! stands before every piece and counts towards the window.
//!
//! On a graphics card ([`Device`]) there is one session, and texts of like length go through it together: there a
//! call costs more than its arithmetic. It never takes the processor in place of a card that cannot be used.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use fastembed::{InitOptionsUserDefined, OutputKey, Pooling, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};

use ort::ep::ExecutionProviderDispatch;

use super::models::bundled::{self, BundledGraph};
use super::{EmbedError, Embedder, ModelIdentity, TextVector, runtime};
use crate::corpus::opening::{LARGEST_MODEL, read};
use crate::corpus::{Language, sentences};

/// An ONNX graph.
#[derive(Clone)]
pub enum Graph {
    /// Compiled into the program.
    Bundled(&'static [u8]),
    /// That of a bundled model, by a program that was built without: looked for when a session is made.
    Installed(&'static BundledGraph),
    /// A file, read when a session is made.
    File(PathBuf),
}

/// The files of a model, and how its vectors are made from them.
#[derive(Clone)]
pub struct ModelFiles {
    /// The model's name.
    pub name: String,
    /// The ONNX graph.
    pub graph: Graph,
    /// Weights outside the graph: the name the graph knows them by, and the file.
    pub external: Vec<(String, PathBuf)>,
    /// `tokenizer.json`, `config.json`, `special_tokens_map.json`, `tokenizer_config.json`.
    pub tokenizer: TokenizerFiles,
    /// Length of a vector.
    pub dimensions: usize,
    /// Longest text in word pieces, those that the tokenizer adds included.
    pub window: usize,
    /// How the vectors of word pieces become one; `None` when the graph does that itself.
    pub pooling: Option<Pooling>,
    /// Put before every text.
    pub prefix: String,
    /// The one language it knows, where it knows one only.
    pub only_language: Option<Language>,
    /// The graph's output to take, where it is not clear.
    pub output: Option<OutputKey>,
    /// BLAKE3 over graph, tokenizer files and external weights, lower-case hex.
    pub blake3: String,
    /// What had to be guessed.
    pub warnings: Vec<String>,
}

/// A file below `models/`, compiled in.
macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/", $name))
    };
}

impl ModelFiles {
    /// The bundled theme model (384 dimensions, dynamic int8): all-MiniLM-L6-v2 trained on to hear what people say
    /// rather than what they talk about (models/theme-minilm-l6). It is compiled into the program, unless that is built
    /// from the package in the registry.
    pub fn bundled() -> Self {
        Self::of_program(BUNDLED, &bundled::THEME)
    }

    /// The bundled all-MiniLM-L6-v2 as it was published, in 8 bits, which the theme model was trained from.
    pub fn base() -> Self {
        Self::of_program(BASE, &bundled::BASE)
    }

    /// Both have one tokenizer.
    fn of_program(name: &str, graph: &'static BundledGraph) -> Self {
        let tokenizer = TokenizerFiles {
            tokenizer_file: file!("all-minilm-l6-v2/tokenizer.json").to_vec(),
            config_file: file!("all-minilm-l6-v2/config.json").to_vec(),
            special_tokens_map_file: file!("all-minilm-l6-v2/special_tokens_map.json").to_vec(),
            tokenizer_config_file: file!("all-minilm-l6-v2/tokenizer_config.json").to_vec(),
        };
        Self {
            name: name.into(),
            blake3: match graph.compiled_in() {
                Some(bytes) => fingerprint(bytes, &tokenizer).finalize().to_hex().to_string(),
                None => graph.fingerprint.into(),
            },
            graph: graph.compiled_in().map_or(Graph::Installed(graph), Graph::Bundled),
            external: Vec::new(),
            tokenizer,
            dimensions: 384,
            window: 256,
            pooling: Some(Pooling::Mean),
            prefix: String::new(),
            only_language: Some(Language::ENGLISH),
            output: None,
            warnings: Vec::new(),
        }
    }

    /// Bytes of all weights.
    pub fn weight(&self) -> u64 {
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let graph = match &self.graph {
            Graph::Bundled(bytes) => bytes.len() as u64,
            Graph::Installed(graph) => graph.bytes,
            Graph::File(path) => size(path),
        };
        graph + self.external.iter().map(|(_, path)| size(path)).sum::<u64>()
    }

    fn identity(&self) -> ModelIdentity {
        let pooling = match self.pooling {
            Some(Pooling::Mean) => "mean",
            Some(Pooling::Cls) => "cls",
            None => "in the model",
        };
        ModelIdentity {
            name: self.name.clone(),
            blake3: self.blake3.clone(),
            dimensions: self.dimensions,
            window: self.window,
            pooling: pooling.into(),
            prefix: self.prefix.clone(),
            device: String::new(),
        }
    }
}

/// Name of the bundled theme model.
pub const BUNDLED: &str = "theme-minilm-l6 (int8)";
/// Name of the bundled model that it was trained from.
pub const BASE: &str = "all-MiniLM-L6-v2 (int8)";

/// The hash of a graph and its tokenizer files, to which external weights may be added.
pub(super) fn fingerprint(graph: &[u8], tokenizer: &TokenizerFiles) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    for part in [
        graph,
        &tokenizer.tokenizer_file,
        &tokenizer.config_file,
        &tokenizer.special_tokens_map_file,
        &tokenizer.tokenizer_config_file,
    ] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher
}

/// What a model runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// The processor.
    #[default]
    Cpu,
    /// A graphics card of NVIDIA, by a runtime that was built with CUDA.
    Cuda,
    /// Apple's accelerators, by a runtime that was built with Core ML.
    CoreMl,
}

impl Device {
    /// The runtime's provider, which fails where it cannot be had; none for the processor.
    fn providers(self) -> Vec<ExecutionProviderDispatch> {
        match self {
            Self::Cpu => Vec::new(),
            #[cfg(feature = "dynamic-runtime")]
            Self::Cuda => vec![ort::ep::CUDA::default().build().error_on_failure()],
            #[cfg(feature = "dynamic-runtime")]
            Self::CoreMl => vec![ort::ep::CoreML::default().build().error_on_failure()],
            #[cfg(not(feature = "dynamic-runtime"))]
            Self::Cuda | Self::CoreMl => Vec::new(),
        }
    }

    /// Texts that go through a session together.
    fn batch(self) -> usize {
        if self == Self::Cpu { 1 } else { CARD_BATCH }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
            Self::CoreMl => "coreml",
        })
    }
}

/// Texts of one call on a graphics card.
const CARD_BATCH: usize = 64;

/// Runs a model on this machine.
pub struct OnnxEmbedder {
    files: ModelFiles,
    identity: ModelIdentity,
    runtime: Option<PathBuf>,
    sessions: usize,
    device: Device,
    batch: usize,
}

impl OnnxEmbedder {
    /// A pool of `sessions` single-threaded sessions of the model, made when first needed.
    /// `runtime` names the ONNX Runtime library, in place of looking for it.
    pub fn new(files: ModelFiles, runtime: Option<PathBuf>, sessions: usize) -> Self {
        let identity = files.identity();
        Self { files, identity, runtime, sessions: sessions.max(1), device: Device::Cpu, batch: 1 }
    }

    /// The same on a device. On another one than the processor there is one session.
    ///
    /// # Errors
    /// [`EmbedError::DeviceForFloats`] for a bundled model, whose 8-bit products are made for processors, on any other;
    /// [`EmbedError::Device`] by a program that has its runtime inside.
    pub fn on(self, device: Device) -> Result<Self, EmbedError> {
        let in_eight_bits = matches!(self.files.graph, Graph::Bundled(_) | Graph::Installed(_));
        if device != Device::Cpu && in_eight_bits {
            return Err(EmbedError::DeviceForFloats { device, name: self.files.name });
        }
        if device != Device::Cpu && !cfg!(feature = "dynamic-runtime") {
            let reason = "the runtime in this program is one for processors".into();
            return Err(EmbedError::Device { device, reason });
        }
        let (sessions, told) =
            if device == Device::Cpu { (self.sessions, String::new()) } else { (1, device.to_string()) };
        let identity = ModelIdentity { device: told, ..self.identity };
        Ok(Self { identity, sessions, device, batch: device.batch(), ..self })
    }

    /// As many sessions as half of the free memory holds copies of the weights, but one at least.
    fn sessions_for(&self, texts: usize) -> usize {
        let room = free_memory() / 2 / self.files.weight().max(1);
        self.sessions.min(texts).min(usize::try_from(room).unwrap_or(usize::MAX).max(1))
    }

    fn session(&self) -> Result<TextEmbedding, EmbedError> {
        let environment = runtime::environment(self.runtime.as_deref())?;
        let failed = |reason: String| EmbedError::Model { name: self.files.name.clone(), reason };
        let graph = match &self.files.graph {
            Graph::Bundled(bytes) => Cow::Borrowed(*bytes),
            Graph::Installed(graph) => Cow::Owned(graph.read()?),
            Graph::File(path) => {
                Cow::Owned(read(path, LARGEST_MODEL).map_err(|refused| failed(refused.into_io().to_string()))?)
            }
        };
        let mut model = UserDefinedEmbeddingModel::new(graph.into_owned(), self.files.tokenizer.clone());
        model.pooling = self.files.pooling.clone();
        model.output_key = self.files.output.clone();
        for (name, path) in &self.files.external {
            let weights = read(path, LARGEST_MODEL)
                .map_err(|error| failed(format!("failed to read {}: {error}", path.display())))?;
            model = model.with_external_initializer(name.clone(), weights);
        }
        let options = InitOptionsUserDefined::new()
            .with_environment(environment)
            .with_execution_providers(self.device.providers())
            .with_intra_threads(1)
            .with_max_length(self.files.window);
        TextEmbedding::try_new_from_user_defined(model, options).map_err(|error| match self.device {
            Device::Cpu => failed(error.to_string()),
            device => EmbedError::Device { device, reason: error.to_string() },
        })
    }
}

/// Bytes of memory that are free: Linux tells; elsewhere 8 GiB are assumed.
fn free_memory() -> u64 {
    let kilobytes = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()
    });
    kilobytes.map_or(8 << 30, |kilobytes| kilobytes << 10)
}

impl Embedder for OnnxEmbedder {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn warnings(&self) -> &[String] {
        &self.files.warnings
    }

    fn only_language(&self) -> Option<Language> {
        self.files.only_language
    }

    fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError> {
        // Longest first, so that no thread is left with a long text at the end.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&index| (std::cmp::Reverse(texts[index].len()), index));
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let mut workers = Vec::new();
        for _ in 0..self.sessions_for(texts.len()) {
            workers.push(Worker::new(self.session()?, &self.files)?);
        }
        let mut outcome = Ok(());
        std::thread::scope(|scope| {
            // Bounded, so that a slow receiver (a full cache write, say) holds the workers back.
            let (sender, receiver) = mpsc::sync_channel(1024);
            for mut worker in workers {
                let (sender, order, next, stop) = (sender.clone(), &order, &next, &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let first = next.fetch_add(self.batch, Ordering::Relaxed).min(order.len());
                        let some = &order[first..order.len().min(first + self.batch)];
                        if some.is_empty() || !worker.embed_some(some, texts, &sender) {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            for (index, vector) in receiver {
                match vector {
                    Ok(vector) => sink(index, vector),
                    Err(error) if outcome.is_ok() => {
                        stop.store(true, Ordering::Relaxed);
                        outcome = Err(error);
                    }
                    Err(_) => {}
                }
            }
        });
        outcome
    }
}

/// A text's index, and its vector.
type Embedded = (usize, Result<TextVector, EmbedError>);

/// A session with what it takes to know whether a text fits.
struct Worker<'m> {
    session: TextEmbedding,
    counter: Counter<'m>,
    prefix: &'m str,
    /// Word pieces left for a text beside the prefix and what the tokenizer adds.
    room: usize,
}

/// Counts the word pieces of a whole text, which the session's own tokenizer would cut.
struct Counter<'m> {
    tokenizer: tokenizers::Tokenizer,
    prefix: &'m str,
    overhead: usize,
}

impl Counter<'_> {
    fn with_prefix(&self, part: &str) -> Result<usize, EmbedError> {
        let text = joined(self.prefix, part);
        self.tokenizer
            .encode_fast(text.as_ref(), true)
            .map(|encoding| encoding.get_ids().len())
            .map_err(|error| EmbedError::Inference { characters: part.chars().count(), reason: error.to_string() })
    }

    fn count(&self, part: &str) -> Result<usize, EmbedError> {
        Ok(self.with_prefix(part)?.saturating_sub(self.overhead))
    }
}

impl<'m> Worker<'m> {
    fn new(session: TextEmbedding, files: &'m ModelFiles) -> Result<Self, EmbedError> {
        let failed = |reason: String| EmbedError::Model { name: files.name.clone(), reason };
        let mut tokenizer = session.tokenizer.clone();
        tokenizer.with_truncation(None).map_err(|error| failed(error.to_string()))?;
        let mut counter = Counter { tokenizer, prefix: &files.prefix, overhead: 0 };
        counter.overhead = counter.with_prefix("")?;
        if counter.overhead >= files.window {
            let (overhead, window) = (counter.overhead, files.window);
            return Err(failed(format!("its window of {window} word pieces has no room beside {overhead} of its own")));
        }
        let room = files.window - counter.overhead;
        Ok(Self { session, counter, prefix: &files.prefix, room })
    }

    /// Embeds the texts of these indices and hands the vectors on; whether somebody takes them. Several that fit go
    /// through the session together.
    fn embed_some(&mut self, some: &[usize], texts: &[&str], sender: &mpsc::SyncSender<Embedded>) -> bool {
        let fits = |index: &usize| matches!(self.counter.count(texts[*index]), Ok(size) if size <= self.room);
        let (together, alone): (Vec<usize>, Vec<usize>) = match some {
            [_] => (Vec::new(), some.to_vec()),
            several => several.iter().partition(|index| fits(index)),
        };
        if !together.is_empty() {
            let joined: Vec<Cow<'_, str>> = together.iter().map(|&index| joined(self.prefix, texts[index])).collect();
            let characters = together.iter().map(|&index| texts[index].chars().count()).sum();
            match self.session.embed(&joined, Some(joined.len())) {
                Ok(vectors) => {
                    for (&index, values) in together.iter().zip(vectors) {
                        if sender.send((index, Ok(TextVector { values, pieces: 1 }))).is_err() {
                            return false;
                        }
                    }
                }
                Err(error) => {
                    let failed = EmbedError::Inference { characters, reason: error.to_string() };
                    return sender.send((together[0], Err(failed))).is_ok();
                }
            }
        }
        alone.into_iter().all(|index| sender.send((index, self.embed(texts[index]))).is_ok())
    }

    fn embed(&mut self, text: &str) -> Result<TextVector, EmbedError> {
        let total = self.counter.count(text)?;
        if total <= self.room {
            return Ok(TextVector { values: self.run(text)?, pieces: 1 });
        }
        let parts = split_to_fit(text, self.room, &|part| self.counter.count(part))?;
        let mut sum: Vec<f64> = Vec::new();
        for &(part, size) in &parts {
            let values = self.run(part)?;
            sum.resize(values.len(), 0.0);
            for (sum, value) in sum.iter_mut().zip(&values) {
                *sum += f64::from(*value) * size as f64;
            }
        }
        let norm = sum.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        let values = sum.iter().map(|value| (value / norm) as f32).collect();
        Ok(TextVector { values, pieces: u16::try_from(parts.len()).unwrap_or(u16::MAX) })
    }

    fn run(&mut self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let failed = |reason: String| EmbedError::Inference { characters: text.chars().count(), reason };
        let mut vectors =
            self.session.embed([joined(self.prefix, text)], None).map_err(|error| failed(error.to_string()))?;
        vectors.pop().ok_or_else(|| failed("no vector came back".into()))
    }
}

fn joined<'t>(prefix: &str, text: &'t str) -> Cow<'t, str> {
    if prefix.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("{prefix}{text}")) }
}

/// Consecutive slices of `text` of at most `room` word pieces each, with their sizes: whole
/// sentences packed together, a sentence that is too long halved at a space (or, without one,
/// at a character) until it fits.
fn split_to_fit<'t>(
    text: &'t str,
    room: usize,
    count: &dyn Fn(&str) -> Result<usize, EmbedError>,
) -> Result<Vec<(&'t str, usize)>, EmbedError> {
    let mut fitting: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    let mut todo: Vec<std::ops::Range<usize>> = sentences(text).into_iter().rev().collect();
    while let Some(range) = todo.pop() {
        let slice = &text[range.clone()];
        let size = count(slice)?;
        if size <= room {
            fitting.push((range, size));
            continue;
        }
        let middle = (slice.len() / 2..slice.len()).find(|&at| slice.is_char_boundary(at)).unwrap_or(slice.len());
        let at = slice[..middle].rfind(char::is_whitespace).filter(|&at| at > 0).unwrap_or(middle);
        if at == 0 || at >= slice.len() {
            // A single character that makes more pieces than the window: the tokenizer cuts it.
            fitting.push((range, room));
            continue;
        }
        todo.push(range.start + at..range.end);
        todo.push(range.start..range.start + at);
    }
    let mut packed: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    for (range, size) in fitting {
        match packed.last_mut() {
            // Word pieces of two neighbours joined never number more than their sum.
            Some((last, filled)) if *filled + size <= room => {
                last.end = range.end;
                *filled += size;
            }
            _ => packed.push((range, size)),
        }
    }
    Ok(packed.into_iter().map(|(range, size)| (&text[range], size)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(part: &str) -> Result<usize, EmbedError> {
        Ok(part.split_whitespace().count())
    }

    /// A program that is built without the models has the hashes alone; here both can be held against each other.
    #[test]
    fn the_bundled_models_are_known_by_their_hashes() {
        for (name, graph) in [(BUNDLED, &bundled::THEME), (BASE, &bundled::BASE)] {
            let files = ModelFiles::of_program(name, graph);
            assert_eq!(files.blake3, graph.fingerprint, "{name}");
            if let Some(bytes) = graph.compiled_in() {
                assert_eq!((bytes.len() as u64, blake3::hash(bytes).to_hex().as_str()), (graph.bytes, graph.blake3));
            }
        }
    }

    #[test]
    fn texts_that_go_through_together_keep_their_places() {
        let Ok(_) = runtime::find(None) else {
            println!("skipped: no ONNX Runtime library is here");
            return;
        };
        let long = "evening ".repeat(20);
        let texts = ["handover", "nobody reads", "the handover is short", "notes", long.as_str()];
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tiny-model");
        let of = |batch| {
            let files = crate::embed::models::open(folder).unwrap();
            let embedder = OnnxEmbedder { batch, ..OnnxEmbedder::new(files, None, 2) };
            let mut vectors = vec![None; texts.len()];
            embedder.embed_each(&texts, &mut |index, vector| vectors[index] = Some(vector)).unwrap();
            vectors.into_iter().map(Option::unwrap).collect::<Vec<_>>()
        };
        let alone = of(1);
        assert!(alone[4].pieces > 1 && alone[0].values != alone[3].values);
        for together in [of(2), of(3), of(64)] {
            for (one, same) in alone.iter().zip(&together) {
                assert!(one.values.iter().zip(&same.values).all(|(a, b)| (a - b).abs() < 1e-5));
                assert_eq!(one.pieces, same.pieces);
            }
        }
    }

    #[test]
    fn models_in_eight_bits_stay_on_the_processor() {
        let embedder = || OnnxEmbedder::new(ModelFiles::bundled(), None, 1);
        assert!(embedder().on(Device::Cpu).is_ok());
        let refused = embedder().on(Device::Cuda).err().unwrap();
        assert!(refused.to_string().contains("`--device cuda`"), "{refused}");
        assert!(refused.hint().unwrap().contains("models list"));
    }

    #[test]
    fn a_long_text_is_split_at_sentence_ends() {
        let text = "One two three. Four five six. Seven eight nine ten.";
        let parts = split_to_fit(text, 6, &words).unwrap();
        assert_eq!(parts, vec![("One two three. Four five six.", 6), ("Seven eight nine ten.", 4)]);
    }

    #[test]
    fn a_long_sentence_is_split_at_spaces_and_nothing_is_lost() {
        let text = (0..100).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
        let parts = split_to_fit(&text, 7, &words).unwrap();
        assert!(parts.iter().all(|&(_, size)| size <= 7));
        let joined: Vec<&str> = parts.iter().flat_map(|(part, _)| part.split_whitespace()).collect();
        assert_eq!(joined, text.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn a_text_without_spaces_ends() {
        let letters = |part: &str| Ok(part.chars().count());
        let parts = split_to_fit("ßßßßßßßßßßßßßßßß", 3, &letters).unwrap();
        assert_eq!(parts.iter().map(|(part, _)| part.chars().count()).sum::<usize>(), 16);
    }
}
