//! Finding the speakers in running text.
//!
//! In: the text of one transcript. Out: its turns as byte ranges with their labels, in order, and remarks on what is
//! doubtful. The form of the labels is decided for the text as a whole: [`forms`] reads lines, [`choose`] finds the
//! names that recur, [`changed`] those of the rest of a text, [`once`] takes in those that come once ([`bare`] on lines
//! of their own), and [`layouts`] knows texts whose labels have no colon ([`points`] those with a point, [`bold`] those
//! in bold letters, [`stamps`] those with a time, [`quoted`] those with quotation marks, [`ruled`] those between rules,
//! [`chats`] the chats of meetings, [`messages`] those of messengers, [`written_times`] what Teams shows). [`marked`]
//! knows signs before labels, [`colons`] names that hold a colon, [`glued`] texts where one speaker's labels lack the
//! space behind it, [`inline`] those with several turns in a paragraph, [`gendered`] roles with an ending behind a
//! colon (by [`endings`]), [`sections`] headings that look like labels, [`second_lines`] who answers on the second line
//! of each paragraph. Then [`strays`] takes in known labels in another form, or with a slip ([`slips`]), [`dashes`]
//! names with their place before a dash, [`damaged`] tells of known labels that no rule reads, [`gaps`] of paragraphs
//! that lack theirs, [`falling`] of times that are said, [`typed`] of labels that seem wrong, [`swallowed`] of a turn
//! that holds a talk, [`bystanders`] of labels that are more than a name (by the words of [`persons`]; [`added`] knows
//! what may stand behind one), [`unlike`] of names written unlike all others ([`unmarked`] without their marks, [`other_forms`] those that recur so),
//! [`asked`] finds questions that nobody's label heads above the answers, [`read_out`] texts that are read to them, and [`interjections`] what others throw in.
//! [`hearings`] knows titles before a point, [`recurring`] long labels that recur in turn, [`counted_names`] numbers in
//! front of names, [`page_lines`] numbers of lines on pages. [`court`] takes in who else speaks in a hearing,
//! [`titled`] first labels with a title, [`manners`] what stands in brackets behind a name, [`unnamed`] turns of nobody, [`twice`] takes doubled labels off,
//! [`voices_once`] tells of voices in texts with times. Interviews by mail are for [`mails`]. Of lines that all start
//! with a name, such as cues, [`prefixed`] tells the speakers, of times before names [`timed_names`]. A line such as `Satisfied:` inside an answer stays text;
//! [`openers`], [`lead_ins`] and [`spoken_of`] know such words, [`first_names`] names that are words as well. It never
//! decides who asks and who answers. Lines of a table are left to [`timed_rows`] and [`piped_rows`], time marks between
//! the words to [`marks`].

mod added;
mod advice;
mod asked;
mod bare;
mod bold;
mod bystanders;
mod changed;
mod chats;
mod choose;
mod colons;
mod counted_names;
mod court;
mod damaged;
mod dashes;
mod endings;
mod falling;
mod first_names;
mod firsts;
mod forms;
mod gaps;
mod gendered;
mod glued;
mod habit;
mod hearings;
mod inline;
mod interjections;
mod layouts;
mod lead_ins;
mod line_numbers;
mod lines;
mod mails;
mod manners;
mod marked;
mod messages;
mod names;
mod numbering;
mod once;
mod openers;
mod other_forms;
mod page_lines;
mod persons;
mod points;
mod prefixed;
mod quoted;
mod read_out;
mod recurring;
mod ruled;
mod second_lines;
mod sections;
mod signatures;
mod slips;
mod spoken_of;
mod stamps;
mod strays;
mod swallowed;
mod timed_names;
mod times;
mod titled;
mod twice;
mod typed;
mod unlike;
mod unmarked;
mod unnamed;
mod voices;
mod voices_once;
mod written_times;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

pub(crate) use advice::{advice, advice_for_recording};
pub(crate) use colons::{lengthen, rests};
pub(crate) use forms::opening;
pub(crate) use interjections::{ThrownIn, thrown_in};
pub(crate) use line_numbers::{LeftOut, line_numbers, without};
pub(super) use lines::{lines_from, lines_of};
pub(super) use names::{is_edge, is_name_apart};
pub(crate) use names::{prefix, valid_label};
pub(crate) use once::{is_heading, is_slip_of};
pub(crate) use persons::is_somebody;
pub(crate) use prefixed::{Line, nameless, prefixed};
pub(crate) use times::{has_time, split_time, time};

use super::by_lines::ByLines;
use super::marks;
use super::piped_rows;
use super::speakers::{Names, asked_by_number, count_of, key};
use super::timed_rows;
use forms::Candidate;
use layouts::Head;

/// How many bytes of a line stand before what is said.
type Margin = fn(&str) -> usize;

/// One labelled stretch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch {
    /// The label as written; empty for text before the first label.
    pub(crate) label: String,
    /// Seconds from the start of the recording.
    pub(crate) seconds: Option<f64>,
    /// Bytes of the words, without white space at either end; never empty.
    pub(crate) text: Range<usize>,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Labelled {
    pub(crate) stretches: Vec<Stretch>,
    /// What is doubtful, or was read as something else.
    pub(crate) remarks: Vec<Remark>,
    /// How the labels are written, where that is unusual.
    pub(crate) layout: Option<&'static str>,
}

/// Something to know about a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Remark {
    /// Byte of the text at which the line starts.
    pub(crate) at: usize,
    /// What, as a sentence without its place.
    pub(crate) what: String,
}

/// Divides a text into labelled stretches; `None` when no line is labelled.
pub(crate) fn divide(text: &str, names: &Names) -> Option<Vec<Stretch>> {
    read(text, names).map(|labelled| labelled.stretches)
}

/// The same with what is to be said about it.
pub(crate) fn read(text: &str, names: &Names) -> Option<Labelled> {
    if let Some(stretches) = timed_rows::divide(text) {
        return Some(Labelled { stretches, ..Labelled::default() });
    }
    if let Some(stretches) = piped_rows::divide(text, names) {
        return Some(Labelled { stretches, layout: Some("a table with a turn a row"), ..Labelled::default() });
    }
    let lines = lines::Lines::of(text, names);
    if let Some((heads, remarks, layout)) = chats::any(&lines) {
        return Some(Labelled { stretches: stretches(text, &heads), remarks, layout: Some(layout) });
    }
    if let Some((mut heads, mut remarks)) = mails::find(&lines) {
        let below = |from: usize| Some(mails::above(text, &heads, from, read(&text[from..], names)?));
        if let Some(talk) = mails::talk_below(text, &heads).and_then(below) {
            return Some(talk);
        }
        remarks.extend(signatures::set_apart(text, &mut heads));
        return Some(Labelled { stretches: stretches(text, &heads), remarks, layout: Some(mails::LAYOUT) });
    }
    let (heads, remarks) = by_lines(text, names, |_| 0);
    let mut best = (heads, remarks, None);
    // A line number, the point of a list or the sign of a quotation may stand before every label.
    let margins: [(Margin, &str); 3] = [
        (line_numbers::marked_number, "numbers before the speakers"),
        (lines::bullet, "speakers in a list"),
        (asked::quote, "one speaker in quoted lines"),
    ];
    for (margin, name) in margins {
        let (is_numbered, is_quoted) = (name.starts_with("numbers"), name.starts_with("one"));
        let usual = text.by_lines().filter(|line| margin(line) > 0).nth(3).is_none();
        let is_count = || layouts::numbers(text).is_some() || layouts::pairs_of_numbers(text);
        if !usual && (!is_numbered || is_count()) {
            let (mut heads, remarks) = by_lines(text, names, margin);
            if is_quoted {
                asked::drop_header(text, &mut heads);
            }
            let inset = heads.iter().filter(|head| margin(&text[head.line..head.words]) > 0).count();
            // Of questions and answers the questions alone may be numbered.
            let most = match is_quoted {
                true => asked::one_is_quoted(text, &heads),
                false => inset * 10 >= heads.len() * if is_numbered { 4 } else { 8 },
            };
            if heads.len() > best.0.len().max(3) && several(&heads) && most {
                best = (heads, remarks, Some(name));
            }
        }
    }
    if let Some((heads, layout)) = glued::beside(text, names, &best.0) {
        best = (heads, Vec::new(), Some(layout));
    }
    let paragraphs = text.by_lines().filter(|line| !line.is_blank()).take(2 * best.0.len() + 4).count();
    if paragraphs > 2 * best.0.len()
        && let Some((heads, name)) = layouts::find(text, names, best.0.len())
    {
        let remarks = left_out(&best.0, &heads);
        best = (heads, remarks, Some(name));
    }
    if best.0.is_empty()
        && let Some((heads, remarks)) = timed_names::find(text)
    {
        best = (heads, remarks, Some(timed_names::LAYOUT));
    }
    let mut is_whole = false;
    if let Some((heads, remarks)) = inline::find(text, names, &best.0) {
        (best, is_whole) = ((heads, remarks, Some("several turns in a paragraph")), true);
    }
    if best.0.is_empty() {
        best.0 = layouts::changes(text)?;
        is_whole = true;
        let at = best.0[0].line;
        let what = "only a mark tells the speakers apart, so two were taken to speak in turn; name them in the file to be sure";
        best.1.push(Remark { at, what: what.to_owned() });
        best.2 = Some("a mark at each change of speaker");
    }
    let (mut heads, mut remarks, mut layout) = best;
    if !is_whole {
        court::take_in(text, &mut heads, &mut remarks);
        titled::take_in(text, &mut heads, &mut remarks);
        unnamed::take_in(text, &mut heads, &mut remarks);
        strays::take_in(text, names, &mut heads, &mut remarks);
        unlike::take_in(text, &mut heads, &mut remarks);
        unmarked::take_in(text, names, &mut heads, &mut remarks);
        other_forms::take_in(text, names, &mut heads, &mut remarks);
        strays::once_only(text, names, layout, &heads, &mut remarks);
        if layout == Some(ruled::LAYOUT) {
            remarks.extend(ruled::settle(text, names, &mut heads));
        } else {
            ruled::take_in(text, names, &mut heads, &mut remarks);
        }
        if strays::have_colon(text, &heads) {
            dashes::take_in(text, names, &mut heads, &mut remarks);
        }
        damaged::take_off_remarks(text, &mut heads, &mut remarks);
        falling::drop_from(text, &mut heads, &mut remarks);
        read_out::take_in(text, names, &mut heads, &mut remarks);
        let habit = habit::Habit::of(text, &heads);
        let mut told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
        let damaged = damaged::remarks(text, &heads, &habit, &told);
        told.extend(damaged.iter().map(|remark| remark.at));
        let gaps = gaps::remarks(text, &heads, &habit).into_iter().filter(|gap| !told.contains(&gap.at));
        remarks.extend(damaged.into_iter().chain(gaps));
        let bystanders = bystanders::remarks(text, &heads, &remarks);
        remarks.extend(bystanders);
        let unlike = unlike::remarks(text, &heads, &remarks);
        remarks.extend(unlike);
        remarks.extend(typed::remarks(text, &heads));
        remarks.extend(swallowed::remarks(text, &heads));
        let voices = voices_once::remarks(&heads, names, &remarks);
        remarks.extend(voices);
        twice::take_off(text, &mut heads, &mut remarks);
    }
    stamps::take_off(text, &mut heads);
    dashes::take_off(text, &mut heads);
    let labels: Vec<&str> = heads.iter().map(|head| head.label.as_str()).collect();
    let is_named = |label: &&str| names.is_given(&key(label));
    if let Some(counted) = asked_by_number(&labels).filter(|_| !labels.iter().any(is_named)) {
        heads.iter_mut().zip(counted).for_each(|(head, label)| head.label = label);
    }
    asked::part(text, &mut heads);
    match asked::take_in(text, names, &mut heads) {
        Ok(true) => {
            layout = layout.or(Some(asked::LAYOUT));
            let is_asked = |at: usize| heads.iter().any(|head| head.line == at && head.label == asked::ASKED);
            remarks.retain(|remark| !is_asked(remark.at));
        }
        Ok(false) => {}
        Err(doubt) => remarks.push(doubt),
    }
    interjections::divide(text, names, &mut heads, &mut remarks);
    remarks.sort_by_key(|remark| remark.at);
    Some(Labelled { stretches: stretches(text, &heads), remarks, layout })
}

/// Remarks on labels with a colon that the layout of the text leaves no room for.
fn left_out(known: &[Head], heads: &[Head]) -> Vec<Remark> {
    let mut seen: Vec<&str> = heads.iter().map(|head| head.label.as_str()).collect();
    let mut remarks = Vec::new();
    for Head { label, line, .. } in known {
        let above = heads.partition_point(|head| head.line < *line).checked_sub(1);
        if let (false, Some(above)) = (seen.contains(&label.as_str()), above) {
            let whose = &heads[above].label;
            let what = format!("`{label}:` looks like a speaker but was taken for words of `{whose}`");
            remarks.push(Remark { at: *line, what });
            seen.push(label);
        }
    }
    remarks
}

fn several(heads: &[Head]) -> bool {
    heads.iter().any(|head| head.label != heads[0].label)
}

/// The labels that lines start with, behind what `margin` says.
fn by_lines(text: &str, names: &Names, margin: fn(&str) -> usize) -> (Vec<Head>, Vec<Remark>) {
    let mut keys: Vec<String> = Vec::new();
    let mut candidates = forms::candidates(text, names, margin, &mut keys);
    recurring::add(text, margin, &mut candidates, &mut keys);
    counted_names::take_off(&mut candidates, &mut keys);
    let of_manners = manners::take_off(&mut candidates, &mut keys, names);
    gendered::lengthen(text, margin, &mut candidates, &mut keys);
    colons::join(text, &mut candidates, &mut keys, names);
    sections::drop_headings(text, &mut candidates, &keys, names);
    let mut remarks = lead_ins::drop_from(&mut candidates, &keys, names);
    choose::drop_bare(&mut candidates, &keys, names, text);
    forms::drop_doubted(&mut candidates, &keys);
    gendered::mend(text, &mut candidates, &keys);
    // Numbers of labels that the user names are those of people.
    let is_named = |c: &Candidate| names.is_given(&keys[c.key]) && count_of(&c.label).is_some();
    if !candidates.iter().any(is_named) {
        numbering::fold(&mut candidates, &mut keys);
        numbering::fold_asked(text, &mut candidates, &mut keys);
        numbering::take_further(text, &mut candidates, &keys, names);
    }
    let mut choice = choose::choose(text, &candidates, &keys, names);
    recurring::take_in(&candidates, &keys, names, &mut choice);
    remarks.extend(of_manners);
    remarks.extend(changed::take_in(text, &candidates, &keys, names, &mut choice));
    remarks.extend(once::take_in(text, &mut candidates, &keys, names, &mut choice));
    remarks.extend(bare::take_in(text, &candidates, &keys, names, &mut choice));
    let mut labels: HashMap<usize, &str> = HashMap::new();
    let head = |&c: &usize| {
        let Candidate { key, label, seconds, line, words, .. } = &candidates[c];
        let label = *labels.entry(*key).or_insert(label);
        Head { label: label.to_owned(), seconds: *seconds, line: *line, words: *words }
    };
    (choice.chosen.iter().map(head).collect(), remarks)
}

/// The stretches that labels head, and the text above the first.
fn stretches(text: &str, heads: &[Head]) -> Vec<Stretch> {
    let mut stretches = Vec::with_capacity(heads.len() + 1);
    let mut push = |label: &str, seconds, range: Range<usize>| {
        let text = trim(text, range);
        if !text.is_empty() {
            stretches.push(Stretch { label: label.to_owned(), seconds, text });
        }
    };
    push("", None, 0..heads.first().map_or(0, |first| first.line));
    let whole = without_credit(text);
    for (i, head) in heads.iter().enumerate() {
        let end = heads.get(i + 1).map_or(whole.max(head.words), |next| next.line);
        push(&head.label, head.seconds, head.words..end.max(head.words));
    }
    marks::divide(text, stretches)
}

/// Where a text ends but for the last line by which a transcription service signs it.
fn without_credit(text: &str) -> usize {
    const CREDITS: [&str; 4] =
        ["transcribed by http", "transcribed by otter", "transcript by rev", "transcribed by rev"];
    let kept = text.trim_end();
    let last = kept.lines().next_back().unwrap_or_default();
    let said = last.trim().to_lowercase();
    let signed = CREDITS.iter().any(|credit| said.starts_with(credit)) && said.split_whitespace().count() <= 4;
    if signed { kept.len() - last.len() } else { text.len() }
}

/// Takes white space and marks that are not seen off both ends, and rules such as `---` off the end.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(is_edge).len());
    let mut kept = slice.trim_matches(is_edge);
    while let Some(line) = kept.lines().next_back() {
        if !is_rule(line) {
            break;
        }
        kept = kept[..kept.len() - line.len()].trim_end_matches(is_edge);
    }
    start..start + kept.len()
}

/// `---`, `***`, `===`: at least three of one mark and nothing else.
pub(crate) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ['-', '*', '_', '='].iter().any(|mark| line.trim_start_matches(*mark).is_empty())
}

#[cfg(test)]
mod tests;
