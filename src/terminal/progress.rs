//! Progress of the embedding on standard error, only where somebody looks.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::embed::Progress;

/// A bar with rate and time left.
pub struct EmbeddingBar {
    bar: Option<ProgressBar>,
    shown: bool,
}

impl EmbeddingBar {
    /// A bar that shows itself on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Self { bar: None, shown: !quiet && std::io::stderr().is_terminal() }
    }
}

impl Progress for EmbeddingBar {
    fn embedded(&mut self, done: usize, total: usize) {
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
