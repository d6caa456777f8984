//! Lines that nobody said: the closing lines of meeting programs, transcribers' and copyright notices.
//!
//! In: the turns of a transcript. Out: the same turns, with such lines as turns of their own under
//! [`SPEAKER`], who is nobody. A line is one as a whole, by how it begins and by what no speaker adds, or by
//! its [form](forms), and so are [notes] on those who talk and what [happens beside](asides) the talk, paragraphs
//! [in brackets](bracketed) below what was said, and [signatures] of mails, what [comes again](again) as the foot of each page does, and headings of [sections] between two turns;
//! words like these in the middle of an answer stay where they are. Notes, a [summary](tail), a [certificate] and an
//! index that follow the last answer are nobody's to their end. It never drops a line and never changes one, and what
//! may as well be said it only names. Where a document tells by a heading that its transcript begins, it says so too.

mod again;
mod asides;
mod below;
mod between;
mod bracketed;
mod captions;
mod certificate;
mod closing;
mod contents;
mod credits;
mod divided;
mod ended;
mod fields;
mod footnotes;
mod forms;
mod headed;
mod made;
mod made_by;
mod notes;
mod pages;
mod parts;
mod programs;
mod records;
mod rights;
mod sections;
mod services;
mod signatures;
mod tail;
mod video;
mod words;

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use super::by_lines::ByLines;
use super::error::counted;
use super::readers::RawTurn;
use super::sentences::sentences;
use closing::{Closing, closing};
use divided::{divide, joined};
pub(super) use parts::is_date;
use words::{ENDINGS, ENDS, LISTS};

/// How often each name signs turns of each speaker.
type Signed = HashMap<(String, String), usize>;

/// Who notices are put down to.
pub(super) const SPEAKER: &str = "(notice)";
/// Why they are nobody's words.
pub(super) const REASON: &str =
    "closing lines of programs, transcribers' and copyright notices, notes on interviews, signatures: nobody's words";

/// What stands alone on the line above a transcript that follows notes, as in documents of Google Meet:
/// `📖 Transcript`.
const HEADINGS: &[&str] =
    &["transcript", "transkript", "transcription", "transcripción", "transcrição", "trascrizione", "transcriptie"];

/// The words of a text below the last line that says that the transcript begins; all of them without one.
pub(super) fn below_heading(text: &str) -> &str {
    let mut below = text;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        if HEADINGS.contains(&line.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str()) {
            below = next;
        }
        rest = next;
    }
    below
}

/// Words after `End of …`, at most.
const ENDING: usize = 8;
/// Longer lines are no notices, in bytes.
const LONGEST: usize = 900;

/// Parts the turns of a transcript from the notices among their lines. Whole turns are notices under the label
/// of notes, unless that is known to be somebody's. What closes a talk closes no answer of a table.
pub(super) fn part(mut turns: Vec<RawTurn>, is_talk: bool, is_somebody: &dyn Fn(&str) -> bool) -> Vec<RawTurn> {
    for turn in &mut turns {
        if forms::is_note_label(&turn.speaker) && !is_somebody(&turn.speaker) {
            turn.speaker = SPEAKER.into();
        }
    }
    let contents = if is_talk { contents::find(&turns, is_somebody) } else { contents::Contents::default() };
    if is_talk {
        let labels = notes::labels(&turns, is_somebody);
        let headed = headed::labels(&turns, is_somebody);
        let is_note = |label: &str| labels.get(label) == Some(&notes::Note::Sure);
        let is_nobodys = |label: &str| is_note(label) || headed.contains(label) || contents.has(label);
        for turn in turns.iter_mut().filter(|turn| is_nobodys(&turn.speaker)) {
            turn.speaker = SPEAKER.into();
        }
    }
    let tail = tail::find(&turns, is_somebody).filter(|tail| is_talk && tail.is_sure);
    if let Some(tail) = tail {
        for turn in &mut turns[tail.turn + usize::from(tail.byte > 0)..] {
            turn.speaker = SPEAKER.into();
        }
    }
    let is_said = |turn: &RawTurn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER;
    let last = turns.iter().rposition(is_said).unwrap_or_default();
    let first = turns.iter().position(is_said).unwrap_or_default();
    let again = if is_talk { addresses(&turns) } else { HashMap::new() };
    let feet = if is_talk { again::lines(&turns) } else { HashSet::new() };
    let headings = if is_talk { sections::find(&turns) } else { HashMap::new() };
    let footnotes = if is_talk { footnotes::find(&turns) } else { Vec::new() };
    let signed = if is_talk { signatures::names(&turns) } else { HashMap::new() };
    let translated = bracketed::Translated::of(if is_talk { &turns[..] } else { &[] });
    let is_label = |name: &str| turns.iter().any(|turn| &*turn.speaker == name);
    let in_turn = |(at, turn): (usize, &RawTurn)| {
        let end = tail.filter(|tail| tail.turn == at && tail.byte > 0).map(|tail| tail.byte);
        let text = &turn.text[..end.unwrap_or(turn.text.len())];
        let mut found = notices(text, turn, (at == last, is_talk), &is_label);
        if is_talk {
            found.extend(bracketed::find(turn, text, &translated));
            found.extend(footnotes[at].iter().filter(|note| note.end <= text.len()).cloned());
            found.extend(again::find(text, &feet));
            found.extend(contents.title_at_end(text));
            found.extend(headings.get(&at).filter(|heading| heading.end <= text.len()).cloned());
            found.extend(self::signed(text, &turn.speaker, &signed, &found));
            pages_of(text, Some(turn).filter(|_| at == first), &again, &mut found);
        }
        found.extend(end.map(|end| end..turn.text.trim_end().len()));
        joined(found)
    };
    let found: Vec<Vec<Range<usize>>> = turns.iter().enumerate().map(in_turn).collect();
    if found.iter().all(Vec::is_empty) {
        return turns;
    }
    let mut parted = Vec::with_capacity(turns.len());
    for (turn, notices) in turns.into_iter().zip(found) {
        if notices.is_empty() {
            parted.push(turn);
        } else {
            divide(&turn, &notices, &mut parted);
        }
    }
    parted
}

/// Where, in code points of their documents, words of these turns are nobody's.
pub(super) fn spans(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let is_nobodys = |turn: &RawTurn| &*turn.speaker == SPEAKER;
    part(turns.to_vec(), true, is_somebody).into_iter().filter(is_nobodys).map(|turn| turn.span).collect()
}

/// The byte of a text at which the fields begin that it ends with, such as `Transcription: Ida Lund`, with other lines
/// that close it; below words, and with keys that begin no other line.
pub(super) fn fields_at_the_end(text: &str) -> Option<usize> {
    let begins_once = |line: &str| {
        let key = line.split([':', '：']).next().unwrap_or(line);
        text.by_lines().filter(|other| other.trim_start().starts_with(key)).count() == 1
    };
    let mut start = None;
    let mut end = text.trim_end().len();
    loop {
        let at = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = text[at..end].trim();
        let is_field = fields::is_one(line) && begins_once(line);
        let closes = || is_notice(line) || closing(line) == Some(Closing::Sure);
        if at == 0 || !(is_field || line.is_empty() || closes()) {
            return start;
        }
        start = if is_field { Some(at) } else { start };
        end = at - 1;
    }
}

/// A phrase on the last label, where it heads notes, such as `Memo`: it is gone when these are parted from the talk.
pub(super) fn headed(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Option<String> {
    let at = tail::labelled(turns, is_somebody)?;
    let (label, n) = (&turns[at].speaker, turns.len() - at);
    let has_lines = turns.iter().any(|turn| turn.line > 1);
    let place = if has_lines { format!("line {}, ", turns[at].line) } else { String::new() };
    Some(format!(
        "{place}`{label}`, the last label, was taken for the heading of notes, with {}, and counts as nobody's; if \
         somebody said them, say who with `--participant \"{label}\"`",
        counted(n, "turn")
    ))
}

/// The lines of a talk that are addresses and nothing else, and how often each comes: as those of printed pages do.
fn addresses(turns: &[RawTurn]) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for line in turns.iter().flat_map(|turn| turn.text.by_lines()).filter(|line| pages::is_bare_address(line)) {
        *found.entry(line.trim().to_lowercase()).or_default() += 1;
    }
    found
}

/// Adds to the notices of a turn what pages and letters put there: above the answer of the first turn, if it is that,
/// and below any a rule, or an address that comes again.
fn pages_of(text: &str, first: Option<&RawTurn>, again: &HashMap<String, usize>, found: &mut Vec<Range<usize>>) {
    let cue = first.and_then(|turn| opening_cue(text, turn));
    let is_free = |cue: &Range<usize>| found.iter().all(|known| cue.end <= known.start);
    let cue = cue.filter(is_free);
    found.extend(cue);
    let mut start = 0;
    let mut is_opening = first.is_some();
    for line in text.by_whole_lines() {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let words = text[range.clone()].trim();
        if words.is_empty() {
            continue;
        }
        let below = &text[start..];
        let has_blank_below = || below.by_lines().next().is_some_and(|line| line.is_blank());
        let is_page = || matches!(pages::kind(words), Some(pages::Kind::Sure | pages::Kind::Apart));
        is_opening = is_opening && has_blank_below() && is_page();
        let place = LazyCell::new(|| place(text, &range, false));
        let comes_again = || again.get(&words.to_lowercase()).is_some_and(|n| *n > 1);
        let is_at_end = || below.by_lines().all(|line| line.is_blank() || pages::is_rule(line));
        let is_rule = || pages::is_rule(words) && is_at_end();
        let is_address = || !again.is_empty() && place.has_blank_above && comes_again();
        let is_free = || found.iter().all(|known| known.end <= range.start || range.end <= known.start);
        if (is_opening || ((is_rule() || is_address()) && place.is_below_words)) && is_free() {
            found.push(range);
        }
    }
    found.sort_by_key(|range| range.start);
}

/// The first cue of a transcript, where it is such a line.
fn opening_cue(text: &str, turn: &RawTurn) -> Option<Range<usize>> {
    let point = turn.times.get(1)?.point.checked_sub(turn.span.start)?;
    let (byte, _) = text.char_indices().nth(point)?;
    let words = text[..byte].trim_end();
    let is_page = matches!(pages::kind(words), Some(pages::Kind::Sure | pages::Kind::Apart));
    (is_page || closing(words) == Some(Closing::Sure)).then_some(0..words.len())
}

/// The signature below what somebody wrote, above what is known to be nobody's: `Best wishes, Tom`.
fn signed(text: &str, speaker: &str, names: &Signed, found: &[Range<usize>]) -> Option<Range<usize>> {
    let mut end = text.trim_end().len();
    while let Some(notice) = found.iter().find(|notice| notice.start < end && notice.end == end) {
        end = text[..notice.start].trim_end().len();
    }
    signatures::find(&text[..end], speaker, names)
}

/// The bytes of the notices in the text of a turn, or in its start, where names are known to be speakers'.
fn notices(
    text: &str,
    turn: &RawTurn,
    (is_last, is_talk): (bool, bool),
    is_label: &dyn Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    // `Which page was it?` may be answered so.
    let is_blank_or_page = |line: &str| line.is_blank() || is_page(&line.trim().to_lowercase());
    let is_answer = |words: &str| {
        let is_whole = words.len() == text.trim().len();
        let is_said =
            |words: &str| forms::is_of_tapes(words) || (!turn.speaker.is_empty() && forms::may_be_answer(words));
        (is_whole && !words.starts_with('[') && is_said(words)) || text.by_lines().all(is_blank_or_page)
    };
    // `All rights reserved.` right behind a label, above more of the same turn, is quoted.
    let is_quoted = |range: &Range<usize>| {
        let words = &text[range.clone()];
        let is_whole = text[range.end..].by_lines().all(|line| line.is_blank() || is_notice(line));
        !turn.speaker.is_empty() && text[..range.start].is_blank() && !is_whole && rights::is_reserved(words)
    };
    let mut noted = false;
    for line in text.by_whole_lines() {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let words = &text[range.clone()];
        let place = LazyCell::new(|| place(text, &range, is_last));
        let is_caption = |place: between::Place| {
            place.is_below_words && place.has_blank_above && place.is_between_turns && captions::is_one(words)
        };
        let is_between =
            || is_talk && (between::is_one(words, *place) || is_aside(text, &range, *place) || is_caption(*place));
        // How long a recording is stands below its heading.
        let is_right_below = is_talk && found.last().is_some_and(|above| text[above.end..range.start].is_blank());
        let is_length = || is_right_below && closing::duration(&words.trim().to_lowercase()) == Some(true);
        // A note goes on to the end of its paragraph.
        let was_noted = noted;
        noted = !words.is_blank() && (noted || (is_talk && is_note(text, &range, *place)));
        let is_notice = || {
            (is_notice(words) || forms::who_did(words).is_some_and(is_label)) && !is_answer(words) && !is_quoted(&range)
        };
        match found.last_mut().filter(|_| noted && was_noted) {
            Some(note) => note.end = range.end,
            None if noted || is_notice() || is_between() || is_length() => found.push(range),
            None => {}
        }
    }
    if is_last && is_talk {
        if let Some(range) = end_of_video(text, turn) {
            found.retain(|notice| notice.end <= range.start);
            found.push(range);
        }
        below::close(text, &mut found);
        found.extend(editors(text));
        found = joined(found);
    }
    for range in found.iter_mut().filter(|_| is_talk) {
        range.start = tail::over_rules(text, range.start);
    }
    if is_last && let Some(at) = (0..found.len()).find(|&at| goes_on(text, &found[at])) {
        found[at].end = text.trim_end().len();
        found.truncate(at + 1);
    }
    // Subtitles and recognisers run the last lines together.
    if is_last && found.is_empty() {
        let ranges = sentences(text);
        let is_closing = |words: &str| is_notice(words) || made::is_edited(&plain_words(words));
        let closing = ranges.iter().rev().take(3).take_while(|range| is_closing(&text[(*range).clone()])).count();
        if closing > 0 && closing < ranges.len() {
            found.push(ranges[ranges.len() - closing].start..text.len());
        }
    }
    found
}

/// The words of a line as they are compared.
fn plain_words(line: &str) -> Vec<String> {
    words::words_in(&line.to_lowercase().replace('’', "'")).map(str::to_owned).collect()
}

/// The last paragraph of a talk, where it says that the interview was edited, beside what else an editor writes.
fn editors(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let start = text[..end].rfind("\n\n").map(|at| at + 2).filter(|start| end - start <= LONGEST)?;
    let said = &text[start..end];
    let is_editors = !text[..start].trim_end().ends_with([':', ','])
        && !said.contains('?')
        && !words::speaks(&said.to_lowercase().replace('’', "'"))
        && sentences(said).into_iter().any(|range| made::tells_of_editing(&plain_words(&said[range])));
    is_editors.then_some(start..end)
}

/// Whether a line of a turn tells what happens beside the talk: all that stands there, or its end; a break in the talk
/// also between two paragraphs.
fn is_aside(text: &str, line: &Range<usize>, place: between::Place) -> bool {
    let below = &text[line.end..];
    let is_end = below.is_blank();
    let has_blank_below = below[..below.len() - below.trim_start().len()].matches('\n').count() > 1;
    match asides::aside(&text[line.clone()]) {
        Some(_) if is_end => place.is_below_words || text[..line.start].is_blank(),
        Some(asides::Aside::Break) => place.is_below_words && place.has_blank_above && has_blank_below,
        _ => false,
    }
}

/// Whether a line begins a note below words of somebody: a paragraph, or the last line.
fn is_note(text: &str, line: &Range<usize>, place: between::Place) -> bool {
    let is_apart = place.has_blank_above || text[line.end..].is_blank();
    // The paragraph is looked for last: it may be the whole of a long text for each of its lines.
    let paragraph = || first_paragraph(&text[line.start..]);
    place.is_below_words && is_apart && notes::note(paragraph()) == Some(notes::Note::Sure)
}

/// A text up to its first blank line.
fn first_paragraph(text: &str) -> &str {
    memmem::find(text.as_bytes(), b"\n\n").map_or(text, |end| &text[..end])
}

/// Whether a text ends in a blank line.
fn ends_in_blank(above: &str) -> bool {
    above[above.trim_end().len()..].matches('\n').count() > 1
}

/// Where a line stands in the text of its turn.
fn place(text: &str, line: &Range<usize>, is_last: bool) -> between::Place {
    let above = &text[..line.start];
    let is_beside = |below: &str| below.is_blank() || is_page(&below.trim().to_lowercase()) || pages::is_rule(below);
    between::Place {
        // In a text of capitals they set nothing off; other scripts have none.
        is_below_words: above.contains(|c: char| c.is_alphabetic() && !c.is_uppercase()),
        has_blank_above: ends_in_blank(above),
        is_between_turns: !is_last && text[line.end..].by_lines().all(is_beside),
    }
}

/// The last cue or line of a transcript, where it is what recognisers hear in silence, or the cue closes the transcript.
fn end_of_video(text: &str, turn: &RawTurn) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let line = text[..end].rfind('\n').map_or(0, |at| at + 1);
    let of_cue = turn.times.last().and_then(|mark| mark.point.checked_sub(turn.span.start));
    let cue = of_cue.and_then(|point| text.char_indices().nth(point)).map_or(0, |(at, _)| at);
    let is_closing = |words: &str| closing(words) == Some(Closing::Sure) || pages::is_bare_address(words);
    let closes = |at: usize| at == cue && at > 0 && is_closing(&text[at..end]);
    [0, line, cue].into_iter().find(|&at| at < end && (video::is_end(&text[at..end]) || closes(at))).map(|at| at..end)
}

/// What may have been said below the last answer, or stand there, with its line and how to help.
pub(super) fn doubts(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Vec<String> {
    let last = doubtful_closing(turns).map(|(line, words)| {
        format!("line {line}, the last, `{words}`, was taken for what was said; delete it where nobody said it")
    });
    let tail = tail::find(turns, is_somebody);
    let is_above = |turn, byte| tail.is_none_or(|tail| (turn, byte) < (tail.turn, tail.byte));
    let notes = notes::doubts(turns, is_somebody, is_above);
    let tail = tail.map(|tail| {
        let turn = &turns[tail.turn];
        let line = turn.line + turn.text[..tail.byte].matches('\n').count();
        let first = turn.text[tail.byte..].by_lines().next().unwrap_or_default();
        let words: String = first.trim().chars().take(SHOWN).collect();
        format!(
            "line {line}, `{words}`, may begin notes or a summary and was taken for what was said, with all below it; \
             delete them where nobody said them"
        )
    });
    let headings = sections::doubt(turns).into_iter().chain(sections::labelled(turns, is_somebody));
    let bracketed = bracketed::told(turns);
    last.into_iter().chain(below::doubt(turns)).chain(headings).chain(tail).chain(notes).chain(bracketed).collect()
}

/// Characters of a line that are shown.
const SHOWN: usize = 60;

/// The last line of what was said, where it stands below other words and may close the transcript as well; with its
/// number.
fn doubtful_closing(turns: &[RawTurn]) -> Option<(usize, &str)> {
    let last = turns.iter().rfind(|turn| &*turn.speaker != SPEAKER)?;
    let text = last.text.trim_end();
    let (above, line) = text.rsplit_once('\n')?;
    // A link may be what somebody sent.
    closing(line).filter(|kind| *kind != Closing::Apart)?;
    Some((last.line + above.matches('\n').count() + 1, line.trim()))
}

/// Whether all below a notice of the last turn belongs to it: notes on the interview, or an index below its
/// end. A note in brackets ends with them.
fn goes_on(text: &str, notice: &Range<usize>) -> bool {
    let line = text[notice.clone()].trim_start_matches(|c: char| " -_=*~–—\n".contains(c));
    if forms::is_note(line) {
        return line.starts_with(char::is_alphanumeric);
    }
    let next = text[notice.end..].by_lines().map(str::trim).find(|line| !line.is_empty());
    next.is_some_and(|next| LISTS.contains(&next.trim_end_matches(':').to_lowercase().as_str()))
}

/// Whether a line as a whole is a notice.
pub(super) fn is_notice(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if forms::is_one(line) || pages::is_sent(line) {
        return true;
    }
    if !may_be(line) {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')'));
    let text: String = bare.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let n_words = text.split(' ').count();
    if programs::is_by_program(bare, &text) || services::is_one(line) {
        return true;
    }
    if let Some(is_signed) = programs::is_signed(bare, &text) {
        return is_signed;
    }
    let speaks = words::speaks(&text);
    if let Some(what) = text.strip_prefix("end of ") {
        let ends = |ending: &&str| {
            what.strip_prefix(*ending).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
        };
        return (n_words <= ENDING && ENDINGS.iter().any(ends) && !speaks) || is_recording(what);
    }
    let inner = text.trim_matches(['(', ')', ' ']);
    ENDS.contains(&inner) || is_timed_end(inner) || is_page(inner) || rights::is_one(bare, &text)
}

/// `Interview ended at 10:42`, `Recording ends 00:42:10`, `Recording stopped at 3 pm`.
fn is_timed_end(text: &str) -> bool {
    let time = |rest: &str| {
        if rest.starts_with(char::is_alphanumeric) {
            return false;
        }
        let is_set_off = rest.trim_start().starts_with(['(', '[', '–']) || rest.matches(':').count() > 2;
        if is_set_off && is_span(rest) {
            return true;
        }
        let rest = rest.trim_start_matches([' ', ':', '-', '–', ',', '(', '[']);
        let lead = ["at ", "um ", "after ", "nach ", "à ", "a las ", "@ "];
        let rest = lead.iter().find_map(|lead| rest.strip_prefix(lead)).unwrap_or(rest);
        let half = ["am", "pm", "uhr", "a.m", "p.m", "h"].iter().find_map(|end| rest.strip_suffix(end));
        let clock = half.unwrap_or(rest).trim();
        let parts: Vec<&str> = clock.split([':', '.', 'h']).collect();
        let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        parts.len() <= 3 && parts.iter().all(is_number) && (parts.len() > 1 || half.is_some())
    };
    ENDS.iter().any(|end| text.strip_prefix(end).is_some_and(time))
}

/// `(42 min 10 s)`, or from one time to another: `00:12:10 – 00:15:22`.
fn is_span(text: &str) -> bool {
    const UNITS: [&str; 10] = ["h", "min", "mn", "s", "sec", "sek", "std", "hours", "minutes", "minuten"];
    let is_part = |word: &str| {
        let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        word.split(':').all(number) || UNITS.contains(&word)
    };
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|word| !word.is_empty()).peekable();
    let tells =
        text.contains(':') || UNITS.iter().any(|unit| text.split(|c: char| !c.is_alphabetic()).any(|w| w == *unit));
    tells && words.peek().is_some() && words.all(is_part)
}

/// `K0031.mp4`
fn is_recording(text: &str) -> bool {
    const ENDINGS: [&str; 9] = ["mp3", "mp4", "m4a", "wav", "wma", "mov", "aac", "ogg", "webm"];
    let name = text.trim_end_matches([')', ' ', '.']);
    !name.contains(' ') && name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// `Page 2`, `Page 2 of 7`, `Seite 2/7`, `p. 2 of 7`
fn is_page(text: &str) -> bool {
    const PAGES: [&str; 6] = ["page ", "seite ", "página ", "pagina ", "p. ", "s. "];
    /// What is short for it needs the number of all pages.
    const LONG: usize = 5;
    const OF: [&str; 8] = [" of ", " von ", " sur ", " de ", " di ", " van ", "/", " / "];
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = PAGES.iter().find_map(|page| text.strip_prefix(page)) else { return false };
    let is_alone = text.len() - rest.len() >= LONG && number(rest);
    is_alone || OF.iter().any(|of| rest.split_once(of).is_some_and(|(page, pages)| number(page) && number(pages)))
}

/// Whether a line is worth a closer look: by its first letters, or a word of rights in it.
fn may_be(line: &str) -> bool {
    #[rustfmt::skip]
    const OPENINGS: &[&str] = &[
        "trans", "trask", "trasc", "getra", "this ", "meeti", "recor", "autom", "subti", "capti", "close", "unter",
        "sous-", "subtí", "sotto", "onder", "legen", "revie", "audit", "proof", "end o", "inter", "audio", "tape ",
        "file ", "ende ", "fin d", "page ", "seite", "págin", "pagin", "aufna", "enreg", "graba", "sonix", "sugge",
        "prefe", "recom", "konie", "konec", "slut ", "slutt", "haast", "конец", "for m", "for f", "for e", "for i",
        "weite", "für w", "pour ", "para ", "per m", "per u", "voor ",
    ];
    #[rustfmt::skip]
    const RIGHTS: [&str; 17] = [
        "©", "opyright", "OPYRIGHT", "eserved", "ESERVED", "eproduced", "ermission", "orbehalten", "éservés",
        "eservados", "riservati", "orbehouden", "örbehåll", "orbehold", "zastrzeżone", "vyhrazena", "pidätetään",
    ];
    static OF_RIGHTS: LazyLock<[Finder<'static>; 17]> = LazyLock::new(|| RIGHTS.map(Finder::new));
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let mut opening = ['\0'; 5];
    start.chars().flat_map(char::to_lowercase).zip(&mut opening).for_each(|(c, place)| *place = c);
    let inner = start.trim_start_matches('(').chars().flat_map(char::to_lowercase);
    let inner: String = inner.take(opening.len()).collect();
    let first = inner.as_bytes().first();
    OPENINGS.iter().any(|opening| opening.as_bytes().first() == first && *opening == inner)
        || matches!(
            opening,
            ['p' | 's', '.', ' ', ..]
                | ['f', 'i', 'n', 'e', ' ']
                | ['e', 'i', 'n', 'd', 'e']
                | ['f', 'i', 'm', ' ', 'd']
                | ['(', 'c', ')', ' ', _]
        )
        || (line.len() <= LONGEST && OF_RIGHTS.iter().any(|part| part.find(line.as_bytes()).is_some()))
}

#[cfg(test)]
mod tests;
