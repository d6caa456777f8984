//! How fast interviews are read: megabytes a second of each file, with what was found in it.
//!
//!     cargo run --release --example reading_speed -- FILE…
//!
//! Each file is read once to warm up and five times on the clock; the median counts. Decoding, speaker
//! and role detection and the language are included, dividing into passages is a column of its own.

use std::ffi::OsStr;
use std::time::{Duration, Instant};

use leitmotif::corpus::{InputSpec, ReadOptions, UnitOptions, divide, read};

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "{:<28}{:>9}{:>10}{:>9}{:>12}{:>13}{:>9}",
        "file", "MB", "seconds", "MB/s", "dividing s", "transcripts", "answers"
    );
    for argument in std::env::args_os().skip(1) {
        let input = [InputSpec::parse(&argument)];
        let options = ReadOptions::default();
        let corpus = read(&input, &options)?;
        let seconds = median(|| read(&input, &options).map(drop))?;
        let dividing = median(|| {
            divide(&corpus, &UnitOptions::default());
            Ok::<(), std::convert::Infallible>(())
        })?;
        let megabytes = corpus.sources.iter().map(|source| source.bytes).sum::<u64>() as f64 / 1e6;
        let name = std::path::Path::new(&argument).file_name().unwrap_or(OsStr::new("-")).to_string_lossy();
        println!(
            "{name:<28}{megabytes:>9.2}{:>10.3}{:>9.1}{:>12.3}{:>13}{:>9}",
            seconds.as_secs_f64(),
            megabytes / seconds.as_secs_f64(),
            dividing.as_secs_f64(),
            corpus.transcripts.len(),
            corpus.answers.len()
        );
    }
    Ok(())
}

fn median<E>(mut run: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[RUNS / 2])
}
