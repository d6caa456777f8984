//! A model behind an OpenAI-compatible embeddings server: Ollama, TEI, vLLM, a hospital's own.
//!
//! In: texts, and a server that the user named. Out: unit-length vectors, in requests of
//! [`TEXTS_A_REQUEST`] texts, a few at a time. What [`crate::remote`] does not get answered, and an
//! answer that holds no vectors, end the run with what was there before handed over.

mod reply;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use serde::Serialize;

use super::cache::Cache;
use super::{EmbedError, Embedder, ModelIdentity, Origin, TextVector};
use crate::remote::{Client, RemoteError};

/// Texts in one request: what Hugging Face's TEI allows unless told otherwise; others allow more.
pub const TEXTS_A_REQUEST: usize = 32;
/// Requests under way at a time.
const REQUESTS: usize = 4;
/// What is sent first, before any text of an interview: it shows that the server answers, and how
/// long its vectors are.
const PROBE: &str = "How long are the vectors of this model?";
/// A vector that is less like the one of earlier is of another model. Servers that compute in
/// batches, or in 16 bits, give vectors that differ by far less.
const SAME_MODEL: f64 = 0.99;
/// A model on a server.
pub struct RemoteEmbedder {
    client: Client,
    identity: ModelIdentity,
}

#[derive(Serialize)]
struct Request<'t> {
    model: &'t str,
    input: &'t [&'t str],
}

impl RemoteEmbedder {
    /// Asks the server for one vector, which shows that it answers and how long its vectors are.
    /// With a cache that knows the model, it must be the vector that the model gave before.
    ///
    /// # Errors
    /// [`RemoteEmbedError`]; no text of an interview has been sent then.
    pub fn connect(client: Client, cache: Option<&Cache>) -> Result<Self, RemoteEmbedError> {
        let identity = ModelIdentity {
            name: format!("{} at {}", client.model(), client.address().host()),
            blake3: String::new(),
            dimensions: 0,
            window: 0,
            prefix: String::new(),
            device: String::new(),
            pooling: "unknown".into(),
        };
        let mut embedder = Self { client, identity };
        let vector = embedder.ask(&[PROBE], &AtomicBool::new(false))?.pop().unwrap_or_default();
        embedder.identity.dimensions = vector.len();
        embedder.check_is_same_model(vector, cache)?;
        Ok(embedder)
    }

    /// An update on the server under the same name must not mix with vectors of before.
    fn check_is_same_model(&self, vector: Vec<f32>, cache: Option<&Cache>) -> Result<(), RemoteEmbedError> {
        let Some(cache) = cache else { return Ok(()) };
        match cache.get_all(&self.identity, &[PROBE]).pop().flatten() {
            Some(before) => {
                let products = before.values.iter().zip(&vector).map(|(&a, &b)| f64::from(a) * f64::from(b));
                let cosine = products.sum::<f64>();
                if cosine < SAME_MODEL {
                    return Err(RemoteEmbedError::OtherModel { model: self.client.model().into(), cosine });
                }
            }
            None => cache.put_all(&self.identity, [(PROBE, &TextVector { values: vector, pieces: 1 })].into_iter()),
        }
        Ok(())
    }

    /// The vectors of a few texts; `stop` ends the waiting.
    fn ask(&self, texts: &[&str], stop: &AtomicBool) -> Result<Vec<Vec<f32>>, RemoteEmbedError> {
        let request = serde_json::to_vec(&Request { model: self.client.model(), input: texts })
            .map_err(|error| RemoteEmbedError::NoVectors { reason: error.to_string() })?;
        let longest = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let answer = self.client.ask(&request, longest, stop)?;
        let dimensions = (self.identity.dimensions > 0).then_some(self.identity.dimensions);
        reply::vectors(&answer, texts.len(), dimensions)
    }
}

impl Embedder for RemoteEmbedder {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn origin(&self) -> Origin {
        Origin::Server { address: self.client.address().shown().into() }
    }

    fn embed_each(&self, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) -> Result<(), EmbedError> {
        // Texts of like length together: servers pad each to the longest of its batch.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&index| (std::cmp::Reverse(texts[index].len()), index));
        let batches: Vec<&[usize]> = order.chunks(TEXTS_A_REQUEST).collect();
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let mut outcome = Ok(());
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(REQUESTS);
            for _ in 0..REQUESTS.min(batches.len()) {
                let (sender, batches, next, stop) = (sender.clone(), &batches, &next, &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let Some(&batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                        let wanted: Vec<&str> = batch.iter().map(|&index| texts[index]).collect();
                        if sender.send((batch, self.ask(&wanted, stop))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            for (batch, answer) in receiver {
                match answer {
                    Ok(vectors) => {
                        let vectors = vectors.into_iter().map(|values| TextVector { values, pieces: 1 });
                        batch.iter().zip(vectors).for_each(|(&index, vector)| sink(index, vector));
                    }
                    Err(error) if outcome.is_ok() => {
                        stop.store(true, Ordering::Relaxed);
                        outcome = Err(error.into());
                    }
                    Err(_) => {}
                }
            }
        });
        outcome
    }
}

/// Why a server gives no vectors. No message holds a text or a key.
#[derive(Debug, thiserror::Error)]
pub enum RemoteEmbedError {
    /// The server gives no answer.
    #[error(transparent)]
    Server(#[from] RemoteError),
    /// The answer is something else.
    #[error("the embeddings server's answer holds no vectors: {reason}")]
    NoVectors {
        /// What the reader of JSON said.
        reason: String,
    },
    /// More or fewer vectors than texts.
    #[error("the embeddings server gave {found} vectors for {expected} texts")]
    Count {
        /// Vectors.
        found: usize,
        /// Texts.
        expected: usize,
    },
    /// Two vectors for one text, or one for none.
    #[error("the embeddings server gave a second vector, or one too many, for position {index}")]
    Order {
        /// The position, from 0.
        index: usize,
    },
    /// A vector of another length.
    #[error("the embeddings server gave a vector of {found} numbers, and before of {expected}")]
    Dimensions {
        /// Numbers.
        found: usize,
        /// Numbers before.
        expected: usize,
    },
    /// A vector with something that is no number.
    #[error("the embeddings server gave a vector with numbers that are not finite (NaN, infinite or null)")]
    NotFinite,
    /// A vector without a direction.
    #[error("the embeddings server gave a vector that is zero in all places")]
    Zero,
    /// The model under this name has changed.
    #[error("{model} now gives other vectors than before (cosine {cosine:.3} for the same text)")]
    OtherModel {
        /// The model's name.
        model: String,
        /// Between the two vectors of one text.
        cosine: f64,
    },
}

impl RemoteEmbedError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        let goes_on = "what was embedded before is in the cache, unless `--no-cache` kept it out";
        match self {
            Self::Server(error) => error.hint(),
            Self::NoVectors { .. } => {
                "the server must answer as OpenAI's /v1/embeddings does: {\"data\": [{\"index\": 0, \"embedding\": […]}]}"
                    .into()
            }
            Self::Count { .. } | Self::Order { .. } | Self::Dimensions { .. } | Self::Zero => {
                format!("look into the server's log; {goes_on}")
            }
            Self::NotFinite => {
                format!("models that compute in 16 bits can overflow: run it in 32 bits, or bfloat16; {goes_on}")
            }
            Self::OtherModel { .. } => {
                "if the model on the server was replaced, start a new cache with `--cache DIR`, or use `--no-cache`"
                    .into()
            }
        }
    }
}
