//! Progress of the embedding, of downloads, of naming and of notes on standard error, only where somebody looks.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::embed::Progress;
use crate::embed::models::download;
use crate::notes::NoteProgress;
use crate::theme::numbers::{counted, number};

use super::messages;

/// A bar that appears with the first number, where somebody looks.
struct Bar {
    bar: Option<ProgressBar>,
    shown: bool,
    template: &'static str,
}

impl Bar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    fn new(template: &'static str, quiet: bool) -> Self {
        Self { bar: None, shown: !quiet && std::io::stderr().is_terminal(), template }
    }

    /// The bar at `done` of `total`; `None` where nobody looks.
    fn at(&mut self, done: u64, total: u64) -> Option<&ProgressBar> {
        if !self.shown {
            return None;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total);
            if let Ok(style) = ProgressStyle::with_template(self.template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(done);
        Some(bar)
    }

    /// The same; at the end it is taken away.
    fn at_until_done(&mut self, done: usize, total: usize) {
        if let Some(bar) = self.at(done as u64, total as u64).filter(|_| done == total) {
            bar.finish_and_clear();
        }
    }

    fn finish(&self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

/// A bar with rate and time left.
pub struct EmbeddingBar {
    bar: Bar,
    before: usize,
    embedded: usize,
}

impl EmbeddingBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let template = "embedding {bar:24} {human_pos} of {human_len} texts, {per_sec}, {eta} left";
        Self { bar: Bar::new(template, quiet), before: 0, embedded: 0 }
    }

    /// Texts embedded so far, in every call that it watched.
    pub fn embedded_texts(&self) -> usize {
        self.before + self.embedded
    }
}

impl Progress for EmbeddingBar {
    fn embedded(&mut self, done: usize, total: usize) {
        // Each call counts from 0.
        if done < self.embedded {
            self.before += self.embedded;
        }
        self.embedded = done;
        self.bar.at_until_done(done, total);
    }
}

/// A bar with margin notes and time left, and before it what is sent where.
pub struct NotingBar {
    bar: Bar,
    quiet: bool,
}

impl NotingBar {
    /// A bar that shows itself on a terminal; nothing at all where `quiet`.
    pub fn new(quiet: bool) -> Self {
        let template = "noting {bar:24} {human_pos} of {human_len} passages, {per_sec}, {eta} left";
        Self { bar: Bar::new(template, quiet), quiet }
    }
}

impl NoteProgress for NotingBar {
    fn begins(&mut self, wanted: usize, known: usize, model: &str, address: &str) {
        if self.quiet {
            return;
        }
        let known = if known > 0 { format!(" ({} known from the cache)", number(known)) } else { String::new() };
        if wanted == 0 {
            return messages::note(&format!("nothing is sent for margin notes{known}"));
        }
        let passages = counted(wanted, "passage");
        messages::note(&format!(
            "{passages}{known}, each with its question and answer, are sent to {address} for {model} to note what they say"
        ));
    }

    fn noted(&mut self, done: usize, total: usize) {
        self.bar.at_until_done(done, total);
    }
}

impl Drop for NotingBar {
    fn drop(&mut self) {
        self.bar.finish();
    }
}

/// A bar with names, and time left.
pub struct NamingBar {
    bar: Bar,
}

impl NamingBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: Bar::new("naming {bar:24} {human_pos} of {human_len} themes, {eta} left", quiet) }
    }

    /// `done` of `total` names were asked for.
    pub fn named(&mut self, done: usize, total: usize) {
        if total > 0 {
            self.bar.at(done as u64, total as u64);
        }
    }
}

impl Drop for NamingBar {
    fn drop(&mut self) {
        self.bar.finish();
    }
}

/// A bar with bytes, rate and time left.
pub struct DownloadBar {
    bar: Bar,
}

impl DownloadBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let template = "getting {msg} {bar:24} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        Self { bar: Bar::new(template, quiet) }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish();
    }
}

impl download::Progress for DownloadBar {
    fn downloaded(&mut self, file: &str, done: u64, total: u64) {
        if let Some(bar) = self.bar.at(done, total) {
            bar.set_message(super::gate::harmless(file).into_owned());
        }
    }
}
