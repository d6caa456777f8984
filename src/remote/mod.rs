//! Servers with OpenAI's interface, such as Ollama, vLLM or a hospital's own.
//!
//! In: a request's JSON, and the address, model and key that the user named. Out: the body of the
//! answer. Overload is waited out, with delays that double; everything else that is wrong is a
//! [`RemoteError`]. It sends to that one address and to no other: a redirect is an error. The key is
//! sent there only, and never stored or shown. What is asked, and what an answer means, is the
//! caller's affair: [`crate::embed::remote`] asks for vectors, the station `notes` for margin notes,
//! [`crate::theme::naming`] for names.

mod address;
pub(crate) mod chat;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use crate::corpus::opening;

pub use address::Address;

/// What a server is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Vectors of texts: `/embeddings`.
    Embeddings,
    /// Names of themes, as answers to messages: `/chat/completions`.
    Chat,
    /// Margin notes, likewise.
    Notes,
}

impl Service {
    /// The end of the address.
    fn path(self) -> &'static str {
        match self {
            Self::Embeddings => "/embeddings",
            Self::Chat | Self::Notes => "/chat/completions",
        }
    }

    /// What such a server is called.
    fn server(self) -> &'static str {
        match self {
            Self::Embeddings => "embeddings server",
            Self::Chat | Self::Notes => "chat server",
        }
    }

    /// What the options about it begin with.
    pub fn option(self) -> &'static str {
        match self {
            Self::Embeddings => "--embed",
            Self::Chat => "--label",
            Self::Notes => "--note",
        }
    }

    /// An answer longer than this, in bytes, is none.
    fn longest_answer(self) -> u64 {
        match self {
            Self::Embeddings => 256 << 20,
            Self::Chat | Self::Notes => 1 << 20,
        }
    }
}

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

/// A model on a server, and how to ask it.
pub struct Client {
    agent: Agent,
    address: Address,
    model: String,
    key: Option<String>,
    patience: Patience,
    has_answered: AtomicBool,
    keeps: bool,
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

impl Client {
    /// Prepares requests; sends nothing.
    ///
    /// # Errors
    /// [`RemoteError::Key`], [`RemoteError::Certificates`].
    pub fn new(address: Address, model: &str, key: Option<String>, patience: Patience) -> Result<Self, RemoteError> {
        if key.as_ref().is_some_and(|key| key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(RemoteError::Key { service: address.service() });
        }
        let agent = agent(&address, patience)?;
        Ok(Self {
            agent,
            address,
            model: model.into(),
            key,
            patience,
            has_answered: AtomicBool::new(false),
            keeps: true,
        })
    }

    /// Whether what the server answers is kept for a further run; errors tell it. It is, unless this says otherwise.
    pub(crate) fn keeping(self, keeps: bool) -> Self {
        Self { keeps, ..self }
    }

    /// As [`Client::keeping`] has it.
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// Where requests go.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The server's name for the model.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// How long is waited for what.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// Whether the server has answered a request.
    pub(crate) fn has_answered(&self) -> bool {
        self.has_answered.load(Ordering::Relaxed)
    }

    /// The body of the answer to a request, with repetitions where they may help; `stop` ends the
    /// waiting. `longest` is the number of characters of the longest text in it, for messages.
    ///
    /// # Errors
    /// [`RemoteError`].
    pub fn ask(&self, request: &[u8], longest: usize, stop: &AtomicBool) -> Result<Vec<u8>, RemoteError> {
        let mut delay = self.patience.first_delay;
        let mut repeated = 0;
        let mut timed_out = false;
        loop {
            let Failure { error, repeat } = match self.ask_once(request, longest) {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            let wait = match repeat {
                Repeat::Never => return Err(error),
                Repeat::Once if timed_out => return Err(error),
                Repeat::Once | Repeat::Later => delay,
                Repeat::After(wait) if wait > self.patience.longest_delay => {
                    let address = self.address.shown().to_string();
                    let (service, kept) = (self.address.service(), self.keeps);
                    return Err(RemoteError::AskedToWait { service, address, seconds: wait.as_secs(), kept });
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

    fn ask_once(&self, body: &[u8], longest: usize) -> Result<Vec<u8>, Failure> {
        let mut request = self.agent.post(self.address.url()).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        let response = request.send(body).map_err(|error| self.broken(error))?;
        let (head, body) = response.into_parts();
        let limit = self.address.service().longest_answer();
        let body = body.into_with_config().limit(limit).read_to_vec().map_err(|error| self.broken(error))?;
        if head.status.is_success() {
            self.has_answered.store(true, Ordering::Relaxed);
            return Ok(body);
        }
        Err(self.refused(head.status, &head.headers, &body, longest))
    }

    /// A request that got no answer.
    fn broken(&self, error: ureq::Error) -> Failure {
        let (service, address, kept) = (self.address.service(), self.address.shown().to_string(), self.keeps);
        if matches!(error, ureq::Error::Timeout(_)) {
            let seconds = self.patience.time_limit.as_secs_f64();
            return Failure { error: RemoteError::Slow { service, address, seconds, kept }, repeat: Repeat::Once };
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
        let repeat = if passing && self.has_answered.load(Ordering::Relaxed) { Repeat::Later } else { Repeat::Never };
        Failure { error: RemoteError::NoAnswer { service, address, reason, kept }, repeat }
    }

    /// An answer that is no success.
    fn refused(&self, status: StatusCode, headers: &HeaderMap, body: &[u8], longest: usize) -> Failure {
        let (service, address) = (self.address.service(), self.address.shown().to_string());
        if status.is_redirection() {
            let target = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let target = target.split(['?', '#']).next().unwrap_or_default().to_string();
            return Failure { error: RemoteError::Redirect { service, address, target }, repeat: Repeat::Never };
        }
        let error = RemoteError::Status {
            service,
            address,
            status: status.as_u16(),
            reason: status.canonical_reason().unwrap_or_default(),
            message: message(body, self.key.as_deref()),
            longest,
            model: self.model.clone(),
            kept: self.keeps,
        };
        let repeat = match (status.as_u16(), retry_after(headers)) {
            (429 | 503, Some(wait)) => Repeat::After(wait),
            (429 | 500 | 502 | 503 | 504, _) => Repeat::Later,
            _ => Repeat::Never,
        };
        Failure { error, repeat }
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
    let pem = opening::read(path.as_ref(), opening::LARGEST_NOTE).map_err(|error| refused(error.to_string()))?;
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

/// Letters of a server's message that are shown.
const SHOWN: usize = 300;

/// What the server says in an answer that is no success, on one line, without the key.
fn message(body: &[u8], key: Option<&str>) -> String {
    let text = serde_json::from_slice(body).ok().and_then(|json| stated(&json));
    let text = text.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let text = match key {
        Some(key) => text.replace(key, "[key]"),
        None => text,
    };
    let line: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = line.join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// `{"error": {"message": …}}` as OpenAI has it, and its usual relatives.
fn stated(json: &serde_json::Value) -> Option<String> {
    ["error", "message", "detail"].iter().find_map(|field| {
        let value = json.get(field)?;
        value.as_str().map(str::to_string).or_else(|| stated(value))
    })
}

/// Why a server gives no answer. No message holds a text, a key or the query of an address.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address cannot be used.
    #[error("the address of the {} cannot be used: {reason}", service.server())]
    Address {
        /// What was asked for.
        service: Service,
        /// Why.
        reason: String,
    },
    /// The key cannot be sent.
    #[error("the key for the {} is empty, or has characters that a key cannot have", service.server())]
    Key {
        /// What was asked for.
        service: Service,
    },
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
        /// What was asked for.
        service: Service,
        /// The server.
        address: String,
        /// What the system said.
        reason: String,
        /// Whether earlier answers are kept for a further run.
        kept: bool,
    },
    /// No answer within the limit, twice.
    #[error("no answer from {address} within {seconds} seconds")]
    Slow {
        /// What was asked for.
        service: Service,
        /// The server.
        address: String,
        /// The limit.
        seconds: f64,
        /// Whether earlier answers are kept for a further run.
        kept: bool,
    },
    /// An answer that is no success.
    #[error("{address} answered {status} {reason}: {message}")]
    Status {
        /// What was asked for.
        service: Service,
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
        /// Whether earlier answers are kept for a further run.
        kept: bool,
    },
    /// The server is overloaded and wants to be left alone for long.
    #[error("{address} asks to wait {seconds} seconds before the next request")]
    AskedToWait {
        /// What was asked for.
        service: Service,
        /// The server.
        address: String,
        /// What it asked for.
        seconds: u64,
        /// Whether earlier answers are kept for a further run.
        kept: bool,
    },
    /// The server wants the texts sent elsewhere.
    #[error("{address} redirects to {target}; nothing was sent there")]
    Redirect {
        /// What was asked for.
        service: Service,
        /// The server.
        address: String,
        /// Where to.
        target: String,
    },
}

impl RemoteError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Address { service, .. } => {
                let option = service.option();
                format!("such as `{option}-url http://localhost:11434`; a key is given with `{option}-key-env NAME`")
            }
            Self::Key { service } => {
                format!("set the variable that `{}-key-env` names to the key alone", service.option())
            }
            Self::Certificates { .. } => "name a file of certificates in PEM form, or unset SSL_CERT_FILE".into(),
            Self::NoAnswer { service, kept, .. } => {
                format!("check that the server runs and the address is right; {}", goes_on(*service, *kept))
            }
            Self::Slow { service, kept, .. } => {
                format!("allow more with `{}-timeout SECONDS`; {}", service.option(), goes_on(*service, *kept))
            }
            Self::Status { service, status: 401 | 403, .. } => {
                format!("name the environment variable that holds the key with `{}-key-env NAME`", service.option())
            }
            Self::Status { service, status: 404, model, .. } => format!(
                "check the address and the model's name: has the server a model `{model}`, and {} at this path?",
                match service {
                    Service::Embeddings => "embeddings",
                    Service::Chat | Service::Notes => "chat",
                }
            ),
            Self::Status { service: Service::Embeddings, status: 400 | 413 | 422, longest, .. } => format!(
                "the longest text of the request has {longest} characters: if the model's window is too short for it, \
                 divide answers with `--unit passage`, or let the server truncate"
            ),
            Self::Status { service: Service::Chat | Service::Notes, status: 400 | 413 | 422, longest, .. } => format!(
                "the request has {longest} characters; a model with a longer window may take it, and one that allows \
                 a temperature of 0 and a seed"
            ),
            Self::Status { service, kept, .. } | Self::AskedToWait { service, kept, .. } => {
                format!("try again later; {}", goes_on(*service, *kept))
            }
            Self::Redirect { service, .. } => {
                format!("if you trust that address, name it with `{}-url`", service.option())
            }
        }
    }
}

/// What a further run finds; `kept`: there is a cache.
pub(crate) fn goes_on(service: Service, kept: bool) -> &'static str {
    match (service, kept) {
        (Service::Embeddings, true) => "what was embedded before is in the cache, and the next run goes on from there",
        (Service::Embeddings, false) => "without a cache the next run embeds everything again",
        (Service::Notes, true) => {
            "the notes that came are in the cache, and the next run asks only for those that are missing"
        }
        (Service::Notes, false) => "without a cache the next run asks for every note again",
        (Service::Chat, _) => "a further run into the same folder asks only for the names that are missing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_tells_of_the_cache_only_where_there_is_one() {
        for service in [Service::Embeddings, Service::Notes] {
            let hint = |kept: bool| {
                let (address, reason) = ("http://localhost:1".to_owned(), "refused".to_owned());
                RemoteError::NoAnswer { service, address, reason, kept }.hint()
            };
            assert!(hint(true).contains("in the cache, and the next run"), "{}", hint(true));
            assert!(hint(false).contains("without a cache") && hint(false).contains(" again"), "{}", hint(false));
        }
    }

    #[test]
    fn a_servers_message_is_one_line_without_the_key() {
        let body = "{\"error\": {\"message\": \"Incorrect key: sk-1\\n\\u001b[31mred\", \"type\": \"x\"}}";
        assert_eq!(message(body.as_bytes(), Some("sk-1")), "Incorrect key: [key] [31mred");
        assert_eq!(message(b"plain words", None), "plain words");
        assert_eq!(message("ä".repeat(400).as_bytes(), None).chars().count(), SHOWN + 1);
    }
}
