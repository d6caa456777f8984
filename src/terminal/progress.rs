//! Progress on standard error: bars where somebody looks, or a JSON object a line for programs.
//!
//! In: how much of what is done. Out: a bar that goes when it is full; or, with `--progress json`, lines of
//! `{"step": …, "done": …, "total": …, "unit": …, "seconds": …, "seconds_left": …}`, ten a second at most, the last of
//! a step always. Where nobody looks and no program asked, nothing.

use std::io::{IsTerminal, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::embed::models::download;
use crate::embed::{Progress, Step};
use crate::notes::NoteProgress;
use crate::theme::numbers::{counted, number};

use super::messages;
use super::mode::Mode;

/// Time between two lines for a program.
const BETWEEN_LINES: Duration = Duration::from_millis(100);
/// The time left is told from this much of a step on, in time and share: before, it would jump.
const TELLING_TIME: Duration = Duration::from_secs(1);
const TELLING_SHARE: f64 = 0.02;

/// Seconds left, where that can be told.
fn seconds_left(done: u64, total: u64, gone: Duration) -> Option<f64> {
    let share = done as f64 / total.max(1) as f64;
    let known = gone >= TELLING_TIME && share >= TELLING_SHARE;
    known.then(|| gone.as_secs_f64() * (1.0 - share).max(0.0) / share)
}

/// `, 38 s left`, `, 4 min left`; nothing while it is not known.
fn time_left(done: u64, total: u64, gone: Duration) -> String {
    match seconds_left(done, total, gone) {
        Some(seconds) if seconds >= 100.0 => format!(", {:.0} min left", (seconds / 60.0).ceil()),
        Some(seconds) => format!(", {:.0} s left", seconds.ceil()),
        None => String::new(),
    }
}

/// `, 312 texts a second`; nothing while there is none.
fn rate(done: u64, gone: Duration, unit: &str) -> String {
    let a_second = done as f64 / gone.as_secs_f64().max(1e-9);
    match gone >= TELLING_TIME {
        true if a_second >= 9.5 => format!(", {} {unit} a second", number(a_second.round() as usize)),
        true if a_second >= 0.95 => format!(", {a_second:.1} {unit} a second"),
        _ => String::new(),
    }
}

/// What counts, and how.
#[derive(Clone, Copy)]
struct Look {
    /// `embedding`
    step: &'static str,
    /// What is counted: `texts`. Parts of a step's work have no name, and are shown as a share.
    unit: Option<&'static str>,
    /// Whether the rate says something.
    with_rate: bool,
}

/// A bar, or lines for a program, that appears with the first number.
struct Bar {
    look: Look,
    quiet: bool,
    shown: Option<Shown>,
}

enum Shown {
    Bar(ProgressBar),
    Lines { began: Instant, before: Instant },
}

impl Bar {
    /// Nothing at all where `quiet`.
    fn new(look: Look, quiet: bool) -> Self {
        Self { look, quiet, shown: None }
    }

    /// At `done` of `total`; `message`: what is at work, where that changes.
    fn at(&mut self, done: u64, total: u64, message: &str) {
        let mode = Mode::global();
        let is_seen = mode == Mode::Json || (mode == Mode::Auto && std::io::stderr().is_terminal());
        if self.quiet || !is_seen {
            return;
        }
        let (look, now) = (self.look, Instant::now());
        let shown = self.shown.get_or_insert_with(|| match mode {
            Mode::Json => Shown::Lines { began: now, before: now },
            _ => Shown::Bar(bar(look, total)),
        });
        match shown {
            Shown::Bar(bar) => {
                if !message.is_empty() {
                    bar.set_message(format!("{} ", super::gate::harmless(message)));
                }
                bar.set_position(done);
            }
            Shown::Lines { began, before } => {
                let is_due = now.duration_since(*before) >= BETWEEN_LINES || done == total || *began == now;
                if is_due {
                    *before = now;
                    line(look, done, total, now.duration_since(*began), message);
                }
            }
        }
    }

    /// The same; at the end it is taken away.
    fn at_until_done(&mut self, done: usize, total: usize) {
        self.at(done as u64, total as u64, "");
        if done >= total {
            self.finish();
        }
    }

    fn finish(&mut self) {
        if let Some(Shown::Bar(bar)) = self.shown.take() {
            bar.finish_and_clear();
        }
    }
}

fn bar(look: Look, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    let (count, unit) = match look.unit {
        Some("bytes") => ("{bytes} of {total_bytes}{rate}{left}", "bytes"),
        Some(unit) => ("{human_pos} of {human_len}{rate}{left}", unit),
        None => ("{percent} %{left}", ""),
    };
    let template = format!("{} {{msg}}{{bar:24}} {count}", look.step);
    if let Ok(style) = ProgressStyle::with_template(&template) {
        let with_rate = look.with_rate;
        bar.set_style(
            style
                .with_key("left", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    let _ = out.write_str(&time_left(state.pos(), state.len().unwrap_or(0), state.elapsed()));
                })
                .with_key("rate", move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    let _ = match (unit, with_rate) {
                        ("bytes", true) => write!(out, ", {}/s", indicatif::HumanBytes(state.per_sec() as u64)),
                        (unit, true) => out.write_str(&format!(" {unit}{}", rate(state.pos(), state.elapsed(), unit))),
                        (unit, false) => write!(out, " {unit}"),
                    };
                }),
        );
    }
    bar
}

/// One object on a line of its own.
fn line(look: Look, done: u64, total: u64, gone: Duration, message: &str) {
    let tenths = |seconds: f64| (seconds * 10.0).round() / 10.0;
    let mut object = serde_json::json!({
        "step": look.step,
        "done": done,
        "total": total,
        "unit": look.unit,
        "seconds": tenths(gone.as_secs_f64()),
        "seconds_left": seconds_left(done, total, gone).map(tenths),
    });
    if !message.is_empty() {
        object["of"] = message.into();
    }
    let _ = writeln!(std::io::stderr(), "{object}");
}

/// The bars of a run, one after another: the embedding, and what takes long after it.
pub struct RunBar {
    embedding: Bar,
    /// What is at work after the embedding.
    step: Option<(Step, Bar)>,
    quiet: bool,
    before: usize,
    embedded: usize,
}

impl RunBar {
    /// Bars that show themselves where somebody looks, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        let look = Look { step: "embedding", unit: Some("texts"), with_rate: true };
        Self { embedding: Bar::new(look, quiet), step: None, quiet, before: 0, embedded: 0 }
    }

    /// Texts embedded so far, in every call that it watched.
    pub fn embedded_texts(&self) -> usize {
        self.before + self.embedded
    }
}

impl Progress for RunBar {
    fn embedded(&mut self, done: usize, total: usize) {
        // Each call counts from 0.
        if done < self.embedded {
            self.before += self.embedded;
        }
        self.embedded = done;
        self.embedding.at_until_done(done, total);
    }

    fn advanced(&mut self, step: Step, done: usize, total: usize) {
        if total == 0 {
            return;
        }
        if self.step.as_ref().is_none_or(|(at_work, _)| *at_work != step) {
            let look = Look { step: step.word(), unit: None, with_rate: false };
            if let Some((_, mut before)) = self.step.replace((step, Bar::new(look, self.quiet))) {
                before.finish();
            }
        }
        if let Some((_, bar)) = &mut self.step {
            bar.at_until_done(done, total);
        }
    }
}

impl Drop for RunBar {
    fn drop(&mut self) {
        self.embedding.finish();
        if let Some((_, bar)) = &mut self.step {
            bar.finish();
        }
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
        let look = Look { step: "noting", unit: Some("passages"), with_rate: true };
        Self { bar: Bar::new(look, quiet), quiet }
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
        Self { bar: Bar::new(Look { step: "naming", unit: Some("themes"), with_rate: false }, quiet) }
    }

    /// `done` of `total` names were asked for.
    pub fn named(&mut self, done: usize, total: usize) {
        if total > 0 {
            self.bar.at(done as u64, total as u64, "");
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
        Self { bar: Bar::new(Look { step: "getting", unit: Some("bytes"), with_rate: true }, quiet) }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        self.bar.finish();
    }
}

impl download::Progress for DownloadBar {
    fn downloaded(&mut self, file: &str, done: u64, total: u64) {
        self.bar.at(done, total, file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_time_left_is_told_once_it_is_known() {
        assert_eq!(time_left(0, 100, 60 * SECOND), "");
        assert_eq!(time_left(50, 100, SECOND / 2), "", "half a second tells nothing");
        assert_eq!(time_left(1, 100, 9 * SECOND), "", "nor does a hundredth");
        assert_eq!(time_left(50, 100, 10 * SECOND), ", 10 s left");
        assert_eq!(time_left(10, 100, 60 * SECOND), ", 9 min left");
        assert_eq!(time_left(100, 100, 60 * SECOND), ", 0 s left");
        assert_eq!(seconds_left(0, 0, SECOND), None);
        assert_eq!(seconds_left(120, 100, 10 * SECOND), Some(0.0), "more than there was to do");
    }

    #[test]
    fn rates_are_rounded() {
        assert_eq!(rate(31_234, 10 * SECOND, "texts"), ", 3,123 texts a second");
        assert_eq!(rate(12, 10 * SECOND, "texts"), ", 1.2 texts a second");
        assert_eq!(rate(1, 10 * SECOND, "texts"), "");
        assert_eq!(rate(100, SECOND / 10, "texts"), "");
    }
}
