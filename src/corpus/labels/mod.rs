//! Finding the speakers in running text.
//!
//! In: the text of one transcript. Out: its turns as byte ranges with their labels, in order, and remarks on what is
//! doubtful. The form of the labels is decided for the text as a whole: [`forms`] reads lines, [`choose`] finds the
//! names that recur, [`once`] takes in those that come once ([`bare`] on lines of their own), and [`layouts`] knows
//! texts whose labels have no colon ([`points`] those with a point, [`bold`] those in bold letters, [`stamps`] those
//! with a time, [`quoted`] those with quotation marks, [`ruled`] those between rules, [`chats`] the chats of meetings).
//! [`marked`] knows signs before labels, [`colons`] names that hold a colon, [`glued`] texts where one speaker's labels
//! lack the space behind it, [`inline`] those with several turns in a paragraph, [`gendered`] roles with an ending
//! behind a colon (by [`endings`]), [`sections`] headings that look like labels, [`second_lines`] who answers on the
//! second line of each paragraph. Then [`strays`] takes in known labels in another form, or with a slip ([`slips`]),
//! [`dashes`] names with their place before a dash, [`gaps`] tells of paragraphs that lack theirs, [`typed`] of labels
//! that seem wrong, [`swallowed`] of a turn that holds a talk, [`bystanders`] of labels that are more than a name (by
//! the words of [`persons`]; [`added`] knows what may stand behind one), [`unlike`] of names written unlike all others
//! ([`unmarked`] without their marks), [`asked`] finds questions that nobody's label heads above the answers, and
//! [`interjections`] what others throw in. [`court`] takes in who else speaks in a hearing, [`unnamed`] turns of
//! nobody, [`twice`] takes doubled labels off, [`voices_once`] tells of voices in texts with times. Interviews by mail
//! are for [`mails`]. Of lines that all start with a name, such as cues, [`prefixed`] tells the speakers. A line such as
//! `Satisfied:` inside an answer stays text; [`openers`], [`lead_ins`] and [`spoken_of`] know such words,
//! [`first_names`] names that are words as well. It never decides who asks and who answers. Lines of a table are left
//! to [`timed_rows`] and [`piped_rows`], time marks between the words to [`marks`].

mod added;
mod advice;
mod asked;
mod bare;
mod bold;
mod bystanders;
mod chats;
mod choose;
mod colons;
mod court;
mod dashes;
mod endings;
mod first_names;
mod firsts;
mod forms;
mod gaps;
mod gendered;
mod glued;
mod habit;
mod inline;
mod interjections;
mod layouts;
mod lead_ins;
mod line_numbers;
mod lines;
mod mails;
mod marked;
mod names;
mod numbering;
mod once;
mod openers;
mod persons;
mod points;
mod prefixed;
mod quoted;
mod ruled;
mod second_lines;
mod sections;
mod slips;
mod spoken_of;
mod stamps;
mod strays;
mod swallowed;
mod times;
mod twice;
mod typed;
mod unlike;
mod unmarked;
mod unnamed;
mod voices;
mod voices_once;

use std::collections::HashMap;
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
pub(crate) use prefixed::{Line, prefixed};
pub(crate) use times::{has_time, split_time, time};

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
    if let Some(heads) = chats::find(&lines::Lines::of(text, names)) {
        let layout = Some("messages of a meeting's chat");
        return Some(Labelled { stretches: stretches(text, &heads), layout, ..Labelled::default() });
    }
    if let Some((heads, remarks)) = mails::find(&lines::Lines::of(text, names)) {
        let below = |from: usize| Some(mails::above(text, &heads, from, read(&text[from..], names)?));
        if let Some(talk) = mails::talk_below(text, &heads).and_then(below) {
            return Some(talk);
        }
        return Some(Labelled { stretches: stretches(text, &heads), remarks, layout: Some(mails::LAYOUT) });
    }
    let (heads, remarks) = by_lines(text, names, |_| 0);
    let mut best = (heads, remarks, None);
    // A line number, the point of a list or the sign of a quotation may stand before every label.
    let margins: [(Margin, &str); 3] = [
        (layouts::number, "numbers before the speakers"),
        (layouts::bullet, "speakers in a list"),
        (asked::quote, "one speaker in quoted lines"),
    ];
    for (margin, name) in margins {
        let (is_numbered, is_quoted) = (name.starts_with("numbers"), name.starts_with("one"));
        let usual = text.lines().filter(|line| margin(line) > 0).nth(3).is_none();
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
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).take(2 * best.0.len() + 4).count();
    if paragraphs > 2 * best.0.len()
        && let Some((heads, name)) = layouts::find(text, names, best.0.len())
    {
        let remarks = left_out(&best.0, &heads);
        best = (heads, remarks, Some(name));
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
        unnamed::take_in(text, &mut heads, &mut remarks);
        strays::take_in(text, names, &mut heads, &mut remarks);
        unlike::take_in(text, &mut heads, &mut remarks);
        unmarked::take_in(text, names, &mut heads, &mut remarks);
        strays::once_only(text, names, layout, &heads, &mut remarks);
        if layout == Some(ruled::LAYOUT) {
            remarks.extend(ruled::settle(text, names, &mut heads));
        } else {
            ruled::take_in(text, names, &mut heads, &mut remarks);
        }
        if strays::have_colon(text, &heads) {
            dashes::take_in(text, names, &mut heads, &mut remarks);
        }
        let habit = habit::Habit::of(text, &heads);
        if strays::have_colon(text, &heads) {
            let told: Vec<usize> = remarks.iter().map(|remark| remark.at).collect();
            let gaps = gaps::remarks(text, &heads, &habit);
            remarks.extend(gaps.into_iter().filter(|gap| !told.contains(&gap.at)));
        }
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
        numbering::take_further(text, &mut candidates, &keys, names);
    }
    let mut choice = choose::choose(text, &candidates, &keys, names);
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
    line.len() >= 3 && ["-", "*", "_", "="].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &str) -> Vec<(String, String)> {
        divide(text, &Names::default())
            .unwrap_or_default()
            .into_iter()
            .map(|s| (s.label, text[s.text].to_owned()))
            .collect()
    }

    pub(super) fn labels(text: &str) -> Vec<String> {
        turns(text).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn every_form_of_label_is_read() {
        for text in [
            "Interviewer: Why?\nMaria: Because.\nInterviewer: And?\nMaria: So.",
            "INTERVIEWER: Why?\n\nMARIA: Because.\n\nINTERVIEWER: And?\n\nMARIA: So.",
            "**Tom:** Why?\n\n**Maria:** Because.\n\n**Tom:** And?\n\n**Maria:** So.",
            "**Tom**: Why?\n\n**Maria**: Because.\n\n**Tom**: And?\n\n**Maria**: So.",
            "[Tom] Why?\n[Maria] Because.\n[Tom] And?\n[laughs]\n[Maria] So.",
            "[Tom] 00:03\nWhy?\n[Maria] 00:05\nBecause.\n[Tom] 00:07\nAnd?\n[Maria] 00:09\nSo.",
            "@Tom: Why?\n@Maria: Because.\n@Tom: And?\n@Maria: So.",
            "Tom  0:03\nWhy?\n\nMaria  0:05\nBecause.\n\nTom  0:10\nAnd?\n\nMaria  0:12\nSo.",
            "Tom 00:00:03\nWhy?\n\nMaria 00:12:03\nBecause.\n\nTom 00:13:00\nAnd?\n\nMaria 00:14:00\nSo.",
            "[00:03] Tom: Why?\n[00:05] Maria: Because.\n[00:06] Tom: And?\n[00:09] Maria: So.",
            "Tom (0:03): Why?\nMaria (0:05): Because.\nTom (0:06): And?\nMaria (0:09): So.",
            "Q: Why?\nA: Because.\nQ: And?\nA: So.",
            "Tom：Why?\nMaria：Because.\nTom：And?\nMaria：So.",
        ] {
            let turns = turns(text);
            assert_eq!(turns.len(), 4, "{text}: {turns:?}");
            assert_eq!(turns[1].1, "Because.", "{text}");
            assert!(turns[3].1.ends_with("So."), "{text}");
        }
    }

    #[test]
    fn layouts_of_services_are_read() {
        for text in [
            "Tom Reyes  0:03  \nWhy?\n\nMaria  0:05  \nBecause.\n\nTom Reyes  0:07  \nAnd?\n\nMaria  0:09  \nSo.\n\n\
             Transcribed by https://otter.ai\n",
            "Tom (00:03):\nWhy?\n\nMaria (00:05):\nBecause.\n\nTom (00:07):\nAnd?\n\nMaria (00:09):\nSo.",
            "Tom: (00:03)\nWhy?\n\nMaria: (00:05)\nBecause.\n\nTom: (00:07)\nAnd?\n\nMaria: (00:09)\nSo.",
            "[00:00:03] Tom: Why?\n\n[00:00:05] Maria: Because.\n\n[00:00:07] Tom: And?\n\n[00:00:09] Maria: So.",
            "[00:00:03.120] - Tom\nWhy?\n\n[00:00:05.120] - Maria\nBecause.\n\n[00:00:07.1] - Tom\nAnd?\n\n\
             [00:00:09.300] - Maria\nSo.",
            "Tom: [00:00:03] Why?\nMaria: [00:00:05] Because.\nTom: [00:00:07] And?\nMaria: [00:00:09] So.",
            "Tom 00:03 - 00:05\nWhy?\n\nMaria 00:05 - 00:07\nBecause.\n\nTom 00:07 - 00:09\nAnd?\n\nMaria 00:09 - 00:11\nSo.",
            "0:03 - 0:05\nTom: Why?\n0:05 - 0:07\nMaria: Because.\n0:07 - 0:09\nTom: And?\n0:09 - 0:11\nMaria: So.",
            "00:00:03 Tom\nWhy?\n\n00:00:05 Maria\nBecause.\n\n00:00:07 Tom\nAnd?\n\n00:00:09 Maria\nSo.",
            "{00:03} Tom: Why?\n\n{00:05} Maria: Because.\n\n{00:07} Tom: And?\n\n{00:09} Maria: So.",
            "00:00:03.5Tom: Why?\n\n00:00:05.1Maria: Because.\n\n00:00:07.0Tom: And?\n\n00:00:09.0Maria: So.",
            "#00:00:03-0# I: Why?\n\n#00:00:05-0# B: Because.\n\n#00:00:07-1# I: And?\n\n#00:00:09-1# B: So.",
            "**Tom** 0:03\nWhy?\n\n**Maria** 0:05\nBecause.\n\n**Tom** 0:07\nAnd?\n\n**Maria** 0:09\nSo.",
            "00:03\t From  Tom : Why?\n00:05\t From  Maria : Because.\n00:07\t From  Tom to Everyone: And?\n00:09\t From  Maria : So.",
            "0:03\tTom\tWhy?\n0:05\tMaria\tBecause.\n0:07\tTom\tAnd?\n0:09\tMaria\tSo.",
        ] {
            let stretches = divide(text, &Names::default()).unwrap_or_default();
            let words: Vec<&str> = stretches.iter().map(|s| &text[s.text.clone()]).collect();
            assert_eq!(words, ["Why?", "Because.", "And?", "So."], "{text}");
            let seconds: Vec<_> = stretches.iter().map(|s| s.seconds.map(f64::floor)).collect();
            assert_eq!(seconds, [Some(3.0), Some(5.0), Some(7.0), Some(9.0)], "{text}");
            assert_eq!(stretches[0].label, stretches[2].label, "{text}");
        }
    }

    #[test]
    fn bare_lines_are_labels_where_that_is_the_habit() {
        for text in [
            "## User\n\nWhy?\n\n## Assistant\n\nBecause.\n\n## User\n\nAnd?\n\n## Assistant\n\nSo.",
            "### Human:\nWhy?\n\n### Assistant:\nBecause.\n\n### Human:\nAnd?\n\n### Assistant:\nSo.",
            "**User**\n\nWhy?\n\n**Assistant**\n\nBecause.\n\n**User**\n\nAnd?\n\n**Assistant**\n\nSo.",
            "Interviewer\nWhy?\n\nParticipant\nBecause.\n\nInterviewer\nAnd?\n\nParticipant\nSo.",
            "## Tom Reyes\n\nWhy?\n\n## Maria\n\nBecause.\n\n## Tom Reyes\n\nAnd?\n\n## Maria\n\nSo.",
        ] {
            let words: Vec<String> = turns(text).into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, ["Why?", "Because.", "And?", "So."], "{text}");
        }
        let text = "## User\nWhy?\n\n## Assistant\n## Summary\nOne.\n\n**User**\nTwo.\n\n## User\nAnd?\n\n## Assistant\n\
                    Well.\n\n## Summary\nUser\nThree.";
        assert_eq!(labels(text), ["User", "Assistant", "User", "Assistant"]);
    }

    #[test]
    fn bare_lines_stay_text_elsewhere() {
        let text =
            "AI: Why?\n\nUser: **User**\nAI\n## Assistant\nHm.\n\nAI: And?\n\nUser: Interviewer\n\nParticipant\n\nSo.";
        assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
        let text = "Tom: Why?\n\nMaria: Well:\n\n## Good\nx\n\n## Bad\ny\n\nTom: And?\n\nMaria: So:\n\n## Good\nx\n\n## Bad\ny";
        assert_eq!(labels(text), ["Tom", "Maria", "Tom", "Maria"]);
        let text = "[00:05] Yes.\n\n[00:09] And then\n\n[00:11] Yes.\n\n[00:15] We left, all of us.";
        assert_eq!(divide(text, &Names::default()), None);
    }

    #[test]
    fn a_timetable_stays_text() {
        let text = "Tom: What is a day like?\n\nMaria: So:\n07:00 Handover\n09:00 Break\n12:00 Break\n15:00 Break\n\n\
                    07:00 - 08:00\nrounds\n\nTom: And then?\n\nMaria: Home at\n17:30";
        assert_eq!(labels(text), ["Tom", "Maria", "Tom", "Maria"]);
        assert!(turns(text)[1].1.ends_with("07:00 - 08:00\nrounds"));
        assert!(turns(text)[3].1.ends_with("17:30"));
    }

    #[test]
    fn many_times_in_a_line_are_read_quickly() {
        let text = format!("Tom {}\nMaria: x\n", "0:01 ".repeat(100_000));
        divide(&text, &Names::default());
    }

    #[test]
    fn times_are_kept() {
        let text = "Tom  0:03\nWhy?\n\nMaria  1:02:05\nBecause.\n\nTom  1:03:00\nAnd?";
        let seconds: Vec<_> = divide(text, &Names::default()).unwrap().into_iter().map(|s| s.seconds).collect();
        assert_eq!(seconds, [Some(3.0), Some(3725.0), Some(3780.0)]);
    }

    #[test]
    fn marks_of_direction_around_labels_and_words_are_not_seen() {
        for (open, colon, close) in
            [("\u{202b}", ":", "\u{202c}"), ("\u{200f}", "\u{200f}:\u{200f}", ""), ("", ":\u{2067}", "\u{2069}")]
        {
            let line = |label: &str, said: &str| format!("{open}{label}{colon} {open}{said}{close}");
            let talk = [("שואל", "איך?"), ("עונה", "השכנה עזבה."), ("שואל", "ומה עוד?"), ("עונה", "לא היה.")];
            let text = talk.map(|(label, said)| line(label, said)).join("\n\n");
            assert_eq!(turns(&text), talk.map(|(label, said)| (label.to_owned(), said.to_owned())), "{text}");
        }
        let text = "I: Why?\nB: In \u{200f}עברית\u{200f} too.\nI: And?\nB: So.";
        assert_eq!(turns(text)[1].1, "In \u{200f}עברית\u{200f} too.", "within the words they stay");
    }

    #[test]
    fn one_name_in_two_encodings_is_one_speaker() {
        let text = "Zoë: Why?\nRene\u{301}: So.\nZoe\u{308}: And?\nRené: No.\nZoë: How?\nRene\u{301}: Well.";
        assert_eq!(labels(text), ["Zoë", "Rene\u{301}", "Zoë", "Rene\u{301}", "Zoë", "Rene\u{301}"]);
        let text = "Zoe: Why?\nAnn: So.\nZoë: No.\nZoe: And?\nAnn: No.\nZoë: Well.\nZoe: How?\nZoë: So.";
        assert_eq!(labels(text), ["Zoe", "Ann", "Zoë", "Zoe", "Ann", "Zoë", "Zoe", "Zoë"]);
    }

    #[test]
    fn lines_of_an_answer_stay_text() {
        let text = "Interviewer: How was it?\n\n\
                    Participant: Mixed.\n\nSatisfied:\nThe rota at 17:30.\n\nPros: calm\nCons: slow\n\n\
                    Pros: kind\nCons: loud\n\nRe: breaks, none.\nhttps://example.org/x: no\n\n\
                    Interviewer: And then?\n\n\
                    Participant: Initial Steps:\n1. Trust: little\nSatisfied: never\n17:30\n\nPros: none";
        assert_eq!(labels(text), ["Interviewer", "Participant", "Interviewer", "Participant"]);
    }

    #[test]
    fn a_quoted_dialogue_stays_text() {
        let text = "AI: How do you prompt?\n\nUser: Like so:\n\nMe: find papers\nBot Two: [a list]\nMe: more\n\
                    Bot Two: [more]\n\nAI: I see, and then?\n\nUser: I stop.";
        assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
        let text = "AI: How?\n\nUser: Like so:\n\nYou said:\nhello\n\nGPT said:\n\nhello\n\nYou said:\nbye\n\n\
                    GPT said:\nbye\n\nAI: Good.\n\nUser: Yes.";
        assert_eq!(labels(text), ["AI", "User", "AI", "User"]);
    }

    #[test]
    fn groups_keep_every_speaker() {
        let text = "Moderator: Hello, why?\nAna: One.\nBen: Two.\nModerator: And now?\nBen: Three.\nAna: Four.";
        assert_eq!(labels(text), ["Moderator", "Ana", "Ben", "Moderator", "Ben", "Ana"]);
        let text = "Tom: Why?\nAna: One.\nBen: Two.\nTom: And?\nAna: Three.\nBen: Four.\nTom: So?\nAna: Five.";
        assert_eq!(labels(text), ["Tom", "Ana", "Ben", "Tom", "Ana", "Ben", "Tom", "Ana"]);
    }

    #[test]
    fn the_first_speaker_may_come_once() {
        let text = "Assistant: Hello, ready?\n\nUser: Yes.\n\nAI: Why?\n\nUser: So.";
        assert_eq!(labels(text), ["Assistant", "User", "AI", "User"]);
    }

    #[test]
    fn text_before_the_first_label_is_kept_apart() {
        let text = "Recorded on the ward.\n\nQ: Why?\nA: Because.\n\n---\n";
        assert_eq!(turns(text)[0], (String::new(), "Recorded on the ward.".to_owned()));
        assert_eq!(turns(text)[2].1, "Because.");
    }

    #[test]
    fn no_label_is_none() {
        assert_eq!(divide("Just a note.\nAt 17:30 we left: all of us.", &Names::default()), None);
        assert_eq!(divide("Note: once.\nOther: once.", &Names::default()), None);
    }

    #[test]
    fn a_glossary_is_read_quickly() {
        let mut text = String::new();
        for n in 0..10_000 {
            text.push_str(&format!("Word {}: meaning\nP{n}: x\n", n / 2));
        }
        let started = std::time::Instant::now();
        divide(&text, &Names::default());
        assert!(started.elapsed().as_secs() < 5);
    }

    proptest::proptest! {
        #[test]
        fn stretches_are_in_order(
            lines in proptest::collection::vec(proptest::prop_oneof![
                "(#00:00:1[0-9]-[0-9]#|\\[0:[0-5][0-9]\\]|\\(0:11\\)|0:0[0-9] - 0:11|00:05:00|)( Tom:| I:|)( [a-zé🙂]{1,5}| \\[0:2[0-9]\\]| #00:00:09-1#){0,3}",
                "(## |### |\\*\\*|)(User|Tom Reyes|Assistant|Interviewer)(\\*\\*|:|  0:0[0-9]|)( yes)?",
                "(0:0[0-9]|Timespan|[a-z]{0,3})(\t(Tom|Maria|Speaker|)){0,2}\t(Content|[a-z é]{0,9})",
                "(---|Transcribed by https://otter.ai|\\[00:00:0[0-9]\\] - Tom|Tom: \\[0:0[0-9]\\]|)",
                "[-#*\\[\\]():0-9\t A-Za-zé.]{0,20}",
                "(<Tom>|Tom\t|Q\\.|A\\.|\\(Tom\\)|Tom –|0:0[0-9] - Tom|- Tom:|00[0-9] Tom:|>>|Tom;|0 minutes [0-9] seconds)( [a-zé🙂?]{1,5}){0,3}",
                "(\\[03/05/2024, 14:00:0[0-9]\\]|03.05.24, 14:00 -) (Tom|Maria):( [a-zé🙂]{1,5}){0,3}",
                "(\u{200f}|)(Hall, Ann|Ann 🐝|\\+44 7700 900123|Befragte:r|Q[1-3]|Tmo|A1)(\u{200f}|):( [a-zé🙂?]{1,5}){0,3}",
            ], 0..24)
        ) {
            let text = lines.join("\n");
            let mut at = 0;
            for stretch in divide(&text, &Names::default()).unwrap_or_default() {
                proptest::prop_assert!(at <= stretch.text.start && !stretch.text.is_empty());
                at = stretch.text.end;
                let words = &text[stretch.text];
                proptest::prop_assert_eq!(words.trim(), words);
            }
        }
    }

    #[test]
    fn labels_the_user_named_may_be_long() {
        let names = Names::new(&["Head of the night shift:".to_owned()], &[]);
        let text = "Head of the night shift: Why?\nAda: So.\nHead of the night shift: And?\nAda: No.";
        assert_eq!(divide(text, &names).map(|s| s.len()), Some(4));
    }

    #[test]
    fn unlabelled_lines_go_on() {
        let text = "User: one\ntwo\n\nthree\nAI: four";
        assert_eq!(turns(text)[0].1, "one\ntwo\n\nthree");
    }
}
