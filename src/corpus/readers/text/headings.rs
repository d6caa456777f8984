//! Headings of Markdown between the turns of a talk: `## Money and markets`, with the rules above them.
//!
//! In: a text and its labelled stretches. Out: the bytes of the headings that nobody says, in order, and a remark on
//! those that may be so. Those that stand last in a turn part it from the next one; those with words below them in the
//! turn are an editor's where others of their level stand between turns. The rest are words of the turn, as machines
//! write headings into their answers, and told where no machine speaks. A heading that a turn begins with and a line in
//! a block of code are never taken, nor is text above the first label.

use std::ops::Range;

use super::super::super::labels::{Remark, Stretch, is_rule};
use super::super::super::speakers::key;

/// Headings with more words are paragraphs behind a mark.
const MAX_WORDS: usize = 30;
/// Levels of headings.
const LEVELS: usize = 6;
/// So many headings between turns show a habit, however many stand within.
const HABIT: usize = 3;
/// Words of the names of machines that write headings.
const MACHINES: &[&str] =
    &["assistant", "ai", "gpt", "chatgpt", "claude", "gemini", "copilot", "bot", "chatbot", "model"];

struct Heading {
    level: usize,
    bytes: Range<usize>,
    /// Whether no words of the turn stand below it.
    is_last: bool,
    /// `## Carol:` may as well say who goes on.
    ends_in_colon: bool,
}

/// The bytes of a text's headings that nobody says, each with the rules right above it, and what is to be said of the
/// others.
pub(super) fn between(text: &str, stretches: &[Stretch]) -> (Vec<Range<usize>>, Option<Remark>) {
    let mut found = Vec::new();
    for stretch in stretches.iter().filter(|stretch| !stretch.label.is_empty()) {
        within(&text[stretch.text.clone()], stretch.text.start, &mut found);
    }
    let mut n_within = [0usize; LEVELS + 1];
    let mut n_between = [0usize; LEVELS + 1];
    for heading in &found {
        let counts = if heading.is_last { &mut n_between } else { &mut n_within };
        counts[heading.level] += 1;
    }
    let is_habit = |level: usize| n_between[level] >= n_within[level].min(HABIT);
    let is_nobodys = |heading: &Heading| heading.is_last || (is_habit(heading.level) && !heading.ends_in_colon);
    let (nobodys, said): (Vec<Heading>, Vec<Heading>) = found.into_iter().partition(is_nobodys);
    let doubt = if by_machine(stretches) { None } else { doubt(text, stretches, &said) };
    (nobodys.into_iter().map(|heading| heading.bytes).collect(), doubt)
}

/// Whether a machine speaks.
fn by_machine(stretches: &[Stretch]) -> bool {
    let is_machine = |label: &str| key(label).split([' ', '-', '_']).any(|word| MACHINES.contains(&word));
    stretches.iter().any(|stretch| is_machine(&stretch.label))
}

/// Tells of the headings that count as said where two speak or more, but for the last turn: notes may stand below it.
fn doubt(text: &str, stretches: &[Stretch], said: &[Heading]) -> Option<Remark> {
    let last = stretches.iter().rfind(|stretch| !stretch.label.is_empty())?;
    let is_of_last = |stretch: &Stretch| stretch.label.is_empty() || stretch.label == last.label;
    let end = stretches.iter().rfind(|stretch| !is_of_last(stretch))?.text.end;
    let told = said.partition_point(|heading| heading.bytes.start < end);
    let (first, more) = said[..told].split_first()?;
    let line = text[first.bytes.clone()].lines().next_back().unwrap_or_default().trim();
    let above = stretches.partition_point(|stretch| stretch.text.start <= first.bytes.start).checked_sub(1)?;
    let whose = &stretches[above].label;
    let others = if more.is_empty() { String::new() } else { format!(" (and {} more such lines)", more.len()) };
    let what = format!(
        "`{line}` looks like a heading but was taken for words of `{whose}`, and so was what stands below it{others}; \
         write who says that, or leave the line out"
    );
    Some(Remark { at: first.bytes.start, what })
}

/// Adds the headings below the first words of a turn, which start at a byte of the text.
fn within(words: &str, from: usize, found: &mut Vec<Heading>) {
    if !words.contains('#') {
        return;
    }
    let mut start = from;
    // The first of the headings below the last words.
    let mut first = found.len();
    let mut rule = None;
    let (mut is_below_words, mut is_set_off, mut in_code) = (false, false, false);
    for line in words.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            is_set_off = true;
            continue;
        }
        let is_fence = bare.starts_with("```");
        in_code ^= is_fence;
        if is_below_words && !in_code && is_rule(bare) {
            rule = rule.or(Some(here));
            is_set_off = true;
            continue;
        }
        let level = level(bare).filter(|&level| is_below_words && !in_code && !is_fence && (level > 1 || is_set_off));
        if let Some(level) = level {
            let bytes = rule.take().unwrap_or(here)..here + line.trim_end().len();
            found.push(Heading { level, bytes, is_last: true, ends_in_colon: bare.ends_with([':', '：']) });
            is_set_off = true;
            continue;
        }
        found[first..].iter_mut().for_each(|heading| heading.is_last = false);
        first = found.len();
        rule = None;
        (is_below_words, is_set_off) = (true, false);
    }
}

/// The level of a line that is a heading.
fn level(line: &str) -> Option<usize> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_marked = (1..=LEVELS).contains(&level) && (title.starts_with([' ', '\t']) || level > 1);
    let is_title = title.contains(char::is_alphabetic) && title.split_whitespace().count() <= MAX_WORDS;
    (is_marked && is_title).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels;
    use super::super::super::super::speakers::Names;
    use super::*;

    fn headings(text: &str) -> Vec<&str> {
        let stretches = labels::divide(text, &Names::default()).unwrap_or_default();
        between(text, &stretches).0.into_iter().map(|bytes| &text[bytes]).collect()
    }

    fn told(text: &str) -> Option<String> {
        let stretches = labels::divide(text, &Names::default()).unwrap_or_default();
        between(text, &stretches).1.map(|remark| remark.what)
    }

    /// A talk of three answers, with lines below each of the first two.
    fn talk(first: &str, second: &str) -> String {
        format!(
            "**Ann Hall:** How did you begin?\n\n**Tom Reed:** With two hives.\n\n{first}\n\n**Ann Hall:** Does it \
             pay?\n\n**Tom Reed:** For the sugar.\n\n{second}\n\n**Ann Hall:** And then?\n\n**Tom Reed:** We left.\n"
        )
    }

    #[test]
    fn headings_between_turns_are_found() {
        for (first, second) in [
            ("## Money and markets", "## Onchain fees"),
            ("# Money", "###### Fees"),
            ("##Money", "### Part 2: fees"),
            ("---\n\n### Pregunta 7", "## What is next?"),
        ] {
            assert_eq!(headings(&talk(first, second)), [first, second]);
        }
        assert_eq!(headings(&talk("## Money\n### Fees", "And so on.\n## Fees")), ["## Money", "### Fees", "## Fees"]);
    }

    #[test]
    fn a_heading_within_a_turn_is_an_editors_where_others_part_turns() {
        assert_eq!(headings(&talk("## Money", "## Fees\n\nThey are high.")), ["## Money", "## Fees"]);
        assert_eq!(headings(&talk("## Money", "## Carol:\n\nThey are high.")), ["## Money"]);
        assert_eq!(headings(&talk("## Money", "### Tips\n\nSell it.\n\n### Costs\n\nNone.")), ["## Money"]);
        assert!(headings(&talk("## Tips\n\nSell it.", "## Costs\n\nNone.")).is_empty(), "of a machine");
    }

    #[test]
    fn other_marks_of_numbers_are_words() {
        for said in ["#bees", "# 12", "####### So", "We had the largest\n# of all hives", "```\n# a comment\n```"] {
            assert!(headings(&talk(said, "So.")).is_empty(), "{said}");
        }
        let chat = "## User\n\nWhy?\n\n## Assistant\n\n## Summary\n\nOne.\n\n## User\n\nAnd?\n\n## Assistant\n\nSo.\n";
        assert!(headings(chat).is_empty());
    }

    #[test]
    fn headings_that_count_as_said_are_told_where_no_machine_speaks() {
        let within = talk("## Tips\n\nSell it.", "## Costs\n\nNone.");
        let what = told(&within).unwrap_or_default();
        assert!(what.starts_with("`## Tips` looks like a heading but was taken for words of `Tom Reed`"), "{what}");
        assert!(what.contains("(and 1 more such lines)"), "{what}");
        for machine in ["Assistant", "AI", "ChatGPT"] {
            assert_eq!(told(&within.replace("Tom Reed", machine)), None, "{machine}");
        }
        let below = talk("So.", "No.") + "\n## Summary\n\nTom left.\n";
        for text in
            [below, talk("## Money", "## Fees"), talk("## Money", "## Fees\n\nThey are high."), talk("So.", "#bees")]
        {
            assert_eq!(told(&text), None, "{text}");
        }
    }
}
