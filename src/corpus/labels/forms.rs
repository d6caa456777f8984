//! The forms in which one line may be a label: `Maria:`, `**Maria:**`, `[Maria]`, `Maria  0:03`, …
//!
//! In: a line. Out: the label, its form, its time and where the words start, if the line can be read so.
//! One line never tells whether it is a label: that is decided by all of them, in
//! [`choose`](super::choose).

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::super::label_key::half_width;
use super::super::marks::{self, leading_clock, span_start};
use super::super::speakers::manners::without_manner;
use super::super::speakers::{Names, counts_in_front, key, stem, without_addressee};
use super::lines::{Head, Lines};
use super::marked;
use super::names::{
    MAX_CHARS, before_colon, clean, doubted, is_number, is_number_sign, is_placed, is_wide, valid_label,
};
use super::times::{is_time_alone, opening_time, split_time, time};
use super::voices;

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// `Maria:`, also with a time before or after the name.
    Plain,
    /// `**Maria:**`
    Bold,
    /// `[Maria]`, `{Maria}:`, `« Maria »:`
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
    pub(super) const ALL: [Self; 8] =
        [Self::Plain, Self::Bold, Self::Bracket, Self::At, Self::Stamp, Self::Heading, Self::BoldLine, Self::Line];

    /// Whether the label is a line without a mark of its own: in most texts that is a title or a word.
    pub(super) fn is_bare(self) -> bool {
        matches!(self, Self::Heading | Self::BoldLine | Self::Line)
    }
}

/// Where the keys of labels stand in a list of them.
#[derive(Default)]
pub(super) struct KeyIndex(HashMap<String, usize>);

impl KeyIndex {
    pub(super) fn of(keys: &[String]) -> Self {
        Self(keys.iter().cloned().enumerate().map(|(at, key)| (key, at)).collect())
    }

    /// The place of a key; one that is new goes to the end of the list.
    pub(super) fn place(&mut self, key: String, keys: &mut Vec<String>) -> usize {
        *self.0.entry(key).or_insert_with_key(|key| {
            keys.push(key.clone());
            keys.len() - 1
        })
    }
}

/// A line that starts like a label.
pub(super) struct Candidate {
    pub(super) key: usize,
    pub(super) label: String,
    pub(super) form: Form,
    pub(super) seconds: Option<f64>,
    /// Byte at which the line starts, and at which the words after the label do.
    pub(super) line: usize,
    pub(super) words: usize,
    pub(super) after_blank: bool,
    /// Whether only the wider rules for names let the label pass: it must recur, or have a time.
    pub(super) wide: bool,
}

/// The longest line that is looked at as a name of its own, in bytes.
const MAX_LINE: usize = 200;
/// The lines of a text that start like a label. What `margin` says of a line's start, such as its
/// number, stands before the label.
pub(super) fn candidates(
    text: &str,
    names: &Names,
    margin: fn(&str) -> usize,
    keys: &mut Vec<String>,
) -> Vec<Candidate> {
    let mut index = KeyIndex::default();
    let mut found = Vec::new();
    let mut are_marked: Vec<(usize, bool)> = Vec::new();
    let mut after_blank = true;
    let mut line_start = 0;
    for line in text.by_whole_lines() {
        // A time before a name that stands alone is a label only above words.
        let below = || text[line_start + line.len()..].by_lines().next().is_some_and(|next| !next.is_blank());
        let inset = margin(line);
        let mark = marked::mark(&line[inset..]);
        let behind = (mark > 0).then(|| parse(&line[inset + mark..], names)).flatten();
        let behind = behind.filter(|parsed| !parsed.wide && matches!(parsed.form, Form::Plain | Form::Bold));
        let is_marked = behind.is_some();
        let inset = if is_marked { inset + mark } else { inset };
        if let Some(parsed) = behind.or_else(|| parse(&line[inset..], names))
            && (!parsed.time_first || below())
        {
            let key = index.place(key(&parsed.label), keys);
            found.push(Candidate {
                key,
                label: parsed.label,
                form: parsed.form,
                seconds: parsed.seconds,
                line: line_start,
                words: line_start + inset + parsed.words,
                after_blank,
                wide: parsed.wide,
            });
            are_marked.push((key, is_marked));
        }
        // `00:12:03` above a label opens its paragraph.
        after_blank = line.is_blank() || (after_blank && is_time_alone(line));
        line_start += line.len();
    }
    if are_marked.iter().any(|(_, is_marked)| *is_marked) {
        let mut kept = marked::kept(&are_marked, keys.len()).into_iter();
        found.retain(|_| kept.next() == Some(true));
    }
    found
}

/// A line as a label with a mark of its own, with words behind it, and the name of its form.
pub(super) fn reading(lines: &Lines<'_>, at: usize) -> Option<(Head, &'static str)> {
    let parsed = parse(lines.line(at), lines.names).filter(|parsed| !parsed.wide && !parsed.time_first)?;
    let form = match parsed.form {
        Form::Plain => "plain",
        Form::Bold => "bold",
        Form::Bracket => "bracket",
        Form::At => "at",
        Form::Stamp | Form::Heading | Form::BoldLine | Form::Line => return None,
    };
    let line = lines.ranges[at].start;
    let head = Head { label: parsed.label, seconds: parsed.seconds, line, words: line + parsed.words };
    Some((head, form))
}

/// Leaves out `Tom?:` beside `Tom:`, and `P3?:`: who is meant is for [`slips`](super::slips) to tell.
pub(super) fn drop_doubted(candidates: &mut Vec<Candidate>, keys: &[String]) {
    let is_slip = |label: &str| {
        let core = doubted(label).map(key);
        core.is_some_and(|core| stem(&core) != core || keys.contains(&core))
    };
    candidates.retain(|candidate| candidate.form != Form::Plain || !is_slip(&candidate.label));
}

struct Parsed {
    label: String,
    form: Form,
    seconds: Option<f64>,
    words: usize,
    /// `[0:03] - Maria`: the line may as well be a time and a word.
    time_first: bool,
    wide: bool,
}

/// Reads a line as `label, words`, if it can be.
fn parse(line: &str, names: &Names) -> Option<Parsed> {
    let body = line.trim_end();
    let indent = body.len() - body.trim_start().len();
    let body = &body[indent..];
    let made = |label: &str, form: Form, seconds, rest: &str| {
        let label = clean(label);
        // `Maria, laughing: text`, `Maria *laughs*: text`
        let may_have_manner = label.contains(", ") || label.ends_with(['*', '>']);
        let label = may_have_manner.then(|| without_manner(label)).flatten().unwrap_or(label);
        let half = role_in_half_width(label, names);
        let label = half.as_deref().unwrap_or(label);
        let wide = !valid_label(label) && !names.is_given(&key(label));
        // `I [to Ann]: text`
        let has_remark = || without_manner(label).or_else(|| without_addressee(label)).is_some_and(valid_label);
        (!wide || (!form.is_bare() && (is_wide(label) || has_remark()))).then(|| Parsed {
            label: label.to_owned(),
            form,
            seconds,
            words: indent + (body.len() - rest.len()),
            time_first: false,
            wide,
        })
    };
    // `[0:03] Maria: text`, `0:03 - Maria: text`, `[0:03] - Maria` above her words
    let timed = |seconds: f64, rest: &str, is_mark: bool| {
        if let Some((label, rest)) = of_program(rest) {
            return made(label, Form::Bracket, Some(seconds), rest);
        }
        let behind_dash = rest.strip_prefix(['-', '–', '—', '|', ':']).unwrap_or(rest);
        if let Some((label, rest)) = before_colon(behind_dash, names) {
            let found = made(chat_name(label), Form::Plain, Some(seconds), rest);
            // `[0:03] [S1]: text`, `[0:03] **Maria**: text`
            if found.is_some() || !label.starts_with(['[', '*']) {
                return found;
            }
        }
        // `[0:03] [m1] text`, `[0:03] **Maria:** text`
        // `[0:03] – **Maria**: text`
        let is_bold_behind = behind_dash.len() < rest.len() && behind_dash.trim_start().starts_with("**");
        let rest = if is_bold_behind { behind_dash.trim_start() } else { rest };
        if rest.starts_with(['[', '*', '@']) {
            let before = indent + (body.len() - rest.len());
            return parse(rest, names)
                .filter(|parsed| parsed.seconds.is_none() && !parsed.form.is_bare())
                .map(|parsed| Parsed { seconds: Some(seconds), words: before + parsed.words, ..parsed });
        }
        let label = rest.trim_start_matches(['-', '–', '|', ' ']);
        let alone = is_mark && !label.ends_with(['.', '?', '!', ',']);
        made(label, Form::Stamp, Some(seconds), "")
            .filter(|_| alone)
            .map(|parsed| Parsed { time_first: true, ..parsed })
    };
    let placed = |label: &str, form: Form, seconds, rest: &str| {
        let label = clean(label);
        is_placed(label, body).then(|| Parsed {
            label: label.to_owned(),
            form,
            seconds,
            words: indent + (body.len() - rest.len()),
            time_first: false,
            wide: true,
        })
    };
    // `@0:03 Maria: text`, `TC 0:03 Maria: text`, `` `0:03` **Maria**: text ``
    if let Some((seconds, end)) = marks::leading_spelled(body) {
        return timed(seconds, body[end..].trim_start(), false);
    }
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
                    None => {
                        // `**Maria** (0:03): text`
                        if let Some((seconds, rest)) = timed_rest(rest) {
                            return made(label, Form::Bold, Some(seconds), rest);
                        }
                        return unmarked_bold(label, rest, run.len()).and_then(|(l, f, s)| made(l, f, s, ""));
                    }
                },
            };
            let (label, seconds) = split_time(label);
            made(label, Form::Bold, seconds, rest)
        }
        '#' => {
            // `#1: text`
            if let Some((label, rest)) = before_colon(body, names).filter(|(label, _)| is_number_sign(label)) {
                return made(label, Form::Plain, None, rest);
            }
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
            let form = if seconds.is_some() { Form::Stamp } else { Form::Heading };
            made(label.trim_matches(['*', ' ']), form, seconds, rest.trim_start_matches('*'))
        }
        '[' | '(' | '{' if opening_time(body).is_some() => {
            // `[00:12:03] Maria: text`, `{0:03} Maria: text`
            let (seconds, rest) = opening_time(body)?;
            timed(seconds, rest.trim_start(), !body.starts_with('('))
        }
        '[' => {
            let close = body.find(']')?;
            if IN_MEETINGS.contains(&key(&body[1..close]).as_str())
                && let Some((label, form, seconds, rest)) = in_meeting(body, close, names)
            {
                return made(label, form, seconds, rest); // `[HOST] Maria: text`, `[HOST] Maria  0:03`
            }
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
            // `[Speaker:0] text`
            let counted = label.split_once(':').filter(|(word, number)| is_counted(word, number));
            let counted = counted.map(|(word, number)| format!("{word} {number}"));
            made(counted.as_deref().unwrap_or(label), Form::Bracket, seconds, rest)
        }
        '【' => {
            let (label, rest) = body['【'.len_utf8()..].split_once('】')?;
            made(label, Form::Bracket, None, rest.strip_prefix([':', '：']).unwrap_or(rest))
        }
        '{' | '«' => {
            // `{Maria}: text`, `« Maria »: text`
            let close = if body.starts_with('{') { '}' } else { '»' };
            let (label, rest) = body.strip_prefix(['{', '«'])?.split_once(close)?;
            let rest = rest.trim_start().strip_prefix([':', '：'])?;
            let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
            is_apart.then(|| made(label, Form::Bracket, None, rest))?
        }
        '@' => {
            let (label, rest) = before_colon(&body[1..], names)?;
            made(label, Form::At, None, rest)
        }
        c if c.is_ascii_digit() && leading_clock(body).is_some() => {
            // `00:12:03 Maria: text`, `0:03 - 0:11 Maria: text`
            let (seconds, end) = leading_clock(body)?;
            let is_mark = body[..end].matches(':').count() == 2;
            timed(seconds, body[end..].trim_start(), is_mark)
        }
        first => {
            // Of what starts with a digit only telephone numbers and `1Q` are labels, not `10 March 2026, 14:03`.
            let dials =
                |label: &str| !first.is_ascii_digit() || is_number(clean(label)) || counts_in_front(clean(label));
            if let Some((label, rest)) = before_colon(body, names) {
                let (label, seconds) = split_time(label);
                let found = made(label, Form::Plain, seconds, rest);
                return found.or_else(|| placed(label, Form::Plain, seconds, rest)).filter(|_| dials(label));
            }
            // `Maria  0:03`, `Maria - Ward 7  0:03`
            let (label, seconds) = split_time(body);
            if seconds.is_some() && body.chars().count() <= 2 * MAX_CHARS + 12 {
                let found = made(label, Form::Stamp, seconds, "");
                return found.or_else(|| placed(label, Form::Stamp, seconds, "")).filter(|_| dials(label));
            }
            let known = !first.is_ascii_digit() && body.len() <= MAX_LINE && names.strong(&key(clean(body))).is_some();
            known.then(|| made(body, Form::Line, None, ""))?
        }
    }
}

/// The time in ` (0:03): text` or ` _0:03_: text`, and the text.
fn timed_rest(rest: &str) -> Option<(f64, &str)> {
    let inner = rest.trim_start().strip_prefix(['(', '[', '_'])?;
    let (time, rest) = inner.split_once([')', ']', '_'])?;
    Some((span_start(time)?, rest.trim_start().strip_prefix([':', '：'])?))
}

/// What programs of meetings write in brackets in front of a name.
#[rustfmt::skip]
const IN_MEETINGS: &[&str] = &[
    "host", "co-host", "cohost", "guest", "external", "organizer", "organiser", "presenter", "panelist", "panellist",
    "attendee", "unverified", "verified", "gast", "gastgeber", "extern", "hôte", "invité", "invitée", "externe",
    "anfitrión", "invitado", "invitada", "externo", "ospite", "esterno", "convidado", "anfitrião",
];

/// The name behind such brackets, with them, where a colon or a time parts it from the words.
fn in_meeting<'a>(body: &'a str, close: usize, names: &Names) -> Option<(&'a str, Form, Option<f64>, &'a str)> {
    let behind = &body[close + 1..];
    let is_name = |label: &str| behind.starts_with(' ') && !clean(label).is_empty() && is_wide(clean(label));
    if let Some((label, rest)) = before_colon(behind, names) {
        let (label, seconds) = split_time(label);
        return is_name(label).then(|| (&body[..close + 1 + label.len()], Form::Plain, seconds, rest));
    }
    let (label, seconds) = split_time(behind);
    (seconds.is_some() && is_name(label)).then(|| (&body[..close + 1 + label.len()], Form::Stamp, seconds, ""))
}

/// `**Maria** 0:03`, ``**Maria** `0:03` `` and `**Maria**`, which are told from stressed words only by what else is
/// in the text.
fn unmarked_bold<'a>(label: &'a str, rest: &str, stars: usize) -> Option<(&'a str, Form, Option<f64>)> {
    let rest = rest.trim();
    let (label, within) = split_time(label);
    let time = rest.trim_start_matches(['-', '–', '—', '|', '·', '•', ' ']);
    let seconds = within.or_else(|| span_start(time.trim_matches(['(', ')', '[', ']', '`', '*', '_'])));
    match seconds {
        Some(_) if within.is_none() || rest.is_empty() => Some((label, Form::Stamp, seconds)),
        None if rest.is_empty() && stars > 1 => Some((label, Form::BoldLine, None)),
        _ => None,
    }
}

/// `(speaker 0) text`, as whisper.cpp writes it behind the time.
fn of_program(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('(')?.split_once(')')?;
    let number = label.strip_prefix("speaker ")?;
    let is_number = number == "?" || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    (is_number && rest.starts_with(' ')).then_some((label, rest))
}

/// Whether a word and what a colon parts from it are a speaker and its number, as programs write them: `Speaker:0`.
fn is_counted(word: &str, number: &str) -> bool {
    voices::is_speaker(&key(word)) && (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// A role in letters as wide as those of Chinese and Japanese, in the usual ones: `Q` of `Ｑ`, also where parentheses
/// follow. Other names stay as they are written.
fn role_in_half_width(label: &str, names: &Names) -> Option<String> {
    if label.chars().all(|c| half_width(c) == c) {
        return None;
    }
    let mut half = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '（' => half.push_str(" ("),
            c => half.push(half_width(c)),
        }
    }
    let of = key(&half);
    let name = of.split(" (").next().unwrap_or_default();
    (!names.is_given(&key(label)) && names.is_known(name)).then_some(half)
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

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    #[test]
    fn speakers_in_brackets_behind_a_span_of_time_are_read() {
        for (asks, answers) in [("[SPEAKER_00]:", "[SPEAKER_01]:"), ("(speaker 0)", "(speaker 1)")] {
            let line = |(n, words): (usize, &&str)| {
                let label = [asks, answers][n % 2];
                format!("[00:00:0{n}.000 --> 00:00:0{n}.900]  {label} {words}\n")
            };
            let words = ["Why was it?", "It rained.", "And then?", "It was dry.", "So?", "No more."];
            let found = labels(&words.iter().enumerate().map(line).collect::<String>());
            let both = [asks, answers].map(|label| label.trim_matches(['[', ']', '(', ')', ':']));
            assert_eq!(found, [both, both, both].concat());
        }
        for text in ["(laughs) It rained.", "(speaker) It rained.", "(speaker one) It rained.", "speaker 1: It rained."]
        {
            assert_eq!(super::of_program(text), None, "{text}");
        }
    }
}
