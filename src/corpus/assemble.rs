//! Putting what the readers found together into one corpus.
//!
//! In: readings of files, in order. Out: a [`Corpus`] with study names, unique ids, roles and
//! answers. It never reorders turns and never changes their words.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::error::{counted, some};
use super::inputs::Found;
use super::language::Language;
use super::model::{Answer, Corpus, Document, Role, Source, Transcript, Turn};
use super::readers::{RawTranscript, Reading};
use super::sentences::words;
use super::speakers::{self, Names, Speaker};

/// A corpus in the making: studies are named once every id is known.
#[derive(Default)]
pub(crate) struct Assembly {
    sources: Vec<Source>,
    documents: Vec<Document>,
    pending: Vec<Pending>,
}

struct Pending {
    transcript: RawTranscript,
    /// Study given with `NAME=`.
    given_study: Option<String>,
    /// Study by the place of the file.
    place: String,
    /// Id by the name of the file.
    stem: String,
    path: String,
    /// Index of the reading's first document.
    first_document: usize,
}

/// A participant's turn of more words than this may be several that were not told apart.
const HUGE_TURN: usize = 3000;
/// From so many words two equal transcripts under different ids are no coincidence.
const TELLING_WORDS: usize = 50;

impl Assembly {
    /// Adds one file.
    pub(crate) fn add(&mut self, file: &Found, source: Source, named_by_file: bool, reading: Reading) {
        let source_index = self.sources.len();
        let first_document = self.documents.len();
        let stem = file.stem();
        let place = if named_by_file { stem.clone() } else { file.folder().unwrap_or_else(|| stem.clone()) };
        for transcript in reading.transcripts {
            self.pending.push(Pending {
                transcript,
                given_study: file.study.clone(),
                place: place.clone(),
                stem: stem.clone(),
                path: source.path.clone(),
                first_document,
            });
        }
        self.documents.extend(reading.documents.into_iter().map(|document| Document {
            source: source_index,
            cell: document.cell,
            text: document.text,
        }));
        self.sources.push(source);
    }

    /// Names studies and participants, decides roles and lists the answers.
    pub(crate) fn finish(self, names: &Names) -> Corpus {
        let mut corpus = Corpus { sources: self.sources, documents: self.documents, ..Corpus::default() };
        // A prefix of file names is a study only where several files share it.
        let mut shared: HashMap<String, usize> = HashMap::new();
        let stems: HashSet<&str> = self.pending.iter().map(|p| p.stem.as_str()).collect();
        for prefix in stems.into_iter().filter_map(id_prefix) {
            *shared.entry(prefix.to_owned()).or_default() += 1;
        }
        let mut used: HashMap<(String, String), usize> = HashMap::new();
        let mut content: HashMap<blake3::Hash, usize> = HashMap::new();
        for pending in self.pending {
            let raw = pending.transcript;
            let study = pending
                .given_study
                .or(raw.study)
                .or_else(|| raw.id.as_deref().and_then(id_prefix).map(str::to_owned))
                .or_else(|| {
                    let prefix = id_prefix(&pending.stem).filter(|&p| shared.get(p).is_some_and(|&n| n > 1));
                    prefix.filter(|_| raw.id.is_none()).map(str::to_owned)
                })
                .unwrap_or(pending.place);
            let id = raw.id.unwrap_or(pending.stem);
            let mut transcript = Transcript { study, id, turns: Vec::new(), speakers: Vec::new(), language: None };

            let mut hasher = blake3::Hasher::new();
            for turn in &raw.turns {
                for part in [&turn.speaker, &turn.text] {
                    hasher.update(part.as_bytes());
                    hasher.update(&[0]);
                }
            }
            let hash = hasher.finalize();
            let first = used.get(&(transcript.study.clone(), transcript.id.clone())).copied();
            let twin = content.get(&hash).copied();
            if let Some(twin) = twin.map(|index| &corpus.transcripts[index]) {
                let same =
                    twin.study == transcript.study && transcript.id == twin.id.split('~').next().unwrap_or_default();
                if same {
                    corpus.warnings.push(format!(
                        "duplicate transcript `{}` of study `{}` in `{}` was left out",
                        transcript.id, transcript.study, pending.path
                    ));
                    continue;
                }
                let said: usize = raw.turns.iter().map(|turn| words(&turn.text)).sum();
                if said >= TELLING_WORDS {
                    corpus.warnings.push(format!(
                        "duplicate transcript: `{}` in `{}` says the same as `{}`; both are counted",
                        transcript.id, pending.path, twin.id
                    ));
                }
            }
            if first.is_some() {
                let taken = |n: usize| used.contains_key(&(transcript.study.clone(), format!("{}~{n}", transcript.id)));
                let number = (2..).find(|&n| !taken(n)).unwrap_or(2);
                let new = format!("{}~{number}", transcript.id);
                corpus.warnings.push(format!(
                    "a second transcript `{}` of study `{}` in `{}` is called `{new}`",
                    transcript.id, transcript.study, pending.path
                ));
                transcript.id = new;
            }
            let names = names.with(&raw.people);
            let (speakers, doubts) = speakers_of(&raw.turns, &transcript.id, raw.answers_column.as_deref(), &names);
            transcript.speakers = speakers;
            let doubtful = |doubt: String| format!("transcript `{}` in `{}`: {doubt}", transcript.id, pending.path);
            corpus.warnings.extend(doubts.into_iter().map(doubtful));
            let roles: HashMap<String, Role> = transcript.speakers.iter().map(|s| (s.label.clone(), s.role)).collect();
            transcript.turns = raw
                .turns
                .into_iter()
                .map(|turn| Turn {
                    role: roles.get(&turn.speaker).copied().unwrap_or(Role::Other),
                    speaker: turn.speaker,
                    document: pending.first_document + turn.document,
                    span: turn.span,
                    line: turn.line,
                    times: turn.times,
                    text: turn.text,
                })
                .collect();
            let answers = transcript.turns.iter().filter(|turn| turn.role == Role::Participant);
            transcript.language = Language::of(answers.map(|turn| turn.text.as_str()));
            warn(&transcript, &pending.path, names.owns(&pending.path), &mut corpus.warnings);
            let index = corpus.transcripts.len();
            used.insert((transcript.study.clone(), transcript.id.clone()), index);
            content.entry(hash).or_insert(index);
            list_answers(&transcript, index, &mut corpus.answers);
            corpus.transcripts.push(transcript);
        }
        order_studies(&mut corpus);
        fill_in_languages(&mut corpus);
        warn_of_languages(&mut corpus);
        corpus
    }
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
        new_place.iter().copied().zip(std::mem::take(&mut corpus.transcripts)).collect();
    transcripts.sort_by_key(|&(new, _)| new);
    corpus.transcripts = transcripts.into_iter().map(|(_, transcript)| transcript).collect();
    corpus.answers.iter_mut().for_each(|answer| answer.transcript = new_place[answer.transcript]);
    corpus.answers.sort_by_key(|answer| answer.transcript);
}

/// Gives transcripts of few words the language of their study.
fn fill_in_languages(corpus: &mut Corpus) {
    let studies: Vec<String> = corpus.studies().into_iter().map(str::to_owned).collect();
    for study in studies {
        let untold = |t: &Transcript| t.study == study && t.language.is_none();
        if !corpus.transcripts.iter().any(untold) {
            continue;
        }
        let answers = corpus.answers.iter().filter(|answer| corpus.study_of(answer) == study);
        let language = Language::of(answers.map(|answer| corpus.turn_of(answer).text.as_str()));
        corpus.transcripts.iter_mut().filter(|t| untold(t)).for_each(|t| t.language = language);
    }
}

/// Says of each study with several languages how many transcripts are in the rarer ones.
fn warn_of_languages(corpus: &mut Corpus) {
    let mut warnings = Vec::new();
    for study in corpus.studies() {
        let mut spoken: Vec<(Language, Vec<&str>)> = Vec::new();
        for transcript in corpus.transcripts.iter().filter(|transcript| transcript.study == study) {
            let Some(language) = transcript.language else { continue };
            match spoken.iter_mut().find(|(known, _)| *known == language) {
                Some((_, ids)) => ids.push(&transcript.id),
                None => spoken.push((language, vec![&transcript.id])),
            }
        }
        spoken.sort_by_key(|(_, ids)| std::cmp::Reverse(ids.len()));
        let Some(((usual, _), rarer)) = spoken.split_first() else { continue };
        for (language, ids) in rarer {
            let transcripts = counted(ids.len(), "transcript") + if ids.len() == 1 { " is" } else { " are" };
            warnings.push(format!(
                "mixed languages in study `{study}`: most is {usual}, but {transcripts} {language}: {}",
                some(ids)
            ));
        }
    }
    corpus.warnings.extend(warnings);
}

/// The label of every speaker with its role, in order of first appearance, and what is doubtful about it.
fn speakers_of(
    turns: &[super::readers::RawTurn],
    id: &str,
    answers_column: Option<&str>,
    names: &Names,
) -> (Vec<super::model::SpeakerRole>, Vec<String>) {
    let found = speakers::speakers(turns.iter().map(|turn| (turn.speaker.as_str(), turn.text.as_str())));
    let Some(answers) = answers_column else {
        let roles = speakers::roles(&found, id, names);
        let doubts = speakers::doubts(&found, &roles, names);
        return (roles, doubts);
    };
    let role = |speaker: Speaker| {
        let (role, what) =
            if speaker.label == answers { (Role::Participant, "answers") } else { (Role::Interviewer, "questions") };
        let reason = format!("the column of the {what}");
        super::model::SpeakerRole { label: speaker.label, role, reason, turns: speaker.turns }
    };
    (found.into_iter().map(role).collect(), Vec::new())
}

fn list_answers(transcript: &Transcript, index: usize, answers: &mut Vec<Answer>) {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut question_turns: Vec<usize> = Vec::new();
    let mut answered = false;
    let is_group = transcript.is_group();
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
                let number = numbers.entry(participant.clone()).or_default();
                *number += 1;
                answers.push(Answer {
                    transcript: index,
                    turn: t,
                    participant,
                    number: *number,
                    question_turns: question_turns.clone(),
                });
                answered = true;
            }
            Role::Other => {}
        }
    }
}

fn warn(transcript: &Transcript, path: &str, is_own: bool, warnings: &mut Vec<String>) {
    let name = format!("transcript `{}` in `{path}`", transcript.id);
    let has = |role: Role| transcript.speakers.iter().any(|s| s.role == role && !s.label.is_empty());
    if !has(Role::Participant) {
        warnings.push(format!("{name} has no participant turns"));
    } else if !has(Role::Interviewer) && transcript.speakers.len() > 1 {
        const NAMED: usize = 30;
        let labels: Vec<String> = transcript.speakers.iter().take(NAMED).map(|s| format!("`{}`", s.label)).collect();
        let others = transcript.speakers.len() - labels.len();
        let more = if others > 0 { format!(" and {others} more") } else { String::new() };
        warnings.push(format!(
            "{name} has no interviewer: {}{more} were all taken for participants; name who asks with `--interviewer LABEL`",
            labels.join(", ")
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

/// The study in an id such as `creativity_0004`: letters before `_` and at least two digits.
fn id_prefix(id: &str) -> Option<&str> {
    const GENERAL: [&str; 19] = [
        "transcript",
        "participant",
        "respondent",
        "interview",
        "interviewee",
        "dialog",
        "dialogue",
        "case",
        "session",
        "conversation",
        "record",
        "row",
        "user",
        "file",
        "int",
        "part",
        "subject",
        "response",
        "id",
    ];
    let (prefix, digits) = id.rsplit_once('_')?;
    let telling = prefix.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && prefix.starts_with(char::is_alphabetic)
        && prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        && !GENERAL.contains(&prefix.to_lowercase().as_str());
    let counted = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    (telling && counted).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_may_name_their_study() {
        assert_eq!(id_prefix("ward_0007"), Some("ward"));
        assert_eq!(id_prefix("night_shift_07"), Some("night_shift"));
        for id in ["P_01", "dialog_01108", "ward-07", "ward_7", "0007", "ward_x7", "row 12"] {
            assert_eq!(id_prefix(id), None, "{id}");
        }
    }
}
