//! How the labels of a text stand, for those that come once among them.
//!
//! In: a text, its candidates and which of them are labels. Out: whether nearly every paragraph, line, or line that is
//! not set in starts with a label, and whether a candidate stands as they do. It never takes in a label.

use super::super::super::by_lines::ByLines;
use super::super::choose::{Choice, is_habit};
use super::super::forms::Candidate;
use super::super::spoken_of;

/// How labels stand in a text.
pub(super) struct Habit {
    /// Every paragraph that a label opens starts after a blank line.
    pub(super) after_blank: bool,
    /// Words stand on the label's own line.
    inline: bool,
    /// Nearly every paragraph, or nearly every line, starts with a label.
    pub(super) is_strong: bool,
    /// What is said begins with a capital letter, nearly everywhere.
    pub(super) capital: bool,
    /// How far labels are set in, where lines without one are set in further.
    hangs: Option<usize>,
}

impl Habit {
    pub(super) fn of(text: &str, candidates: &[Candidate], choice: &Choice) -> Self {
        let chosen: Vec<&Candidate> = choice.chosen.iter().map(|&c| &candidates[c]).collect();
        let n = chosen.len();
        let blank = chosen.iter().filter(|c| c.after_blank).count();
        let inline = chosen.iter().filter(|c| has_words(text, c)).count();
        let from = chosen.first().map_or(0, |first| first.line);
        let lines = text[from..].by_lines().filter(|line| !line.is_blank()).count();
        let small = |c: &&&Candidate| spoken_of::opening_letter(text, c).is_some_and(char::is_lowercase);
        let after_blank = n >= 3 && blank * 10 >= n * 8;
        // Of a text without blank lines every line must be a turn, but for a few, or at least start like one.
        let like = candidates.iter().filter(|c| Some(c.form) == choice.form && !c.wide && c.line >= from).count();
        let by_line = n * 10 >= lines * 7 || (n * 2 >= lines && like * 10 >= lines * 9);
        let hangs = if n >= 4 && !after_blank && !by_line { hanging(&text[from..], &chosen, from) } else { None };
        Self {
            after_blank,
            inline: is_habit(n.max(4), inline * n.max(4) / n.max(1)),
            is_strong: n >= 4 && (after_blank || by_line || hangs.is_some()),
            hangs,
            capital: n >= 4 && chosen.iter().filter(small).count() * 10 <= n,
        }
    }

    pub(super) fn fits(&self, text: &str, candidate: &Candidate) -> bool {
        let line = || text[candidate.line..].by_lines().next().unwrap_or_default();
        (candidate.after_blank || !self.after_blank)
            && (has_words(text, candidate) || !self.inline)
            && self.hangs.is_none_or(|label| inset(line()) <= label)
    }
}

/// How far the labels of a text are set in that begin all lines set in no further, as where other lines hang below
/// their words. `text` starts at byte `from`.
fn hanging(text: &str, chosen: &[&Candidate], from: usize) -> Option<usize> {
    let line_at = |c: &&Candidate| text[c.line - from..].by_lines().next().unwrap_or_default();
    let label = chosen.iter().map(line_at).map(inset).max()?;
    let (mut hang, mut stand) = (0, 0);
    for line in text.by_lines().filter(|line| !line.is_blank()) {
        if inset(line) > label { hang += 1 } else { stand += 1 }
    }
    // A few of those that stand with the labels are speakers who are not known yet.
    (hang * 2 > chosen.len() && chosen.len() * 10 >= stand * 7).then_some(label)
}

/// How far the words of a line are set in, behind its number.
fn inset(line: &str) -> usize {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() - behind.trim_start().len()
}

fn has_words(text: &str, candidate: &Candidate) -> bool {
    text[candidate.words..].by_lines().next().is_some_and(|line| !line.is_blank())
}
