//! Labels of known speakers in another form or place than all others, and labels without a colon that
//! come once.
//!
//! In: a text, and the labels found in it. Out: more of them, where one starts a paragraph (or, where
//! every line is a turn, a line) in another form or right below a note – or, where all stand above their words, lacks
//! the blank line – and remarks on those that may be quoted.
//! It never finds a speaker who has no other label; labels within a line are for [`run_on`](super::super::run_on).

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::lexicon::WORDS_FOR_NOTES;
use super::super::marks;
use super::super::policy::{LONGEST_TEXT, MOST_LABELS};
use super::super::speakers::{Names, ends_in_question, key};
use super::habit::{Habit, is_above, is_after_blank};
use super::layouts::{self, Head};
use super::lines::{SmallWords, lines_from};
use super::once::is_heading;
use super::{Remark, forms, gaps, persons, slips};

/// Takes in labels that start a line in another form, and tells of those that do not.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    heads.iter().filter(|head| !head.label.is_empty()).for_each(|head| *counts.entry(&head.label).or_default() += 1);
    let known = |label: &str| names.strong(&key(label)).is_some();
    counts.retain(|label, n| *n > 1 || known(label));
    let mut labels: Vec<String> = counts.into_keys().map(str::to_owned).collect();
    // Of `Ann` and `Ann Hall` the longer fits first.
    labels.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
    if labels.len() < 2 || labels.len() > MOST_LABELS || text.len() > LONGEST_TEXT {
        return;
    }
    let habit = Habit::of(text, heads);
    // A slip is one beside labels that have a colon.
    let (have_colon, take_turns) = (have_colon(text, heads), gaps::take_turns(text, heads, &habit));
    let are_above = have_colon && are_above(text, heads);
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let mut found: Vec<Head> = Vec::new();
    let mut next = 0;
    let mut whose = String::new();
    for (start, line) in lines_from(text, 0) {
        let below = || text[start + line.len()..].by_lines().next();
        if let Some(head) = heads.get(next).filter(|head| head.line == start) {
            next += 1;
            whose.clone_from(&head.label);
        } else if whose.is_empty() || told.contains(&start) {
            continue;
        } else if let Some((label, mark, words)) = opening(line, &labels) {
            let above = text[..start].trim_end();
            let opens = if habit.by_paragraph { is_after_blank(text, start) } else { habit.by_line };
            // Where lines are wrapped, nothing but a mark of its own shows that it is no word.
            let is_wrapped =
                !(habit.by_paragraph || habit.by_line) && have_colon && mark.is_bracket() && *label != whose;
            // Where all labels stand above their words, so does this one, without the blank line above it.
            let is_above = are_above && mark.0.is_empty() && *label != whose && line[words..].is_blank();
            let opens = opens || is_wrapped || is_above || is_below_note(text, start);
            let is_around = (mark.is_quote() || mark.is_bracket()) && is_closed(&text[start..], mark);
            let quoted = above.ends_with([':', ',']) || is_around;
            // A talk of several lines within a paragraph is quoted.
            let block = habit.by_paragraph && below().is_some_and(|line| opening(line, &labels).is_some());
            if opens && !quoted && !block {
                if !mark.0.is_empty() {
                    let what = format!("`{label}:` behind `{}` was taken for a speaker", mark.0.trim());
                    remarks.push(Remark { at: start, what });
                }
                whose.clone_from(label);
                found.push(Head { label: label.clone(), seconds: None, line: start, words: start + words });
            } else if *label != whose {
                let what = format!("`{label}:` starts the line but was taken for words of `{whose}`");
                remarks.push(Remark { at: start, what });
            }
        } else if let Some((seconds, time, slip)) = have_colon.then(|| behind_time(line)).and_then(|(seconds, time)| {
            let slip = slips::read(&line[time..], below().unwrap_or_default(), &labels, &whose)?;
            Some((seconds, time, slip))
        }) {
            let above = text[..start].trim_end();
            let opens = if habit.by_paragraph { is_after_blank(text, start) } else { habit.by_line };
            let opens = opens && !above.ends_with([':', ',']);
            // Between two turns of somebody else, or behind the last question.
            let next = heads.get(next).map(|head| head.label == whose);
            let between = take_turns && slip.label != whose && next.unwrap_or_else(|| ends_in_question(above));
            if opens && (slip.is_sure || between) {
                remarks.extend(slip.taken.map(|what| Remark { at: start, what }));
                let words = start + time + slip.words;
                found.push(Head { label: slip.label.clone(), seconds, line: start, words });
                whose = slip.label;
            } else if let Some(what) = slip.doubt.filter(|_| opens && slip.label != whose) {
                remarks.push(Remark { at: start, what });
            }
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// The time in brackets that a line starts with, and its bytes with the space behind it.
fn behind_time(line: &str) -> (Option<f64>, usize) {
    let inner = line.trim_start();
    marks::bracketed(inner).map_or((None, 0), |mark| {
        let rest = inner[mark.end..].trim_start();
        (Some(mark.seconds), line.len() - rest.len())
    })
}

/// Whether nearly all labels stand on lines of their own.
fn are_above(text: &str, heads: &[Head]) -> bool {
    heads.iter().filter(|head| is_above(text, head)).count() * 10 >= heads.len() * 9
}

/// Whether labels are parted from the words by a colon.
pub(super) fn have_colon(text: &str, heads: &[Head]) -> bool {
    let has = |head: &&Head| {
        let label = text.get(head.line..head.words).unwrap_or_default();
        label.trim_end_matches(['*', '_', ' ', '\t', '\r', '\n']).ends_with([':', '：'])
    };
    heads.iter().filter(has).count() * 10 >= heads.len() * 8
}

/// What stands before a label.
#[derive(Clone, Copy)]
struct Mark<'t>(&'t str);

impl Mark<'_> {
    fn is_quote(self) -> bool {
        self.0.trim_end().ends_with(['“', '„', '«', '"', '‘'])
    }

    /// Whether it is one that is opened, or `#`, as in `[Tom: words` where somebody talks over another.
    fn is_bracket(self) -> bool {
        self.0.trim_end().ends_with(['[', '(', '#'])
    }
}

/// Whether a quotation, or what is in brackets, ends within its paragraph.
fn is_closed(paragraph: &str, mark: Mark<'_>) -> bool {
    let paragraph = paragraph.split("\n\n").next().unwrap_or_default();
    let closing: &[char] = match mark.0.trim_end().chars().next_back() {
        Some('[') => &[']'],
        Some('(') => &[')'],
        Some('#') => &[],
        _ => &['”', '“', '»', '"', '’'],
    };
    paragraph.get(mark.0.len()..).is_some_and(|rest| rest.contains(closing))
}

/// The label that a line starts with behind marks, the marks, and where its words start.
fn opening<'l, 't>(line: &'t str, labels: &'l [String]) -> Option<(&'l String, Mark<'t>, usize)> {
    let number = layouts::number(line).max(super::lines::bullet(line)).max(broken_time(line));
    let behind = &line[number..];
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ">“„«\"‘[(#…".contains(c));
    let mark = Mark(line[..line.len() - rest.len()].trim_start());
    // `(Tom: Mhm.)` is thrown in.
    if mark.is_bracket() && is_closed(line, mark) {
        return None;
    }
    let rest = rest.trim_start_matches(['*', '_']);
    let (label, words) = labels.iter().find_map(|label| Some((label, behind_label(rest, label)?)))?;
    Some((label, mark, line.len() - words.len()))
}

/// The longest such time, in bytes.
const LONGEST_TIME: usize = 24;

/// Bytes of a time that is written wrong, `[00:00:30 Tom:`, `[00:00:30]: Tom:`, `06/07 Tom:`, or of a colon alone.
fn broken_time(line: &str) -> usize {
    let is_of_time = |c: char| c.is_ascii_digit() || c.is_whitespace() || "[](){}<>:.,;/-–#".contains(c);
    let mark = &line[..line.len() - line.trim_start_matches(is_of_time).len()];
    let is_time = mark.bytes().filter(u8::is_ascii_digit).count() > 1 && mark.contains([':', '/']);
    if mark.len() <= LONGEST_TIME && (is_time || mark.trim() == ":") { mark.len() } else { 0 }
}

/// What follows a label with its colon.
pub(super) fn behind_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(label)?;
    let bare = rest.trim_start_matches(['*', '_']);
    let words = bare.strip_prefix([':', '：'])?.trim_start_matches(['*', '_']);
    (words.is_empty() || words.starts_with(char::is_whitespace)).then_some(words)
}

/// Remarks on what looks like a speaker who comes once, in a text whose labels have no colon.
pub(super) fn once_only(
    text: &str,
    names: &Names,
    layout: Option<&'static str>,
    heads: &[Head],
    remarks: &mut Vec<Remark>,
) {
    let Some(layout) = layout.filter(|_| text.len() <= LONGEST_TEXT) else { return };
    let like = layouts::like(text, names, layout);
    if like.is_empty() {
        return; // no layout without colons, or one in which a label may come once
    }
    let taken: HashSet<usize> = heads.iter().map(|head| head.line).collect();
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let by_paragraph = Habit::of(text, heads).by_paragraph;
    let mut keys = Vec::new();
    let colons = forms::candidates(text, names, |_| 0, &mut keys);
    let colons =
        colons.into_iter().filter(|c| !c.form.is_bare() && c.seconds.is_none()).map(|c| (c.label, c.line, ":"));
    let alone = if layout == layouts::ALONE { alone(text) } else { Vec::new() };
    let mut doubtful: Vec<(String, usize, &str)> =
        like.into_iter().map(|head| (head.label, head.line, "")).chain(alone).chain(colons).collect();
    doubtful.sort_by_key(|&(_, line, _)| line);
    doubtful.dedup_by_key(|&mut (_, line, _)| line);
    let lower = SmallWords::of(text);
    let mut seen: HashSet<String> = HashSet::new();
    for (label, line, colon) in doubtful {
        let above = heads.partition_point(|head| head.line < line).checked_sub(1);
        let Some(whose) = above.map(|above| &heads[above].label).filter(|whose| !whose.is_empty()) else { continue };
        let opens = is_after_blank(text, line) || !by_paragraph;
        let key = key(&label);
        let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let caps = !label.chars().any(char::is_lowercase);
        // `Wife`, also where they speak of her, and `Wife (kitchen)`.
        let is_voice = || is_somebody(&label);
        let is_named = || label.split_whitespace().all(capital) && (caps || !lower.contains(key.as_str()));
        let fits = !is_heading_of(&key, caps) && (is_named() || is_voice());
        if opens && fits && !taken.contains(&line) && !told.contains(&line) && seen.insert(key) {
            let what = format!(
                "`{label}{colon}` looks like a speaker but was taken for words of `{whose}`; name who it is with \
                 `--participant \"{label}\"` or `--interviewer \"{label}\"`"
            );
            remarks.push(Remark { at: line, what });
        }
    }
}

/// The longest line that names somebody in words, in bytes.
const LONGEST: usize = 60;

/// Lines of their own that name somebody in words, above others: `Male voice`, `Wife (from the kitchen)`.
fn alone(text: &str) -> Vec<(String, usize, &'static str)> {
    let mut found = Vec::new();
    for (start, line) in lines_from(text, 0) {
        let label = line.trim();
        let may_be = label.len() <= LONGEST && label.starts_with(char::is_uppercase) && !label.ends_with(NO_NAMES);
        if may_be && is_somebody(label) && !text[start + line.len()..].is_blank() {
            found.push((label.to_owned(), start, ""));
        }
    }
    found
}

/// Words do not end so that name somebody.
const NO_NAMES: [char; 7] = ['.', '?', '!', '…', ',', ';', ':'];

/// Whether a label names somebody in words.
fn is_somebody(label: &str) -> bool {
    label.starts_with(char::is_uppercase) && persons::has_person(label) && !persons::is_sentence(label)
}

/// `THE COURT` in capital letters is somebody who speaks, `The court` is none.
fn is_heading_of(key: &str, caps: bool) -> bool {
    match key.strip_prefix("the ") {
        Some(rest) if caps => is_heading(rest),
        _ => is_heading(key),
    }
}

/// Whether the line above is a paragraph's first, under a word for notes: `Memo: start small.`
fn is_below_note(text: &str, start: usize) -> bool {
    let above = text[..start].strip_suffix('\n').unwrap_or_default();
    let at = above.rfind('\n').map_or(0, |at| at + 1);
    let Some((label, _)) = above[at..].split_once([':', '：']) else { return false };
    let word = label.trim().to_lowercase();
    label.starts_with(char::is_uppercase) && WORDS_FOR_NOTES.contains(&word.as_str()) && is_after_blank(text, at)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let read = read(text, &Names::default()).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|stretch| stretch.label).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    const TALK: &str = "**Ann:** How long was it?\n\n**Tom:** Twenty years.\n\n**Ann:** And why?\n\n{}\n\n\
                        **Ann:** What else?\n\n**Tom:** The winter.\n\n**Ann:** So?\n\n**Tom:** No more.";

    #[test]
    fn a_known_label_right_below_a_note_starts_its_turn() {
        let talk = "Ann: How long was it?\n\nTom: Twenty years.\n\nAnn: And why?\n\nTom: The smell.\n\n\
                    {}\nAnn: What else?\n\nTom: The winter.\n\nAnn: So?\n\nTom: No more.\n\n\
                    Ann: Who helps?\n\nTom: My father.\n\nAnn: And now?\n\nTom: We are three.";
        let n_turns = |above: &str| {
            let labels = found(&talk.replace("{}", above)).0;
            labels.into_iter().filter(|label| label == "Ann").count()
        };
        for above in ["Memo: start small.", "Résumé : start small."] {
            assert_eq!(n_turns(above), 6, "{above}");
        }
        assert_eq!(n_turns("So she asked of it all"), 5);
    }

    #[test]
    fn a_known_speaker_in_another_form_is_read() {
        #[rustfmt::skip]
        let forms = [
            "Tom: The smell.", "> Tom: The smell.", "[5] Tom: The smell.", "“Tom: The smell.", "[Tom: The smell.",
            "(Tom: The smell.", "# Tom: The smell.", "[[ Tom: The smell.",
            "[00:30 Tom: The smell.", "[00:30]: Tom: The smell.", "<00:30> Tom: The smell.", "06/07 Tom: The smell.",
            ":Tom: The smell.", "…Tom: The smell.",
        ];
        for said in forms {
            for text in [TALK.to_owned(), TALK.replace("**", "")] {
                let (labels, remarks) = found(&text.replace("{}", said));
                assert_eq!(labels, ["Ann", "Tom", "Ann", "Tom", "Ann", "Tom", "Ann", "Tom"], "{said}");
                // A time and a colon may be read as a time like any other.
                if !said.starts_with("[00:30]:") {
                    assert_eq!(remarks.len(), usize::from(!said.starts_with("Tom")), "{said} {remarks:?}");
                }
            }
        }
    }

    #[test]
    fn a_known_speaker_with_a_slip_behind_a_time_is_read() {
        let turn = |n: usize| format!("[0:{n}0] Ann Hall: How was it?\n\n[0:{n}5] Participant: It was cold.\n\n");
        let above = turn(1) + &turn(2) + "[0:30] Ann Hall: So?\n\n";
        let talk = |said: &str| found(&format!("{above}[0:35] {said}\n\n{}", turn(4)));
        for said in ["Partcipant; It rained.", "Participant; It rained.", "Participant It rained."] {
            let (labels, remarks) = talk(said);
            assert_eq!(labels, ["Ann Hall", "Participant"].repeat(4), "{said} {remarks:?}");
            assert_eq!(remarks.len(), 1, "{said} {remarks:?}");
        }
        let (labels, _) = talk("Particles; it rained.");
        assert_eq!(labels.iter().filter(|label| *label == "Participant").count(), 3, "{labels:?}");
    }

    #[test]
    fn a_label_above_its_words_needs_no_blank_line_where_all_are_so() {
        let turn =
            |n: usize| format!("Ann Hall:\n\nHow was it in year {n}?\n\nTom Reed:\n\nIt rained all of year {n}.\n\n");
        let text: String = (10..20).map(turn).collect();
        let all = found(&text).0;
        for year in [12, 15] {
            let told = format!("It rained all of year {year}.\n");
            assert_eq!(found(&text.replace(&format!("{told}\n"), &told)), (all.clone(), Vec::new()), "{year}");
        }
        // With words on its line, or where labels have theirs, it may be quoted.
        let said = "It rained all of year 12.\nAnn Hall: never again.\n";
        let (labels, remarks) = found(&text.replace("It rained all of year 12.\n", said));
        assert!(labels == all && remarks.len() == 1, "{labels:?} {remarks:?}");
    }

    #[test]
    fn a_quoted_talk_stays_text() {
        for said in [
            "**Tom:** She wrote:\n\nAnn: do this.",
            "**Tom:** So it went.\n\n> Ann: do this.\n> Tom: no.",
            "**Tom:** So it went.\n\n“Ann: do this.” I did not.",
        ] {
            let (labels, remarks) = found(&TALK.replace("{}", said));
            assert_eq!((labels.len(), remarks.is_empty()), (8, false), "{said} {labels:?}");
        }
    }

    #[test]
    fn labels_without_a_colon_that_come_once_are_told() {
        let alone = "ANN\nHow long was it?\n\nTOM\nTwenty years.\n\n{}ANN\nAnd why so?\n\nTOM\nThe smell of it.";
        let dash = "Ann – How long was it?\n\nTom – Twenty years.\n\n{}Ann – And why so?\n\nTom – The smell of it.";
        let point = "Q. How long was it?\n\nA. Twenty years.\n\n{}Q. And why so?\n\nA. The smell of it.";
        for (text, said, label) in [
            (alone, "CAROL\nHe has dreams.\n\n", "`CAROL`"),
            (dash, "Carol – He has dreams.\n\n", "`Carol`"),
            (point, "CAROL: You may answer.\n\n", "`CAROL:`"),
        ] {
            let (labels, remarks) = found(&text.replace("{}", said));
            assert_eq!((labels.len(), remarks.len()), (4, 1), "{said} {remarks:?}");
            assert!(remarks[0].starts_with(label), "{remarks:?}");
        }
        for (text, said) in [
            (dash, "Well – he has dreams.\n\n"),
            (dash, "The bees – he has dreams.\n\n"),
            (point, "Note: he has dreams.\n\n"),
            (point, "the years: twenty.\n\n"),
            (alone, "SUMMARY\nHe has dreams.\n\n"),
        ] {
            assert_eq!(found(&text.replace("{}", said)).1, [] as [String; 0], "{said}");
        }
    }
}
