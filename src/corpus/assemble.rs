//! Putting what the readers found together into one corpus.
//!
//! In: readings of files, in order. Out: a [`Corpus`] with study names, unique ids, roles and
//! answers; lines that nobody said are parted from the turns they stand in. It never reorders turns
//! and never changes their words.

mod adding;
mod alone;
mod in_turn;
mod languages;
mod same_name;
mod taken;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::drained::drained;
use super::label_key::shown;
use super::model::{Answer, Corpus, Document, Name, Role, Source, SpeakerRole, Transcript, Turn};
use super::notices;
use super::people::People;
use super::readers::{RawTranscript, RawTurn};
use super::sentences::{push_words, words};
use super::speakers::{self, Names, Speaker, one_person};
use super::studies::{self, Origin, Place};
use same_name::FullNames;
use taken::{Taken, recurring};

/// A corpus in the making: studies are named once every id is known.
#[derive(Default)]
pub(crate) struct Assembly {
    sources: Vec<Source>,
    documents: Vec<Document>,
    places: Vec<Place>,
    files: Vec<OfFile>,
    pending: Vec<Pending>,
}

/// What is the same for all transcripts of a file.
struct OfFile {
    /// Study given with `NAME=`.
    given_study: Option<String>,
    /// Index of the reading's first document.
    first_document: usize,
}

struct Pending {
    transcript: RawTranscript,
    /// Index into the sources, places and files.
    file: usize,
}

/// A participant's turn of more words than this may be several that were not told apart.
const HUGE_TURN: usize = 3000;
/// From so many words two equal transcripts under different ids are no coincidence.
const TELLING_WORDS: usize = 50;

impl Pending {
    fn origin<'a>(&'a self, files: &'a [OfFile]) -> Origin<'a> {
        Origin::of(&self.transcript, files[self.file].given_study.as_ref(), self.file)
    }
}

/// What is known of a transcript by its turns alone.
struct Heard {
    /// Half of a BLAKE3 hash of all that was said, and by whom: no two are equal by chance.
    hash: [u8; 16],
    /// Of a talk, not of a table of answers: very many of these are one row each.
    talk: Option<Box<Talk>>,
}

/// Who speaks in a talk, and what is doubtful about that.
#[derive(Default)]
struct Talk {
    voices: Vec<Speaker>,
    doubts: Vec<String>,
}

impl Heard {
    /// Parts lines that nobody said from the turns, and gives one person's labels one name.
    fn in_turns(pending: &mut Pending, names: &Names) -> Self {
        let raw = &mut pending.transcript;
        let is_table = raw.answers_column.is_some();
        let is_somebody = |label: &str| names.is_given(&speakers::key(label));
        let mut doubts = Vec::new();
        // An answer of a table is no notice, whatever it begins with.
        if !is_table {
            doubts.extend(notices::headed(&raw.turns, &is_somebody));
            raw.turns = notices::part(std::mem::take(&mut raw.turns), true, &is_somebody);
        }
        let mut hasher = blake3::Hasher::new();
        // Where turns end and lines break differs by the format that a talk was saved in.
        let mut last: Option<&str> = None;
        let mut words: Vec<u8> = Vec::new();
        for turn in &raw.turns {
            if last.replace(&turn.speaker) != Some(&*turn.speaker) {
                hasher.update(b"\0");
                hasher.update(turn.speaker.as_bytes());
                hasher.update(b"\0");
            }
            words.clear();
            push_words(&mut words, &turn.text);
            hasher.update(&words);
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        if is_table {
            return Self { hash, talk: None };
        }
        doubts.extend(one_person(&mut raw.turns, &names.with(&raw.people), &raw.people));
        doubts.extend(notices::doubts(&raw.turns, &is_somebody));
        let labelled = raw.turns.iter().map(|turn| (&*turn.speaker, turn.line, &*turn.text));
        doubts.extend(speakers::unnumbered(labelled, is_somebody));
        // Lines that nobody said are no turns between turns.
        let said = || raw.turns.iter().filter(|turn| &*turn.speaker != notices::SPEAKER);
        let mut voices = speakers::speakers(said().map(|turn| (&*turn.speaker, &*turn.text)));
        speakers::place(&mut voices, said().map(|turn| (&*turn.speaker, turn.line)));
        Self { hash, talk: Some(Box::new(Talk { voices, doubts })) }
    }
}

impl Assembly {
    /// What was said in all turns so far.
    pub(crate) fn said(&self) -> impl Iterator<Item = &str> {
        self.pending.iter().flat_map(|pending| &pending.transcript.turns).map(|turn| &*turn.text)
    }

    /// Names studies and participants, decides roles and lists the answers.
    pub(crate) fn finish(self, names: &Names) -> Corpus {
        let Self { sources, documents, places, files, mut pending } = self;
        let mut corpus = Corpus { sources, documents, ..Corpus::default() };
        let origins: Vec<Origin<'_>> = pending.iter().map(|pending| pending.origin(&files)).collect();
        let named = studies::name(&origins, &places, &mut corpus.warnings);
        drop(origins);
        let heard: Vec<Heard> = pending.par_iter_mut().map(|pending| Heard::in_turns(pending, names)).collect();
        // Of half a million participants nearly all have their own ids and words: only what comes again is kept.
        let are_answers = pending.iter().all(|pending| pending.transcript.answers_column.is_some());
        let mut taken = Taken::of(&named, are_answers);
        let again = recurring(heard.iter().map(|heard| heard.hash));
        let mut content: HashMap<[u8; 16], usize> = HashMap::new();
        // The participants of a survey have the same speakers, and answer to the same turns.
        let mut known_speakers: HashSet<Arc<[SpeakerRole]>> = HashSet::new();
        let mut known_questions: HashSet<Arc<[usize]>> = HashSet::new();
        let mut full_names = FullNames::default();
        corpus.transcripts.reserve_exact(pending.len());
        for ((pending, heard), name) in drained(pending).zip(drained(heard)).zip(drained(named)) {
            let raw = pending.transcript;
            let path = places[pending.file].shown.as_str();
            let first_document = files[pending.file].first_document;
            let studies::Named { study, id, person } = name;
            let person = raw.person.clone().or(person.map(Name::from));
            let mut transcript =
                Transcript { study, id, person, turns: Vec::new(), speakers: Arc::default(), language: None };

            let hash = heard.hash;
            let twin = content.get(&hash).copied();
            if let Some(twin) = twin.map(|index| &corpus.transcripts[index]) {
                let same =
                    twin.study == transcript.study && transcript.id == twin.id.split('~').next().unwrap_or_default();
                if same {
                    corpus.warnings.push(format!(
                        "duplicate transcript `{}` of study `{}` in `{}` was left out",
                        transcript.id, transcript.study, path
                    ));
                    continue;
                }
                let said: usize = raw.turns.iter().map(|turn| words(&turn.text)).sum();
                if said >= TELLING_WORDS {
                    corpus.warnings.push(format!(
                        "duplicate transcript: `{}` in `{}` says the same as `{}`; both are counted",
                        transcript.id, path, twin.id
                    ));
                }
            }
            if let Some(new) = taken.another(&transcript) {
                corpus.warnings.push(format!(
                    "a second transcript `{}` of study `{}` in `{}` is called `{new}`",
                    transcript.id, transcript.study, path
                ));
                transcript.id = new.into();
            }
            let speakers = match raw.answers_column.as_deref() {
                Some(answers) => columns_of(&raw.turns, answers),
                None => {
                    let who = transcript.person.as_deref().unwrap_or(&transcript.id);
                    let Talk { voices, doubts } = heard.talk.map(|talk| *talk).unwrap_or_default();
                    let (speakers, of_roles) = speakers_of(&voices, &raw.turns, who, &names.with(&raw.people));
                    let doubtful = |doubt: String| format!("transcript `{}` in `{path}`: {doubt}", transcript.id);
                    corpus.warnings.extend(doubts.into_iter().chain(of_roles).map(doubtful));
                    corpus.warnings.extend(in_turn::told(&raw.turns, &speakers, &raw.people).map(doubtful));
                    full_names.hear(&transcript, &speakers, names);
                    speakers
                }
            };
            transcript.speakers = shared(speakers, &mut known_speakers);
            let roles: HashMap<&str, Role> = transcript.speakers.iter().map(|s| (s.label.as_str(), s.role)).collect();
            transcript.turns = raw
                .turns
                .into_iter()
                .map(|turn| Turn {
                    role: roles.get(&*turn.speaker).copied().unwrap_or(Role::Other),
                    speaker: turn.speaker,
                    document: first_document + turn.document,
                    span: turn.span,
                    line: turn.line,
                    times: turn.times.into(),
                    text: turn.text,
                })
                .collect();
            warn(&transcript, path, names.owns(path), &mut corpus.warnings);
            let in_table =
                transcript.turns.iter().any(|t| corpus.documents.get(t.document).is_some_and(|d| d.cell.is_some()));
            if !in_table && !names.owns(path) {
                corpus.warnings.extend(alone::told(&transcript, path));
            }
            // What was set aside for more turns than came would stay with a table of a million answers.
            transcript.turns.shrink_to_fit();
            let index = corpus.transcripts.len();
            if again.contains(&hash) {
                content.entry(hash).or_insert(index);
            }
            let numbers = taken.take(&transcript);
            list_answers(&transcript, index, numbers, &mut known_questions, &mut corpus.answers);
            corpus.transcripts.push(transcript);
        }
        drop((taken, again, content));
        corpus.warnings.extend(full_names.told(&corpus.warnings));
        languages::tell(&mut corpus.transcripts);
        order_studies(&mut corpus);
        languages::fill_in(&mut corpus);
        languages::warn(&mut corpus);
        corpus
    }
}

/// A transcript whose names are written as they are shown, so that one name is one person's however its letters are
/// stored. What is said stays as it is.
fn as_shown(mut raw: RawTranscript) -> RawTranscript {
    for name in [&mut raw.study, &mut raw.id] {
        if let Some(new) = name.as_deref().and_then(shown) {
            *name = Some(new.into());
        }
    }
    let columns = raw.answers_column.iter_mut();
    for label in columns.chain(raw.turns.iter_mut().map(|turn| &mut turn.speaker)) {
        if let Some(new) = shown(label) {
            *label = new.into();
        }
    }
    raw
}

/// Puts the studies into an order of their own – fewer interviews first, then more answers, then by
/// name – so that nothing that is counted, drawn or numbered later depends on the order in which they
/// were given. Inside a study the transcripts stay as they were read.
fn order_studies(corpus: &mut Corpus) {
    let mut sizes: HashMap<&str, (usize, Reverse<usize>)> = HashMap::new();
    for transcript in &corpus.transcripts {
        sizes.entry(&transcript.study).or_insert((0, Reverse(0))).0 += 1;
    }
    for answer in &corpus.answers {
        sizes.entry(corpus.study_of(answer)).or_insert((0, Reverse(0))).1.0 += 1;
    }
    let mut order: Vec<usize> = (0..corpus.transcripts.len()).collect();
    order.sort_by_cached_key(|&t| {
        let study = corpus.transcripts[t].study.as_str();
        (sizes[study], study)
    });
    if order.is_sorted() {
        return;
    }
    let mut new_place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, &old)| new_place[old] = new);
    let mut transcripts: Vec<(usize, Transcript)> =
        new_place.iter().copied().zip(drained(std::mem::take(&mut corpus.transcripts))).collect();
    transcripts.sort_by_key(|&(new, _)| new);
    corpus.transcripts = transcripts.into_iter().map(|(_, transcript)| transcript).collect();
    corpus.answers.iter_mut().for_each(|answer| answer.transcript = new_place[answer.transcript]);
    corpus.answers.sort_by_key(|answer| answer.transcript);
}

/// Gives speakers whose label is another form of somebody's that label; which became which, and which may be
/// either of two people and was kept apart.
fn one_person(turns: &mut [RawTurn], names: &Names, people: &People) -> Vec<String> {
    let is_given = |label: &str| names.is_given(&speakers::key(label));
    let (plain, mut told) = one_person::without_manners(&labels_of(turns), is_given);
    rename(turns, &plain);
    let spoken: Vec<&str> = turns.iter().filter(|turn| is_said(turn)).map(|turn| &*turn.speaker).collect();
    if let Some(bare) = one_person::by_number(&spoken, is_given) {
        rename(turns, &bare);
    }
    let (spelt, of_spellings) = one_person::spelt_alike(&labels_of(turns), is_given);
    rename(turns, &spelt);
    let meet = |a: &str, b: &str| meet(turns, a, b);
    let (same, of_forms) = one_person::other_forms(labels_of(turns), people, is_given, meet);
    rename(turns, &same);
    told.extend(of_spellings.into_iter().chain(of_forms));
    told
}

/// The labels of those who speak, in order of first appearance, each with its turns.
fn labels_of(turns: &[RawTurn]) -> Vec<(String, usize)> {
    let mut labels: Vec<(String, usize)> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for turn in turns.iter().filter(|turn| is_said(turn)) {
        let at = *place.entry(&turn.speaker).or_insert_with(|| {
            labels.push((turn.speaker.to_string(), 0));
            labels.len() - 1
        });
        labels[at].1 += 1;
    }
    labels
}

fn is_said(turn: &RawTurn) -> bool {
    !turn.speaker.is_empty() && &*turn.speaker != notices::SPEAKER
}

/// Whether a turn of one speaker stands next to one of the other.
fn meet(turns: &[RawTurn], a: &str, b: &str) -> bool {
    let mut above: Option<bool> = None;
    turns.iter().filter(|turn| is_said(turn)).any(|turn| {
        let is_first = (&*turn.speaker == a).then_some(true).or_else(|| (&*turn.speaker == b).then_some(false));
        let meet = above.zip(is_first).is_some_and(|(above, this)| above != this);
        above = is_first;
        meet
    })
}

/// Gives turns the label that theirs was found to be a form of.
fn rename(turns: &mut [RawTurn], same: &HashMap<String, String>) {
    if same.is_empty() {
        return;
    }
    for turn in turns {
        if let Some(to) = same.get(&*turn.speaker) {
            turn.speaker = to.as_str().into();
        }
    }
}

/// A list as it is already known, if it is.
fn shared<T: Eq + Hash>(list: Vec<T>, known: &mut HashSet<Arc<[T]>>) -> Arc<[T]> {
    if let Some(list) = known.get(list.as_slice()) {
        return Arc::clone(list);
    }
    let list: Arc<[T]> = list.into();
    known.insert(Arc::clone(&list));
    list
}

/// The label of every speaker with its role, in order of first appearance, and what is doubtful about it.
fn speakers_of(voices: &[Speaker], turns: &[RawTurn], id: &str, names: &Names) -> (Vec<SpeakerRole>, Vec<String>) {
    let mut roles = speakers::roles(voices, id, names);
    let doubts = speakers::doubts(voices, &roles, names);
    let noticed = turns.iter().filter(|turn| &*turn.speaker == notices::SPEAKER).count();
    if noticed > 0 {
        roles.push(SpeakerRole { turns: noticed, ..notice() });
    }
    (roles, doubts)
}

/// The same of a table of questions and answers, whose speakers are its columns.
fn columns_of(turns: &[RawTurn], answers: &str) -> Vec<SpeakerRole> {
    let mut found: Vec<SpeakerRole> = Vec::new();
    let mut noticed = 0;
    for turn in turns {
        if &*turn.speaker == notices::SPEAKER {
            noticed += 1;
        } else if let Some(known) = found.iter_mut().find(|known| *known.label == *turn.speaker) {
            known.turns += 1;
        } else {
            let (role, what) = match &*turn.speaker == answers {
                true => (Role::Participant, "answers"),
                false => (Role::Interviewer, "questions"),
            };
            let reason = format!("the column of the {what}");
            found.push(SpeakerRole { label: turn.speaker.to_string(), role, reason, turns: 1 });
        }
    }
    if noticed > 0 {
        found.push(SpeakerRole { turns: noticed, ..notice() });
    }
    found
}

/// The speaker of lines that nobody said.
fn notice() -> SpeakerRole {
    SpeakerRole { label: notices::SPEAKER.to_owned(), role: Role::Other, reason: notices::REASON.to_owned(), turns: 0 }
}

/// Lists the answers of a transcript. `numbers` holds how many each person of its study has given in the
/// earlier ones.
fn list_answers(
    transcript: &Transcript,
    index: usize,
    numbers: &mut HashMap<Arc<str>, usize>,
    known_questions: &mut HashSet<Arc<[usize]>>,
    answers: &mut Vec<Answer>,
) {
    let mut question_turns: Vec<usize> = Vec::new();
    let mut answered = false;
    let is_group = transcript.is_group();
    let mut last: Option<Arc<str>> = None;
    for (t, turn) in transcript.turns.iter().enumerate() {
        match turn.role {
            Role::Interviewer => {
                if std::mem::take(&mut answered) {
                    question_turns.clear();
                }
                question_turns.push(t);
            }
            Role::Participant => {
                let participant = transcript.participant(turn, is_group);
                let participant = last.take().filter(|last| **last == *participant).unwrap_or(participant);
                let number = numbers.entry(Arc::clone(&participant)).or_default();
                last = Some(Arc::clone(&participant));
                *number += 1;
                answers.push(Answer {
                    transcript: index,
                    turn: t,
                    participant,
                    number: *number,
                    question_turns: shared(question_turns.clone(), known_questions),
                });
                answered = true;
            }
            Role::Other => {}
        }
    }
}

/// Says where most of a transcript's words are nobody's, since no label stands above them. Notes above the
/// line by which the document says that the transcript begins are none of it.
fn warn_of_nobodys(transcript: &Transcript, name: &str, warnings: &mut Vec<String>) {
    let bytes = |of: &dyn Fn(&Turn) -> bool| -> usize {
        transcript.turns.iter().filter(|turn| of(turn)).map(|turn| turn.text.len()).sum()
    };
    // Most of the words are a good part of the bytes; so few transcripts need counting.
    if bytes(&|turn| turn.speaker.is_empty()) * 4 < bytes(&|_| true) {
        return;
    }
    let opening = transcript.turns.iter().take_while(|turn| turn.speaker.is_empty()).count();
    let has_heading = |turn: &Turn| notices::below_heading(&turn.text).len() < turn.text.len();
    let begins = transcript.turns[..opening].iter().rposition(has_heading);
    let turns = &transcript.turns[begins.unwrap_or(0)..];
    let said = |(at, turn): (usize, &Turn)| match begins {
        Some(_) if at == 0 => words(notices::below_heading(&turn.text)),
        _ => words(&turn.text),
    };
    let all: usize = turns.iter().enumerate().map(said).sum();
    let nobodys = || turns.iter().enumerate().filter(|(_, turn)| turn.speaker.is_empty());
    let n: usize = nobodys().map(said).sum();
    let Some((_, first)) = nobodys().next().filter(|_| n * 2 > all) else { return };
    let labels: Vec<String> = transcript
        .speakers
        .iter()
        .filter(|speaker| !speaker.label.is_empty())
        .take(5)
        .map(|speaker| format!("`{}`", speaker.label))
        .collect();
    warnings.push(format!(
        "{name}: {n} of its {all} words, from line {} on, have no speaker label above them and count as nobody's; only {} \
         were taken for speakers; are other labels meant, or missing? `--interviewer LABEL` and `--participant LABEL` name \
         them",
        first.line,
        labels.join(", ")
    ));
}

fn warn(transcript: &Transcript, path: &str, is_own: bool, warnings: &mut Vec<String>) {
    let name = format!("transcript `{}` in `{path}`", transcript.id);
    warn_of_nobodys(transcript, &name, warnings);
    let has = |role: Role| transcript.speakers.iter().any(|s| s.role == role && !s.label.is_empty());
    if !has(Role::Participant) {
        warnings.push(format!("{name} has no participant turns"));
    } else if !has(Role::Interviewer) && transcript.speakers.len() > 1 {
        const NAMED: usize = 30;
        let answer = || transcript.speakers.iter().filter(|s| s.role == Role::Participant && !s.label.is_empty());
        let labels: Vec<String> = answer().take(NAMED).map(|s| format!("`{}`", s.label)).collect();
        let others = answer().count() - labels.len();
        let more = if others > 0 { format!(" and {others} more") } else { String::new() };
        let taken = if labels.len() == 1 { "was taken for a participant" } else { "were all taken for participants" };
        let labels = labels.join(", ");
        warnings.push(format!(
            "{name} has no interviewer: {labels}{more} {taken}; name who asks with `--interviewer LABEL`"
        ));
    }
    let longest = transcript.turns.iter().filter(|turn| turn.role == Role::Participant);
    // A word takes at least two bytes with its space, so short turns need no counting.
    for turn in longest.filter(|turn| turn.text.len() > HUGE_TURN * 2) {
        let said = words(&turn.text);
        if said > HUGE_TURN && !is_own {
            warnings.push(format!(
                "{name} has a single turn of {said} words at line {}; are speaker labels missing?",
                turn.line
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{InputSpec, ReadOptions, read};

    /// The warnings of a file that say that one speaker alone is named.
    fn alone(name: &str, text: &str, options: &ReadOptions) -> usize {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let corpus = read(&[InputSpec { study: None, path }], options).unwrap();
        corpus.warnings.iter().filter(|warning| warning.contains("only one speaker, `Ann`, is named")).count()
    }

    #[test]
    fn notes_above_a_transcript_are_none_of_it() {
        let doubts = |heading: &str| {
            let notes = "Tom Reed described keeping bees in the middle of town and the trouble of the first year.\n";
            let said = "Ann Hall: Why bees?\nTom Reed: For the smell.\nAnn Hall: And honey?\nTom Reed: That too.\n";
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("meet.txt");
            std::fs::write(&path, format!("Notes\nBees interview\n{}{heading}\n\n{said}", notes.repeat(4))).unwrap();
            let corpus = read(&[InputSpec { study: None, path }], &ReadOptions::default()).unwrap();
            assert_eq!(corpus.answers.len(), 2, "{heading}");
            corpus.warnings.iter().filter(|warning| warning.contains("count as nobody's")).count()
        };
        assert_eq!(["📖 Transcript", "Transkript:", "Details", "In this transcript"].map(doubts), [0, 0, 1, 1]);
    }

    #[test]
    fn names_are_shown_composed_and_what_is_said_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Jose\u{301}", "Андрей", "张三"] {
            let text = format!("I: Why bees?\nP: For the smell.\nI: And honey, {name}?\nP: That of {name}, too.\n");
            std::fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
        }
        let inputs = [InputSpec { study: None, path: folder.path().to_owned() }];
        let transcripts = read(&inputs, &ReadOptions::default()).unwrap().transcripts;
        let ids: Vec<&str> = transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
        assert_eq!(ids, ["José", "Андрей", "张三"]);
        assert_eq!(&*transcripts[0].turns[3].text, "That of Jose\u{301}, too.");
    }

    #[test]
    fn one_speaker_alone_with_questions_is_doubtful() {
        let none = ReadOptions::default();
        let asks = "Ann: How long have you kept bees?\n\nTwenty years.\n\nAnn: And why?\n\nFor the smell.\n";
        assert_eq!(alone("a.txt", asks, &none), 1);
        let timed =
            "Ann  0:00\nHow long? Twenty years.\n\nAnn  0:09\nAnd why? For the smell.\n\nAnn  0:12\nSo it is.\n";
        assert_eq!(alone("b.txt", timed, &none), 1);
        assert_eq!(alone("c.txt", &asks.replace('?', "."), &none), 0);
        let two = "Ann: How long?\n\nTom: Twenty years.\n\nAnn: And why?\n\nTom: For the smell.\n";
        assert_eq!(alone("d.txt", two, &none), 0);
        let own = ReadOptions { participant: vec!["e.txt".to_owned()], ..ReadOptions::default() };
        assert_eq!(alone("e.txt", asks, &own), 0);
        let table = "participant,speaker,text\np1,Ann,How long was it?\np1,Ann,Twenty years of it.\n";
        assert_eq!(alone("f.csv", table, &none), 0);
    }
}
