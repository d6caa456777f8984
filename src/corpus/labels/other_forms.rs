//! Somebody whose every label is written in another way than those of all others: `[Tom] words`, `Tom<tab>words`,
//! `**Tom** words`, `Tom. Words`, `甲:words` among `Ann: words`.
//!
//! In: a text and its labels. Out: the turns of a new name that comes so in several turns of others, each name told; a
//! remark where it comes twice. How a line may be a label is for [`forms`](super::forms) and
//! [`layouts`](super::layouts). Names that come once are for [`unlike`](super::unlike), known ones for
//! [`strays`](super::strays). It never takes in a sound (`[Laughter]`), nor what heads a part of what is said.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::exclusions::spoken;
use super::super::nobody;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, key};
use super::habit::{self, Habit};
use super::lines::{Head, Lines, SmallWords, head};
use super::{Remark, forms, layouts, ruled, unlike};

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;
/// In so many turns of others a name that is written otherwise speaks.
const MIN_TURNS: usize = 3;
/// The longest first word, in bytes.
const MAX_WORD: usize = 60;
/// The form of `Tom. Words`.
const POINT: &str = "point";

/// Takes in the turns of those whose labels are written otherwise.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut found = found(text, names, heads);
    found.retain(|one| !remarks.iter().any(|remark| remark.at == one.head.line));
    let mut taken = Vec::new();
    for (name, lines) in by_name(found) {
        let turns: HashSet<usize> = lines.iter().map(|one| one.above).collect();
        let first = &lines[0];
        let (at, written) = (first.head.line, text[first.head.line..first.head.words].trim());
        let label = &first.head.label;
        if turns.len() >= MIN_TURNS && !nobody::is_nobody(&name) {
            let n = lines.len();
            let what = format!(
                "`{written}` starts {n} lines and was taken for a speaker, whose label is written unlike the others; \
                 write it as the other labels are written to be sure"
            );
            remarks.push(Remark { at, what });
            taken.extend(lines.into_iter().map(|one| one.head));
        } else if turns.len() == 2 {
            let whose = &heads[first.above].label;
            let what = format!(
                "`{written}` looks like a speaker but was taken for words of `{whose}` (and 1 time more); if `{label}` \
                 speaks there, write it as the other labels are written"
            );
            remarks.push(Remark { at, what });
        }
    }
    heads.append(&mut taken);
    heads.sort_by_key(|head| head.line);
}

/// A line that starts with a name in another form.
struct Found {
    head: Head,
    form: &'static str,
    /// The label in whose turn it stands.
    above: usize,
}

/// The lines of each name that are written in one form: the form of most.
fn by_name(found: Vec<Found>) -> BTreeMap<String, Vec<Found>> {
    let mut names: BTreeMap<String, BTreeMap<&str, Vec<Found>>> = BTreeMap::new();
    for one in found {
        names.entry(key(&one.head.label)).or_default().entry(one.form).or_default().push(one);
    }
    let most = |forms: BTreeMap<&str, Vec<Found>>| forms.into_values().max_by_key(Vec::len).unwrap_or_default();
    names.into_iter().map(|(name, forms)| (name, most(forms))).collect()
}

fn found(text: &str, names: &Names, heads: &[Head]) -> Vec<Found> {
    if heads.len() < MIN_HEADS || text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    let habit = Habit::of(text, heads);
    if !habit.by_paragraph && !habit.by_line {
        return Vec::new();
    }
    let unlabelled = habit::unlabelled(text, heads, habit.by_paragraph);
    let mut words: HashMap<&str, usize> = HashMap::new();
    let opening = |line| first_word(line).filter(|word| opens_name(word));
    unlabelled.iter().filter_map(|(_, line)| opening(line)).for_each(|word| *words.entry(word).or_default() += 1);
    let recurs = |line| opening(line).is_some_and(|word| words[word] > 1);
    let recurring: Vec<(usize, &str)> = unlabelled.iter().copied().filter(|(_, line)| recurs(line)).collect();
    if recurring.len() < 2 {
        return Vec::new();
    }
    let lines = Lines::of(text, names);
    let small = SmallWords::of(text);
    let known: HashSet<String> = heads.iter().map(|head| key(&head.label)).collect();
    let usual: HashSet<&str> = heads.iter().filter_map(|head| Some(read(&lines, head.line)?.1)).collect();
    let is_new = |head: &Head| {
        let words = text[head.words..].trim_start_matches([' ', '\t']);
        // `[Company] paid well.`: what stands for a name goes on as a sentence does.
        let is_enclosed = text[head.line..].trim_start().starts_with(['[', '(', '<', '{', '*']);
        let goes_on = is_enclosed && words.starts_with(char::is_lowercase);
        let is_above = words.starts_with(['\n', '\r']);
        let is_label = !known.contains(&key(&head.label)) && !is_above && !goes_on;
        is_label
            && unlike::is_somebody(&head.label, &small)
            && !is_sound(&head.label)
            && !ruled::NO_NAMES.contains(&key(&head.label).as_str())
            // `Mr. Hale. He was always late.` may be told of him.
            && !head.label.contains('.')
    };
    let mut found: Vec<Found> = recurring
        .into_iter()
        .filter_map(|(at, _)| {
            let (head, form) = read(&lines, at)?;
            let above = heads.partition_point(|head| head.line < at).checked_sub(1)?;
            let is_other = !usual.contains(form) && is_new(&head) && !heads[above].label.is_empty();
            is_other.then_some(Found { head, form, above })
        })
        .collect();
    // A word and a point may open any sentence: most of what has no label must start with names then.
    let by_point = found.iter().filter(|one| one.form == POINT).count();
    if by_point * 2 < unlabelled.len() {
        found.retain(|one| one.form != POINT);
    }
    found
}

/// A line as a label in whatever form, with the name of the form.
fn read(lines: &Lines<'_>, at: usize) -> Option<(Head, &'static str)> {
    let place = lines.ranges.binary_search_by_key(&at, |range| range.start).ok()?;
    forms::reading(lines, place).or_else(|| layouts::reading(lines, place)).or_else(|| by_sign(lines, place))
}

/// `Tom. Words`, `Tom> words`, `Tom = words`, `Tom  words`
fn by_sign(lines: &Lines<'_>, at: usize) -> Option<(Head, &'static str)> {
    const SIGNS: [(&str, &str); 4] = [(". ", POINT), ("> ", "arrow"), (" = ", "equals"), ("  ", "wide space")];
    let line = lines.line(at);
    let found = SIGNS.iter().filter_map(|&(sign, form)| Some((line.find(sign)?, sign, form)));
    let (end, sign, form) = found.min_by_key(|&(end, ..)| end)?;
    let words = &line[end + sign.len()..];
    let opens = form != POINT || words.trim_start().starts_with(|c: char| !c.is_lowercase());
    let (head, _) = opens.then(|| head(lines, at, &line[..end], None, words)).flatten()?;
    Some((head, form))
}

/// The first word of a line with the signs before it, to the first sign behind it.
fn first_word(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let start = line.find(char::is_alphanumeric)?;
    let len = line[start..].find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))?;
    Some(&line[..start + len]).filter(|word| word.len() <= MAX_WORD)
}

/// Whether a line that starts so may start with a name: with a capital, or in a script without.
fn opens_name(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// `Laughter`, `Pause`, `Nodding`
fn is_sound(label: &str) -> bool {
    let is_one = !label.contains(' ') && label.chars().any(char::is_lowercase);
    spoken(&format!("[{label}]")).trim().is_empty() || (is_one && (label.ends_with("ing") || label.ends_with("ed")))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// Who speaks and what is told of a talk of four, in which somebody's turns are written as `other` says.
    fn found(
        label: impl Fn(&str) -> String,
        other: impl Fn(&str) -> String,
        times: usize,
    ) -> (Vec<String>, Vec<String>) {
        let said =
            ["Early shifts would suit us.", "Mostly it was the cold.", "Nobody came to the door.", "Up on the hill."];
        let turn = |n: usize| {
            let (asks, one, two) = (label("Moderator"), label("Anna"), label("Ben"));
            let last = if n < times { other(said[n]) + "\n\n" } else { String::new() };
            format!("{asks} How was it in year {n}?\n\n{one} It rained all day.\n\n{two} We had snow.\n\n{last}")
        };
        let text: String = (0..4).map(turn).collect();
        let read = read(&text, &Names::default()).unwrap_or_default();
        let labels =
            read.stretches.into_iter().map(|stretch| stretch.label).filter(|label| label == "Tom" || label == "甲");
        (labels.collect(), read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    fn colon(who: &str) -> String {
        format!("{who}:")
    }

    #[test]
    fn who_is_always_written_in_another_form_speaks_and_is_told() {
        let forms: [fn(&str) -> String; 12] = [
            |said| format!("[Tom] {said}"),
            |said| format!("(Tom) {said}"),
            |said| format!("<Tom> {said}"),
            |said| format!("**Tom** {said}"),
            |said| format!("Tom\t{said}"),
            |said| format!("Tom. {said}"),
            |said| format!("Tom; {said}"),
            |said| format!("Tom – {said}"),
            |said| format!("Tom> {said}"),
            |said| format!("Tom = {said}"),
            |said| format!("Tom  {said}"),
            |said| format!("甲:{said}"),
        ];
        for other in forms {
            let (labels, told) = found(colon, other, 4);
            let news: Vec<&String> = told.iter().filter(|what| what.contains("unlike the others")).collect();
            assert!(labels.len() == 4 && news.len() == 1, "{} {labels:?} {told:?}", other("Words."));
            let (labels, told) = found(colon, other, 2);
            let doubts = told.iter().filter(|what| what.contains("looks like a speaker")).count();
            assert!(labels.is_empty() && doubts > 0, "{} {labels:?} {told:?}", other("Words."));
        }
        let (labels, told) = found(|who| format!("[{who}]"), |said| format!("Tom: {said}"), 4);
        assert!(labels.len() == 4 && told.iter().any(|what| what.starts_with("`Tom:` ")), "{labels:?} {told:?}");
    }

    #[test]
    fn sounds_and_first_words_of_sentences_are_nobody() {
        let others: [fn(&str) -> String; 10] = [
            |said| format!("[REDACTED] {said}"),
            |said| format!("[Company] paid well. {said}"),
            |said| format!("**Leeds** was where we went. {said}"),
            |said| format!("[Laughter] {said}"),
            |said| format!("(Pause) {said}"),
            |said| format!("[Nodding] {said}"),
            |said| format!("Yes. {said}"),
            |said| format!("Exactly. {said}"),
            |said| format!("**Note** {said}"),
            |said| format!("Otherwise {said}"),
        ];
        for other in others {
            let (_, told) = found(colon, other, 4);
            assert!(!told.iter().any(|what| what.contains("unlike the others")), "{} {told:?}", other("Words."));
        }
        // Among many paragraphs that go on without a label a word and a point are no name.
        let goes_on = |said: &str| format!("Tom. {said}\n\nAnd so on.\n\nWell, it was so.\n\nIt was cold.");
        let (_, told) = found(colon, goes_on, 4);
        assert!(!told.iter().any(|what| what.contains("unlike the others")), "{told:?}");
    }
}
