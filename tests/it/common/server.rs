//! A small HTTP server in the test: it reads requests with JSON and answers as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// What goes back.
pub enum Reply {
    /// Status line after the number, further header lines, body.
    Answer(&'static str, &'static str, String),
    /// The connection is closed without a word.
    Nothing,
}

/// A request.
#[derive(Clone)]
pub struct Asked {
    /// Its number, from 0, in the order of arrival.
    pub number: usize,
    pub json: Value,
    /// The request line and the header lines, in lower case.
    pub headers: Vec<String>,
}

pub struct StandIn {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl StandIn {
    /// Listens on a free port until the test ends.
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (shared, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (asked, answer) = (Arc::clone(&shared), Arc::clone(&answer));
                thread::spawn(move || {
                    let _ = serve(stream, &asked, answer.as_ref());
                });
            }
        });
        Self { url, asked }
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// Whether a request had this header line.
    pub fn has_seen(&self, header: &str) -> bool {
        self.asked.lock().unwrap().iter().any(|asked| asked.headers.iter().any(|line| line == header))
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Reply) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut length = 0;
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut headers = vec![line.trim().to_lowercase()];
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.trim().to_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            headers.push(header);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let json = serde_json::from_slice(&body).unwrap();
        let asked = {
            let mut log = log.lock().unwrap();
            let asked = Asked { number: log.len(), json, headers };
            log.push(asked.clone());
            asked
        };
        let Reply::Answer(status, more, body) = answer(&asked) else { return Ok(()) };
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\n{more}\r\n{body}", body.len())?;
        stream.flush()?;
    }
}
