//! Finding the speakers in running text.
//!
//! In: the text of one transcript. Out: its turns as byte ranges with their labels, in order. A
//! line such as `Satisfied:` inside an answer stays text: a label must be a known name, or recur
//! between turns of other speakers. It never decides who asks and who answers. Lines of a table are
//! left to [`timed_rows`], time marks between the words to [`marks`].

use std::collections::HashMap;
use std::ops::Range;

use super::marks::{self, leading_clock, span_start};
use super::model::Role;
use super::speakers::{Names, key};
use super::timed_rows;

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

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// `Maria:`, also with a time before or after the name.
    Plain,
    /// `**Maria:**`
    Bold,
    /// `[Maria]`
    Bracket,
    /// `@Maria:`
    At,
    /// `Maria  0:03` or `[0:03] - Maria` on a line of its own.
    Stamp,
    /// `## Maria`
    Heading,
    /// `**Maria**` on a line of its own.
    BoldLine,
    /// `Interviewer` on a line of its own; known names only.
    Line,
}

impl Form {
    const ALL: [Self; 8] =
        [Self::Plain, Self::Bold, Self::Bracket, Self::At, Self::Stamp, Self::Heading, Self::BoldLine, Self::Line];

    /// Whether the label is a line without a mark of its own: in most texts that is a title or a word.
    fn is_bare(self) -> bool {
        matches!(self, Self::Heading | Self::BoldLine | Self::Line)
    }
}

/// A line that starts like a label.
struct Candidate {
    key: usize,
    label: String,
    form: Form,
    seconds: Option<f64>,
    /// Byte at which the line starts, and at which the words after the label do.
    line: usize,
    words: usize,
    after_blank: bool,
}

/// The longest label in characters, and in words.
const MAX_CHARS: usize = 40;
const MAX_WORDS: usize = 3;
/// The longest line that is looked at as a name of its own, in bytes.
const MAX_LINE: usize = 200;
/// Candidates looked at in all rounds of finding speakers.
const MAX_WORK: usize = 2_000_000;

/// Divides a text into labelled stretches; `None` when no line is labelled.
pub(crate) fn divide(text: &str, names: &Names) -> Option<Vec<Stretch>> {
    if let Some(rows) = timed_rows::divide(text) {
        return Some(rows);
    }
    let mut keys: Vec<String> = Vec::new();
    let mut candidates = candidates(text, names, &mut keys);
    drop_bare(&mut candidates, &keys, names, text);
    let chosen = choose(&candidates, &keys, names);
    let first = chosen.first().map(|&c| candidates[c].line)?;
    let mut stretches = Vec::with_capacity(chosen.len() + 1);
    let mut push = |label: &str, seconds, range: Range<usize>| {
        let text = trim(text, range);
        if !text.is_empty() {
            stretches.push(Stretch { label: label.to_owned(), seconds, text });
        }
    };
    push("", None, 0..first);
    let whole = without_credit(text);
    let mut labels: HashMap<usize, &str> = HashMap::new();
    for (i, &c) in chosen.iter().enumerate() {
        let candidate = &candidates[c];
        let label = *labels.entry(candidate.key).or_insert(&candidate.label);
        let end = chosen.get(i + 1).map_or(whole.max(candidate.words), |&next| candidates[next].line);
        push(label, candidate.seconds, candidate.words..end);
    }
    Some(marks::divide(text, stretches))
}

/// The name that a line starts with before a colon, and the rest, where every line is known to start
/// so: names may be longer than [`divide`] takes them, such as `Keller, Maria (she/her)`.
pub(crate) fn prefix<'a>(line: &'a str, names: &Names) -> Option<(&'a str, &'a str)> {
    let (label, rest) = before_colon(line, names)?;
    let label = label.trim();
    let plain = label.replace(',', "");
    let named = is_name(&plain, 2 * MAX_WORDS, MAX_CHARS + 14) || names.is_given(&key(label));
    named.then_some((label, rest))
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

/// Takes white space off both ends, and rules such as `---` off the end.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    let mut kept = slice.trim();
    while let Some(line) = kept.lines().next_back() {
        if !is_rule(line) {
            break;
        }
        kept = kept[..kept.len() - line.len()].trim_end();
    }
    start..start + kept.len()
}

/// `---`, `***`, `===`: at least three of one mark and nothing else.
pub(crate) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "*", "_", "="].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}

fn candidates(text: &str, names: &Names, keys: &mut Vec<String>) -> Vec<Candidate> {
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    let mut after_blank = true;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        // A time before a name that stands alone is a label only above words.
        let below = || text[line_start + line.len()..].lines().next().is_some_and(|next| !next.trim().is_empty());
        if let Some(parsed) = parse(line, names)
            && (!parsed.time_first || below())
        {
            let key = key(&parsed.label);
            let key = *index.entry(key).or_insert_with_key(|key| {
                keys.push(key.clone());
                keys.len() - 1
            });
            found.push(Candidate {
                key,
                label: parsed.label,
                form: parsed.form,
                seconds: parsed.seconds,
                line: line_start,
                words: line_start + parsed.words,
                after_blank,
            });
        }
        after_blank = line.trim().is_empty();
        line_start += line.len();
    }
    found
}

struct Parsed {
    label: String,
    form: Form,
    seconds: Option<f64>,
    words: usize,
    /// `[0:03] - Maria`: the line may as well be a time and a word.
    time_first: bool,
}

/// Reads a line as `label, words`, if it can be.
fn parse(line: &str, names: &Names) -> Option<Parsed> {
    let body = line.trim_end();
    let indent = body.len() - body.trim_start().len();
    let body = &body[indent..];
    let made = |label: &str, form, seconds, rest: &str| {
        let label = label.trim();
        (valid_label(label) || names.is_given(&key(label))).then(|| Parsed {
            label: label.to_owned(),
            form,
            seconds,
            words: indent + (body.len() - rest.len()),
            time_first: false,
        })
    };
    // `[0:03] Maria: text`, `[0:03] - Maria` above her words
    let timed = |seconds: f64, rest: &str, is_mark: bool| {
        if let Some((label, rest)) = before_colon(rest, names) {
            return made(chat_name(label), Form::Plain, Some(seconds), rest);
        }
        let label = rest.trim_start_matches(['-', '–', '|', ' ']);
        let alone = is_mark && !label.ends_with(['.', '?', '!', ',']);
        made(label, Form::Stamp, Some(seconds), "")
            .filter(|_| alone)
            .map(|parsed| Parsed { time_first: true, ..parsed })
    };
    match body.chars().next()? {
        '*' | '_' => {
            let mark = if body.starts_with('*') { '*' } else { '_' };
            let inner = body.trim_start_matches(mark);
            let run = &body[..body.len() - inner.len()];
            let close = inner.find(run)?;
            let (label, rest) = (&inner[..close], &inner[close + run.len()..]);
            if run.len() > 3 {
                return None;
            }
            // `**Maria:** text`, `**Maria**: text`, `**Maria** 0:03`, `**Maria**`
            let (label, rest) = match label.trim_end().strip_suffix([':', '：']) {
                Some(label) => (label, rest),
                None => match rest.trim_start().strip_prefix([':', '：']) {
                    Some(rest) => (label, rest),
                    None => return unmarked_bold(label, rest, run.len()).and_then(|(l, f, s)| made(l, f, s, "")),
                },
            };
            let (label, seconds) = split_time(label);
            made(label, Form::Bold, seconds, rest)
        }
        '#' => {
            if let Some((seconds, end)) = marks::leading(body) {
                return timed(seconds, body[end..].trim_start(), true); // `#00:12:03-0# Maria: text`
            }
            let title = body.trim_start_matches('#');
            if body.len() - title.len() > 6 || !title.starts_with(' ') {
                return None;
            }
            // `## Maria`, `### **Maria**:`, `## Maria: text`
            let (label, rest) = before_colon(title, names).unwrap_or((title, ""));
            let (label, seconds) = split_time(label.trim_matches(['*', ' ']));
            made(label, Form::Heading, seconds, rest.trim_start_matches('*'))
        }
        '[' | '(' if starts_with_time(&body[1..]) => {
            // `[00:12:03] Maria: text`
            let close = body.find([']', ')'])?;
            timed(span_start(&body[1..close])?, body[close + 1..].trim_start(), body.starts_with('['))
        }
        '[' => {
            let close = body.find(']')?;
            let (label, rest) = (&body[1..close], &body[close + 1..]);
            let (label, rest) = match label.trim_end().strip_suffix(':') {
                Some(label) => (label, rest),
                None => (label, rest.strip_prefix(':').unwrap_or(rest)),
            };
            if ANNOTATIONS.contains(&key(label).as_str()) || !(rest.is_empty() || rest.starts_with(' ')) {
                return None;
            }
            if let Some(seconds) = time(rest) {
                return made(label, Form::Bracket, Some(seconds), ""); // `[Maria] 10:02:11`
            }
            let (label, seconds) = split_time(label);
            made(label, Form::Bracket, seconds, rest)
        }
        '@' => {
            let (label, rest) = before_colon(&body[1..], names)?;
            made(label, Form::At, None, rest)
        }
        c if c.is_ascii_digit() => {
            // `00:12:03 Maria: text`, `0:03 - 0:11 Maria: text`
            let (seconds, end) = leading_clock(body)?;
            let is_mark = body[..end].matches(':').count() == 2;
            timed(seconds, body[end..].trim_start(), is_mark)
        }
        c if c.is_alphanumeric() => {
            if let Some((label, rest)) = before_colon(body, names) {
                let (label, seconds) = split_time(label);
                return made(label, Form::Plain, seconds, rest);
            }
            // `Maria  0:03`
            let (label, seconds) = split_time(body);
            if seconds.is_some() && body.chars().count() <= MAX_CHARS + 12 {
                return made(label, Form::Stamp, seconds, "");
            }
            let known = body.len() <= MAX_LINE && names.strong(&key(body)).is_some();
            known.then(|| made(body, Form::Line, None, ""))?
        }
        _ => None,
    }
}

/// `**Maria** 0:03` and `**Maria**`, which are told from stressed words only by what else is in the text.
fn unmarked_bold<'a>(label: &'a str, rest: &str, stars: usize) -> Option<(&'a str, Form, Option<f64>)> {
    let rest = rest.trim();
    let (label, within) = split_time(label);
    let seconds = within.or_else(|| span_start(rest.trim_matches(['(', ')', '[', ']'])));
    match seconds {
        Some(_) if within.is_none() || rest.is_empty() => Some((label, Form::Stamp, seconds)),
        None if rest.is_empty() && stars > 1 => Some((label, Form::BoldLine, None)),
        _ => None,
    }
}

/// The sender in `From Maria to Everyone`, as chats of meetings write it.
fn chat_name(label: &str) -> &str {
    let sender = label.trim().strip_prefix("From ").map(str::trim);
    sender.map_or(label, |sender| sender.split_once(" to ").map_or(sender, |(name, _)| name))
}

/// What stands in square brackets without being a speaker.
const ANNOTATIONS: &[&str] = &[
    "laughs",
    "laughter",
    "laughing",
    "pause",
    "pauses",
    "long pause",
    "inaudible",
    "crosstalk",
    "silence",
    "sighs",
    "sigh",
    "music",
    "unclear",
    "applause",
    "coughs",
    "redacted",
    "end",
    "start",
];

/// The label before the first colon that ends one, and the rest of the line.
fn before_colon<'a>(body: &'a str, names: &Names) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    loop {
        let (at, colon) = body[from..].char_indices().take(MAX_CHARS + 14).find(|&(_, c)| matches!(c, ':' | '：'))?;
        let at = from + at;
        let (label, rest) = (&body[..at], &body[at + colon.len_utf8()..]);
        // The colon of a clock time is none: `Maria 0:03: text`.
        let clock = label.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
        if clock && from < MAX_CHARS {
            from = at + 1;
            continue;
        }
        let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace) || colon == '：';
        if !spaced && (names.strong(&key(label)).is_none() || rest.starts_with("//")) {
            return None;
        }
        return Some((label, rest));
    }
}

/// What a line of its own says about who speaks, as far as one line tells.
pub(crate) struct Opening {
    /// The name as written.
    pub(crate) label: String,
    /// Whether it is a name with a time and nothing else: `Maria  0:03`.
    pub(crate) is_stamp: bool,
    /// Words that follow on the same line.
    pub(crate) words: usize,
}

/// Reads a line as the first of a turn, if it can be.
pub(crate) fn opening(line: &str, names: &Names) -> Option<Opening> {
    let parsed = parse(line, names)?;
    let words = line[parsed.words..].split_whitespace().count();
    Some(Opening { label: parsed.label, is_stamp: parsed.form == Form::Stamp, words })
}

/// A label has letters, at most three words, and nothing that belongs to sentences or addresses.
pub(crate) fn valid_label(label: &str) -> bool {
    is_name(label, MAX_WORDS, MAX_CHARS)
}

/// The same with other limits.
pub(super) fn is_name(label: &str, max_words: usize, max_chars: usize) -> bool {
    let key_like = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '_' | '#' | '№' | '(' | ')' | '&' | '/')
    };
    let starts = label.chars().next().is_some_and(char::is_alphanumeric);
    let numbered = label.split_once(['.', ')']).is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    starts
        && !numbered
        && label.chars().count() <= max_chars
        && label.split_whitespace().count() <= max_words
        && label.chars().any(char::is_alphabetic)
        && label.chars().all(|c| key_like(c) || is_mark(c))
        && !ADDRESSES.iter().any(|scheme| label.eq_ignore_ascii_case(scheme))
        && !["re", "fw", "fwd", "ps", "p.s.", "nb", "n.b."].iter().any(|word| label.eq_ignore_ascii_case(word))
}

const ADDRESSES: [&str; 6] = ["http", "https", "ftp", "mailto", "file", "www"];

/// Combining marks belong to letters in many scripts.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Takes a time off the end of a label: `Maria  0:03`, `Maria (00:12:03)`, `Maria 0:03 - 0:11`.
pub(crate) fn split_time(label: &str) -> (&str, Option<f64>) {
    let Some((name, seconds)) = last_time(label) else { return (label, None) };
    match last_time(name) {
        Some((name, start)) => (name, Some(start)),
        None => (name, Some(seconds)),
    }
}

/// The time that a label ends with, and what stands before it.
fn last_time(label: &str) -> Option<(&str, f64)> {
    let label = label.trim_end();
    let last = label.split_whitespace().next_back().filter(|last| last.len() < label.len())?;
    let seconds = time(last.trim_start_matches(['(', '[']).trim_end_matches([')', ']']))?;
    let name = label[..label.len() - last.len()].trim_end();
    Some((name.trim_end_matches(['-', '–', '|', ',', '•', '·']), seconds))
}

fn starts_with_time(text: &str) -> bool {
    text.split([']', ')']).next().is_some_and(|inner| span_start(inner).is_some())
}

/// `0:03`, `00:12:03`, `00:12:03.250` in seconds.
pub(crate) fn time(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let parts: Vec<&str> = text.trim().split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let digits = part.split(['.', ',']).next().unwrap_or(part);
        let fraction = part.len() > digits.len();
        if digits.is_empty()
            || digits.len() > 3
            || (i > 0 && digits.len() != 2)
            || (fraction && !last)
            || !part.chars().all(|c| c.is_ascii_digit() || (last && matches!(c, '.' | ',')))
        {
            return None;
        }
        seconds = seconds * 60.0 + part.replace(',', ".").parse::<f64>().ok()?;
    }
    Some(seconds)
}

/// The candidates that are speakers, in order.
fn choose(candidates: &[Candidate], keys: &[String], names: &Names) -> Vec<usize> {
    let mut accepted = vec![false; keys.len()];
    for (k, key) in keys.iter().enumerate() {
        accepted[k] = names.strong(key).is_some();
    }
    drop_quoted(candidates, keys, names, &mut accepted);

    let strong: Vec<bool> = accepted.clone();
    let Some(form) = usual_form(candidates, &accepted) else { return Vec::new() };
    let complete = [Role::Interviewer, Role::Participant]
        .iter()
        .all(|&role| keys.iter().zip(&strong).any(|(key, &s)| s && names.strong(key) == Some(role)));

    if form == Form::Stamp {
        // Names with a time on a line of their own are speakers even when they come once.
        for candidate in candidates.iter().filter(|c| c.form == form && c.after_blank) {
            accepted[candidate.key] = true;
        }
    }
    if !accepted.contains(&true) {
        seed(candidates, keys, names, form, &mut accepted);
    }
    let usable = |accepted: &[bool]| -> Vec<usize> {
        let blank = blank_habit(candidates, accepted);
        (0..candidates.len())
            .filter(|&c| {
                let candidate = &candidates[c];
                (strong[candidate.key] && !form.is_bare())
                    || (candidate.form == form && (candidate.after_blank || !blank))
            })
            .collect()
    };
    // Every round looks at every candidate; a glossary of thousands of words is no conversation.
    let rounds = (MAX_WORK / candidates.len().max(1)).max(1);
    // Beside `## User` and `## Assistant` other headings are parts of what is said.
    let rounds = if form.is_bare() && complete { 0 } else { rounds };
    for _ in 0..rounds {
        let usable = usable(&accepted);
        let Some(next) = next_speaker(candidates, keys, names, &usable, &accepted, complete) else { break };
        accepted[next] = true;
    }
    usable(&accepted).into_iter().filter(|&c| accepted[candidates[c].key]).collect()
}

/// Leaves out lines that are labels only by standing alone, unless most known names, or else the first
/// line of all, are written so.
fn drop_bare(candidates: &mut Vec<Candidate>, keys: &[String], names: &Names, text: &str) {
    let known: Vec<bool> = keys.iter().map(|key| names.strong(key).is_some()).collect();
    let of = |form: Form| candidates.iter().filter(|c| known[c.key] && c.form == form).count();
    let usual = Form::ALL.into_iter().rev().max_by_key(|&form| of(form)).filter(|&form| of(form) > 0);
    let opening = || {
        let first = candidates.first().filter(|c| c.form.is_bare() && text[..c.line].trim().is_empty())?;
        let recurs = candidates[1..].iter().any(|c| c.key == first.key && c.form == first.form);
        recurs.then_some(first.form)
    };
    let kept = usual.or_else(opening);
    candidates.retain(|c| !c.form.is_bare() || kept == Some(c.form));
}

/// Known names that occur in one single turn of other known names are quoted there.
fn drop_quoted(candidates: &[Candidate], keys: &[String], names: &Names, accepted: &mut [bool]) {
    let role = |k: usize| names.strong(&keys[k]);
    let known = |part: Role| (0..keys.len()).filter(|&k| role(k) == Some(part)).count();
    let (interviewers, participants) = (known(Role::Interviewer), known(Role::Participant));
    let turns: Vec<&Candidate> = candidates.iter().filter(|c| accepted[c.key]).collect();
    let blank = |turns: &[&Candidate]| turns.iter().filter(|c| c.after_blank).count();
    let all_blank = blank(&turns);
    // By key: its turns, and the first and last place among all turns.
    let mut own: HashMap<usize, (Vec<&Candidate>, usize, usize)> = HashMap::new();
    for (place, turn) in turns.iter().enumerate() {
        let (mine, _, last) = own.entry(turn.key).or_insert_with(|| (Vec::new(), place, place));
        mine.push(turn);
        *last = place;
    }
    for (k, (mine, first, last)) in own {
        if first == 0 || names.is_given(&keys[k]) {
            continue;
        }
        // Without this name both parts must still be there.
        let without = |all: usize, part: Role| all > usize::from(role(k) == Some(part));
        if !(without(interviewers, Role::Interviewer) && without(participants, Role::Participant)) {
            continue;
        }
        let unlike = blank(&mine) == 0 && is_habit(turns.len() - mine.len(), all_blank);
        let together = mine.len() > 1 && last - first + 1 == mine.len() && role(k) != Some(Role::Other);
        if unlike || together {
            accepted[k] = false;
        }
    }
}

/// The form most speakers are written in.
fn usual_form(candidates: &[Candidate], accepted: &[bool]) -> Option<Form> {
    let known = |form: Form| candidates.iter().filter(|c| accepted[c.key] && c.form == form).count();
    let top = Form::ALL.into_iter().rev().max_by_key(|&form| known(form))?;
    if known(top) > 0 {
        return Some(top);
    }
    // Without known names: names with times, or the form of the first label that recurs.
    let mut counts: HashMap<(usize, Form), usize> = HashMap::new();
    candidates.iter().for_each(|c| *counts.entry((c.key, c.form)).or_default() += 1);
    let recurs = |c: &&Candidate| counts[&(c.key, c.form)] > 1;
    let stamps = candidates.iter().filter(|c| c.form == Form::Stamp);
    if stamps.clone().count() > 2 && stamps.clone().any(|c| recurs(&c)) {
        return Some(Form::Stamp);
    }
    candidates.iter().find(recurs).or(candidates.first()).map(|c| c.form)
}

/// Accepts the first label that recurs, or a known pair such as `Q:` and `A:` that comes once.
fn seed(candidates: &[Candidate], keys: &[String], names: &Names, form: Form, accepted: &mut [bool]) {
    let mine = || candidates.iter().filter(|c| c.form == form);
    let mut counts = vec![0; keys.len()];
    mine().for_each(|c| counts[c.key] += 1);
    if let Some(first) = mine().find(|c| counts[c.key] > 1) {
        accepted[first.key] = true;
        return;
    }
    let known: Vec<usize> = mine().map(|c| c.key).filter(|&k| names.is_known(&keys[k])).collect();
    if known.len() > 1 {
        known.into_iter().for_each(|k| accepted[k] = true);
    }
}

/// Whether speakers always start after a blank line in this text.
fn blank_habit(candidates: &[Candidate], accepted: &[bool]) -> bool {
    let turns = candidates.iter().filter(|c| accepted[c.key]);
    let (all, blank) = turns.fold((0, 0), |(all, blank), c| (all + 1, blank + usize::from(c.after_blank)));
    is_habit(all, blank)
}

fn is_habit(all: usize, blank: usize) -> bool {
    all >= 4 && blank * 10 >= all * 9
}

/// The next label that behaves like a speaker beside those accepted.
fn next_speaker(
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    usable: &[usize],
    accepted: &[bool],
    complete: bool,
) -> Option<usize> {
    let speakers = accepted.iter().filter(|&&a| a).count();
    // One pass: the stretches between accepted labels, whose they are, and the keys they hold.
    let mut held_by_key: Vec<Vec<Option<usize>>> = vec![Vec::new(); keys.len()];
    let mut counted_in = vec![usize::MAX; keys.len()];
    let mut of_speaker: HashMap<Option<usize>, usize> = HashMap::new();
    let mut current = None;
    let mut stretch = 0;
    for candidate in usable.iter().map(|&c| &candidates[c]) {
        let k = candidate.key;
        if accepted[k] {
            current = Some(k);
            stretch += 1;
            *of_speaker.entry(current).or_default() += 1;
        } else if counted_in[k] != stretch {
            counted_in[k] = stretch;
            held_by_key[k].push(current);
        }
    }
    let mut best: Option<(usize, usize)> = None; // stretches, key
    for (k, held) in held_by_key.iter().enumerate() {
        if held.len() < 2 {
            continue;
        }
        let mut before: Vec<Option<usize>> = held.clone();
        before.sort_unstable();
        before.dedup();
        let after_interviewer =
            held.iter().filter(|s| s.is_some_and(|s| names.strong(&keys[s]) == Some(Role::Interviewer))).count();
        let fits = if complete {
            before.len() > 1 || after_interviewer * 2 >= held.len()
        } else if speakers < 2 {
            true
        } else {
            let whole = before.iter().filter_map(|s| of_speaker.get(s)).sum::<usize>();
            before.len() > 1 || held.len() * 10 >= whole * 6
        };
        if fits && best.is_none_or(|(most, _)| held.len() > most) {
            best = Some((held.len(), k));
        }
    }
    best.map(|(_, k)| k)
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

    fn labels(text: &str) -> Vec<String> {
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
