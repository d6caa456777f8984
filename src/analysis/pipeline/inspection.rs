//! A look at the inputs: everything that is decided before the clustering, with reasons.
//!
//! In: a corpus. Out: counts, roles, the guide, what would be excluded. Totals are of what would be clustered
//! on; what is excluded, for whatever reason, is counted beside them. The guide needs the embedding; where
//! that fails, the rest is still told.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::framing::{Aside, guide_of, guide_summary, unasked_lines};
use super::provenance::{roles, unsaid, warnings};
use crate::analysis::saved::{GuideQuestionSummary, RoleSummary};
use crate::corpus::{Corpus, Exclusion, Role, Source, Transcript, Unit, UnitOptions, for_each_unit, natural_order};
use crate::embed::{Origin, Progress, VectorSource};
use crate::guide::Frame;

/// Example texts kept for each reason of exclusion, and participants for each study.
const EXAMPLES: usize = 5;

/// What a look at the inputs found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// The files.
    pub inputs: Vec<Source>,
    /// One entry a study.
    pub studies: Vec<StudyInspection>,
    /// Names of what is known of participants.
    pub attributes: Vec<String>,
    /// How speaker labels were understood, most turns first.
    pub roles: Vec<RoleSummary>,
    /// The guide questions, in the order of the interview.
    pub guide: Vec<GuideQuestionSummary>,
    /// Why the guide could not be looked for, where it could not.
    pub guide_error: Option<String>,
    /// How `themes` would frame the answers.
    pub framing: Option<String>,
    /// Answers to questions outside the guide.
    pub follow_ups: Option<usize>,
    /// Units that would be clustered on.
    pub clustered_on: usize,
    /// Units that would be excluded, by reason.
    pub excluded: BTreeMap<String, usize>,
    /// A few excluded texts for each reason.
    pub excluded_examples: BTreeMap<String, Vec<String>>,
    /// Runs of mojibake repaired.
    pub mojibake_repaired: usize,
    /// Where the questions were embedded, when not by this program on this machine.
    #[serde(skip_serializing_if = "Origin::is_here")]
    pub vectors_from: Origin,
    /// Things to know.
    pub warnings: Vec<String>,
    /// Inputs that could not be read.
    pub failures: Vec<String>,
}

/// One study in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StudyInspection {
    /// Its name.
    pub name: String,
    /// Interviews.
    pub transcripts: usize,
    /// People interviewed.
    pub participants: usize,
    /// Turns of participants of which anything would be clustered on: the answers.
    pub participant_turns: usize,
    /// Turns of interviewers, but those that nobody was asked: they stand before codes for missing answers alone.
    pub interviewer_turns: usize,
    /// Turns of others.
    pub other_turns: usize,
    /// Units that would be clustered on.
    pub units: usize,
    /// Words of those units.
    pub participant_words: usize,
    /// What would be excluded, by reason, and is in none of the counts above.
    pub excluded: BTreeMap<String, ExcludedInspection>,
    /// Transcripts by language, the most frequent first; those whose language could not be told are
    /// missing.
    pub languages: Vec<(String, usize)>,
    /// Participants of whom something is known beyond their words.
    pub with_attributes: usize,
    /// The first participants, as an example.
    pub example_participants: Vec<String>,
}

/// What a study's answers hold that would be excluded for one reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExcludedInspection {
    /// Turns of which nothing is left; one that goes for several reasons counts under the first.
    pub turns: usize,
    /// Units.
    pub units: usize,
    /// Words of those units.
    pub words: usize,
}

/// Looks at a corpus as `themes` would see it.
pub fn inspect(
    corpus: &Corpus,
    options: &UnitOptions,
    frame: &Frame,
    source: &dyn VectorSource,
    progress: &mut dyn Progress,
) -> Inspection {
    let guide = guide_of(corpus, source, frame, progress);
    let aside = guide.as_ref().ok().map(Aside::new);
    let mut totals = Totals::default();
    let mut examples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // One by one: the units of a large table are not to be held beside it.
    for_each_unit(corpus, options, |mut unit, words| {
        if let Some(aside) = &aside {
            aside.mark(corpus, &mut unit);
        }
        totals.add(corpus.study_of(&corpus.answers[unit.answer]), &unit, words);
        let Some(reason) = unit.excluded else { return };
        let examples = examples.entry(reason.word().to_string()).or_default();
        if examples.len() < EXAMPLES && !examples.contains(&unit.text) {
            examples.push(unit.text);
        }
    });
    let mut people_of: HashMap<&str, HashSet<&str>> = HashMap::new();
    // Most participants follow themselves.
    for answers in corpus.answers.chunk_by(|a, b| a.transcript == b.transcript && a.participant == b.participant) {
        people_of.entry(corpus.study_of(&answers[0])).or_default().insert(&answers[0].participant);
    }
    // The transcripts of a study follow each other.
    let of_study = |transcripts: &[Transcript]| {
        let name = transcripts[0].study.as_str();
        let people = people_of.remove(name).unwrap_or_default();
        study(corpus, transcripts, people, totals.of.remove(name).unwrap_or_default())
    };
    let mut studies: Vec<StudyInspection> =
        corpus.transcripts.chunk_by(|a, b| a.study == b.study).map(of_study).collect();
    take_out_unsaid(corpus, &mut studies);
    let mut excluded: BTreeMap<String, usize> = BTreeMap::new();
    for (reason, of_study) in studies.iter().flat_map(|study| &study.excluded) {
        *excluded.entry(reason.clone()).or_default() += of_study.units;
    }
    let questions = guide.as_ref().ok().map(guide_summary);
    let unasked = questions.as_ref().and_then(|questions| unasked_lines(frame, questions));
    Inspection {
        inputs: corpus.sources.clone(),
        attributes: corpus.attributes.names().to_vec(),
        roles: roles(corpus),
        guide: questions.unwrap_or_default(),
        guide_error: guide.as_ref().err().map(ToString::to_string),
        framing: guide.as_ref().ok().map(|guide| guide.reason.clone()),
        follow_ups: guide.as_ref().ok().map(|guide| guide.follow_ups),
        clustered_on: studies.iter().map(|study| study.units).sum(),
        studies,
        excluded,
        excluded_examples: examples,
        mojibake_repaired: corpus.sources.iter().map(|source| source.mojibake_repaired).sum(),
        vectors_from: source.origin(),
        warnings: warnings(corpus, source).into_iter().chain(unasked).collect(),
        failures: corpus.failures.clone(),
    }
}

/// Units as they come, answer by answer, counted by study.
#[derive(Default)]
struct Totals<'a> {
    of: HashMap<&'a str, Counts>,
    /// The last unit's answer, and whether anything of it was clustered on.
    last: Option<(usize, bool)>,
}

/// Turns, units and words that are clustered on, and those that are not.
#[derive(Default)]
struct Counts {
    clustered_on: ExcludedInspection,
    /// In the order of [`Exclusion::ALL`].
    excluded: [ExcludedInspection; Exclusion::ALL.len()],
    /// Where the last answer's turn was counted.
    turn: Option<Exclusion>,
}

impl<'a> Totals<'a> {
    fn add(&mut self, study: &'a str, unit: &Unit, words: usize) {
        let counts = self.of.entry(study).or_default();
        let is_new = self.last.is_none_or(|(answer, _)| answer != unit.answer);
        let was_kept = !is_new && self.last.is_some_and(|(_, kept)| kept);
        let is_kept = unit.excluded.is_none();
        if is_kept && !is_new && !was_kept {
            // It was counted where its first unit is.
            if let Some(first) = counts.turn {
                counts.place(Some(first)).turns -= 1;
            }
        }
        let of = counts.place(unit.excluded);
        of.units += 1;
        of.words += words;
        of.turns += usize::from(is_new || (is_kept && !was_kept));
        if is_new {
            counts.turn = unit.excluded;
        }
        self.last = Some((unit.answer, is_kept || was_kept));
    }
}

impl Counts {
    fn place(&mut self, excluded: Option<Exclusion>) -> &mut ExcludedInspection {
        match excluded.and_then(|reason| Exclusion::ALL.iter().position(|known| *known == reason)) {
            Some(at) => &mut self.excluded[at],
            None => &mut self.clustered_on,
        }
    }
}

/// Takes from the turns of interviewers those that nobody was asked.
fn take_out_unsaid(corpus: &Corpus, studies: &mut [StudyInspection]) {
    for (transcript, turn) in unsaid(corpus) {
        let transcript = &corpus.transcripts[transcript];
        let study = studies.iter_mut().find(|study| study.name == transcript.study);
        if let Some(study) = study.filter(|_| transcript.turns[turn].role == Role::Interviewer) {
            study.interviewer_turns -= 1;
        }
    }
}

/// The first of some people, `row 2` before `row 10`.
fn first<'a>(people: &HashSet<&'a str>, n: usize) -> Vec<&'a str> {
    let mut first: Vec<&str> = Vec::new();
    for id in people {
        let place = first.partition_point(|known| natural_order(known, id) == Ordering::Less);
        first.insert(place, id);
        first.truncate(n);
    }
    first
}

/// `transcripts`: those of one study.
fn study(corpus: &Corpus, transcripts: &[Transcript], participants: HashSet<&str>, counts: Counts) -> StudyInspection {
    let name = transcripts[0].study.as_str();
    let with_reasons = Exclusion::ALL.iter().zip(counts.excluded).filter(|(_, excluded)| excluded.units > 0);
    let mut found = StudyInspection {
        name: name.into(),
        participant_turns: counts.clustered_on.turns,
        units: counts.clustered_on.units,
        participant_words: counts.clustered_on.words,
        excluded: with_reasons.map(|(reason, excluded)| (reason.word().to_owned(), excluded)).collect(),
        ..StudyInspection::default()
    };
    for transcript in transcripts {
        found.transcripts += 1;
        let with = |role| transcript.turns.iter().filter(|turn| turn.role == role).count();
        found.interviewer_turns += with(Role::Interviewer);
        found.other_turns += with(Role::Other);
    }
    found.participants = participants.len();
    found.with_attributes = participants.iter().filter(|id| corpus.attributes.of(name, id).is_some()).count();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for language in transcripts.iter().filter_map(|transcript| transcript.language) {
        *languages.entry(language.name()).or_default() += 1;
    }
    found.languages = languages.into_iter().map(|(language, n)| (language.to_string(), n)).collect();
    found.languages.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    found.example_participants = first(&participants, EXAMPLES).into_iter().map(str::to_owned).collect();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_people_are_first_by_number() {
        let people: HashSet<&str> = ["row 10", "row 2", "anna", "row 1", "row 02"].into();
        assert_eq!(first(&people, 4), ["anna", "row 1", "row 02", "row 2"]);
        assert_eq!(first(&people, 9).len(), 5);
    }
}
