//! A local model on ONNX Runtime, through fastembed.
//!
//! In: texts. Out: unit-length vectors, mean-pooled. A pool of single-threaded sessions, one text
//! a call: on two cores that is several times as fast as large padded batches, and it makes
//! dynamic int8 exact, since a text's quantisation range then never depends on its neighbours.
//! Sessions are made at the first text, so a run served by the cache needs no runtime.
//!
//! A text longer than the model's window is split at sentence ends (inside a sentence only when
//! one sentence alone is longer), its pieces are embedded, averaged by their number of word
//! pieces and brought back to unit length: nothing is ever cut off silently.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use fastembed::{InitOptionsUserDefined, Pooling, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};

use super::{EmbedError, Embedder, ModelIdentity, TextVector, runtime};
use crate::corpus::sentences;

/// Word pieces the tokenizer adds to every text: `[CLS]` and `[SEP]`.
const SPECIAL_PIECES: usize = 2;

/// The files of a model.
#[derive(Clone)]
pub struct ModelFiles {
    /// The model's name.
    pub name: String,
    /// The ONNX graph.
    pub onnx: Vec<u8>,
    /// `tokenizer.json`, `config.json`, `special_tokens_map.json`, `tokenizer_config.json`.
    pub tokenizer: TokenizerFiles,
    /// Length of a vector.
    pub dimensions: usize,
    /// Longest text in word pieces.
    pub window: usize,
}

impl ModelFiles {
    /// The bundled all-MiniLM-L6-v2 (384 dimensions, dynamic int8), compiled into the program.
    pub fn bundled() -> Self {
        macro_rules! file {
            ($name:literal) => {
                include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/all-minilm-l6-v2/", $name)).to_vec()
            };
        }
        Self {
            name: "all-MiniLM-L6-v2 (int8)".into(),
            onnx: file!("model.onnx"),
            tokenizer: TokenizerFiles {
                tokenizer_file: file!("tokenizer.json"),
                config_file: file!("config.json"),
                special_tokens_map_file: file!("special_tokens_map.json"),
                tokenizer_config_file: file!("tokenizer_config.json"),
            },
            dimensions: 384,
            window: 256,
        }
    }

    fn identity(&self) -> ModelIdentity {
        let mut hasher = blake3::Hasher::new();
        let tokenizer = &self.tokenizer;
        for part in [
            &self.onnx,
            &tokenizer.tokenizer_file,
            &tokenizer.config_file,
            &tokenizer.special_tokens_map_file,
            &tokenizer.tokenizer_config_file,
        ] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        ModelIdentity {
            name: self.name.clone(),
            blake3: hasher.finalize().to_hex().to_string(),
            dimensions: self.dimensions,
            window: self.window,
            pooling: "mean".into(),
        }
    }
}

/// Runs a model on this machine's processor.
pub struct OnnxEmbedder {
    files: ModelFiles,
    identity: ModelIdentity,
    runtime: Option<PathBuf>,
    sessions: usize,
}

impl OnnxEmbedder {
    /// A pool of `sessions` single-threaded sessions of the model, made when first needed.
    /// `runtime` names the ONNX Runtime library, in place of looking for it.
    pub fn new(files: ModelFiles, runtime: Option<PathBuf>, sessions: usize) -> Self {
        let identity = files.identity();
        Self { files, identity, runtime, sessions: sessions.max(1) }
    }

    fn session(&self) -> Result<TextEmbedding, EmbedError> {
        let environment = runtime::environment(self.runtime.as_deref())?;
        let model = UserDefinedEmbeddingModel::new(self.files.onnx.clone(), self.files.tokenizer.clone())
            .with_pooling(Pooling::Mean);
        let options = InitOptionsUserDefined::new()
            .with_environment(environment)
            .with_intra_threads(1)
            .with_max_length(self.files.window);
        TextEmbedding::try_new_from_user_defined(model, options)
            .map_err(|error| EmbedError::Model { name: self.files.name.clone(), reason: error.to_string() })
    }
}

impl Embedder for OnnxEmbedder {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError> {
        // Longest first, so that no thread is left with a long text at the end.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&index| (std::cmp::Reverse(texts[index].len()), index));
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let mut sessions = Vec::new();
        for _ in 0..self.sessions.min(texts.len()) {
            sessions.push(self.session()?);
        }
        let window = self.files.window;
        let mut outcome = Ok(());
        std::thread::scope(|scope| {
            // Bounded, so that a slow receiver (a full cache write, say) holds the workers back.
            let (sender, receiver) = mpsc::sync_channel(1024);
            for mut session in sessions {
                let (sender, order, next, stop) = (sender.clone(), &order, &next, &stop);
                scope.spawn(move || {
                    // Counts the word pieces of a whole text, which the session's own would cut.
                    let mut counter = session.tokenizer.clone();
                    let untruncated = counter.with_truncation(None).is_ok();
                    let count = |part: &str| -> Result<usize, EmbedError> {
                        let failed =
                            |reason: String| EmbedError::Inference { characters: part.chars().count(), reason };
                        if !untruncated {
                            return Err(failed("the tokenizer cannot work without truncation".into()));
                        }
                        let encoding = counter.encode_fast(part, false).map_err(|error| failed(error.to_string()))?;
                        Ok(encoding.get_ids().len())
                    };
                    while !stop.load(Ordering::Relaxed) {
                        let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                        let vector = embed_one(&mut session, texts[index], window, &count);
                        if sender.send((index, vector)).is_err() {
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

fn embed_one(
    session: &mut TextEmbedding,
    text: &str,
    window: usize,
    count: &dyn Fn(&str) -> Result<usize, EmbedError>,
) -> Result<TextVector, EmbedError> {
    let failed = |reason: String| EmbedError::Inference { characters: text.chars().count(), reason };
    let room = window.saturating_sub(SPECIAL_PIECES).max(1);
    let total = count(text)?;
    if total <= room {
        let values = run(session, text).map_err(failed)?;
        return Ok(TextVector { values, pieces: 1 });
    }
    let parts = split_to_fit(text, room, count)?;
    let mut sum: Vec<f64> = Vec::new();
    for &(part, size) in &parts {
        let values = run(session, part).map_err(failed)?;
        sum.resize(values.len(), 0.0);
        for (sum, value) in sum.iter_mut().zip(&values) {
            *sum += f64::from(*value) * size as f64;
        }
    }
    let norm = sum.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    let values = sum.iter().map(|value| (value / norm) as f32).collect();
    Ok(TextVector { values, pieces: u16::try_from(parts.len()).unwrap_or(u16::MAX) })
}

fn run(session: &mut TextEmbedding, text: &str) -> Result<Vec<f32>, String> {
    let mut vectors = session.embed([text], None).map_err(|error| error.to_string())?;
    vectors.pop().ok_or_else(|| "no vector came back".into())
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
