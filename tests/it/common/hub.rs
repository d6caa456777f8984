//! A stand-in for the model hub on this machine: it serves the tiny model of
//! `tests/fixtures/tiny-model` under any repository, as the hub does: redirects to a second
//! address for the graph, `Range`, hashes as etags. It can be told to misbehave.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use ring::digest;

use crate::common::project;

/// How the hub answers a request for the graph's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As it should.
    Well,
    /// Closes the connection after this many bytes.
    Hangs(usize),
    /// Ends the body after this many bytes as if that were all, without saying how long it is.
    Cuts(usize),
    /// Sends other bytes of the same length.
    Garbles,
    /// Answers every request with this status.
    Status(u16),
    /// Announces a file that is larger than any disk.
    Huge,
    /// Answers with a page, as a login portal does.
    Page,
}

struct State {
    mood: Mutex<Mood>,
    files: BTreeMap<String, Vec<u8>>,
    requests: Mutex<Vec<String>>,
    stop: AtomicBool,
}

/// The running stand-in; it ends when it is dropped.
pub struct Hub {
    state: Arc<State>,
    /// For `HF_ENDPOINT`.
    pub address: String,
}

pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

impl Hub {
    pub fn new() -> Self {
        let folder = project("tests/fixtures/tiny-model");
        let read = |file: &str| std::fs::read(folder.join(file)).unwrap();
        let mut files: BTreeMap<String, Vec<u8>> =
            ["tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json"]
                .map(|file| (file.to_string(), read(file)))
                .into();
        for graph in ["model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx"] {
            files.insert(graph.into(), read("model.onnx"));
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            mood: Mutex::new(Mood::Well),
            files,
            requests: Mutex::default(),
            stop: AtomicBool::new(false),
        });
        let (shared, own) = (state.clone(), address.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stop.load(Ordering::Relaxed) {
                    break;
                }
                let (shared, own) = (shared.clone(), own.clone());
                std::thread::spawn(move || {
                    // A client that goes away is part of the tests.
                    let _ = shared.serve(stream.unwrap(), &own);
                });
            }
        });
        Self { state, address }
    }

    pub fn becomes(&self, mood: Mood) {
        *self.state.mood.lock().unwrap() = mood;
    }

    /// Requests so far, as `GET /path bytes=…`.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.state.requests.lock().unwrap())
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.state.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

fn hexadecimal(hash: digest::Digest) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl State {
    fn serve(&self, mut stream: TcpStream, own: &str) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        while let Some(first) = lines.next() {
            let first = first?;
            let path = first.split(' ').nth(1).unwrap_or_default().to_string();
            let mut range = String::new();
            for line in lines.by_ref() {
                let line = line?;
                if line.is_empty() {
                    break;
                }
                if let Some((name, value)) = line.split_once(": ")
                    && name.eq_ignore_ascii_case("range")
                {
                    range = value.to_string();
                }
            }
            self.requests.lock().unwrap().push(format!("GET {path} {range}"));
            if !self.answer(&mut stream, &path, &range, own)? {
                return stream.shutdown(std::net::Shutdown::Both);
            }
        }
        Ok(())
    }

    /// Whether the connection stays open.
    fn answer(&self, stream: &mut TcpStream, path: &str, range: &str, own: &str) -> std::io::Result<bool> {
        let mood = *self.mood.lock().unwrap();
        let short = |stream: &mut TcpStream, status: &str, body: &str| {
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).map(|()| true)
        };
        match mood {
            Mood::Status(code) => return short(stream, &format!("{code} No"), "no"),
            Mood::Page => return short(stream, "200 OK", "<html>Please log in</html>"),
            _ => {}
        }
        let (blob, file) = match path.split_once("/resolve/main/").or_else(|| path.split_once("/blob/")) {
            Some((_, file)) => (path.contains("/blob/"), file),
            None => return short(stream, "404 Not Found", "no"),
        };
        let Some(content) = self.files.get(file) else { return short(stream, "404 Not Found", "no") };
        let graph = file.ends_with(".onnx");
        let etag = if graph {
            hexadecimal(digest::digest(&digest::SHA256, content))
        } else {
            let mut object = format!("blob {}\0", content.len()).into_bytes();
            object.extend(content);
            hexadecimal(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &object))
        };
        let about = format!("X-Repo-Commit: {COMMIT}\r\n");
        if graph && !blob {
            // Large files are kept elsewhere; the etag here is another.
            write!(
                stream,
                "HTTP/1.1 302 Found\r\n{about}X-Linked-Etag: \"{etag}\"\r\nETag: \"other\"\r\nLocation: {own}/blob/{file}\r\nContent-Length: 0\r\n\r\n"
            )?;
            return Ok(true);
        }
        let (from, to) = range.trim_start_matches("bytes=").split_once('-').unwrap_or(("0", ""));
        let from: usize = from.parse().unwrap_or(0);
        let to: usize = to.parse().unwrap_or(content.len() - 1).min(content.len() - 1);
        if from > to {
            return short(stream, "416 Range Not Satisfiable", "");
        }
        let mut body = content[from..=to].to_vec();
        let whole = if mood == Mood::Huge { 1 << 60 } else { content.len() };
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\n{about}ETag: \"{etag}\"\r\nContent-Range: bytes {from}-{to}/{whole}\r\n"
        );
        let asked_for_more = body.len() > 1;
        match mood {
            Mood::Hangs(bytes) if graph && asked_for_more && body.len() > bytes => {
                write!(stream, "{head}Content-Length: {}\r\n\r\n", body.len())?;
                stream.write_all(&body[..bytes])?;
                return Ok(false);
            }
            Mood::Cuts(bytes) if graph && asked_for_more => {
                write!(stream, "{head}Connection: close\r\n\r\n")?;
                stream.write_all(&body[..bytes.min(body.len())])?;
                return Ok(false);
            }
            Mood::Garbles if graph && asked_for_more => body[100] ^= 1,
            _ => {}
        }
        write!(stream, "{head}Content-Length: {}\r\n\r\n", body.len())?;
        stream.write_all(&body)?;
        Ok(true)
    }
}
