//! A model behind an OpenAI-compatible embeddings server: Ollama, TEI, vLLM, a hospital's own.
//!
//! In: texts, and the address, model and key that the user named. Out: unit-length vectors, in
//! requests of [`TEXTS_A_REQUEST`] texts, a few at a time. Answers of overload are waited out, with
//! delays that double; everything else that is wrong ends the run with what was there before handed
//! over. It sends texts to that one address and to no other: a redirect is an error. The key is
//! sent there only, and never stored or shown.

mod address;
mod reply;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use ureq::Agent;
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

pub use address::Address;

use super::cache::Cache;
use super::{EmbedError, Embedder, ModelIdentity, Origin, TextVector};

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
/// An answer longer than this, in bytes, is none.
const LONGEST_ANSWER: u64 = 256 << 20;

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For one answer.
    pub time_limit: Duration,
    /// Before the first repetition; it doubles each time.
    pub first_delay: Duration,
    /// Repetitions of a request that met an overloaded server or a broken connection. One that
    /// took longer than the limit is repeated once.
    pub repetitions: u32,
    /// What a server may ask for with `Retry-After`; longer, and the run ends.
    pub longest_delay: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(120),
            first_delay: Duration::from_millis(500),
            repetitions: 4,
            longest_delay: Duration::from_secs(120),
        }
    }
}

/// A model on a server.
pub struct RemoteEmbedder {
    agent: Agent,
    address: Address,
    model: String,
    key: Option<String>,
    patience: Patience,
    identity: ModelIdentity,
}

#[derive(Serialize)]
struct Request<'t> {
    model: &'t str,
    input: &'t [&'t str],
}

/// A failed request.
struct Failure {
    error: RemoteError,
    repeat: Repeat,
}

/// Whether to ask again.
enum Repeat {
    Never,
    /// After the usual delay.
    Later,
    /// After what the server asked for.
    After(Duration),
    /// Once: the server may have been loading the model.
    Once,
}

impl RemoteEmbedder {
    /// Asks the server for one vector, which shows that it answers and how long its vectors are.
    /// With a cache that knows the model, it must be the vector that the model gave before.
    ///
    /// # Errors
    /// [`RemoteError`]; no text of an interview has been sent then.
    pub fn connect(
        address: Address,
        model: &str,
        key: Option<String>,
        patience: Patience,
        cache: Option<&Cache>,
    ) -> Result<Self, RemoteError> {
        if key.as_ref().is_some_and(|key| key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(RemoteError::Key);
        }
        let identity = ModelIdentity {
            name: format!("{model} at {}", address.host()),
            blake3: String::new(),
            dimensions: 0,
            window: 0,
            prefix: String::new(),
            pooling: "unknown".into(),
        };
        let agent = agent(&address, patience)?;
        let mut embedder = Self { agent, address, model: model.into(), key, patience, identity };
        let vector = embedder.ask(&[PROBE], &AtomicBool::new(false))?.pop().unwrap_or_default();
        embedder.identity.dimensions = vector.len();
        embedder.check_is_same_model(vector, cache)?;
        Ok(embedder)
    }

    /// An update on the server under the same name must not mix with vectors of before.
    fn check_is_same_model(&self, vector: Vec<f32>, cache: Option<&Cache>) -> Result<(), RemoteError> {
        let Some(cache) = cache else { return Ok(()) };
        match cache.get_all(&self.identity, &[PROBE]).pop().flatten() {
            Some(before) => {
                let products = before.values.iter().zip(&vector).map(|(&a, &b)| f64::from(a) * f64::from(b));
                let cosine = products.sum::<f64>();
                if cosine < SAME_MODEL {
                    return Err(RemoteError::OtherModel { model: self.model.clone(), cosine });
                }
            }
            None => cache.put_all(&self.identity, [(PROBE, &TextVector { values: vector, pieces: 1 })].into_iter()),
        }
        Ok(())
    }

    /// The vectors of a few texts, with repetitions where they may help; `stop` ends the waiting.
    fn ask(&self, texts: &[&str], stop: &AtomicBool) -> Result<Vec<Vec<f32>>, RemoteError> {
        let mut delay = self.patience.first_delay;
        let mut repeated = 0;
        let mut timed_out = false;
        loop {
            let Failure { error, repeat } = match self.ask_once(texts) {
                Ok(vectors) => return Ok(vectors),
                Err(failure) => failure,
            };
            let wait = match repeat {
                Repeat::Never => return Err(error),
                Repeat::Once if timed_out => return Err(error),
                Repeat::Once | Repeat::Later => delay,
                Repeat::After(wait) if wait > self.patience.longest_delay => {
                    let address = self.address.shown().to_string();
                    return Err(RemoteError::AskedToWait { address, seconds: wait.as_secs() });
                }
                Repeat::After(wait) => wait,
            };
            timed_out |= matches!(repeat, Repeat::Once);
            if repeated == self.patience.repetitions || !wait_unless(stop, wait) {
                return Err(error);
            }
            repeated += 1;
            delay *= 2;
        }
    }

    fn ask_once(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Failure> {
        let never = |error: RemoteError| Failure { error, repeat: Repeat::Never };
        let body = serde_json::to_vec(&Request { model: &self.model, input: texts })
            .map_err(|error| never(RemoteError::NoVectors { reason: error.to_string() }))?;
        let mut request = self.agent.post(self.address.url()).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        let response = request.send(&body[..]).map_err(|error| self.broken(error))?;
        let (head, body) = response.into_parts();
        let body = body.into_with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(|error| self.broken(error))?;
        if head.status.is_success() {
            let dimensions = (self.identity.dimensions > 0).then_some(self.identity.dimensions);
            return reply::vectors(&body, texts.len(), dimensions).map_err(never);
        }
        Err(self.refused(head.status, &head.headers, &body, texts))
    }

    /// A request that got no answer.
    fn broken(&self, error: ureq::Error) -> Failure {
        let address = self.address.shown().to_string();
        if matches!(error, ureq::Error::Timeout(_)) {
            let seconds = self.patience.time_limit.as_secs_f64();
            return Failure { error: RemoteError::Slow { address, seconds }, repeat: Repeat::Once };
        }
        let reason = match &error {
            ureq::Error::Io(io) => io.to_string(),
            other => other.to_string(),
        };
        let passing = matches!(
            error,
            ureq::Error::Io(_) | ureq::Error::Protocol(_) | ureq::Error::HostNotFound | ureq::Error::ConnectionFailed
        );
        // Before the first answer a server that is not there is a wrong address.
        let has_answered = self.identity.dimensions > 0;
        let repeat = if passing && has_answered { Repeat::Later } else { Repeat::Never };
        Failure { error: RemoteError::NoAnswer { address, reason }, repeat }
    }

    /// An answer that is no success.
    fn refused(&self, status: StatusCode, headers: &HeaderMap, body: &[u8], texts: &[&str]) -> Failure {
        let address = self.address.shown().to_string();
        if status.is_redirection() {
            let target = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let target = target.split(['?', '#']).next().unwrap_or_default().to_string();
            return Failure { error: RemoteError::Redirect { address, target }, repeat: Repeat::Never };
        }
        let error = RemoteError::Status {
            address,
            status: status.as_u16(),
            reason: status.canonical_reason().unwrap_or_default(),
            message: reply::message(body, self.key.as_deref()),
            longest: texts.iter().map(|text| text.chars().count()).max().unwrap_or(0),
            model: self.model.clone(),
        };
        let repeat = match (status.as_u16(), retry_after(headers)) {
            (429 | 503, Some(wait)) => Repeat::After(wait),
            (429 | 500 | 502 | 503 | 504, _) => Repeat::Later,
            _ => Repeat::Never,
        };
        Failure { error, repeat }
    }
}

impl Embedder for RemoteEmbedder {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn origin(&self) -> Origin {
        Origin::Server { address: self.address.shown().into() }
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

fn agent(address: &Address, patience: Patience) -> Result<Agent, RemoteError> {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        // 0 and no error: the answer itself is looked at.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(patience.time_limit))
        .user_agent(concat!("leitmotif/", env!("CARGO_PKG_VERSION")));
    if address.is_local() {
        config = config.proxy(None);
    }
    if let Some(roots) = own_authorities()? {
        config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
    }
    Ok(config.build().new_agent())
}

/// The certificate authorities in the file that `SSL_CERT_FILE` names, for servers with a
/// certificate of their own institution.
fn own_authorities() -> Result<Option<RootCerts>, RemoteError> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) else { return Ok(None) };
    let refused = |reason: String| RemoteError::Certificates { path: path.clone().into(), reason };
    let pem = std::fs::read(&path).map_err(|error| refused(error.to_string()))?;
    let certificates: Vec<_> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(refused("there is no certificate in it".into()));
    }
    Ok(Some(RootCerts::Specific(Arc::new(certificates))))
}

/// Whole seconds; dates, which depend on two clocks, are not heeded.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Waits; `false` when `stop` was set meanwhile.
fn wait_unless(stop: &AtomicBool, wait: Duration) -> bool {
    let end = Instant::now() + wait;
    while !stop.load(Ordering::Relaxed) {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        thread::sleep(left.min(Duration::from_millis(50)));
    }
    false
}

/// Why a server gives no vectors. No message holds a text, a key or the query of an address.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address cannot be used.
    #[error("the address of the embeddings server cannot be used: {reason}")]
    Address {
        /// Why.
        reason: String,
    },
    /// The key cannot be sent.
    #[error("the key for the embeddings server is empty, or has characters that a key cannot have")]
    Key,
    /// `SSL_CERT_FILE` names a file without certificates.
    #[error("failed to read the certificates in {} (SSL_CERT_FILE): {reason}", path.display())]
    Certificates {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// No connection, or one that broke.
    #[error("no answer from {address}: {reason}")]
    NoAnswer {
        /// The server.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// No answer within the limit, twice.
    #[error("no answer from {address} within {seconds} seconds")]
    Slow {
        /// The server.
        address: String,
        /// The limit.
        seconds: f64,
    },
    /// An answer that is no success.
    #[error("{address} answered {status} {reason}: {message}")]
    Status {
        /// The server.
        address: String,
        /// The HTTP status.
        status: u16,
        /// Its usual words.
        reason: &'static str,
        /// What the server said.
        message: String,
        /// Characters of the longest text of the request.
        longest: usize,
        /// The model asked for.
        model: String,
    },
    /// The server is overloaded and wants to be left alone for long.
    #[error("{address} asks to wait {seconds} seconds before the next request")]
    AskedToWait {
        /// The server.
        address: String,
        /// What it asked for.
        seconds: u64,
    },
    /// The server wants the texts sent elsewhere.
    #[error("{address} redirects to {target}; nothing was sent there")]
    Redirect {
        /// The server.
        address: String,
        /// Where to.
        target: String,
    },
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

impl RemoteError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        let goes_on = "what was embedded before is in the cache, and the next run goes on from there";
        match self {
            Self::Address { .. } => {
                "such as `--embed-url http://localhost:11434`; a key is given with `--embed-key-env NAME`".into()
            }
            Self::Key => "set the variable that `--embed-key-env` names to the key alone".into(),
            Self::Certificates { .. } => "name a file of certificates in PEM form, or unset SSL_CERT_FILE".into(),
            Self::NoAnswer { .. } => format!("check that the server runs and the address is right; {goes_on}"),
            Self::Slow { .. } => format!("allow more with `--embed-timeout SECONDS`; {goes_on}"),
            Self::Status { status: 401 | 403, .. } => {
                "name the environment variable that holds the key with `--embed-key-env NAME`".into()
            }
            Self::Status { status: 404, model, .. } => format!(
                "check the address and the model's name: has the server a model `{model}`, and embeddings at this path?"
            ),
            Self::Status { status: 400 | 413 | 422, longest, .. } => format!(
                "the longest text of the request has {longest} characters: if the model's window is too short for it, \
                 divide answers with `--unit passage`, or let the server truncate"
            ),
            Self::Status { .. } | Self::AskedToWait { .. } => format!("try again later; {goes_on}"),
            Self::Redirect { .. } => "if you trust that address, name it with `--embed-url`".into(),
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
