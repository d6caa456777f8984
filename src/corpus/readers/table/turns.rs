//! Whose turns the rows of a table are, where its columns leave that to what stands in them.
//!
//! In: rows with what may name who speaks, and ids that may be the transcript's, the speaker's or the row's
//! own. Out: which they are, the spelling that one speaker has, and what is to be told of both. Titles alone
//! decide nothing here: whose talk it is shows in who asks and who takes turns.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::super::error::counted;
use super::super::super::exclusions::spoken;
use super::super::super::model::Role;
use super::super::super::people::are_man_and_woman;
use super::super::super::policy::MOST_LABELS;
use super::super::super::speakers::{Names, ends_in_question, key};
use super::super::super::{labels, sentences};
use super::part_titles::{asks_by_title, part_of};
use super::row::{OPEN_WORDS, Row, hash_of};

/// Fewer rows are no talk.
const FEWEST: usize = 4;

/// What ids beside speakers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ids {
    Transcripts,
    /// One for each speaker.
    Speakers,
    /// One for each turn.
    Turns,
}

/// What somebody says in a table.
#[derive(Default)]
struct Voice {
    turns: usize,
    asking: usize,
}

/// What stands in a column that may name speakers.
#[derive(Default)]
pub(super) struct Talk<'r> {
    turns: usize,
    /// Stretches in which one of them goes on.
    runs: usize,
    last: Option<&'r str>,
    voices: HashMap<&'r str, Voice>,
}

impl<'r> Talk<'r> {
    pub(super) fn of(turns: impl Iterator<Item = (&'r str, &'r str)>) -> Self {
        let mut talk = Self::default();
        for (who, said) in turns {
            talk.turns += 1;
            talk.runs += usize::from(talk.last != Some(who));
            talk.last = Some(who);
            let voice = talk.voices.entry(who).or_default();
            voice.turns += 1;
            voice.asking += usize::from(ends_in_question(said.trim()));
        }
        talk
    }

    /// Whether a few take turns, each of them twice or more on average.
    fn goes_round(&self) -> bool {
        let voices = self.voices.len();
        self.turns >= FEWEST && voices >= 2 && voices * 2 <= self.turns && self.runs >= voices * 2
    }

    /// Whether some ask and others answer.
    fn has_sides(&self, names: &Names) -> bool {
        let asks = |voice: &&Voice| voice.turns > 1 && voice.asking * 2 >= voice.turns;
        let asking = self.voices.values().filter(asks).count();
        let is_interviewer = |who: &&&str| names.strong(&key(who)) == Some(Role::Interviewer);
        let named = self.voices.keys().filter(is_interviewer).count();
        [asking, named].iter().any(|&n| n > 0 && n < self.voices.len())
    }

    /// Whether a few take turns, and some of them ask.
    pub(super) fn is_interview(&self, names: &Names) -> bool {
        self.goes_round() && self.has_sides(names)
    }

    /// Who says something.
    pub(super) fn voices(&self) -> impl Iterator<Item = &'r str> {
        self.voices.keys().copied()
    }
}

/// The words of rows with who may have said them.
fn said<'r>(
    rows: &'r [Row],
    who: impl Fn(&'r Row) -> Option<&'r Arc<str>>,
) -> impl Iterator<Item = (&'r str, &'r str)> {
    rows.iter().filter_map(move |row| Some((&**who(row)?, &*row.text().text)).filter(|_| !row.text().is_empty()))
}

/// Whether the same few take turns in the column of names; `by_programs` says that its title is one that
/// programs write.
pub(super) fn speak(rows: &[Row], by_programs: bool, names: &Names) -> bool {
    let talk = Talk::of(said(rows, |row| row.name.as_ref()));
    let is_label = |who: &&str| labels::valid_label(who) || names.is_known(&key(who));
    talk.goes_round() && talk.voices.keys().all(is_label) && (by_programs || talk.has_sides(names))
}

/// Whether ids are who speaks: the same few ask and answer in turn.
pub(super) fn ids_speak(rows: &[Row], names: &Names) -> bool {
    let talk = Talk::of(said(rows, |row| row.id.as_ref()));
    talk.is_interview(names)
        && talk.voices.keys().all(|who| labels::valid_label(who) && who.contains(char::is_alphabetic))
}

/// What ids beside speakers are. They are the transcripts' unless each row has one of its own, or each speaker has,
/// in a talk in which one asks and others answer.
pub(super) fn ids_of(rows: &[Row], names: &Names) -> Ids {
    let mut speaker_of: HashMap<&str, &str> = HashMap::new();
    let mut id_of: HashMap<&str, &str> = HashMap::new();
    let (mut are_speakers, mut are_turns) = (true, true);
    let mut seen: HashSet<u64> = HashSet::new();
    for row in rows.iter().filter(|row| !row.text().is_empty()) {
        let (Some(id), Some(speaker)) = (row.id.as_deref(), row.speaker.as_deref()) else {
            are_speakers &= row.id.is_none() && row.speaker.is_none();
            are_turns &= row.id.is_some();
            continue;
        };
        are_speakers = are_speakers
            && *speaker_of.entry(id).or_insert(speaker) == speaker
            && *id_of.entry(speaker).or_insert(id) == id;
        if are_turns {
            are_turns = seen.insert(hash_of((row.study.as_deref(), id)));
        }
        if !are_speakers && !are_turns {
            return Ids::Transcripts;
        }
    }
    let talk = Talk::of(said(rows, |row| row.speaker.as_ref()));
    match (are_speakers && speaker_of.len() > 1, are_turns) {
        (false, false) => Ids::Transcripts,
        _ if !talk.is_interview(names) => Ids::Transcripts,
        (_, true) => Ids::Turns,
        (true, _) => Ids::Speakers,
    }
}

/// Whether rows of questions and answers without ids are one participant's: each has a question, and none comes twice.
pub(super) fn are_one_persons(rows: &[Row]) -> bool {
    let mut asked = HashSet::new();
    let is_new = |row: &Row| {
        let question = row.question.as_ref().map(|question| key(&question.text)).unwrap_or_default();
        !question.is_empty() && asked.insert(hash_of(question))
    };
    rows.len() > 1 && rows.iter().all(is_new)
}

/// Whether columns are what two or more people say: of those who are called by parts they play, one asks and others
/// answer in words; else a row is one person's, and one asks, or the only one who is called by such a part does.
pub(super) fn are_columns_of_speakers(rows: &[Row], titles: &[&str], names: &Names) -> bool {
    let roles: Vec<Option<Role>> = titles.iter().map(|title| names.by_name(&key(part_of(title)))).collect();
    let turns = || {
        let cells = rows.iter().flat_map(|row| titles.iter().zip(row.texts.iter()));
        cells.filter(|(_, field)| !field.is_empty()).map(|(title, field)| (*title, &*field.text))
    };
    let talk = Talk::of(turns());
    let n_words: usize = turns().map(|(_, text)| sentences::words(text)).sum();
    let in_words = n_words >= OPEN_WORDS * talk.turns;
    let has_parts = roles.contains(&Some(Role::Interviewer)) && roles.contains(&Some(Role::Participant));
    let one_each = rows.iter().all(|row| row.texts.iter().filter(|field| !field.is_empty()).count() <= 1);
    talk.voices.len() == titles.len()
        && in_words
        && talk.is_interview(names)
        && ((has_parts && roles.iter().all(Option::is_some)) || one_each || is_asked(rows, titles, names))
}

/// Whether the only column that is called after who asks does so, in half of its cells or more.
pub(super) fn is_asked(rows: &[Row], titles: &[&str], names: &Names) -> bool {
    let Some(asking) = asks_by_title(titles, names) else { return false };
    let asked = || rows.iter().map(|row| row.texts[asking].text.trim()).filter(|text| !text.is_empty());
    let n = asked().filter(|text| ends_in_question(text)).count();
    n > 0 && n * 2 >= asked().count()
}

/// Gives each speaker one spelling: names that differ in capitals, spaces, brackets or quotation marks around them,
/// marks beside them, points behind titles and initials and a time behind them are one, and within a transcript a name
/// that is another one, misspelt, and rare beside it. Returns what is to be told of the latter, with the line of the
/// first.
pub(super) fn one_spelling(rows: &mut [Row], names: &Names) -> Vec<String> {
    let speakers = Spellings::of(rows);
    let mut spellings: HashMap<String, Arc<str>> = HashMap::new();
    let form = |speaker: &str| speakers.form(speaker, names);
    for speaker in &speakers.written {
        let own = speakers.core(speaker);
        let known = spellings.entry(form(speaker)).or_insert_with(|| Arc::clone(speaker));
        // A name without marks goes before the same one in brackets, and before two that have others.
        if known != speaker && speakers.core(known) != &**known {
            *known = if own == &**speaker { Arc::clone(speaker) } else { own.into() };
        }
    }
    let spelling_of: HashMap<Arc<str>, Arc<str>> = (speakers.written.iter())
        .filter_map(|speaker| Some((Arc::clone(speaker), Arc::clone(spellings.get(&form(speaker))?))))
        .collect();
    for speaker in rows.iter_mut().filter_map(|row| row.speaker.as_mut()) {
        if let Some(spelling) = spelling_of.get(speaker) {
            *speaker = Arc::clone(spelling);
        }
    }
    mend_slips(rows, names)
}

/// The speakers of a table as they are written.
struct Spellings {
    /// Each once, in order of first appearance.
    written: Vec<Arc<str>>,
    /// The keys of their names without marks.
    keys: HashSet<String>,
    /// All have a time behind them, and no two the same.
    are_stamps: bool,
}

impl Spellings {
    fn of(rows: &[Row]) -> Self {
        let mut seen: HashSet<Arc<str>> = HashSet::new();
        let speakers = || rows.iter().filter_map(|row| row.speaker.as_ref());
        let written: Vec<Arc<str>> = speakers().filter(|who| seen.insert(Arc::clone(who))).cloned().collect();
        let has_time = |who: &Arc<str>| labels::split_time(without_marks(who)).1.is_some();
        let are_stamps = written.len() >= FEWEST && written.len() == speakers().count() && written.iter().all(has_time);
        let keys = written.iter().map(|who| key(without_marks(who))).collect();
        Self { written, keys, are_stamps }
    }

    /// The name alone. A time behind it, as in `TR 00:03`, is none of it where `TR` speaks, too, or all have one; nor
    /// is how somebody speaks, as in `TR (laughing)`, where `TR` speaks, too.
    fn core<'s>(&self, speaker: &'s str) -> &'s str {
        let bare = without_marks(speaker);
        let is_known = |name: &&str| self.keys.contains(&key(name));
        let bare = without_manner(bare).map(without_marks).filter(is_known).unwrap_or(bare);
        let (name, time) = labels::split_time(bare);
        let name = without_marks(name);
        let is_stamp = time.is_some() && !name.is_empty() && (self.are_stamps || self.keys.contains(&key(name)));
        if is_stamp { name } else { bare }
    }

    /// What all spellings of a name have in common. Names that the user gave keep their points.
    fn form(&self, speaker: &str, names: &Names) -> String {
        let own = key(self.core(speaker));
        let bare = without_points(self.core(speaker)).map(|bare| key(&bare));
        let is_given = |form: &String| names.is_given(form);
        let is_other = |form: &String| self.keys.contains(form) && !is_given(form) && !is_given(&key(speaker));
        bare.filter(|bare| !is_given(&own) && is_other(bare)).unwrap_or(own)
    }
}

/// A name without the points behind its titles, or between its initials: `Dr Hall` of `Dr. Hall`, `AH` of `A.H`;
/// `P1.2` has none.
fn without_points(name: &str) -> Option<String> {
    let are_initials = name.chars().all(|c| c == '.' || c.is_uppercase());
    let mut bare = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let ends_word = rest.peek().is_some_and(|next| next.is_whitespace());
        let is_behind_title = ends_word && bare.ends_with(char::is_alphabetic);
        if c != '.' || !(are_initials || is_behind_title) {
            bare.push(c);
        }
    }
    (bare.len() < name.len() && !bare.is_empty()).then_some(bare)
}

/// A transcript: the study and the id of its rows.
pub(super) type Transcript = [Option<Arc<str>>; 2];

pub(super) fn transcript_of(row: &Row) -> Transcript {
    [row.study.clone(), row.id.clone()]
}

/// Gives names that are another one of the same transcript, misspelt, that name.
fn mend_slips(rows: &mut [Row], names: &Names) -> Vec<String> {
    let pairs = slips(rows, names);
    if pairs.is_empty() {
        return Vec::new();
    }
    let is_meant: HashSet<&Arc<str>> = pairs.iter().flat_map(|(label, target)| [label, target]).collect();
    // Turns, and the line of the first.
    let mut counts: HashMap<(Transcript, Arc<str>), (usize, usize)> = HashMap::new();
    for row in rows.iter().filter(|row| !row.text().is_empty()) {
        if let Some(speaker) = row.speaker.as_ref().filter(|speaker| is_meant.contains(speaker)) {
            counts.entry((transcript_of(row), Arc::clone(speaker))).or_insert((0, row.line)).0 += 1;
        }
    }
    let mut meant: HashMap<(Transcript, Arc<str>), Arc<str>> = HashMap::new();
    let mut told = Vec::new();
    for ((transcript, label), &(n, line)) in &counts {
        let turns_of = |target: &Arc<str>| counts.get(&(transcript.clone(), Arc::clone(target))).map_or(0, |&(n, _)| n);
        let targets = pairs.iter().filter(|(from, _)| from == label).map(|(_, target)| (turns_of(target), target));
        if let Some((_, target)) = targets.filter(|&(turns, _)| n * 2 <= turns).max() {
            told.push((line, format!("`{label}` was read as `{target}`, which it is written like (line {line})")));
            meant.insert((transcript.clone(), Arc::clone(label)), Arc::clone(target));
        }
    }
    for row in rows.iter_mut().filter(|_| !meant.is_empty()) {
        let place = row.speaker.clone().map(|speaker| (transcript_of(row), speaker));
        if let Some(target) = place.and_then(|place| meant.get(&place)) {
            row.speaker = Some(Arc::clone(target));
        }
    }
    told.sort();
    told.into_iter().map(|(_, what)| what).collect()
}

/// Names that are written like another one of the table, each with that one; of very many names, like that of a part
/// that people play.
fn slips(rows: &[Row], names: &Names) -> Vec<(Arc<str>, Arc<str>)> {
    let speakers: HashSet<&Arc<str>> = rows.iter().filter_map(|row| row.speaker.as_ref()).collect();
    let is_few = speakers.len() <= MOST_LABELS;
    let is_part = |label: &str| !label.contains(|c: char| c.is_ascii_digit()) && names.is_known(&key(label));
    let targets: Vec<&Arc<str>> = speakers.iter().copied().filter(|label| is_few || is_part(label)).collect();
    let own = speakers.iter().copied().filter(|label| !names.is_given(&key(label)));
    let written_like = |label: &Arc<str>| -> Vec<(Arc<str>, Arc<str>)> {
        // `Mrs Dunn` is no `Mr Dunn`.
        let is_like = |target: &str| labels::is_slip_of(label, target) && !are_man_and_woman(label, target);
        let like = targets.iter().filter(|target| **target != label && is_like(target));
        like.map(|target| (Arc::clone(label), Arc::clone(target))).collect()
    };
    own.flat_map(written_like).collect()
}

/// The name that the words of a cell start with, before a colon, and the bytes up to what is said behind it.
fn label_in_cell(text: &str) -> Option<(&str, usize)> {
    let (at, mark) = text.char_indices().take(LONGEST_LABEL).find(|(_, c)| matches!(c, ':' | '：'))?;
    let is_bold = text.trim_start().starts_with('*');
    let words = &text[at + mark.len_utf8()..];
    let said = words.trim_start_matches(|c: char| c.is_whitespace() || (is_bold && c == '*'));
    let label = without_marks(text[..at].trim());
    (!said.is_empty() && !label.is_empty()).then_some((label, text.len() - said.len()))
}

/// Characters within which the colon of such a name stands.
const LONGEST_LABEL: usize = 80;
/// Of so many cells in ten at least must start with the name of who speaks.
const REPEATED_IN_TEN: usize = 8;

/// The bytes of a cell that only say again who speaks, as in `TR: Yes.` beside `TR`; 0 where they say more.
pub(super) fn label_again(row: &Row) -> usize {
    let own = row.speaker.as_deref().map(|speaker| key(without_marks(speaker)));
    let found = label_in_cell(&row.text().text).filter(|(label, _)| own.is_some_and(|own| own == key(label)));
    found.map_or(0, |(_, bytes)| bytes)
}

/// Whether nearly all cells say again who speaks, and what is to be said of those that name another speaker.
pub(super) fn repeat_labels(rows: &[Row]) -> (bool, Option<String>) {
    let said = || rows.iter().filter(|row| row.speaker.is_some() && !row.text().is_empty());
    let again = said().filter(|row| label_again(row) > 0).count();
    let repeat = again > 1 && again * 10 >= said().count() * REPEATED_IN_TEN;
    if !repeat {
        return (false, None);
    }
    let own = |row: &Row| row.speaker.as_deref().map(|speaker| key(without_marks(speaker)));
    let speakers: HashSet<String> = said().filter_map(own).collect();
    let is_known = |label: &str| speakers.contains(&key(label));
    let is_other = |row: &&Row| label_in_cell(&row.text().text).is_some_and(|(label, _)| is_known(label));
    let mut others = said().filter(|row| label_again(row) == 0).filter(is_other);
    let told = others.next().map(|first| {
        format!(
            "words start with the name of another speaker than their row has ({}, the first on line {}): whom the row \
             names was taken to speak",
            counted(1 + others.count(), "row"),
            first.text().line
        )
    });
    (true, told)
}

/// What a name may stand between.
const PAIRS: [(char, char); 9] =
    [('[', ']'), ('(', ')'), ('<', '>'), ('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];

/// A name without brackets or quotation marks around it and marks beside it: `[DO]:`, `I.`, `Dale –`, `**TR**`, `>TR`.
fn without_marks(speaker: &str) -> &str {
    let behind = |name: &str| {
        let marks = [':', '：', '.', '…', ',', '-', '–', '—', ';', '*', ' '];
        name.trim_end_matches(marks).len()
    };
    let name = speaker[..behind(speaker)].trim_start_matches(['>', '*', ' ']);
    let within = PAIRS.into_iter().find_map(|(open, close)| name.strip_prefix(open)?.strip_suffix(close));
    let name = within.unwrap_or(name).trim();
    let name = &name[..behind(name)];
    if name.is_empty() { speaker } else { name }
}

/// The name before a remark in brackets on how somebody speaks: `TR (laughing)`. Whether it is theirs at all may be
/// noted there, too: `TR (unclear)`.
fn without_manner(speaker: &str) -> Option<&str> {
    const DOUBTS: [&str; 6] = ["unclear", "inaud", "unintell", "indistinct", "unverst", "?"];
    let at = speaker.rfind(['(', '['])?;
    let (name, remark) = speaker.split_at(at);
    let lower = remark.to_lowercase();
    let is_manner = !name.trim().is_empty()
        && remark.ends_with([')', ']'])
        && spoken(remark).trim().is_empty()
        && !DOUBTS.iter().any(|doubt| lower.contains(doubt));
    is_manner.then_some(name)
}

/// Whether what stands in place of a speaker is a remark in brackets, such as `[PAUSE]`.
pub(super) fn is_remark(speaker: &str) -> bool {
    speaker.starts_with(['[', '(', '<']) && spoken(speaker).trim().is_empty()
}
