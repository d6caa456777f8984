//! What the formats of subtitles share: cues with times, and the speakers named in them.
//!
//! In: the text of a WebVTT or SubRip file. Out: one transcript, written out by [`Script`], in which
//! the cues of one speaker that follow each other are one turn, with a time mark for every cue. A
//! speaker is a voice tag, or a name before a colon that passes for one (see [`labels`]); a file that
//! names nobody is a failure. Words are never dropped: what stands oddly is kept and warned about.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::error::counted;
use super::super::speakers::{Names, key};
use super::super::{CorpusError, labels};
use super::cue_text::{self, Piece};
use super::{File, Reading, Script};

/// How one format differs from the others.
pub(super) struct Format {
    /// A line of times, for messages.
    pub(super) timing: &'static str,
    /// Whether a block that starts with this line holds no cue.
    pub(super) is_aside: fn(&str) -> bool,
}

/// Reads a file of cues.
pub(super) fn read(file: File<'_>, format: Format) -> Result<Reading, CorpusError> {
    let path = file.path;
    let text = file.contents.into_text(path)?;
    let scan = Scan::new(&text, &format);
    let mut reading = Reading::default();
    scan.report(path, &mut reading);
    let Some(first) = scan.cues.first() else {
        return Err(reading.failures.into_iter().next().unwrap_or_else(|| CorpusError::Malformed {
            path: path.to_owned(),
            place: "line 1".to_owned(),
            reason: format!("no cue, which starts with a line such as `{}`", format.timing),
            hint: HINT,
        }));
    };
    let mut said = said(&scan.cues);
    if said.is_empty() {
        return Err(CorpusError::Empty { path: path.to_owned() });
    }
    let repeated = drop_repeated(&mut said);
    let Some(utterances) = attribute(&said, file.names, path, &mut reading.warnings) else {
        let advice = Some(labels::advice_for_recording(path));
        reading.failures.push(CorpusError::NoSpeakers { path: path.to_owned(), line: first.line, advice });
        return Ok(reading);
    };
    if repeated > 0 {
        let lines = counted(repeated, "line");
        reading.warnings.push(format!("`{path}`: rolling captions: {lines} that came twice were read once"));
    }
    write(&utterances, &scan, path, &mut reading);
    Ok(reading)
}

const HINT: &str = "export the transcript again, or correct the line; every cue needs a line with its start, `-->` and \
                    its end, and its words below";

/// Whether a line is the times of a cue.
pub(super) fn opens(line: &str) -> bool {
    matches!(timing(line), Some(Ok(_)))
}

/// A cue: what is said from one time on.
struct Cue<'t> {
    /// The 1-based line of its times.
    line: usize,
    /// The name in an identifier such as `12 "Maria Keller" (1093)`.
    voice: Option<&'t str>,
    start: Option<f64>,
    end: Option<f64>,
    /// The lines of its words.
    lines: Vec<(usize, &'t str)>,
}

/// The cues of a file, and what is odd about them.
#[derive(Default)]
struct Scan<'t> {
    cues: Vec<Cue<'t>>,
    malformed: Vec<(usize, String)>,
    /// Lines above the first cue that belong to nothing: how many, and the first.
    above: (usize, usize),
    /// Lines that stand apart from their cue: how many, and the first.
    apart: (usize, usize),
    odd: OddTimes,
    /// The number of the last cue.
    number: Option<u64>,
}

/// Counts of cues with times that cannot be right.
#[derive(Default)]
struct OddTimes {
    backwards: usize,
    reversed: usize,
    endless: usize,
    absurd: usize,
}

/// A line between two lines of times.
struct Pending<'t> {
    number: usize,
    text: &'t str,
    /// A blank line is above it, or the start of the file.
    opens_block: bool,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, format: &Format) -> Self {
        let mut scan = Self::default();
        let mut pending: Vec<Pending<'t>> = Vec::new();
        let (mut opens_block, mut aside, mut skipped) = (true, false, false);
        for (number, line) in text.split('\n').enumerate().map(|(n, line)| (n + 1, line)) {
            if line.trim().is_empty() {
                (opens_block, aside) = (true, false);
                continue;
            }
            match timing(line) {
                Some(times) => {
                    let voice = scan.take(&mut pending, Some(number), skipped);
                    skipped = times.is_err();
                    match times {
                        Ok(times) => scan.open(number, voice, times),
                        Err(reason) => scan.malformed.push((number, reason)),
                    }
                    aside = false;
                }
                None => {
                    aside |= opens_block && (format.is_aside)(line);
                    if !aside {
                        pending.push(Pending { number, text: line, opens_block });
                    }
                }
            }
            opens_block = false;
        }
        scan.take(&mut pending, None, skipped);
        scan
    }

    /// Starts a cue.
    fn open(&mut self, line: usize, voice: Option<&'t str>, (start, end): (f64, Option<f64>)) {
        let usable = |seconds: &f64| (0.0..=MAX_SECONDS).contains(seconds);
        let odd = &mut self.odd;
        odd.endless += usize::from(end.is_none());
        odd.absurd += usize::from(!usable(&start) || end.is_some_and(|end| !usable(&end)));
        odd.reversed += usize::from(end.is_some_and(|end| end < start));
        let (start, end) = (Some(start).filter(usable), end.filter(usable));
        let last = self.cues.last().and_then(|cue| cue.start);
        odd.backwards += usize::from(last.is_some_and(|last| start.is_some_and(|start| start < last)));
        self.cues.push(Cue { line, voice, start, end, lines: Vec::new() });
    }

    /// Gives the lines since the last times to its cue, but for the identifier of the cue whose times
    /// stand on line `below`; returns the name in that.
    fn take(&mut self, pending: &mut Vec<Pending<'t>>, below: Option<usize>, skipped: bool) -> Option<&'t str> {
        let (mut voice, mut next_number) = (None, None);
        if let (Some(last), Some(below)) = (pending.last(), below) {
            let number: Option<u64> = last.text.trim().parse().ok();
            let follows = number.is_some() && number == self.number.and_then(|n| n.checked_add(1));
            let is_id = match (last.opens_block, last.number + 1 == below) {
                (true, true) => true,
                (true, false) => number.is_some(),
                (false, touches) => touches && follows,
            };
            if is_id {
                voice = voice_of_id(last.text.trim());
                next_number = Some(number);
                pending.pop();
            }
        }
        let mut lost = skipped; // inside a cue without times
        for (at, line) in pending.iter().enumerate() {
            let number: Option<u64> = line.text.trim().parse().ok();
            let follows = number.is_some() && number == self.number.and_then(|n| n.checked_add(1));
            let has_words = pending.get(at + 1).is_some_and(|next| !next.opens_block);
            if line.opens_block && follows && has_words && !self.cues.is_empty() {
                lost = true;
                self.number = number;
                self.malformed.push((line.number, "a cue has no line of times".to_owned()));
            }
            if lost {
                continue;
            }
            match self.cues.last_mut() {
                Some(cue) => {
                    if line.opens_block && !cue.lines.is_empty() {
                        note(&mut self.apart, line.number);
                    }
                    cue.lines.push((line.number, line.text));
                }
                None => note(&mut self.above, line.number),
            }
        }
        pending.clear();
        self.number = next_number.unwrap_or(self.number);
        voice
    }

    /// Says what is odd.
    fn report(&self, path: &str, reading: &mut Reading) {
        let malformed = |line: usize, reason: String| CorpusError::Malformed {
            path: path.to_owned(),
            place: format!("line {line}"),
            reason,
            hint: HINT,
        };
        for (line, reason) in self.malformed.iter().take(MAX_MESSAGES) {
            reading.failures.push(malformed(*line, format!("{reason}; the cue was left out")));
        }
        if let Some((line, _)) = self.malformed.get(MAX_MESSAGES) {
            let more = self.malformed.len() - MAX_MESSAGES;
            reading
                .failures
                .push(malformed(*line, format!("{more} more cues from here on are malformed and were left out")));
        }
        let mut warn = |what: String| reading.warnings.push(format!("`{path}`: {what}"));
        if let (lines @ 1.., first) = self.above {
            warn(format!("{} above the first cue, from line {first} on, left out", counted(lines, "line")));
        }
        if let (lines @ 1.., first) = self.apart {
            let blocks = counted(lines, "block");
            warn(format!(
                "a blank line parts {blocks} of words from the cue above, first on line {first}; they were kept"
            ));
        }
    }
}

/// Later than 100 hours nothing is said.
const MAX_SECONDS: f64 = 360_000.0;
/// After so many malformed cues a file's messages are summed up.
const MAX_MESSAGES: usize = 10;

fn note(found: &mut (usize, usize), line: usize) {
    if found.0 == 0 {
        found.1 = line;
    }
    found.0 += 1;
}

/// The name in the identifier `12 "Maria Keller" (1093)`, as Webex writes it.
fn voice_of_id(id: &str) -> Option<&str> {
    let rest = id.trim_start_matches(|c: char| c.is_ascii_digit());
    let (name, _) = rest.strip_prefix(" \"")?.rsplit_once('"')?;
    (rest.len() < id.len() && !name.trim().is_empty()).then_some(name.trim())
}

/// Reads a line of times: start and end, or why it is none though it looks like one.
fn timing(line: &str) -> Option<Result<(f64, Option<f64>), String>> {
    let (left, right) = line.split_once("-->")?;
    let left = left.trim();
    let right = right.split_whitespace().next().unwrap_or_default();
    match (clock(left), clock(right)) {
        (Some(start), end) => Some(Ok((start, end))),
        (None, Some(_)) => Some(Err(format!("`{}` is no time", shortened(left)))),
        (None, None) => {
            let like = |text: &str| {
                let marks = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' '));
                marks && text.contains(':')
            };
            let broken = like(left) || (left.is_empty() && like(right));
            broken.then(|| Err(format!("`{}` is no time", shortened(left))))
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// `00:00:01.000`, `00:01,5`, `1:02:03`, in seconds; with a minus sign below zero.
fn clock(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, "0"));
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let n_parts = whole.split(':').count();
    if !(2..=3).contains(&n_parts) || !whole.split(':').all(digits) || !digits(fraction) {
        return None;
    }
    let mut seconds = 0.0;
    for part in whole.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    seconds += format!("0.{fraction}").parse::<f64>().ok()?;
    Some(if unsigned.len() < text.len() { -seconds } else { seconds })
}

/// A line of words.
#[derive(Debug, PartialEq)]
struct Said {
    /// Index of its cue.
    cue: usize,
    line: usize,
    opens_cue: bool,
    voice: Option<String>,
    text: String,
}

/// The lines of all cues without their markup.
fn said(cues: &[Cue<'_>]) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    for (index, cue) in cues.iter().enumerate() {
        let mut opens_cue = true;
        for Piece { line, voice, text } in cue_text::pieces(&cue.lines) {
            let text = text.trim();
            if !text.is_empty() {
                let voice = voice.or_else(|| cue.voice.map(str::to_owned));
                said.push(Said { cue: index, line, opens_cue, voice, text: text.to_owned() });
                opens_cue = false;
            }
        }
    }
    said
}

/// Of rolling captions, in which most cues open with the last line of the cue above and many add one
/// to it, keeps every line once; returns how many were dropped.
fn drop_repeated(said: &mut Vec<Said>) -> usize {
    let repeats = |pair: &[Said]| pair[1].opens_cue && pair[0].text == pair[1].text && pair[0].voice == pair[1].voice;
    let cues = said.iter().filter(|line| line.opens_cue).count();
    let repeated: Vec<bool> = std::iter::once(false).chain(said.windows(2).map(repeats)).collect();
    let n_repeated = repeated.iter().filter(|&&repeated| repeated).count();
    let added =
        repeated.iter().zip(said.iter().skip(1)).filter(|&(&repeated, next)| repeated && !next.opens_cue).count();
    if cues < MIN_ROLLING || n_repeated * 10 < cues * 6 || added * 4 < cues {
        return 0;
    }
    let mut flags = repeated.into_iter();
    said.retain(|_| !flags.next().unwrap_or(false));
    n_repeated
}

/// Fewer cues than these show no habit of rolling.
const MIN_ROLLING: usize = 6;

/// A line of words, or a part of one, with its speaker.
struct Utterance<'s> {
    said: &'s Said,
    speaker: String,
    words: &'s str,
}

/// Finds who says what; `None` when nobody is named.
fn attribute<'s>(
    said: &'s [Said],
    names: &Names,
    path: &str,
    warnings: &mut Vec<String>,
) -> Option<Vec<Utterance<'s>>> {
    if said.iter().any(|line| line.voice.is_some()) {
        return Some(by_voice(said, names, path, warnings));
    }
    if names.owns(path) {
        return Some(by_file(said, path));
    }
    let utterances = by_prefix(said, names, path, warnings)
        .or_else(|| by_label(said, names, undashed, path, warnings))
        .or_else(|| by_label(said, names, |line| ("", line), path, warnings))
        .or_else(|| by_dashes(said, names, path, warnings))?;
    let unnamed = unnamed_changes(&utterances);
    if unnamed > 0 {
        warnings.push(format!(
            "`{path}`: {} several speakers that only dashes or `>>` tell apart; their words were kept with the speaker \
             named last",
            counted(unnamed, "cue") + if unnamed == 1 { " has" } else { " have" }
        ));
    }
    Some(utterances)
}

/// The speaker of words without a voice in a file of voices. They are nobody's: whoever spoke before
/// may be somebody else.
const UNNAMED: &str = "Unnamed speaker";

/// Speakers by voice tags; a name before a colon counts where a voice is called so.
fn by_voice<'s>(said: &'s [Said], names: &Names, path: &str, warnings: &mut Vec<String>) -> Vec<Utterance<'s>> {
    let mut voices: HashMap<String, &str> = HashMap::new();
    for voice in said.iter().filter_map(|line| line.voice.as_deref()) {
        voices.entry(key(voice)).or_insert(voice);
    }
    let mut utterances: Vec<Utterance<'s>> = Vec::with_capacity(said.len());
    let mut unnamed = 0;
    for line in said {
        let (speaker, words) = match (&line.voice, labels::prefix(&line.text, names)) {
            (Some(voice), _) => (voices.get(&key(voice)).copied().unwrap_or(voice), line.text.as_str()),
            (None, Some((label, rest))) if voices.contains_key(&key(label)) => (voices[&key(label)], rest),
            (None, Some((label, rest))) if names.strong(&key(label)).is_some() => (label, rest),
            (None, _) => {
                let open = utterances.last().filter(|last| last.said.cue == line.cue);
                unnamed += usize::from(open.is_none());
                (UNNAMED, line.text.as_str())
            }
        };
        utterances.push(Utterance { said: line, speaker: speaker.to_owned(), words });
    }
    if unnamed > 0 {
        let cues = counted(unnamed, "cue") + if unnamed == 1 { " names" } else { " name" };
        warnings.push(format!(
            "`{path}`: {cues} no speaker, unlike the others, and became turns of `{UNNAMED}`; say who that is with \
             `--interviewer` or `--participant`"
        ));
    }
    utterances
}

/// Speakers by the name that every cue, or nearly every one, opens with, as Zoom writes them. There a
/// name need not be known or come again, but a phrase is none; cues without one go on.
fn by_prefix<'s>(
    said: &'s [Said],
    names: &Names,
    path: &str,
    warnings: &mut Vec<String>,
) -> Option<Vec<Utterance<'s>>> {
    let opening = |line: &'s Said| labels::prefix(undashed(&line.text).1, names);
    // `Room: Brotherton 3: words`
    let rests = labels::rests(said.iter().filter(|line| line.opens_cue).filter_map(opening), names);
    let prefix = |line: &'s Said| Some(labels::lengthen(&line.text, opening(line)?, &rests));
    let mut keys: HashSet<String> = HashSet::new();
    let (mut cues, mut labelled) = (0, 0);
    for line in said.iter().filter(|line| line.opens_cue) {
        cues += 1;
        if let Some((label, _)) = prefix(line) {
            labelled += 1;
            keys.insert(key(label));
        }
    }
    if labelled < MIN_PREFIXED || labelled * 10 < cues * 9 || keys.len() * 2 > labelled {
        return None;
    }
    // Within cues a name counts that comes again; somebody may speak second in all of them.
    let mut within: HashMap<String, usize> = HashMap::new();
    for (label, _) in said.iter().filter(|line| !line.opens_cue).filter_map(prefix) {
        if labels::valid_label(label) && label.starts_with(char::is_uppercase) {
            *within.entry(key(label)).or_default() += 1;
        }
    }
    within.retain(|_, n| *n >= MIN_WITHIN && *n * 4 >= cues);
    let names_one = |line: &'s Said, label: &str| line.opens_cue || within.contains_key(&key(label));
    let parted =
        |line: &'s Said| labels::Line::of(&line.text, prefix(line).filter(|(label, _)| names_one(line, label)));
    let lines: Vec<labels::Line> = said.iter().map(parted).collect();
    let mut found = labels::prefixed(&lines, labelled == cues, names);
    let nameless = labels::nameless(&lines, |place| said[place].opens_cue, &found);
    found.remarks.extend(nameless);
    found.remarks.sort();
    for (place, what) in found.remarks.iter().take(MAX_MESSAGES) {
        warnings.push(format!("`{path}`, line {}: {what}", said[*place].line));
    }
    if let Some(more @ 1..) = found.remarks.len().checked_sub(MAX_MESSAGES) {
        warnings.push(format!("`{path}`: {more} more lines that may be speakers"));
    }
    let mut utterances: Vec<Utterance<'s>> = Vec::with_capacity(said.len());
    let mut speaker = "";
    for line in said {
        let named = prefix(line).and_then(|(label, rest)| Some((found.speaker(label)?, rest)));
        let words = named.map_or(line.text.as_str(), |(_, rest)| rest.trim_start());
        speaker = named.map_or(speaker, |(label, _)| label);
        utterances.push(Utterance { said: line, speaker: speaker.to_owned(), words });
    }
    Some(utterances)
}

/// Fewer names than these show no habit of naming.
const MIN_PREFIXED: usize = 4;
/// Names within cues come so often, and in a quarter of the cues.
const MIN_WITHIN: usize = 2;

/// All of a file that the user says is one person's, who goes by the file's name.
fn by_file<'s>(said: &'s [Said], path: &str) -> Vec<Utterance<'s>> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let speaker = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    said.iter().map(|line| Utterance { said: line, speaker: speaker.to_owned(), words: &line.text }).collect()
}

/// Speakers by labels that pass for some in running text, as where a name opens a turn and not a cue.
/// What `mark` splits off a line's start is not looked at.
fn by_label<'s>(
    said: &'s [Said],
    names: &Names,
    mark: fn(&str) -> (&str, &str),
    path: &str,
    warnings: &mut Vec<String>,
) -> Option<Vec<Utterance<'s>>> {
    // The words as running text, every cue a paragraph, with the place of each line.
    let mut text = String::new();
    let mut places: Vec<Range<usize>> = Vec::with_capacity(said.len());
    for line in said {
        if !text.is_empty() {
            text.push_str(if line.opens_cue { "\n\n" } else { "\n" });
        }
        let start = text.len();
        text.push_str(mark(&line.text).1);
        places.push(start..text.len());
    }
    let labels::Labelled { stretches, remarks, layout } = labels::read(&text, names)?;
    // Where nearly every cue is one word, a word that comes again is no name.
    if layout.is_some_and(|layout| layout.starts_with("names on lines")) && are_single_words(said) {
        return None;
    }
    for remark in remarks.iter().take(MAX_MESSAGES) {
        let at = places.partition_point(|place| place.end < remark.at).min(said.len() - 1);
        warnings.push(format!("`{path}`, line {}: {}", said[at].line, remark.what));
    }
    let mut utterances = Vec::with_capacity(said.len());
    let mut from = 0;
    for (line, place) in said.iter().zip(places) {
        let dash = mark(&line.text).0.len();
        while stretches.get(from).is_some_and(|stretch| stretch.text.end <= place.start) {
            from += 1;
        }
        for stretch in stretches[from..].iter().take_while(|stretch| stretch.text.start < place.end) {
            let (start, end) = (stretch.text.start.max(place.start), stretch.text.end.min(place.end));
            // The dash belongs to the words unless a label has taken its place.
            let kept = if start == place.start { 0 } else { dash + start - place.start };
            let words = &line.text[kept..dash + end - place.start];
            utterances.push(Utterance { said: line, speaker: stretch.label.clone(), words });
        }
    }
    Some(utterances)
}

/// Whether nearly every line is one word, as programs write that time each.
fn are_single_words(said: &[Said]) -> bool {
    let is_one = |line: &&Said| line.text.split_whitespace().nth(1).is_none() && !line.text.contains(unspaced);
    said.iter().filter(is_one).count() * 10 >= said.len() * 8
}

/// Speakers that only hyphens tell apart, two or more in most cues, as the two of a dialogue are written.
fn by_dashes<'s>(
    said: &'s [Said],
    names: &Names,
    path: &str,
    warnings: &mut Vec<String>,
) -> Option<Vec<Utterance<'s>>> {
    let parted: Vec<(&str, &str)> = said.iter().map(|line| undashed(&line.text)).collect();
    let mut dashes: HashMap<usize, usize> = HashMap::new();
    for (line, (dash, _)) in said.iter().zip(&parted) {
        *dashes.entry(line.cue).or_default() += usize::from(dash.starts_with(['-', '‐']));
    }
    let dialogues = dashes.values().filter(|&&n| n > 1).count();
    if dialogues * 2 <= dashes.len() {
        return None;
    }
    // As changes of speaker are marked in running text.
    let mut text = String::new();
    let mut starts = Vec::with_capacity(said.len());
    for (dash, words) in &parted {
        text.push_str(if dash.is_empty() { "" } else { "– " });
        starts.push(text.len());
        text.push_str(words);
        text.push('\n');
    }
    let labels::Labelled { stretches, remarks, layout } = labels::read(&text, names)?;
    layout.filter(|layout| layout.starts_with("a mark"))?;
    warnings.extend(remarks.iter().map(|remark| format!("`{path}`, line {}: {}", said[0].line, remark.what)));
    let mut utterances = Vec::with_capacity(said.len());
    let mut from = 0;
    for ((line, (_, words)), start) in said.iter().zip(parted).zip(starts) {
        while stretches.get(from).is_some_and(|stretch| stretch.text.end <= start) {
            from += 1;
        }
        let speaker = stretches.get(from)?.label.clone();
        utterances.push(Utterance { said: line, speaker, words });
    }
    Some(utterances)
}

/// Splits off the dash or the `>>` before the words of another speaker.
fn undashed(line: &str) -> (&str, &str) {
    let rest = line.trim_start_matches(['-', '–', '—', '‐', '>']);
    let words = rest.trim_start();
    if rest.len() < line.len() && words.starts_with(|c: char| c.is_alphanumeric() || "[(*@".contains(c)) {
        line.split_at(line.len() - words.len())
    } else {
        ("", line)
    }
}

/// Cues in which dashes or `>>` tell speakers apart that no label names.
fn unnamed_changes(utterances: &[Utterance<'_>]) -> usize {
    let mut cues: HashMap<usize, (usize, bool)> = HashMap::new();
    for utterance in utterances {
        let mark = undashed(utterance.words).0;
        let (dashes, arrows) = cues.entry(utterance.said.cue).or_default();
        *dashes += usize::from(!mark.is_empty());
        *arrows |= mark.starts_with(">>");
    }
    cues.values().filter(|&&(dashes, arrows)| dashes > 1 || arrows).count()
}

/// Writes the transcript out and says which times are odd.
fn write(utterances: &[Utterance<'_>], scan: &Scan<'_>, path: &str, reading: &mut Reading) {
    let mut script = Script::default();
    let mut overlaps = 0;
    // Of the last words: their cue, their speaker and their last character.
    let mut last: Option<(usize, &str, char)> = None;
    for utterance in utterances {
        let words = utterance.words.trim();
        let (Some(first), Some(end)) = (words.chars().next(), words.chars().next_back()) else { continue };
        let (index, speaker) = (utterance.said.cue, utterance.speaker.as_str());
        let goes_on = last.filter(|&(_, same, _)| same == speaker);
        let joint = if goes_on.is_some_and(|(_, _, end)| unspaced(end) && unspaced(first)) { "" } else { " " };
        let same_cue = goes_on.is_some_and(|(cue, _, _)| cue == index);
        if let Some((above, _, _)) = goes_on.filter(|_| !same_cue) {
            let times = (scan.cues[above].end, scan.cues[index].start, scan.cues[above].start);
            overlaps += usize::from(matches!(times, (Some(e), Some(s), Some(b)) if s + OVERLAP < e && s >= b));
        }
        let seconds = scan.cues[index].start.filter(|_| !same_cue);
        script.go_on(speaker, words, joint, utterance.said.line, seconds);
        last = Some((index, speaker, end));
    }
    warn_of_times(&scan.odd, overlaps, path, reading);
    if !script.is_empty() {
        script.finish(None, None, reading);
    }
}

/// So many seconds the cues of one speaker may overlap without being odd.
const OVERLAP: f64 = 1.0;

fn warn_of_times(odd: &OddTimes, overlaps: usize, path: &str, reading: &mut Reading) {
    let kinds = [
        (odd.backwards, "before the one above starts"),
        (overlaps, "before the same speaker's above ends"),
        (odd.reversed, "after their own end"),
        (odd.endless, "without an end"),
        (odd.absurd, "at a time that cannot be"),
    ];
    let found: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !found.is_empty() {
        let found = found.join(", ");
        reading.warnings.push(format!("`{path}`: cues with odd times, whose words were kept: {found}"));
    }
}

/// Whether a character belongs to a script that is written without spaces between words, or is its
/// punctuation: Chinese and Japanese.
fn unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x30FF | 0x3190..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF00..=0xFF60 | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::ReadOptions;
    use super::super::super::encoding;
    use super::super::{Claim, Contents, RawTurn, Reader, srt::Srt, vtt::Vtt};
    use super::*;

    fn read_as(reader: &dyn Reader, bytes: &[u8]) -> Result<Reading, CorpusError> {
        let decoded = encoding::decode("a", bytes, false)?;
        let (options, names) = (ReadOptions::default(), Names::default());
        let contents = Contents::Text(decoded);
        reader.read(File { path: "a", extension: None, contents, options: &options, names: &names })
    }

    fn vtt(cues: &str) -> Reading {
        checked(read_as(&Vtt, format!("WEBVTT\n\n{cues}").as_bytes()).unwrap())
    }

    fn srt(text: &str) -> Reading {
        checked(read_as(&Srt, text.as_bytes()).unwrap())
    }

    /// Every turn is exactly its span of the document, and its marks stand in it.
    fn checked(reading: Reading) -> Reading {
        for turn in reading.transcripts.iter().flat_map(|transcript| &transcript.turns) {
            let text = &reading.documents[turn.document].text;
            let slice: String = text.chars().skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(slice, *turn.text);
            assert_eq!(turn.text.trim(), &*turn.text);
            assert!(!turn.text.is_empty() && turn.line > 0);
            assert!(turn.times.windows(2).all(|pair| pair[0].point < pair[1].point));
            assert!(turn.times.iter().all(|mark| turn.span.contains(&mark.point) && mark.seconds.is_finite()));
        }
        reading
    }

    fn raw(reading: &Reading) -> &[RawTurn] {
        reading.transcripts.first().map_or(&[], |transcript| &transcript.turns)
    }

    fn turns(reading: &Reading) -> Vec<(&str, &str)> {
        raw(reading).iter().map(|turn| (&*turn.speaker, &*turn.text)).collect()
    }

    /// Cues a second each from lines of words; a blank line in between.
    fn cues(words: &[&str]) -> String {
        let cue = |(n, words): (usize, &&str)| format!("00:{n:02}.000 --> 00:{:02}.000\n{words}\n\n", n + 1);
        words.iter().enumerate().map(cue).collect()
    }

    const TALK: [&str; 4] = ["Tom: Why?", "Maria: Because.", "Tom: And?", "Maria: So."];
    const SAID: [(&str, &str); 4] = [("Tom", "Why?"), ("Maria", "Because."), ("Tom", "And?"), ("Maria", "So.")];

    #[test]
    fn a_colon_within_a_name_that_all_its_cues_have_belongs_to_it() {
        let talk = |second: [&str; 3]| -> String {
            let turn = |words: &&str| format!("Tom: Why?\n{words}\n").lines().map(str::to_owned).collect::<Vec<_>>();
            let lines: Vec<String> = second.iter().flat_map(turn).collect();
            cues(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let reading = vtt(&talk(["Room: Hall 3: So.", "Room: Hall 3: No.", "Room: Hall 3: Yes."]));
        assert_eq!(turns(&reading)[..2], [("Tom", "Why?"), ("Room: Hall 3", "So.")]);
        let reading = vtt(&talk(["Maria: One thing: so.", "Maria: No.", "Maria: Yes."]));
        assert_eq!(turns(&reading)[1], ("Maria", "One thing: so."));
    }

    #[test]
    fn headers_and_comments_are_no_words() {
        let text = "WEBVTT - Ward 7\nKind: captions\nLanguage: en\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n\
                    STYLE\n::cue { color: red }\n\nREGION\nid:one\n\nNOTE\nnothing\nat all\n\n\
                    intro\n00:01.000 --> 00:02.000 align:start position:0%\n<v Tom>Why?\n\n\
                    NOTE Confidence: 0.9\n\nWEBVTT\n\n3f2a-4b/12-0\n01:00:03.500 --> 01:00:04.000\n<v Maria>So.</v>\n";
        let reading = checked(read_as(&Vtt, text.as_bytes()).unwrap());
        assert_eq!(turns(&reading), [("Tom", "Why?"), ("Maria", "So.")]);
        assert_eq!((raw(&reading)[1].times[0].seconds, raw(&reading)[1].line), (3603.5, 26));
        assert!(reading.warnings.is_empty() && reading.failures.is_empty(), "{:?}", reading.warnings);
    }

    #[test]
    fn cues_of_one_voice_are_one_turn() {
        let text =
            cues(&["<v Tom>Why</v>", "<v TOM>is\nthat?</v>", "<v Maria>So.</v> Yes.", "<v Tom>A?</v> <v Maria>B."]);
        let reading = vtt(&text);
        assert_eq!(turns(&reading), [("Tom", "Why is that?"), ("Maria", "So. Yes."), ("Tom", "A?"), ("Maria", "B.")]);
        assert_eq!(raw(&reading)[0].times.iter().map(|mark| mark.seconds).collect::<Vec<_>>(), [0.0, 1.0]);
        assert_eq!(&*reading.documents[0].text, "Tom: Why is that?\n\nMaria: So. Yes.\n\nTom: A?\n\nMaria: B.");
    }

    #[test]
    fn words_without_a_voice_are_nobodys_among_voices() {
        let reading = vtt(&cues(&["<v Tom>Why?", "I do not know", "Tom: Really?", "<v Tom>So."]));
        assert_eq!(turns(&reading), [("Tom", "Why?"), (UNNAMED, "I do not know"), ("Tom", "Really? So.")]);
        assert!(reading.warnings[0].contains("1 cue names no speaker"), "{:?}", reading.warnings);
    }

    #[test]
    fn a_name_in_the_identifier_is_a_voice() {
        let reading = vtt(
            "1 \"Tom Reyes\" (77)\n00:01.000 --> 00:02.000\nWhy?\n\n2 \"Maria\" (8)\n00:02.000 --> 00:03.000\nSo.\n",
        );
        assert_eq!(turns(&reading), [("Tom Reyes", "Why?"), ("Maria", "So.")]);
    }

    #[test]
    fn names_before_a_colon_are_speakers_when_every_cue_has_one() {
        // Maria speaks in one run of cues and the observer once: in running text neither would pass.
        let words = ["Tom: Why?", "Maria: Because.", "Maria: Satisfied: no.", "Maria: So.", "Ada Li: Hm.", "Tom: Bye."];
        let reading = vtt(&cues(&words));
        let expected = [("Tom", "Why?"), ("Maria", "Because. Satisfied: no. So."), ("Ada Li", "Hm."), ("Tom", "Bye.")];
        assert_eq!(turns(&reading), expected);
        let long = ["Keller, Maria (she/her) Ward 7: Yes.", "Tom: Why?"].repeat(3);
        assert_eq!(turns(&vtt(&cues(&long)))[0], ("Keller, Maria (she/her) Ward 7", "Yes."));
    }

    #[test]
    fn a_phrase_before_a_colon_goes_on_and_is_told() {
        for said in ["He said: leave them alone.", "And I thought: what now.", "One thing: never.", "Monday: feeding."]
        {
            let reading = vtt(&cues(&[&TALK[..], &TALK, &[said]].concat()));
            assert_eq!(turns(&reading).last(), Some(&("Maria", format!("So. {said}").as_str())));
            assert!(reading.warnings[0].contains("line 28: ") && reading.warnings.len() == 1, "{:?}", reading.warnings);
        }
        let reading = vtt(&cues(&[&TALK[..], &TALK, &["Ada Li: Hm."]].concat()));
        assert_eq!(turns(&reading).last(), Some(&("Ada Li", "Hm.")));
        assert!(reading.warnings[0].contains("`Ada Li:` comes once and was taken"), "{:?}", reading.warnings);
    }

    #[test]
    fn cues_without_a_name_go_on() {
        let words = ["Tom: Why?", "Maria: Because.", "Satisfied: no.", "and so on", "Tom: And?", "Maria: So."];
        let expected =
            [("Tom", "Why?"), ("Maria", "Because. Satisfied: no. and so on"), ("Tom", "And?"), ("Maria", "So.")];
        assert_eq!(turns(&vtt(&cues(&words))), expected);
        // Before the first name it is nobody's.
        assert_eq!(turns(&vtt(&cues(&[&["Recording on."][..], &TALK].concat())))[0], ("", "Recording on."));
    }

    #[test]
    fn two_speakers_may_share_a_cue() {
        let reading = srt(&cues(&["- Tom: Why?\n- Maria: Because.", "- Tom: And?\n- Maria: So."]));
        assert_eq!(turns(&reading), SAID);
        assert_eq!(raw(&reading)[1].times[0].seconds, 0.0);
        assert!(reading.warnings.is_empty());
        let reading = srt(&cues(&["Tom: Why?\nMaria: Because.", "Tom: And?\nMaria: So.\n- Yes.\n- No."]));
        assert_eq!(turns(&reading)[3], ("Maria", "So. - Yes. - No."));
        assert!(reading.warnings[0].contains("1 cue has several speakers that only dashes"), "{:?}", reading.warnings);
    }

    #[test]
    fn who_speaks_second_in_every_cue_is_somebody() {
        let pairs = ["Tom: Why?\nMaria: Because.", "Tom: And?\nMaria: So."].repeat(3);
        let plain = srt(&cues(&pairs));
        let dashed: Vec<String> = pairs.iter().map(|cue| format!("- {}", cue.replace('\n', "\n- "))).collect();
        let dashed: Vec<&str> = dashed.iter().map(String::as_str).collect();
        for reading in [plain, vtt(&cues(&dashed))] {
            assert_eq!(turns(&reading), SAID.repeat(3));
            assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        }
        // What comes once within a cue, or small, is said.
        let words = ["Tom: Why?\nOne thing: it.", "Maria: Well.\nand so: on.", "Tom: And?", "Maria: So.\nand so: on."];
        let reading = vtt(&cues(&words));
        let whose: Vec<&str> = turns(&reading).iter().map(|turn| turn.0).collect();
        assert_eq!(whose, ["Tom", "Maria", "Tom", "Maria"]);
        assert_eq!(turns(&reading)[0].1, "Why? One thing: it.");
    }

    #[test]
    fn hyphens_in_a_cue_tell_two_speakers_apart_where_one_asks() {
        let cues = |second: &str| -> String {
            (0..4)
                .map(|n| format!("{n}\n00:0{n}:01,000 --> 00:0{n}:09,000\n- Who kept the bees{n}?\n{second}\n\n"))
                .collect()
        };
        let reading = srt(&cues("- My aunt did, up on\nthe roof of the mill."));
        let found = turns(&reading);
        assert_eq!(found.len(), 8, "{found:?}");
        assert_eq!(found[1], ("Second speaker", "My aunt did, up on the roof of the mill."));
        assert!(reading.warnings.iter().any(|warning| warning.contains("only a mark")), "{:?}", reading.warnings);
        assert!(srt(&cues("My aunt did.")).transcripts.is_empty(), "one speaker a cue");
        assert!(srt(&cues("- And who helped?")).transcripts.is_empty(), "both ask");
    }

    #[test]
    fn a_file_without_speakers_is_a_failure() {
        for reading in [srt(&cues(&["So it was.", "And then?", "- Yes.\n- No."])), vtt(&cues(&["Just: once.", "So."]))]
        {
            assert!(reading.transcripts.is_empty());
            assert!(matches!(reading.failures[..], [CorpusError::NoSpeakers { .. }]), "{:?}", reading.failures);
        }
    }

    #[test]
    fn words_that_stand_one_a_cue_are_no_names() {
        let words = "Bitcoin came first of all. Ethereum came later, so which one is it? Bitcoin is one, and it stays. \
                     Ethereum is one, too, is it not? Bitcoin is money by now. Ethereum is not.";
        let reading = srt(&cues(&words.split(' ').collect::<Vec<_>>()));
        assert!(reading.transcripts.is_empty(), "{:?}", turns(&reading));
        // Names above the words of others are speakers.
        let talk = "ANN HALL|How was it in those years?|TOM REED|It was cold by then.|ANN HALL|And what did you do?|\
                    TOM REED|We left for the south.";
        let reading = srt(&cues(&talk.split('|').collect::<Vec<_>>()));
        assert_eq!(turns(&reading).len(), 4, "{:?}", turns(&reading));
    }

    #[test]
    fn subrip_is_read_as_it_comes() {
        let text = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:2\r\n{\\an8}<i>Tom: Why?</i>\r\n\r\n\r\n\
                    2\r\n\r\n0:0:2.5-->00:00:03,000\r\n\r\nMaria: Because.\r\n\r\n\
                    00:00:03,000 --> 00:00:04,000\r\n<font color=\"#fff\">Tom: And?</font>\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\nMaria: So.";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &utf_16] {
            let reading = checked(read_as(&Srt, bytes).unwrap());
            assert_eq!(turns(&reading), SAID);
            assert_eq!(raw(&reading)[1].times[0].seconds, 2.5);
        }
    }

    #[test]
    fn numbers_are_told_from_words() {
        let text = "1\n00:01 --> 00:02\nTom: How many?\n2\n00:02 --> 00:03\nMaria: 19\n3\n00:03 --> 00:04\nTom: And now?\n\n\
                    1\n00:04 --> 00:05\nMaria:\n4\n\n7\n00:05 --> 00:06\nTom: Four?";
        let reading = srt(text);
        let expected = [("Tom", "How many?"), ("Maria", "19"), ("Tom", "And now?"), ("Maria", "4"), ("Tom", "Four?")];
        assert_eq!(turns(&reading), expected);
    }

    #[test]
    fn blank_lines_within_a_cue_are_warned_of() {
        let text = cues(&["Tom: Why,", "Maria: Because.\n\nof this", "Tom: And?", "Maria: So."]);
        let reading = vtt(&text);
        assert_eq!(turns(&reading)[1], ("Maria", "Because. of this"));
        assert_eq!(
            reading.warnings,
            ["`a`: a blank line parts 1 block of words from the cue above, first on line 9; they were kept"]
        );
        let reading = srt(&format!("made by hand\n\n{}", cues(&TALK)));
        assert_eq!(turns(&reading), SAID);
        assert_eq!(reading.warnings, ["`a`: 1 line above the first cue, from line 1 on, left out"]);
    }

    #[test]
    fn malformed_cues_are_failures_with_their_line() {
        let text = format!(
            "{}00:00:x4 --> 00:00:05\nMaria: lost\n\n00:1O --> 0:99\nMaria: lost\n\n{}",
            cues(&TALK),
            cues(&TALK)
        );
        let reading = vtt(&text);
        assert_eq!(turns(&reading).len(), 8);
        let messages: Vec<String> = reading.failures.iter().map(CorpusError::to_string).collect();
        assert_eq!(messages[0], "malformed `a`, line 15: `00:00:x4` is no time; the cue was left out");
        assert!(messages[1].contains("line 18") && messages.len() == 2);
        let reading = srt("1\n00:01 --> 00:02\nTom: Why?\n\n2\nMaria: lost\n\n3\n00:03 --> 00:04\nTom: And?\n");
        assert_eq!(
            reading.failures[0].to_string(),
            "malformed `a`, line 5: a cue has no line of times; the cue was left out"
        );
        let many = "00:0x --> 00:05\nlost\n\n".repeat(30) + &cues(&TALK);
        assert_eq!(vtt(&many).failures.len(), MAX_MESSAGES + 1);
        for empty in ["WEBVTT", "WEBVTT\n\nNOTE nothing", "WEBVTT\n\nwords without times"] {
            let error = read_as(&Vtt, empty.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("no cue, which starts with a line such as `00:00:01.000"), "{error}");
        }
        assert!(matches!(read_as(&Vtt, b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>"), Err(CorpusError::Empty { .. })));
    }

    #[test]
    fn odd_times_are_counted_and_their_words_kept() {
        let times = [
            "00:09 --> 00:10",
            "00:05 --> 00:06",
            "00:08 --> 00:07",
            "00:09 -->",
            "-00:01 --> 00:10",
            "999:00:00 --> 999:00:01",
        ];
        let text: String = times.iter().map(|times| format!("{times}\n<v Tom>So.\n\n")).collect();
        let reading = vtt(&text);
        assert_eq!(turns(&reading), [("Tom", "So. So. So. So. So. So.")]);
        assert_eq!(raw(&reading)[0].times.len(), 4);
        assert_eq!(
            reading.warnings,
            ["`a`: cues with odd times, whose words were kept: 1 before the one above starts, 1 after their own end, \
              1 without an end, 2 at a time that cannot be"]
        );
        let overlapping = "00:01 --> 00:05\n<v Tom>So\n\n00:02 --> 00:06\n<v Tom>it is\n\n00:03 --> 00:07\n<v Ana>No\n";
        assert!(vtt(overlapping).warnings[0].ends_with("kept: 1 before the same speaker's above ends"));
    }

    #[test]
    fn arrows_in_words_are_words() {
        let reading = vtt(&cues(&["Tom: Why --> there?", "Maria: a --> b", "Tom: And?\nx --> y", "Maria: So."]));
        assert_eq!(turns(&reading)[1], ("Maria", "a --> b"));
        assert_eq!(turns(&reading)[2], ("Tom", "And? x --> y"));
    }

    #[test]
    fn lines_are_joined_by_a_space_but_in_chinese_and_japanese() {
        let reading =
            vtt(&cues(&["<v 玛丽亚>夜班总是从", "<v 玛丽亚>交接开始，\n我们走到每张床前 ICU", "<v 玛丽亚>护士"]));
        assert_eq!(turns(&reading)[0].1, "夜班总是从交接开始，我们走到每张床前 ICU 护士");
    }

    #[test]
    fn rolling_captions_are_read_once() {
        let rolling = [
            "Tom: why",
            "Tom: why\nis that",
            "is that",
            "is that\nMaria: because",
            "Maria: because",
            "Maria: because\nof it",
            "of it",
            "of it\nTom: and",
            "Tom: and\nMaria: so",
            "Maria: so",
        ];
        let reading = vtt(&cues(&rolling));
        assert_eq!(
            turns(&reading),
            [("Tom", "why is that"), ("Maria", "because of it"), ("Tom", "and"), ("Maria", "so")]
        );
        assert_eq!(reading.warnings, ["`a`: rolling captions: 9 lines that came twice were read once"]);
        // Somebody who repeats a word does not roll.
        let reading = vtt(&cues(&["<v A>Yes.", "<v A>Yes.", "<v B>Yes.", "<v B>No.", "<v A>So.", "<v A>Well."]));
        assert_eq!(turns(&reading), [("A", "Yes. Yes."), ("B", "Yes. No."), ("A", "So. Well.")]);
    }

    #[test]
    fn contents_tell_the_format() {
        let claim = |reader: &dyn Reader, text: &str| {
            let contents = Contents::Text(encoding::decode("a", text.as_bytes(), false).unwrap());
            reader.claim(&contents, &ReadOptions::default())
        };
        for text in ["WEBVTT", "WEBVTT - Talk\n\n", "\n WEBVTT\n"] {
            assert_eq!((claim(&Vtt, text), claim(&Srt, text)), (Claim::Certain, Claim::No), "{text}");
        }
        for text in ["1\n00:00:01,000 --> 00:00:02,000\nx", "00:01 --> 00:02\nx", "\n12\n\n0:01.5 --> 0:02\n"] {
            assert_eq!((claim(&Vtt, text), claim(&Srt, text)), (Claim::No, Claim::Certain), "{text}");
        }
        for text in ["1\n2\n00:01 --> 00:02", "WEBVTTS", "Tom: WEBVTT", "1\na --> b", "id,text\n1,a"] {
            assert_eq!((claim(&Vtt, text), claim(&Srt, text)), (Claim::No, Claim::No), "{text}");
        }
        assert_eq!(Srt.claim(&Contents::Binary(b"PK".to_vec()), &ReadOptions::default()), Claim::No);
    }

    /// Lines of subtitles in any order.
    fn any_lines() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            "[0-9]{1,2}",
            "[-0-9:.,x]{1,9} ?--> ?[-0-9:.,]{0,9}( align:start)?",
            "00:0[0-9]:[0-5][0-9][.,][0-9]{3} --> 00:0[0-9]:[0-5][0-9][.,][0-9]{3}",
            "(- |>> )?(Tom|Maria|Satisfied|AI|[a-z]{1,4}): [a-zé夜,.?!]{0,20}",
            "<(v|v.a|i|c|/v|00:01.0|rt|[a-z]{1,3})( Tom| A&amp;B|)>[a-z ]{0,9}(</v>|<|&#[0-9]{1,7};|\\{\\\\an8\\}|)",
            "(NOTE|STYLE|WEBVTT|REGION| |)",
            "\\PC{0,30}",
        ];
        proptest::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for reader in [&Vtt as &dyn Reader, &Srt] {
                if let Ok(reading) = read_as(reader, &bytes) {
                    checked(reading);
                }
            }
        }

        #[test]
        fn any_lines_are_read_or_refused(text in any_lines()) {
            for reader in [&Vtt as &dyn Reader, &Srt] {
                if let Ok(reading) = read_as(reader, text.as_bytes()) {
                    checked(reading);
                }
            }
        }

        /// Voices of any names and words that need no merging come back as they were put in.
        #[test]
        fn turns_come_back(
            talk in proptest::collection::vec(("[A-Z][a-zé]{1,8}( [A-Z][a-z]{1,8})?", "[a-zA-Zé0-9,;:'?!.🙂-]{1,12}( [a-z—&<>]{1,9}){0,4}"), 1..12),
            comma: bool,
        ) {
            let mut talk: Vec<(String, String)> = talk.into_iter().enumerate().map(|(n, (name, words))| (format!("{name} {n}"), words)).collect();
            talk.retain(|(_, words)| !words.contains("-->"));
            let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let mut text = String::new();
            for (n, (name, words)) in talk.iter().enumerate() {
                let mark = if comma { ',' } else { '.' };
                text.push_str(&format!("{}\n00:{n:02}:01{mark}500 --> 00:{n:02}:05{mark}000\n<v {name}>{}</v>\n\n", n + 1, escape(words)));
            }
            prop_assume!(!talk.is_empty());
            let (vtt, srt) = (vtt(&text), srt(&text));
            let expected: Vec<(&str, &str)> = talk.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
            prop_assert_eq!(turns(&vtt), expected.clone());
            prop_assert_eq!(turns(&srt), expected);
            for (n, turn) in raw(&vtt).iter().enumerate() {
                prop_assert_eq!(turn.times[0].seconds, n as f64 * 60.0 + 1.5);
                prop_assert_eq!(turn.line, 5 + 4 * n);
            }
        }
    }
}
