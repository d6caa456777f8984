//! New interviews among the themes of a saved analysis.
//!
//! In: an analysis as the researcher edited it, new interviews, and a source of vectors of the same
//! model. Out: for each new passage its theme, or none, and how far the new interviews go beyond the
//! themes. It reads, divides and sets aside as the analysis did, finds the sections by the questions
//! asked, and changes neither the themes nor the analysis.
//!
//! Where a passage belongs is decided in [`crate::cluster::KnownThemes`]; which section an answer falls
//! into in [`crate::guide::KnownGuide`].

mod assigned;
mod known;
mod policy;

pub use assigned::*;

use self::known::*;
use self::policy::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use linfa::traits::Fit;
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, Array2, Axis, concatenate, s};

use crate::analysis::people::people_of;
use crate::analysis::pipeline::counting::{self, centre, prevalence, rounded};
use crate::analysis::pipeline::policy::themes_params;
use crate::analysis::pipeline::rows::unit_row;
use crate::analysis::pipeline::texts::{given_lines, guide_items, unit_items};
use crate::analysis::placing::PlacingError;
use crate::analysis::placing::known_sections::{KnownSections, theme_number};
use crate::analysis::saved::*;
use crate::cluster::Algorithm;
use crate::corpus::{Corpus, Transcript, Unit, UnitOptions, divide};
use crate::embed::{Item, Progress, TextKind, VectorSource};
use crate::guide::{self, AskedInStudy, Place, Recognised, asked_by_study};
use crate::theme::keywords::{self, Keyword, Said};
use crate::theme::mean;

/// Places new interviews among the themes of an analysis; with `section`, all answers belong to that
/// section, whatever was asked.
///
/// # Errors
/// [`AssignError`]; those of the source.
pub fn assign(
    analysis: &Analysis,
    corpus: &Corpus,
    source: &dyn VectorSource,
    section: Option<&str>,
    progress: &mut dyn Progress,
) -> Result<Assignment, PlacingError> {
    let of_analysis = &analysis.summary.manifest.model;
    if !of_analysis.is_comparable_with(source.identity()) {
        let names = (of_analysis.name.clone(), source.identity().name.clone());
        let same = names.0 == names.1;
        let given = if same { format!("these files of {}", names.1) } else { names.1 };
        return Err(AssignError::OtherModel { of_analysis: names.0, given }.into());
    }
    let by_words = by_words(analysis, source, progress)?;
    let analysis = by_words.as_ref().unwrap_or(analysis);
    let ids: Vec<&str> = analysis.summary.sections.iter().map(|section| section.id.as_str()).collect();
    let only = match section {
        None => None,
        Some(id) => Some(ids.iter().position(|known| *known == id).ok_or_else(|| AssignError::NoSection {
            id: id.into(),
            known: ids.iter().map(|id| id.to_string()).collect(),
        })?),
    };
    let parameters = &analysis.summary.manifest.parameters;
    let mut units = divide(corpus, &UnitOptions { kind: parameters.unit, min_words: parameters.min_words });
    source.expect_units(&mut units.iter().map(|unit| unit.id.as_str()))?;
    let asked = guide::asked_questions(corpus);
    let mut items = unit_items(&units);
    let n_units = items.len();
    items.extend(guide_items(&asked, &parameters.frame));
    let embedded = source.vectors(&items, progress)?;
    let wording_vectors = embedded.vectors.slice(s![n_units.., ..]);
    let row_of: HashMap<&str, usize> = items[n_units..].iter().map(|item| item.text.as_ref()).zip(0..).collect();
    let vector_of = |text: &str| wording_vectors.row(row_of[text]).to_owned();

    let given = given_lines(&parameters.frame);
    let recovered = guide::recover(corpus, &asked, (!given.is_empty()).then_some(given), &vector_of);
    let known_guide = known_guide(analysis);
    let examples: Vec<Item> =
        known_guide.wordings().into_iter().map(|text| Item::wording(TextKind::Question, text)).collect();
    let example_vectors =
        if asked.is_empty() || examples.is_empty() { None } else { source.term_vectors(&examples, progress)? };
    let example_of: HashMap<&str, usize> = examples.iter().map(|item| item.text.as_ref()).zip(0..).collect();
    let known_vector = example_vectors.as_ref().map(|vectors| |text: &str| vectors.row(example_of[text]).to_owned());
    let known_vector = known_vector.as_ref().map(|vector| vector as &guide::WordingVectors);
    let mut recognised = known_guide.recognise(corpus, &asked, &recovered, &vector_of, known_vector);
    settle(&mut recognised, analysis, only);
    let had_vector: Vec<bool> = units.iter().map(|unit| unit.excluded.is_none()).collect();
    drop(items);
    set_aside(corpus, &mut units, &recognised, &recovered, analysis);

    let embedded_units = units.iter().zip(&had_vector).filter(|(_, had)| **had).map(|(unit, _)| unit);
    let kept: Vec<usize> =
        embedded_units.enumerate().filter(|(_, unit)| unit.excluded.is_none()).map(|(row, _)| row).collect();
    let mut vectors = embedded.vectors.select(Axis(0), &kept);
    let known = KnownSections::new(analysis)?;
    known.described(&mut vectors);
    let unknown: Vec<String> = recognised.unknown.iter().map(|&number| recovered[number].wording.clone()).collect();
    New { analysis, corpus, known, units, recognised, unknown, vectors }.assignment()
}

/// An analysis by notes and words with the vectors of its words alone, since new passages have no notes; `None`
/// where it is by words already, or the source has no vectors of its passages: then words are held against notes
/// and words.
fn by_words(
    analysis: &Analysis,
    source: &dyn VectorSource,
    progress: &mut dyn Progress,
) -> Result<Option<Analysis>, PlacingError> {
    if analysis.summary.manifest.notes.is_none() {
        return Ok(None);
    }
    let mut rows: Vec<(usize, &UnitRow)> = analysis.units.iter().filter_map(|row| Some((row.vector?, row))).collect();
    rows.sort_by_key(|&(vector, _)| vector);
    let items: Vec<Item> = rows.iter().map(|(_, row)| Item::unit(row.id.as_str(), row.text.as_str())).collect();
    let vectors = source.term_vectors(&items, progress)?.filter(|vectors| vectors.dim() == analysis.vectors.dim());
    Ok(vectors.map(|vectors| Analysis { summary: analysis.summary.clone(), units: analysis.units.clone(), vectors }))
}

/// The new interviews while they are placed.
struct New<'a> {
    analysis: &'a Analysis,
    corpus: &'a Corpus,
    known: KnownSections<'a>,
    units: Vec<Unit>,
    recognised: Recognised,
    /// Wordings of the unknown questions.
    unknown: Vec<String>,
    /// `(n_not_excluded, n_dims)`, without the direction of the subject.
    vectors: Array2<f32>,
}

impl New<'_> {
    fn assignment(self) -> Result<Assignment, PlacingError> {
        let summary = &self.analysis.summary;
        let mut rows: Vec<UnitRow> = self
            .units
            .iter()
            .map(|unit| {
                let section = match self.recognised.places[unit.answer] {
                    Place::Section(section) => Some(summary.sections[section].id.clone()),
                    _ => None,
                };
                unit_row(self.corpus, unit, section)
            })
            .collect();
        for (vector, row) in rows.iter_mut().filter(|row| row.status == Status::Unclustered).enumerate() {
            row.vector = Some(vector);
        }
        let people = people_of(&rows);
        let others = self.known.others(&rows);
        let mut sections = Vec::with_capacity(summary.sections.len());
        for (at, section) in summary.sections.iter().enumerate() {
            let members = self.members(&rows, Place::Section(at));
            let own: Vec<usize> = members.iter().filter_map(|&row| rows[row].vector).collect();
            let described = self.vectors.select(Axis(0), &own);
            let prepared = self.known.prepared(&described, &members, &others);
            let parts = self.known.parts(at);
            let theme_id = |theme: usize| section.themes[theme].id.clone();
            for (i, placed) in self.known.themes[at].place(prepared.view())?.into_iter().enumerate() {
                let row = &mut rows[members[i]];
                if let Some(theme) = placed.theme {
                    row.status = Status::Theme;
                    row.theme = Some(theme_id(theme));
                    row.sub_theme = parts.nearest(theme, &described.row(i));
                    row.strength = placed.strength.map(rounded);
                }
                row.second_theme = placed.next.map(|(theme, _)| theme_id(theme));
                row.second_strength = placed.next.map(|(_, share)| rounded(share));
            }
            let answered = |answer: usize| self.recognised.places[answer] == Place::Section(at);
            let asked = asked_by_study(self.corpus, answered);
            let free: Vec<usize> = (0..members.len()).filter(|&i| rows[members[i]].theme.is_none()).collect();
            let group = Free {
                rows: free.iter().map(|&i| members[i]).collect(),
                described: described.select(Axis(0), &free),
                prepared: prepared.select(Axis(0), &free),
            };
            let possible_themes = self.possible_themes(&rows, &people, &group, &members, Some(at), &asked)?;
            sections.push(AssignedSection {
                id: section.id.clone(),
                question: section.question.clone(),
                units: members.len(),
                unclustered: free.len(),
                themes: self.themes(section, &rows, &people, &asked),
                possible_themes,
                asked,
            });
        }
        let unknown_questions = self.unknown_questions(&rows, &people)?;
        Ok(self.summed_up(rows, &people, sections, unknown_questions))
    }

    /// Rows that are not excluded and stand there.
    fn members(&self, rows: &[UnitRow], place: Place) -> Vec<usize> {
        let own = |&row: &usize| self.recognised.places[self.units[row].answer] == place && rows[row].vector.is_some();
        (0..rows.len()).filter(own).collect()
    }

    fn themes(
        &self,
        section: &SectionSummary,
        rows: &[UnitRow],
        people: &[usize],
        asked: &[AskedInStudy],
    ) -> Vec<AssignedTheme> {
        let each = section.themes.iter().map(|theme| {
            let own = rows.iter().zip(people).filter(|(row, _)| row.theme.as_deref() == Some(&theme.id));
            let persons: Vec<usize> = own.map(|(_, &person)| person).collect();
            AssignedTheme {
                id: theme.id.clone(),
                label: theme.label.clone(),
                hidden: theme.hidden,
                mentions: persons.len(),
                prevalence: prevalence(&persons, asked),
                before: theme.prevalence,
            }
        });
        each.collect()
    }

    /// Groups among passages in no theme, found by the program's own clustering. `members`: all new
    /// rows of the section; `section`: the one of the analysis, if it has it.
    fn possible_themes(
        &self,
        rows: &[UnitRow],
        people: &[usize],
        free: &Free,
        members: &[usize],
        section: Option<usize>,
        asked: &[AskedInStudy],
    ) -> Result<Vec<PossibleTheme>, PlacingError> {
        if free.rows.len() < NEW_THEME_PASSAGES {
            return Ok(Vec::new());
        }
        let summary = &self.analysis.summary;
        let parameters = &summary.manifest.parameters;
        let conversation = summary.counts.answers > summary.counts.participants;
        let own = Parameters { algorithm: Algorithm::Themes, themes: None, ..parameters.clone() };
        let params = themes_params(free.rows.len(), conversation, &own);
        let found = params.check_ref().map_err(PlacingError::from)?.fit(&DatasetBase::from(free.prepared.view()))?;
        let least = self.least_cohesion(section);
        let mut groups: Vec<(Vec<usize>, f64)> = (0..found.n_themes())
            .map(|theme| (0..free.rows.len()).filter(|&i| found.labels()[i] == Some(theme)).collect())
            .map(|group: Vec<usize>| {
                let cohesion = mean_cosine(&free.described, &group).unwrap_or(-1.0);
                (group, cohesion)
            })
            .filter(|(group, cohesion)| {
                let persons: BTreeSet<usize> = group.iter().map(|&i| people[free.rows[i]]).collect();
                group.len() >= NEW_THEME_PASSAGES && persons.len() >= NEW_THEME_PARTICIPANTS && *cohesion >= least
            })
            .collect();
        groups.sort_by_key(|(group, _)| {
            let persons: BTreeSet<usize> = group.iter().map(|&i| people[free.rows[i]]).collect();
            std::cmp::Reverse((persons.len(), group.len()))
        });
        let members_of: Vec<&[usize]> = groups.iter().map(|(group, _)| group.as_slice()).collect();
        let keywords = self.keywords(rows, people, free, &members_of, members, section);
        let themes = groups.iter().zip(keywords).map(|((group, cohesion), keywords)| {
            let persons: Vec<usize> = group.iter().map(|&i| people[free.rows[i]]).collect();
            let of_group: Vec<counting::Member> = group
                .iter()
                .map(|&i| counting::Member { row: &rows[free.rows[i]], person: people[free.rows[i]], vector: i })
                .collect();
            let middle = centre(&free.described, group);
            let portrait = counting::portrait(&of_group, &free.described.view(), &middle.view(), QUOTES);
            PossibleTheme {
                label: crate::analysis::pipeline::terms::label(None, &keywords, portrait.typical),
                keywords: keywords.into_iter().map(|k| Keyword { weight: rounded(k.weight), ..k }).collect(),
                mentions: group.len(),
                prevalence: prevalence(&persons, asked),
                cohesion: rounded(*cohesion),
                quotes: portrait.quotes,
                units: group.iter().map(|&i| rows[free.rows[i]].id.clone()).collect(),
            }
        });
        Ok(themes.collect())
    }

    /// What a group must reach: the lower quartile of the themes of the section, or of all.
    fn least_cohesion(&self, section: Option<usize>) -> f64 {
        let sections = section.map_or(0..self.known.own.sections.len(), |at| at..at + 1);
        let mut cosines: Vec<f64> = sections
            .flat_map(|at| {
                let section = &self.analysis.summary.sections[at];
                let rows = &self.known.own.rows[at];
                let mut themes: Vec<Vec<usize>> = vec![Vec::new(); section.themes.len()];
                for (i, &row) in rows.iter().enumerate() {
                    if let Some(theme) = theme_number(section, &self.analysis.units[row]) {
                        themes[theme].push(i);
                    }
                }
                let vectors = &self.known.own.sections[at];
                themes.into_iter().filter_map(move |members| mean_cosine(vectors, &members))
            })
            .collect();
        cosines.sort_by(f64::total_cmp);
        let place = (cosines.len() as f64 * COHESION_QUANTILE) as usize; // not negative
        cosines.get(place).copied().unwrap_or(0.0)
    }

    /// Keywords of groups of `free`, told apart from everything else said in the section, then and now.
    fn keywords(
        &self,
        rows: &[UnitRow],
        people: &[usize],
        free: &Free,
        groups: &[&[usize]],
        members: &[usize],
        section: Option<usize>,
    ) -> Vec<Vec<Keyword>> {
        if groups.is_empty() {
            return Vec::new();
        }
        let empty = Array2::zeros((0, self.vectors.ncols()));
        let (old_rows, old) =
            section.map_or((&[][..], &empty), |at| (&self.known.own.rows[at][..], &self.known.own.sections[at]));
        let own: Vec<usize> = members.iter().filter_map(|&row| rows[row].vector).collect();
        let new = self.vectors.select(Axis(0), &own);
        let Ok(vectors) = concatenate(Axis(0), &[new.view(), old.view()]) else {
            return vec![Vec::new(); groups.len()];
        };
        let group_of: HashMap<usize, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(group, members)| members.iter().map(move |&i| (i, group)))
            .map(|(i, group)| (free.rows[i], group))
            .collect();
        let of_participant = self.analysis.summary.languages();
        // Participants of the analysis are others than the new ones, by number too.
        let n_people = people.iter().max().map_or(0, |last| last + 1);
        let known_people = people_of(&self.analysis.units);
        let mut said: Vec<Said> = members
            .iter()
            .map(|&row| Said {
                text: &rows[row].text,
                language: self.transcript(row).language,
                participant: people[row],
                section: 0,
                theme: group_of.get(&row).copied(),
            })
            .collect();
        said.extend(old_rows.iter().map(|&row| {
            let unit = &self.analysis.units[row];
            Said {
                text: &unit.text,
                language: of_participant.get(&(unit.study.as_str(), unit.participant.as_str())).copied(),
                participant: n_people + known_people[row],
                section: 0,
                theme: None,
            }
        }));
        let question = section.map_or("", |at| self.analysis.summary.sections[at].question.as_str());
        let rest: Array1<f32> = mean(&vectors.view(), 0..vectors.nrows()).mapv(|x| x as f32);
        let candidates = keywords::candidates(&said, &[question.to_string()], groups.len());
        let each = candidates.iter().zip(groups).map(|(candidates, group)| {
            let middle = centre(&free.described, group);
            // The mean of the passages that use a term stands in for its vector.
            let closeness = |candidate: &keywords::Candidate| {
                let used = centre(&vectors, &candidate.units);
                keywords::closeness(f64::from(middle.dot(&used)), f64::from(rest.dot(&used)))
            };
            keywords::choose(candidates, &closeness, KEYWORDS)
        });
        each.collect()
    }

    fn transcript(&self, row: usize) -> &Transcript {
        &self.corpus.transcripts[self.corpus.answers[self.units[row].answer].transcript]
    }

    fn unknown_questions(&self, rows: &[UnitRow], people: &[usize]) -> Result<Vec<UnknownQuestion>, PlacingError> {
        let places = (0..self.unknown.len()).map(Place::Unknown).chain([Place::Nowhere]);
        let mut found = Vec::new();
        for place in places {
            let there = |&answer: &usize| self.recognised.places[answer] == place;
            let answers: Vec<usize> = (0..self.corpus.answers.len()).filter(there).collect();
            if answers.is_empty() {
                continue;
            }
            let members = self.members(rows, place);
            let own: Vec<usize> = members.iter().filter_map(|&row| rows[row].vector).collect();
            let described = self.vectors.select(Axis(0), &own);
            let asked = asked_by_study(self.corpus, |answer| there(&answer));
            let free = Free { rows: members.clone(), prepared: described.clone(), described };
            found.push(UnknownQuestion {
                question: match place {
                    Place::Unknown(number) => self.unknown[number].clone(),
                    _ => String::new(),
                },
                answers: answers.len(),
                participants: asked.iter().map(|study| study.asked).sum(),
                units: members.len(),
                possible_themes: self.possible_themes(rows, people, &free, &members, None, &asked)?,
            });
        }
        Ok(found)
    }

    fn summed_up(
        self,
        rows: Vec<UnitRow>,
        people: &[usize],
        sections: Vec<AssignedSection>,
        unknown_questions: Vec<UnknownQuestion>,
    ) -> Assignment {
        let summary = &self.analysis.summary;
        let participants = self.participants(&rows, people);
        let count = |status| rows.iter().filter(|row| row.status == status).count();
        let mut counts = Counts {
            participants: participants.len(),
            answers: self.corpus.answers.len(),
            units: rows.len(),
            in_themes: count(Status::Theme),
            unclustered: count(Status::Unclustered),
            excluded: BTreeMap::new(),
        };
        for row in &rows {
            if let Status::Excluded(reason) = row.status {
                *counts.excluded.entry(reason.word().into()).or_default() += 1;
            }
        }
        let known: HashSet<(&str, &str)> =
            self.analysis.units.iter().map(|unit| (unit.study.as_str(), unit.participant.as_str())).collect();
        let is_known = |p: &&ParticipantSummary| known.contains(&(p.study.as_str(), p.participant.as_str()));
        let known_participants =
            participants.iter().filter(is_known).map(|p| format!("{}/{}", p.study, p.participant)).collect();
        let mut left_out = LeftOut::default();
        for themes in &self.known.themes {
            themes.left_out().for_each(|(_, theme, placed)| left_out.add(theme, placed));
        }
        let units: usize = sections.iter().map(|section| section.units).sum();
        let free: usize = sections.iter().map(|section| section.unclustered).sum();
        let studies = self.corpus.studies();
        let of_study = |name: &str| StudySummary {
            name: name.into(),
            transcripts: self.corpus.transcripts.iter().filter(|transcript| transcript.study == name).count(),
            participants: participants.iter().filter(|p| p.study == name).count(),
            answers: self.corpus.answers.iter().filter(|answer| self.corpus.study_of(answer) == name).count(),
            units: rows.iter().filter(|row| row.study == name).count(),
        };
        Assignment {
            studies: studies.into_iter().map(of_study).collect(),
            attributes: self.corpus.attributes.names().to_vec(),
            counts,
            known_participants,
            seen_again: seen_again(self.analysis, &rows),
            unclustered: (units > 0).then(|| rounded(free as f64 / units as f64)),
            unclustered_before: summary.counts.coverage().map(|coverage| rounded(1.0 - coverage)),
            left_out,
            sections,
            unknown_questions,
            participants,
            units: rows,
        }
    }

    fn participants(&self, rows: &[UnitRow], people: &[usize]) -> Vec<ParticipantSummary> {
        let mut found: Vec<ParticipantSummary> = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for (place, (row, &person)) in rows.iter().zip(people).enumerate() {
            if person == found.len() {
                let transcript = self.transcript(place);
                found.push(ParticipantSummary {
                    study: row.study.clone(),
                    participant: row.participant.clone(),
                    transcript: (transcript.id != row.participant).then(|| transcript.id.to_string()),
                    language: transcript.language.map(|language| language.code().to_string()),
                    answers: 0,
                    units: 0,
                    attributes: self.corpus.attributes.of(&row.study, &row.participant).unwrap_or_default().to_vec(),
                });
            }
            found[person].units += 1;
            if last != Some((person, row.answer)) {
                found[person].answers += 1;
                last = Some((person, row.answer));
            }
        }
        found
    }
}

/// Passages in no theme.
struct Free {
    /// Their rows.
    rows: Vec<usize>,
    /// `(n_free, n_dims)`: as themes are described by.
    described: Array2<f32>,
    /// The same as they are clustered by.
    prepared: Array2<f32>,
}

/// Mean cosine of every two of some unit-length rows of `(n, n_dims)`; `None` for fewer than two.
fn mean_cosine(vectors: &Array2<f32>, rows: &[usize]) -> Option<f64> {
    let n = rows.len() as f64;
    let sum = mean(&vectors.view(), rows.iter().copied()) * n;
    (rows.len() > 1).then(|| (sum.dot(&sum) - n) / (n * (n - 1.0)))
}

fn seen_again(analysis: &Analysis, rows: &[UnitRow]) -> Option<SeenAgain> {
    let before: HashMap<(&str, &str), &UnitRow> = analysis
        .units
        .iter()
        .filter(|unit| unit.vector.is_some())
        .map(|unit| ((unit.id.as_str(), unit.text.as_str()), unit))
        .collect();
    let mut seen = SeenAgain { in_themes: 0, same_theme: 0, unclustered: 0, still_unclustered: 0 };
    for row in rows {
        let Some(unit) = before.get(&(row.id.as_str(), row.text.as_str())) else { continue };
        if unit.theme.is_some() {
            seen.in_themes += 1;
            seen.same_theme += usize::from(row.theme.as_deref().is_some_and(|theme| unit.is_in(theme)));
        } else {
            seen.unclustered += 1;
            seen.still_unclustered += usize::from(row.theme.is_none());
        }
    }
    (seen.in_themes + seen.unclustered > 0).then_some(seen)
}
