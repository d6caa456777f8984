//! Progress of the embedding, of downloads, of naming and of notes on standard error, only where somebody looks.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::embed::Progress;
use crate::embed::models::download;
use crate::notes::NoteProgress;
use crate::theme::numbers::{counted, number};

use super::messages;

/// A bar with rate and time left.
pub struct EmbeddingBar {
    bar: Option<ProgressBar>,
    shown: bool,
    before: usize,
    embedded: usize,
}

impl EmbeddingBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: None, shown: !quiet && std::io::stderr().is_terminal(), before: 0, embedded: 0 }
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
        if !self.shown {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total as u64);
            let template = "embedding {bar:24} {human_pos} of {human_len} texts, {per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(done as u64);
        if done == total {
            bar.finish_and_clear();
        }
    }
}

/// A bar with margin notes and time left, and before it what is sent where.
pub struct NotingBar {
    bar: Option<ProgressBar>,
    quiet: bool,
}

impl NotingBar {
    /// A bar that shows itself on a terminal; nothing at all where `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: None, quiet }
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
        if self.quiet || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total as u64);
            let template = "noting {bar:24} {human_pos} of {human_len} passages, {per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(done as u64);
        if done == total {
            bar.finish_and_clear();
        }
    }
}

impl Drop for NotingBar {
    fn drop(&mut self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

/// A bar with names, and time left.
pub struct NamingBar {
    bar: Option<ProgressBar>,
    shown: bool,
}

impl NamingBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: None, shown: !quiet && std::io::stderr().is_terminal() }
    }

    /// `done` of `total` names were asked for.
    pub fn named(&mut self, done: usize, total: usize) {
        if !self.shown || total == 0 {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total as u64);
            let template = "naming {bar:24} {human_pos} of {human_len} themes, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(done as u64);
    }
}

impl Drop for NamingBar {
    fn drop(&mut self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

/// A bar with bytes, rate and time left.
pub struct DownloadBar {
    bar: Option<ProgressBar>,
    shown: bool,
}

impl DownloadBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: None, shown: !quiet && std::io::stderr().is_terminal() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

impl download::Progress for DownloadBar {
    fn downloaded(&mut self, file: &str, done: u64, total: u64) {
        if !self.shown {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(total);
            let template = "getting {msg} {bar:24} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        bar.set_message(super::gate::harmless(file).into_owned());
        bar.set_position(done);
    }
}
