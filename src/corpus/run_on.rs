//! Labels of speakers within the words of others, where the end of a paragraph or of a row was lost: `… the bell. Ann:
//! Who works there?`
//!
//! In: what was read of one file, whatever its format. Out: a warning on each turn that holds such a label, with its
//! line or row; and two turns of one where that is certain: people take turns, the same speaker has the next turn, and
//! one of the two asks where the other answers. Where the rows of one speaker are put together, as in subtitles, there
//! are three: the answer to the question starts at a time of its own. A label of one or two letters, or behind a dash or
//! a comma, may as well be said and is told only where the turns around show that it is none. It never looks at a
//! survey's answers, and never finds a speaker who has no other turn. Labels that start a line of a text are for
//! [`strays`](super::labels).

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::lexicon::STRONG;
use super::model::{Role, TimeMark};
use super::policy::MOST_LABELS;
use super::readers::{RawTurn, Reading};
use super::speakers::{Names, ends_in_question, key, stem};

/// Fewer turns are no talk.
const MIN_TURNS: usize = 3;
/// Labels of so few letters may as well be items: `A: yes B: no`.
const SHORT: usize = 2;
/// Labels within one turn that are weighed by the turns around it.
const MOST_PLACES: usize = 100;
/// What ends a sentence.
const ENDS: [char; 8] = ['.', '?', '!', '…', '。', '？', '！', '؟'];
/// What may stand behind that.
const CLOSING: [char; 7] = ['”', '"', '’', ')', ']', '»', '」'];
/// What stands behind a point that ends no sentence: `Mrs. Petrov: …`
const TITLES: [&str; 14] =
    ["dr", "mr", "mrs", "ms", "prof", "st", "sr", "sra", "hr", "fr", "mme", "mlle", "dra", "sig"];
/// Words before a role that is spoken of: `the Moderator: She was late`.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "this", "that", "der", "die", "das", "dem", "den", "ein", "eine", "le",
    "la", "un", "une", "el", "una", "il",
];

/// Tells of such labels in the file at `path`, and divides turns at those that are certain. `has_lines` says that a
/// line break within a turn is one of the file.
pub(super) fn settle(path: &str, has_lines: bool, names: &Names, reading: &mut Reading) {
    let Reading { documents, transcripts, warnings, .. } = reading;
    let is_cell = |turn: &RawTurn| documents.get(turn.document).is_some_and(|document| document.cell.is_some());
    let talks = transcripts.iter_mut().filter(|talk| talk.answers_column.is_none() && talk.turns.len() >= MIN_TURNS);
    for transcript in talks {
        if !transcript.turns.iter().any(|turn| has_colon(&turn.text)) {
            continue;
        }
        let found = find(&transcript.turns, &names.with(&transcript.people), is_cell);
        for RunOn { turn, label, from, is_sure, .. } in &found {
            let turn = &transcript.turns[*turn];
            let line = turn.line + breaks(&turn.text[..*from], has_lines);
            let own = if is_cell(turn) { "row" } else { "line" };
            let whose = &turn.speaker;
            if *is_sure {
                // What was told of the line before it was divided is true no more.
                let place = format!("`{path}`, line {line}: ");
                warnings.retain(|told| !(told.starts_with(&place) && told.contains("taken for words of")));
            }
            warnings.push(match is_sure {
                true => format!("`{path}`, line {line}: `{label}:` within words of `{whose}` was taken for a speaker"),
                false => format!(
                    "`{path}`, line {line}: `{label}:` stands within words of `{whose}`; if `{label}` speaks there, \
                     let it start a {own} of its own"
                ),
            });
        }
        if found.iter().any(|run_on| run_on.is_sure) {
            divide(&mut transcript.turns, &found, has_lines);
        }
    }
}

/// A cheap test: nearly all turns hold none.
fn has_colon(text: &str) -> bool {
    text.contains(':') || text.contains('：')
}

/// The line breaks of a text, where those count.
fn breaks(text: &str, has_lines: bool) -> usize {
    if has_lines { text.matches('\n').count() } else { 0 }
}

/// A label within the words of somebody else.
struct RunOn {
    /// Index of the turn, and bytes of its text: where the label starts, and the words behind it.
    turn: usize,
    from: usize,
    words: usize,
    label: Arc<str>,
    is_sure: bool,
    /// The byte at which the turn's own speaker goes on.
    back: Option<usize>,
}

/// The first such label of each turn, in order.
fn find(turns: &[RawTurn], names: &Names, is_cell: impl Fn(&RawTurn) -> bool) -> Vec<RunOn> {
    let Some(talk) = Talk::of(turns, names) else { return Vec::new() };
    let places: Vec<(usize, Vec<Place>)> = (0..turns.len())
        .filter(|&at| !turns[at].speaker.is_empty() && has_colon(&turns[at].text))
        .map(|at| (at, talk.places(at, is_cell(&turns[at]))))
        .filter(|(_, places)| !places.is_empty())
        .collect();
    if places.is_empty() {
        return Vec::new();
    }
    let broken: HashSet<usize> = places.iter().map(|(at, _)| *at).collect();
    let take_turns = talk.take_turns(&broken);
    let told = |(at, places): (usize, Vec<Place>)| {
        let is_only = places.len() == 1;
        let mut weighed = places.into_iter().take(MOST_PLACES).map(|place| {
            let proof = if take_turns { talk.proof(at, &place) } else { Proof::default() };
            (place, proof)
        });
        let (place, proof) = weighed.find(|(place, proof)| place.is_plain() || proof.is_likely)?;
        let is_sure = proof.is_sure && is_only && place.opens != Opens::Comma && place.opens != Opens::Role;
        let Place { from, words, label, .. } = place;
        Some(RunOn { turn: at, from, words, label: Arc::clone(label), is_sure, back: proof.back })
    };
    places.into_iter().filter_map(told).collect()
}

/// What stands before a label.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Opens {
    /// The end of a sentence, or a line break.
    Sentence,
    /// A dash or a hyphen, where somebody is interrupted.
    Dash,
    Comma,
    /// Anything, before the name of a role: `… two hives INTERVIEWER: Oh, great!`
    Role,
}

/// A label that stands behind words of somebody else.
struct Place<'t> {
    /// Bytes of the turn's text.
    from: usize,
    words: usize,
    label: &'t Arc<str>,
    opens: Opens,
}

impl Place<'_> {
    /// Whether it is told whatever stands around.
    fn is_plain(&self) -> bool {
        match self.opens {
            Opens::Sentence => self.label.chars().count() > SHORT,
            Opens::Role => true,
            Opens::Dash | Opens::Comma => false,
        }
    }
}

/// What the turns around say of a label within words.
#[derive(Default)]
struct Proof {
    is_likely: bool,
    is_sure: bool,
    back: Option<usize>,
}

/// The turns of a transcript with those who speak.
struct Talk<'t> {
    turns: &'t [RawTurn],
    /// The labels that come twice or are known, the longest first.
    labels: Vec<&'t Arc<str>>,
    /// Those of whose turns half ask or more.
    asking: HashSet<&'t str>,
}

impl<'t> Talk<'t> {
    /// `None` where fewer than two speak, or too many.
    fn of(turns: &'t [RawTurn], names: &Names) -> Option<Self> {
        let mut counts: HashMap<&str, (&Arc<str>, usize, usize)> = HashMap::new();
        for RawTurn { speaker, text, .. } in turns.iter().filter(|turn| !turn.speaker.is_empty()) {
            let (_, all, asking) = counts.entry(speaker).or_insert((speaker, 0, 0));
            *all += 1;
            *asking += usize::from(ends_in_question(text));
        }
        if counts.len() > MOST_LABELS {
            return None;
        }
        let role = |label: &str| names.strong(&key(label));
        let asks = |label: &str, all: usize, asking: usize| match role(label) {
            Some(Role::Interviewer) => true,
            Some(Role::Participant) => false,
            _ => asking * 2 >= all,
        };
        let asking = counts.iter().filter(|(label, (_, all, asking))| asks(label, *all, *asking));
        let asking = asking.map(|(label, _)| *label).collect();
        let is_known = |label: &str, all: usize| all > 1 || role(label).is_some();
        let known = counts.values().filter(|(label, all, _)| is_known(label, *all));
        let mut labels: Vec<&Arc<str>> = known.map(|(label, ..)| *label).collect();
        labels.sort_by_key(|label| (Reverse(label.len()), *label));
        (labels.len() > 1).then_some(Self { turns, labels, asking })
    }

    /// Whether hardly anybody has two turns in a row, but for turns that hold somebody else's.
    fn take_turns(&self, broken: &HashSet<usize>) -> bool {
        let said: Vec<usize> = (0..self.turns.len()).filter(|&at| !self.turns[at].speaker.is_empty()).collect();
        let pairs = || said.windows(2).filter(|pair| !broken.contains(&pair[0]));
        let again = pairs().filter(|pair| self.turns[pair[0]].speaker == self.turns[pair[1]].speaker).count();
        let all = pairs().count();
        all >= MIN_TURNS && again * 10 <= all
    }

    /// The labels within a turn's words, in order. In a cell also those that start a line.
    fn places(&self, at: usize, is_cell: bool) -> Vec<Place<'t>> {
        let RawTurn { speaker, text, .. } = &self.turns[at];
        let colons = text.match_indices([':', '：']);
        let read = |(colon, sign): (usize, &str)| {
            let behind = text[colon + sign.len()..].trim_start_matches(['*', '_']);
            let is_spaced = sign != ":" || behind.starts_with(char::is_whitespace);
            let words = text.len() - behind.trim_start().len();
            let place = self.behind_sentence(text, colon, words, is_cell).or_else(|| self.role(text, colon, words));
            place.filter(|place| is_spaced && words < text.len() && place.label != speaker)
        };
        colons.filter_map(read).collect()
    }

    /// A label that ends at a colon, behind the end of a sentence or one that is broken off.
    fn behind_sentence(&self, text: &str, colon: usize, words: usize, is_cell: bool) -> Option<Place<'t>> {
        let closed = text[..colon].trim_end_matches(['*', '_', ']', ' ', '\u{a0}', '\u{202f}']);
        let label = *self.labels.iter().find(|label| closed.ends_with(&****label))?;
        let lead = closed[..closed.len() - label.len()].trim_end_matches(['*', '_', '[', '@']);
        let before = lead.trim_end();
        let gap = &lead[before.len()..];
        if before.is_empty() || (gap.contains('\n') && !is_cell) {
            return None;
        }
        let bare = before.trim_end_matches(CLOSING);
        let opens = match bare.chars().next_back()? {
            _ if gap.contains('\n') => Opens::Sentence,
            c if ENDS.contains(&c) => Some(Opens::Sentence).filter(|_| !gap.is_empty() || !is_lower(label))?,
            _ if gap.is_empty() => return None,
            _ if before.ends_with([')', ']']) => Opens::Sentence,
            '-' | '–' | '—' => Opens::Dash,
            ',' | '，' | '、' => Opens::Comma,
            _ => return None,
        };
        let is_title = bare.strip_suffix('.').is_some_and(ends_in_title);
        (!is_title).then_some(Place { from: lead.len(), words, label, opens })
    }

    /// The name of a role that stands before a colon and words with a capital letter, also in capitals.
    fn role(&self, text: &str, colon: usize, words: usize) -> Option<Place<'t>> {
        let from = text[..colon].rfind(char::is_whitespace).map(|space| space + 1)?;
        let name = text.get(from..colon).filter(|name| name.len() < 40)?;
        let opens = name.starts_with(char::is_uppercase) && text[words..].starts_with(char::is_uppercase);
        if !opens || text[from - 1..].starts_with('\n') {
            return None;
        }
        let before = text[..from].split_whitespace().next_back()?.to_lowercase();
        let meant = key(name);
        let is_role = STRONG.spoken().any(|role| role == stem(&meant) && role.len() > 4);
        let label = *self.labels.iter().find(|label| is_role && key(label) == meant)?;
        let place = Place { from, words, label, opens: Opens::Role };
        (!ARTICLES.contains(&before.as_str())).then_some(place)
    }

    /// Whether a label within a turn belongs to somebody who speaks there, by who has the next turn, and who asks.
    fn proof(&self, at: usize, place: &Place<'_>) -> Proof {
        let RawTurn { speaker, text, .. } = &self.turns[at];
        let next = self.turns[at + 1..].iter().find(|turn| !turn.speaker.is_empty()).map(|turn| &turn.speaker);
        let (said, behind) = (&text[..place.from], &text[place.words..]);
        let [asks, is_asked] = [&**place.label, &**speaker].map(|label| self.asking.contains(label));
        let is_question = asks && !is_asked && ends_in_question(behind);
        let is_answer = is_asked && !asks && ends_in_question(said) && !ends_in_question(behind);
        let again = next == Some(speaker);
        // The next turn of the one who is interrupted may be glued on as well.
        let goes_on = match (asks, is_asked) {
            (true, false) => asks_and_goes_on(behind),
            (false, true) => ends_in_question(said) && ends_in_question(behind),
            _ => false,
        };
        let has_next = next == Some(place.label) && goes_on;
        let back = if has_next && asks { self.goes_on_at(at, place.words) } else { None };
        let is_open = is_quoted(said);
        let is_sure = ((again && (is_question || is_answer)) || back.is_some()) && !is_open;
        Proof { is_likely: !is_open && ((again && !is_lower(behind)) || has_next), is_sure, back }
    }

    /// The byte of a turn's text, behind a question that starts at `words`, at which the next time stands.
    fn goes_on_at(&self, at: usize, words: usize) -> Option<usize> {
        let RawTurn { text, span, times, .. } = &self.turns[at];
        let first = span.start + text[..words].chars().count();
        let later = times.iter().filter_map(|mark| mark.point.checked_sub(first)).filter(|&ahead| ahead > 0);
        let (mut chars, mut n_read) = (text[words..].char_indices(), 0);
        let mut bytes = later.filter_map(|ahead| {
            let skipped = ahead.checked_sub(n_read)?;
            n_read = ahead + 1;
            Some(words + chars.nth(skipped)?.0)
        });
        bytes.find(|&byte| ends_in_question(&text[words..byte]))
    }
}

fn is_lower(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

/// Whether words end in the title of somebody, of which the point was taken off.
fn ends_in_title(words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    last.starts_with(char::is_uppercase) && TITLES.contains(&last.to_lowercase().as_str())
}

/// Whether words ask, and go on behind the question without another.
fn asks_and_goes_on(words: &str) -> bool {
    let asked = words.find(['?', '？', '؟']).map(|at| &words[at..]);
    asked.is_some_and(|rest| rest.contains(char::is_alphanumeric)) && !ends_in_question(words)
}

/// Whether a quotation is open at the end of words.
fn is_quoted(words: &str) -> bool {
    let n = |mark: char| words.matches(mark).count();
    // A German one ends with the mark by which an English one starts.
    let is_open = if words.contains('„') { n('„') > n('“') + n('”') } else { n('“') > n('”') };
    is_open || n('"') % 2 == 1 || n('«') != n('»')
}

/// Makes turns of the parts of each that holds a certain one.
fn divide(turns: &mut Vec<RawTurn>, found: &[RunOn], has_lines: bool) {
    let mut sure = found.iter().filter(|run_on| run_on.is_sure).peekable();
    let mut parted = Vec::with_capacity(turns.len() + found.len());
    for (at, turn) in std::mem::take(turns).into_iter().enumerate() {
        match sure.next_if(|run_on| run_on.turn == at) {
            Some(run_on) => parted.extend(parts(&turn, run_on, has_lines)),
            None => parted.push(turn),
        }
    }
    *turns = parted;
}

/// The words before a label, those behind it, and those with which the first speaker goes on. A time that stands
/// between two parts is the later one's.
fn parts(turn: &RawTurn, run_on: &RunOn, has_lines: bool) -> Vec<RawTurn> {
    let end = turn.text.len();
    let back = run_on.back.unwrap_or(end);
    let said = [(0..run_on.from, &turn.speaker), (run_on.words..back, &run_on.label), (back..end, &turn.speaker)];
    let (mut byte, mut point, mut times) = (0, turn.span.start, &turn.times[..]);
    let mut parts = Vec::with_capacity(said.len());
    for (range, speaker) in said {
        let words = turn.text[range.clone()].trim();
        if words.is_empty() {
            continue;
        }
        let first = range.end - turn.text[range].trim_start().len();
        let start = point + turn.text[byte..first].chars().count();
        let stop = start + words.chars().count();
        let (own, later) = times.split_at(times.partition_point(|mark| mark.point < stop));
        parts.push(RawTurn {
            speaker: Arc::clone(speaker),
            document: turn.document,
            span: start..stop,
            line: turn.line + breaks(&turn.text[..first], has_lines),
            times: not_before(own, start),
            text: words.into(),
        });
        (byte, point, times) = (first + words.len(), stop, later);
    }
    parts
}

/// Times of which none stands before a code point; of two at one place the later one holds.
fn not_before(times: &[TimeMark], start: usize) -> Vec<TimeMark> {
    let mut kept: Vec<TimeMark> = Vec::with_capacity(times.len());
    for mark in times {
        let moved = TimeMark { point: mark.point.max(start), ..*mark };
        match kept.last_mut().filter(|last| last.point == moved.point) {
            Some(last) => *last = moved,
            None => kept.push(moved),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::{Corpus, ReadOptions, read_bytes};

    fn read(name: &str, text: &str) -> Corpus {
        let corpus = read_bytes(name, text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
            let document = corpus.documents[turn.document].text.chars();
            let words: String = document.skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(words, *turn.text);
        }
        corpus
    }

    /// How many turns a talk has in which a turn of the second speaker is this one, and what is told of labels in it.
    fn found(asks: &str, answers: &str, said: &str) -> (usize, Vec<String>) {
        let text = format!(
            "{asks}: How long was it?\n\n{answers}: Twenty years.\n\n{asks}: And why there?\n\n{answers}: {said}\n\n\
             {answers}: The winter.\n\n{asks}: So who came?\n\n{answers}: Nobody did.\n\n{asks}: Was it late?\n\n\
             {answers}: It was.\n"
        );
        let corpus = read("a.txt", &text);
        let told = corpus.warnings.into_iter().filter(|warning| warning.contains("within words of")).collect();
        (corpus.transcripts[0].turns.len(), told)
    }

    #[test]
    fn a_question_run_on_into_the_answer_above_is_a_turn() {
        for (asks, answers) in [("Ann", "Tom"), ("I", "P"), ("Q", "A"), ("IV", "B"), ("Interviewer", "Participant")] {
            for (end, gap) in
                [(".", " "), (".", ""), (".", "\u{a0}"), (" –", " "), (" --", " "), ("-", " "), (".”", " ")]
            {
                let quote = if end == ".”" { "“" } else { "" };
                let said = format!("{quote}I lost six{end}{gap}{asks}: What else was there?");
                let (turns, told) = found(asks, answers, &said);
                assert_eq!((turns, told.len()), (10, 1), "{said} {told:?}");
                let place = format!("`a.txt`, line 7: `{asks}:` within words of `{answers}` was taken for a speaker");
                assert_eq!(told[0], place);
            }
        }
    }

    #[test]
    fn an_answer_run_on_into_its_question_is_a_turn() {
        for (asks, answers) in [("Ann", "Tom"), ("I", "P")] {
            let text = format!(
                "{asks}: How long was it?\n\n{answers}: Ten years.\n\n{asks}: And why? {answers}: The smell.\n\n\
                 {asks}: So?\n\n{answers}: No more.\n\n{asks}: Who came?\n\n{answers}: Nobody.\n"
            );
            let corpus = read("a.txt", &text);
            let turns = &corpus.transcripts[0].turns;
            assert_eq!((turns.len(), &*turns[3].text, &*turns[3].speaker), (8, "The smell.", answers));
        }
    }

    #[test]
    fn what_is_not_certain_is_told_and_stays() {
        for said in [
            "I lost six, Ann: What else was there?",
            "I lost six. Ann: Tell me more of it.",
            "It rained. Ann: so I said.",
        ] {
            let (turns, told) = found("Ann", "Tom", said);
            assert!(turns == 9 && told.len() == 1 && told[0].contains("`Ann:` stands within words of `Tom`"), "{said}");
        }
    }

    #[test]
    fn what_is_said_with_a_colon_is_not_told() {
        for said in [
            "I told Ann: no.",
            "I told her, Ann: no.",
            "Ask Ann. She knows: all of it.",
            "I went to see Dr. Ann: She was out.",
            "He said – Ann: no.",
            "It is at 7:30. Ann:30 is none.",
        ] {
            assert_eq!(found("Ann", "Tom", said), (9, Vec::new()), "{said}");
        }
        for said in ["There are two. I: the old one.", "It has parts. B: this. C: that."] {
            assert_eq!(found("I", "P", said), (9, Vec::new()), "{said}");
        }
    }

    #[test]
    fn a_label_within_a_row_is_told_with_its_line() {
        let table = |said: &str, next: &str| {
            let mut rows = vec![
                ("Ann Hall", "How long was it?"),
                ("Tom Reed", "Twenty years."),
                ("Ann Hall", "And why there?"),
                ("Tom Reed", said),
            ];
            rows.extend(Some(("Tom Reed", "No more of it.")).filter(|_| next == "Tom Reed"));
            rows.extend([("Ann Hall", "So who came?"), ("Tom Reed", "Nobody did.")]);
            rows.extend([("Ann Hall", "Was it late?"), ("Tom Reed", "It was.")]);
            let rows: String = rows.iter().map(|(who, words)| format!("{who},\"{words}\"\n")).collect();
            let corpus = read("a.csv", &format!("speaker,text\n{rows}"));
            let told = corpus.warnings.into_iter().filter(|warning| warning.contains("within words of")).collect();
            (corpus.transcripts[0].turns.len(), told)
        };
        for (gap, line) in [(" ", 5), ("\n", 6)] {
            let (turns, told): (usize, Vec<String>) =
                table(&format!("The smell.{gap}Ann Hall: Did you sell? Not at all."), "Ann Hall");
            let place = format!("`a.csv`, line {line}: `Ann Hall:` stands within words of `Tom Reed`");
            assert!(turns == 8 && told.len() == 1 && told[0].starts_with(&place), "{told:?}");
            let (turns, told) = table(&format!("The smell.{gap}Ann Hall: Did you sell?"), "Tom Reed");
            assert_eq!((turns, told.len()), (10, 1), "{told:?}");
        }
        assert_eq!(table("I told Ann Hall: no.", "Ann Hall"), (8, Vec::new()));
    }

    #[test]
    fn a_label_within_a_subtitle_is_told() {
        let cues = |said: [&str; 2]| {
            let [label, again] = said;
            let turns = ["How long?", "Ten years.", "And why?", label, again, "So?", "No more.", "Who?", "Nobody."];
            let cue = |(n, words): (usize, &&str)| {
                let place = if n < 4 { n } else { n + 1 };
                let who = ["Ann", "Tom"][place % 2];
                format!("00:00:{n:02}.000 --> 00:00:{n:02}.900\n<v {who}>{words}</v>\n\n")
            };
            let cues: String = turns.iter().enumerate().filter(|(_, words)| !words.is_empty()).map(cue).collect();
            let corpus = read("a.vtt", &format!("WEBVTT\n\n{cues}"));
            let told = corpus.warnings.iter().filter(|warning| warning.contains("within words of")).count();
            let turns = corpus.transcripts[0].turns.iter();
            let said = turns.map(|turn| (turn.speaker.to_string(), turn.times.first().map(|mark| mark.seconds)));
            (said.collect::<Vec<_>>(), told)
        };
        // The answer starts a subtitle of its own.
        let (turns, told) = cues(["The smell. Ann: Did you sell?", "Not at all."]);
        assert_eq!((turns.len(), told, &turns[5]), (10, 1, &("Tom".to_owned(), Some(4.0))), "{turns:?}");
        let (turns, told) = cues(["The smell. Ann: Did you sell? Not at all.", ""]);
        assert_eq!((turns.len(), told), (8, 1), "{turns:?}");
        let (turns, told) = cues(["The smell. I told Ann: no.", "Not at all."]);
        assert_eq!((turns.len(), told), (8, 0), "{turns:?}");
    }

    #[test]
    fn a_quotation_that_is_open_is_not_divided() {
        for (said, is_open) in [
            ("She said: “no.", true),
            ("She said: “no.”", false),
            ("Sie sagte: „nein.", true),
            ("Sie sagte: „nein.“", false),
            ("She said: \"no.", true),
            ("No.", false),
        ] {
            assert_eq!(super::is_quoted(said), is_open, "{said}");
        }
    }
}
