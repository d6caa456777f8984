//! The address of a server.
//!
//! In: what a user typed: a host, an address with or without `/v1`, or the full path. Out: where
//! requests go, and the same without anything secret, for messages and the manifest.

use std::net::IpAddr;

use ureq::http::Uri;

use super::{RemoteError, Service};

/// An address that requests can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: String,
    shown: String,
    host: String,
    service: Service,
    local: bool,
    encrypted: bool,
}

impl Address {
    /// Completes an address: without a path `/v1` and the service's own (`/embeddings`) are added, to
    /// another path the service's, and a path that ends so is complete. A query stays.
    ///
    /// # Errors
    /// [`RemoteError::Address`].
    pub fn parse(typed: &str, service: Service) -> Result<Self, RemoteError> {
        let refused = |reason: &str| RemoteError::Address { service, reason: reason.into() };
        let uri: Uri = typed.trim().parse().map_err(|_| refused("it is no URL"))?;
        let encrypted = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(refused("it begins neither with http:// nor with https://")),
        };
        let authority = uri.authority().ok_or_else(|| refused("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(refused("it holds a user name or a password"));
        }
        let name = authority.host();
        if name.is_empty() {
            return Err(refused("it names no host"));
        }
        let path = uri.path().trim_end_matches('/');
        let path = match path {
            "" => format!("/v1{}", service.path()),
            complete if complete.ends_with(service.path()) => complete.to_string(),
            other => format!("{other}{}", service.path()),
        };
        let scheme = if encrypted { "https" } else { "http" };
        let host = authority.as_str().to_lowercase();
        let shown = format!("{scheme}://{host}{path}");
        let url = uri.query().map_or_else(|| shown.clone(), |query| format!("{shown}?{query}"));
        Ok(Self { url, shown, host, service, local: is_local(name), encrypted })
    }

    /// Where requests go.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// What is asked for there.
    pub fn service(&self) -> Service {
        self.service
    }

    /// Scheme, host, port and path: nothing secret.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the server is this machine.
    pub fn is_local(&self) -> bool {
        self.local
    }

    /// Whether texts would travel through a network in the clear.
    pub fn is_readable_on_the_way(&self) -> bool {
        !self.local && !self.encrypted
    }
}

fn is_local(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_lowercase();
    host == "localhost" || host.ends_with(".localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_completed() {
        let url = |typed: &str| Address::parse(typed, Service::Embeddings).unwrap().url;
        assert_eq!(url("http://localhost:11434"), "http://localhost:11434/v1/embeddings");
        assert_eq!(url("http://localhost:11434/"), "http://localhost:11434/v1/embeddings");
        assert_eq!(url("https://api.example.org/v1"), "https://api.example.org/v1/embeddings");
        assert_eq!(url("https://example.org/llm/v3/"), "https://example.org/llm/v3/embeddings");
        assert_eq!(url("https://example.org/v1/embeddings"), "https://example.org/v1/embeddings");
        assert_eq!(url("https://example.org/x?api-version=2"), "https://example.org/x/embeddings?api-version=2");
        let chat = |typed: &str| Address::parse(typed, Service::Chat).unwrap().url;
        assert_eq!(chat("http://localhost:11434"), "http://localhost:11434/v1/chat/completions");
        assert_eq!(chat("https://api.example.org/v1"), "https://api.example.org/v1/chat/completions");
        assert_eq!(chat("http://gpu/v1/chat/completions"), "http://gpu/v1/chat/completions");
    }

    #[test]
    fn what_is_shown_holds_no_query() {
        let address = Address::parse("https://Example.org/v1?key=secret", Service::Embeddings).unwrap();
        assert_eq!(address.shown(), "https://example.org/v1/embeddings");
        assert!(!format!("{:?}", address.shown()).contains("secret"));
    }

    #[test]
    fn only_this_machine_is_local() {
        let readable = |typed: &str| Address::parse(typed, Service::Embeddings).unwrap().is_readable_on_the_way();
        for typed in ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1", "https://example.org"] {
            assert!(!readable(typed), "{typed}");
        }
        for typed in
            ["http://192.168.0.7:1", "http://gpu", "http://localhost.example.org", "http://127.0.0.1.example.org"]
        {
            assert!(readable(typed), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        for typed in ["", "localhost:11434", "ftp://host", "https://user:secret@host/v1", "/v1", "http://", "ht tp://x"]
        {
            let error = Address::parse(typed, Service::Embeddings).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
