//! Headings of Markdown between the turns of a talk: `## Money and markets`, with the rules above them.
//!
//! In: a text, its labelled stretches and the names. Out: the bytes of the headings that nobody says, in order, and
//! remarks on those in doubt. Those that stand last in a turn part it from the next one; those with words below them in
//! the turn are an editor's where others of their level stand between turns. The rest are words of the turn, as machines
//! write headings into their answers, and told where no machine speaks. `## Does it pay?` above an answer is a question:
//! words of the turn where its speaker asks, or alone has labels; nobody's, and told, where it may be anyone's. A
//! heading that a turn begins with and a line in a block of code are never taken, nor is text above the first label.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::super::labels::{Remark, Stretch, is_rule, lines_from};
use super::super::super::model::Role;
use super::super::super::speakers::{Names, ends_in_question, key};

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
    /// `## Does it pay?`
    asks: bool,
}

/// Who asks what a heading does, if anybody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AskedBy {
    /// It is a title, such as one above a question.
    Nobody,
    /// The speaker of its turn.
    Speaker,
    Unknown,
}

/// The bytes of a text's headings that nobody says, each with the rules right above it, and what is to be said of the
/// others, and of questions among them.
pub(super) fn between(text: &str, stretches: &[Stretch], names: &Names) -> (Vec<Range<usize>>, Vec<Remark>) {
    let mut found = Vec::new();
    for stretch in stretches.iter().filter(|stretch| !stretch.label.is_empty()) {
        within(&text[stretch.text.clone()], stretch.text.start, &mut found);
    }
    let talk = Talk::of(text, stretches, &found, names);
    found.retain(|heading| talk.asked_by(heading) != AskedBy::Speaker);
    let mut n_within = [0usize; LEVELS + 1];
    let mut n_between = [0usize; LEVELS + 1];
    for heading in &found {
        let counts = if heading.is_last { &mut n_between } else { &mut n_within };
        counts[heading.level] += 1;
    }
    let is_habit = |level: usize| n_between[level] >= n_within[level].min(HABIT);
    let is_nobodys = |heading: &Heading| heading.is_last || (is_habit(heading.level) && !heading.ends_in_colon);
    let (nobodys, said): (Vec<Heading>, Vec<Heading>) = found.into_iter().partition(is_nobodys);
    let doubts = match by_machine(stretches) {
        true => Vec::new(),
        false => doubt(text, stretches, &said).into_iter().chain(talk.doubt(text, &nobodys)).collect(),
    };
    (nobodys.into_iter().map(|heading| heading.bytes).collect(), doubts)
}

/// Who asks in a talk, for headings that do.
struct Talk<'t> {
    stretches: &'t [Stretch],
    /// The labels of those who ask, by name or in half of their turns; none where no heading asks.
    askers: HashSet<&'t str>,
    /// One alone has labels.
    is_alone: bool,
}

impl<'t> Talk<'t> {
    fn of(text: &str, stretches: &'t [Stretch], found: &[Heading], names: &Names) -> Self {
        if !found.iter().any(|heading| heading.asks) {
            return Self { stretches, askers: HashSet::new(), is_alone: false };
        }
        // By label, the turns and those that end in a question above their headings.
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for stretch in stretches.iter().filter(|stretch| !stretch.label.is_empty()) {
            let first = found.partition_point(|heading| heading.bytes.start < stretch.text.start);
            let end = found.get(first).map_or(stretch.text.end, |heading| heading.bytes.start.min(stretch.text.end));
            let (n, n_asked) = counts.entry(stretch.label.as_str()).or_default();
            *n += 1;
            *n_asked += usize::from(ends_in_question(&text[stretch.text.start..end]));
        }
        let is_alone = counts.len() == 1;
        let asks = |label: &str, n: usize, n_asked: usize| match names.by_name(&key(label)) {
            Some(Role::Interviewer) => true,
            Some(Role::Participant) => false,
            _ => n_asked * 2 >= n,
        };
        let askers = counts.into_iter().filter(|&(label, (n, n_asked))| asks(label, n, n_asked));
        Self { stretches, askers: askers.map(|(label, _)| label).collect(), is_alone }
    }

    fn asked_by(&self, heading: &Heading) -> AskedBy {
        if !heading.asks || !(heading.is_last || self.is_alone) {
            return AskedBy::Nobody;
        }
        let at = self.stretches.partition_point(|stretch| stretch.text.start <= heading.bytes.start);
        let is_asker = |stretch: &Stretch| self.askers.contains(stretch.label.as_str());
        let is_above_asker = at.checked_sub(1).is_some_and(|above| is_asker(&self.stretches[above]));
        let answer = self.stretches[at..].iter().find(|stretch| !stretch.label.is_empty());
        match answer {
            _ if self.is_alone && !is_above_asker => AskedBy::Speaker,
            Some(answer) if is_asker(answer) => AskedBy::Nobody,
            Some(_) if is_above_asker => AskedBy::Speaker,
            Some(_) => AskedBy::Unknown,
            None => AskedBy::Nobody,
        }
    }

    /// Tells of the headings that ask and are answered where nobody is known to ask.
    fn doubt(&self, text: &str, nobodys: &[Heading]) -> Option<Remark> {
        let mut asked = nobodys.iter().filter(|heading| self.asked_by(heading) == AskedBy::Unknown);
        let first = &asked.next()?.bytes;
        let at = text[first.clone()].rfind('\n').map_or(first.start, |end| first.start + end + 1);
        let others = and_more(asked.count());
        let what = format!(
            "`{}` is answered below but no label says who asks, so it was taken for a heading{others}; write \
             `Interviewer:` in place of its marks",
            text[at..first.end].trim()
        );
        Some(Remark { at, what })
    }
}

/// How many lines there are beside the one that is told.
fn and_more(n: usize) -> String {
    if n == 0 { String::new() } else { format!(" (and {n} more such lines)") }
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
    let others = and_more(more.len());
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
    // The first of the headings below the last words.
    let mut first = found.len();
    let mut rule = None;
    let (mut is_below_words, mut is_set_off, mut in_code) = (false, false, false);
    for (at, line) in lines_from(words, 0) {
        let here = from + at;
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
            let (ends_in_colon, asks) = (bare.ends_with([':', '：']), ends_in_question(bare));
            found.push(Heading { level, bytes, is_last: true, ends_in_colon, asks });
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
    use super::*;

    fn headings(text: &str) -> Vec<&str> {
        let stretches = labels::divide(text, &Names::default()).unwrap_or_default();
        between(text, &stretches, &Names::default()).0.into_iter().map(|bytes| &text[bytes]).collect()
    }

    fn told(text: &str) -> Option<String> {
        let stretches = labels::divide(text, &Names::default()).unwrap_or_default();
        between(text, &stretches, &Names::default()).1.into_iter().next().map(|remark| remark.what)
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

    const ASKED: [&str; 4] = ["## Does it pay?", "## Who helps you?", "## What was hard?", "## And then?"];

    /// Four turns below headings that ask, each above words of somebody else.
    fn asked(above: &str, below: &str) -> String {
        let pair = |asked: &&str| format!("{above}{asked}\n\n{below} It rained all day.\n\n");
        ASKED.iter().map(pair).collect()
    }

    #[test]
    fn a_heading_that_asks_is_said_by_who_asks_or_alone_has_labels() {
        for text in [
            asked("**Interviewer:** So.\n\n", "**Tom:**"),
            asked("Interviewer: So.\n\n---\n\n", "Tom:"),
            asked("Ann: Was it so?\n\n", "Tom:"),
            asked("", "**Tom:**"),
            asked("", "Tom:"),
        ] {
            assert!(headings(&text).is_empty(), "{text}");
            assert_eq!(told(&text), None, "{text}");
        }
        // What does not ask is an editor's all the same.
        let mixed = asked("", "**Tom:**").replace(ASKED[3], "## Money");
        assert_eq!(headings(&mixed), ["## Money"]);
    }

    #[test]
    fn a_heading_that_asks_above_a_question_is_a_title() {
        for (below, answers) in [("**Ann:** How was it?\n\n", "**Tom:**"), ("Interviewer: Tell me.\n\n", "Tom:")] {
            let pair = |asked: &&str| format!("{asked}\n\n{below}{answers} It rained.\n\n");
            let text: String = ASKED.iter().map(pair).collect();
            assert_eq!(headings(&text), ASKED[1..], "{text}");
            assert_eq!(told(&text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_that_asks_where_nobody_is_known_to_is_nobodys_and_told() {
        let text = asked("Ann: It was so.\n\n", "Tom:");
        assert_eq!(headings(&text), ASKED);
        let what = told(&text).unwrap_or_default();
        assert!(what.starts_with("`## Does it pay?` is answered below but no label says who asks"), "{what}");
        assert!(what.contains("(and 3 more such lines)"), "{what}");
        // Among what a machine answers nothing is told.
        let machine = asked("User: It was so.\n\n", "AI:");
        assert_eq!(told(&machine), None);
    }
}
