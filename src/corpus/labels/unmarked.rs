//! Names without the marks of all other labels: `Carol Smith: words` among `**Ann Hall:** words`.
//!
//! In: a text and its labels. Out: more of them where all, and the name, stand behind a time, each told once; elsewhere
//! a remark on what may be a speaker and was taken for words of somebody else. It takes in nothing where labels have no
//! marks, and none of several such names within one turn, which are a list. Known names are for
//! [`strays`](super::strays).

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::marks::{self, leading_clock};
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, key};
use super::forms::{self, Candidate, Form};
use super::habit::{self, Habit, are_hardly_any, is_head};
use super::lines::{Head, SmallWords};
use super::{Remark, unlike};

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// Takes in names that stand behind a time as all labels do, and tells of others.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let n = heads.len();
    let marked = || heads.iter().filter(|head| is_marked(text, head)).count();
    if n < MIN_HEADS || text.len() > LONGEST_TEXT || marked() * 10 < n * 9 {
        return;
    }
    let habit = Habit::of(text, heads);
    if !(habit.by_paragraph || habit.by_line) {
        return;
    }
    let all_timed = heads.iter().filter(|head| head.seconds.is_some()).count() * 10 >= n * 9;
    let is_strict = are_hardly_any(habit::unlabelled(text, heads, habit.by_paragraph).len(), n);
    let mut told: HashSet<String> = HashSet::new();
    let mut found: Vec<Head> = Vec::new();
    for (candidate, above) in unmarked(text, names, heads, remarks, habit.by_paragraph) {
        let label = &candidate.label;
        let is_taken = all_timed && candidate.seconds.is_some();
        if !is_taken && !is_strict && is_one_word(label) {
            continue;
        }
        if told.insert(key(label)) {
            let what = if is_taken {
                format!("`{label}:` stands here without the marks of the other labels and was taken for a speaker")
            } else {
                format!(
                    "`{label}:` looks like a speaker but was taken for words of `{}`; name who it is with \
                     `--participant \"{label}\"` or `--interviewer \"{label}\"`",
                    heads[above].label
                )
            };
            remarks.push(Remark { at: candidate.line, what });
        }
        if is_taken {
            let Candidate { label, seconds, line, words, .. } = candidate;
            found.push(Head { label, seconds, line, words });
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// Whether a label has marks around it, behind its time.
fn is_marked(text: &str, head: &Head) -> bool {
    let written = text.get(head.line..head.words).unwrap_or_default().trim_start();
    let end = marks::bracketed(written).map(|time| time.end).or_else(|| Some(leading_clock(written)?.1));
    written[end.unwrap_or_default()..].trim_start().starts_with(['*', '_', '[', '{', '@', '«'])
}

/// The lines that start with a name, a colon and words, each with the label above it.
fn unmarked(
    text: &str,
    names: &Names,
    heads: &[Head],
    remarks: &[Remark],
    by_paragraph: bool,
) -> Vec<(Candidate, usize)> {
    let small = SmallWords::of(text);
    let known: HashSet<String> = heads.iter().map(|head| key(&head.label)).collect();
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let may_be = |c: &Candidate| {
        let is_said = text[c.words..].by_lines().next().is_some_and(|words| !words.is_blank());
        let is_led_in = text[..c.line].trim_end().ends_with([':', ',']);
        c.form == Form::Plain && !c.wide && (c.after_blank || !by_paragraph) && is_said && !is_led_in
    };
    let is_new = |c: &Candidate| !is_head(heads, c.line) && !told.contains(&c.line) && !known.contains(&key(&c.label));
    let candidates = forms::candidates(text, names, |_| 0, &mut Vec::new());
    let above = |c: &Candidate| heads.partition_point(|head| head.line < c.line).checked_sub(1);
    let mut found: Vec<(Candidate, usize)> = candidates
        .into_iter()
        .filter(|c| may_be(c) && is_new(c) && is_named(&c.label) && unlike::is_somebody(&c.label, &small))
        .filter_map(|c| above(&c).map(|above| (c, above)))
        .filter(|(_, above)| !heads[*above].label.is_empty())
        .collect();
    let mut within: HashMap<usize, HashSet<String>> = HashMap::new();
    for (candidate, above) in &found {
        within.entry(*above).or_default().insert(key(&candidate.label));
    }
    found.retain(|(_, above)| within[above].len() == 1);
    found
}

/// The longest first name, in characters.
const LONGEST_NAME: usize = 8;

/// Whether a label may be a name: one word is no longer than first names are. `Summary` heads a part of what is said.
fn is_named(label: &str) -> bool {
    label.starts_with(char::is_uppercase) && (!is_one_word(label) || label.chars().count() <= LONGEST_NAME)
}

/// Whether a label is one word in small letters, and no code.
fn is_one_word(label: &str) -> bool {
    let is_code = label.contains(|c: char| c.is_ascii_digit()) || !label.contains(char::is_lowercase);
    !is_code && !label.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// Whose turns there are in a talk with one line more, and what is told of it.
    fn found(form: impl Fn(usize, &str) -> String, line: &str) -> (Vec<String>, Vec<String>) {
        let turn = |n: usize| {
            let (asks, answers) = (form(2 * n, "Ann Hall"), form(2 * n + 1, "Tom Reed"));
            format!("{asks} How was it in year {n}?\n\n{answers} It rained all day.\n\n")
        };
        let text = (0..2).map(turn).collect::<String>() + line + "\n\n" + &(3..4).map(turn).collect::<String>();
        let read = read(&text, &Names::default()).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|stretch| stretch.label).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    fn timed(n: usize, who: &str) -> String {
        format!("[00:{n:02}] **{who}**:")
    }

    fn bold(_: usize, who: &str) -> String {
        format!("**{who}:**")
    }

    #[test]
    fn a_name_without_the_marks_of_the_others_behind_a_time_is_a_speaker() {
        for who in ["SPEAKER_03", "Carol Smith", "Carol"] {
            let (labels, told) = found(timed, &format!("[00:05] {who}: I never liked bees, they stung me."));
            assert_eq!((labels.len(), labels[4].as_str(), told.len()), (7, who, 1), "{told:?}");
            assert!(told[0].contains("without the marks of the other labels"), "{told:?}");
        }
        for words in ["so it was: cold.", "In short: it was cold.", "Well: it was cold."] {
            let (labels, told) = found(timed, &format!("[00:05] {words}"));
            assert!(!told.iter().any(|told| told.contains("without the marks")), "{words} {labels:?} {told:?}");
        }
    }

    #[test]
    fn a_name_without_the_marks_of_the_others_is_told() {
        for who in ["SPEAKER_03", "Carol Smith", "Carol"] {
            let (labels, told) = found(bold, &format!("{who}: I never liked bees, they stung me."));
            assert_eq!((labels.len(), told.len()), (6, 1), "{labels:?} {told:?}");
            assert!(told[0].contains("looks like a speaker"), "{told:?}");
        }
        for words in ["Conclusion: it was cold.", "Rain: it was cold; the rain was so.", "The end: it was cold."] {
            let (_, told) = found(bold, words);
            assert!(!told.iter().any(|told| told.contains("looks like")), "{words} {told:?}");
        }
        // One word, where answers have several paragraphs.
        let long = |n: usize, who: &str| format!("It went on so in year {n}.\n\n{}", bold(n, who));
        let (_, told) = found(long, "Carol: I never liked bees, they stung me.");
        assert!(!told.iter().any(|told| told.contains("looks like")), "{told:?}");
        // Several within one turn are a list.
        let (_, told) = found(bold, "Carol Smith: bees.\n\nPetra Hall: hens.");
        assert!(!told.iter().any(|told| told.contains("looks like")), "{told:?}");
    }
}
