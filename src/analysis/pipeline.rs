//! The stations in their order, for one corpus.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use super::counting::{self, Member, centre, distinct, prevalence, rounded};
use super::headlines::{self, Chosen, SectionClauses, SectionHeadlines};
use super::schema::*;
use super::section_vectors::Shrinkage;
use super::texts::{given_lines, guide_items, unit_items};
use super::trust::{self, Trust};
use crate::cluster::{Algorithm, AlgorithmParams, Linkage, Themes, groups_of_like_direction};
use crate::corpus::{Corpus, Exclusion, Language, Unit, UnitOptions, declines, divide};
use crate::embed::{Item, Progress, VectorSource};
use crate::error::Error;
use crate::guide::{self, AskedInStudy, Frame, Guide, NoSubject, QuestionKind, Subject, asked_by_study};
use crate::theme::headline::Passage;
use crate::theme::keywords::{self, Candidate, Keyword, Said};
use crate::theme::recurring::{RecurringTheme, SectionThemes, recurring_themes};
use crate::theme::stability::Clustered;

/// Fewer units than this in a section: no themes, the answers are listed instead.
pub const MIN_UNITS: usize = 15;
/// Fewer participants than this in a section: likewise. What one or two people say does not recur.
pub const MIN_PARTICIPANTS: usize = 3;
/// Keywords kept for each theme.
const KEYWORDS: usize = 10;
/// A theme that holds more than this share of its section's units is shown with its parts.
const CATCH_ALL_SHARE: f64 = 0.2;
/// A theme follows the question when this share of its units answers one question.
const FOLLOWS_SHARE: f64 = 0.8;
/// Words of a quote that stand in for a label where there are no keywords.
const LABEL_WORDS: usize = 6;
/// A theme needs two participants, one in this many of those who answered in its section, up to
/// [`ENOUGH_VOICES`].
const PEOPLE_PER_VOICE: usize = 25;
const ENOUGH_VOICES: usize = 5;
/// In interviews this factor on `√(n/2)` themes are expected of n passages, and no more than
/// [`MOST_THEMES`] times the cube root of n: 17 of 450 passages, 30 of 2,400, as coders make them.
const INTERVIEW_THEMES: f64 = 1.15;
const MOST_THEMES: f64 = 2.25;
/// Cosine of their directions from the section's mean from which a reader would call two themes of one
/// question the same.
const ALIKE: f64 = 0.75;
/// The clustering's own seed, to which that of the run is added.
const CLUSTERING_SEED: u64 = 42;

/// Finds the themes of a corpus.
///
/// # Errors
/// When the source lacks a vector, or a parameter of the clustering is out of range.
pub fn analyse(
    corpus: &Corpus,
    source: &dyn VectorSource,
    options: &Parameters,
    progress: &mut dyn Progress,
) -> Result<Analysis, Error> {
    let mut units = divide(corpus, &UnitOptions { kind: options.unit, min_words: options.min_words });
    let asked = guide::asked_questions(corpus);
    source.expect_units(&mut units.iter().map(|unit| unit.id.as_str()))?;

    // One call for everything, so that progress counts once and identical texts are embedded once.
    let mut items = unit_items(&units);
    let n_units = items.len();
    items.extend(guide_items(&asked, &options.frame));
    let embedded = source.vectors(&items, progress)?;
    let guide =
        guide_from(corpus, &asked, &options.frame, &items[n_units..], embedded.vectors.slice(s![n_units.., ..]));
    drop(items);

    let had_vector: Vec<bool> = units.iter().map(|unit| unit.excluded.is_none()).collect();
    set_aside_by_guide(corpus, &mut units, &guide);
    let embedded_units = units.iter().zip(&had_vector).filter(|(_, had)| **had).map(|(unit, _)| unit);
    let kept: Vec<usize> =
        embedded_units.enumerate().filter(|(_, unit)| unit.excluded.is_none()).map(|(row, _)| row).collect();
    let vectors = embedded.vectors.select(Axis(0), &kept);
    let in_pieces = kept.iter().filter(|&&row| embedded.split[row]).count();
    let people = People::new(corpus);
    let (sections, subject) = sections_of(&units, &guide, &vectors, &people, options)?;
    let assembly = Assembly { corpus, units: &units, guide: &guide, people: &people, options, subject };
    let named = assembly.candidates(&sections);
    let terms: BTreeSet<&str> = named.iter().flat_map(|group| group.terms()).collect();
    let terms = TermVectors::new(terms, source, progress)?;
    let keywords =
        named.iter().zip(&sections).map(|(group, section)| group.keywords(&terms, &section.found.vectors)).collect();
    let clauses = assembly.clauses(&sections);
    let headlines = headlines::headlines(
        &clauses,
        assembly.subject.as_ref().and_then(|found| found.as_ref().ok()),
        source,
        progress,
    )?;
    let trust = assembly.trust(&sections)?;
    let names = Names { keywords, headlines };
    let mut analysis = assembly.assemble(sections, names, source, in_pieces, terms.own.is_none());
    trust.fill(&mut analysis);
    Ok(Analysis { vectors, ..analysis })
}

/// The guide alone.
///
/// # Errors
/// Those of the source.
pub(super) fn guide_of(
    corpus: &Corpus,
    source: &dyn VectorSource,
    frame: &Frame,
    progress: &mut dyn Progress,
) -> Result<Guide, Error> {
    let asked = guide::asked_questions(corpus);
    if let (true, Some(questions)) = (given_lines(frame).is_empty(), guide::survey(corpus, &asked)) {
        return Ok(guide::frame(corpus, questions, frame));
    }
    let items = guide_items(&asked, frame);
    let embedded = source.vectors(&items, progress)?;
    Ok(guide_from(corpus, &asked, frame, &items, embedded.vectors.view()))
}

/// `vectors`: `(n_items, n_dims)`, of `items` as [`guide_items`] lists them.
fn guide_from(
    corpus: &Corpus,
    asked: &[guide::Asked],
    frame: &Frame,
    items: &[Item],
    vectors: ArrayView2<f32>,
) -> Guide {
    let row_of: HashMap<&str, usize> = items.iter().enumerate().map(|(row, item)| (item.text.as_ref(), row)).collect();
    let vector_of = |text: &str| vectors.row(row_of[text]).to_owned();
    let given = given_lines(frame);
    let questions = guide::recover(corpus, asked, (!given.is_empty()).then_some(given), &vector_of);
    guide::frame(corpus, questions, frame)
}

/// The guide as it is stored.
pub(super) fn guide_summary(guide: &Guide) -> Vec<GuideQuestionSummary> {
    let by_section = guide.sections.iter().filter(|_| guide.by_section);
    // Of sections with the same question the first.
    let section_of: HashMap<&str, &str> =
        by_section.rev().map(|section| (section.question.as_str(), section.id.as_str())).collect();
    guide
        .questions
        .iter()
        .map(|question| GuideQuestionSummary {
            section: section_of.get(question.wording.as_str()).map(|id| id.to_string()),
            wording: question.wording.clone(),
            kind: question.kind,
            asked: question.asked.clone(),
            cohesion: rounded(question.cohesion),
        })
        .collect()
}

/// Marks what the guide shows to be no answer: replies to the greeting, and replies to the closing
/// question that add nothing.
pub(super) fn set_aside_by_guide(corpus: &Corpus, units: &mut [Unit], guide: &Guide) {
    let closing: BTreeSet<usize> = guide
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Closing)
        .flat_map(|question| question.answers.iter().copied())
        .collect();
    for unit in units {
        let answer = unit.answer;
        if guide.section_of_answer[answer].is_none() {
            unit.excluded = Some(Exclusion::Greeting);
        } else if unit.excluded.is_none()
            && closing.contains(&answer)
            && declines(&corpus.turn_of(&corpus.answers[answer]).text)
        {
            unit.excluded = Some(Exclusion::Courtesy);
        }
    }
}

/// Participants as numbers, the same for the same person.
struct People {
    /// For each answer its participant's number.
    of_answer: Vec<usize>,
    /// For each participant their study's number.
    study: Vec<usize>,
}

impl People {
    fn new(corpus: &Corpus) -> Self {
        let studies = corpus.studies();
        let mut numbers: HashMap<(&str, &str), usize> = HashMap::new();
        let mut study = Vec::new();
        let of_answer = corpus
            .answers
            .iter()
            .map(|answer| {
                let name = corpus.study_of(answer);
                *numbers.entry((name, &answer.participant)).or_insert_with(|| {
                    study.push(studies.iter().position(|s| *s == name).unwrap_or(0));
                    study.len() - 1
                })
            })
            .collect();
        Self { of_answer, study }
    }

    /// Somebody answered more than once: interviews, not a survey with one question.
    fn are_in_conversation(&self) -> bool {
        self.of_answer.len() > self.study.len()
    }
}

/// One section with its clustering.
struct ClusteredSection {
    /// Units clustered on: indices into the units, in their order.
    members: Vec<usize>,
    /// Rows of the vectors, like `members`.
    rows: Vec<usize>,
    /// Their vectors, and for each kept theme which of the members make it, most participants first.
    found: SectionThemes,
    /// The unit-length mean of each kept theme's vectors.
    centres: Vec<Array1<f32>>,
    /// For each member its place among the kept themes.
    theme_of: Vec<Option<usize>>,
    /// For each kept theme its numbers in the clustering: several where themes are alike.
    order: Vec<Vec<usize>>,
    /// The fitted clustering; `None` when there were too few units.
    fitted: Option<Themes>,
    /// The vectors that it was fitted to, where they are not those of `found`.
    fitted_to: Option<Array2<f32>>,
    /// Why there are no themes.
    no_themes_because: Option<String>,
}

impl ClusteredSection {
    /// `vectors`: `(n_members, n_dims)`, unit length.
    fn new(members: Vec<usize>, rows: Vec<usize>, vectors: Array2<f32>, clustering: Clustering) -> Self {
        let Clustering { fitted, order, no_themes_because } = clustering;
        let mut themes = vec![Vec::new(); order.len()];
        let mut theme_of = vec![None; members.len()];
        for (i, label) in fitted.iter().flat_map(|fitted| fitted.labels().iter().enumerate()) {
            let place = label.and_then(|label| order.iter().position(|theme| theme.contains(&label)));
            if let Some(theme) = place {
                themes[theme].push(i);
            }
            theme_of[i] = place;
        }
        let centres = themes.iter().map(|members| centre(&vectors, members)).collect();
        let found = SectionThemes { vectors, themes };
        Self { members, rows, found, centres, theme_of, order, fitted, fitted_to: None, no_themes_because }
    }
}

/// What the clustering of a section gave.
struct Clustering {
    /// `None` when there were too few units.
    fitted: Option<Themes>,
    /// The numbers of the themes that are kept, most participants first; themes that are alike are one.
    order: Vec<Vec<usize>>,
    /// Why there are none.
    no_themes_because: Option<String>,
}

/// The subject, or why there is none, where it was looked for.
type LookedFor = Option<Result<Subject, NoSubject>>;

fn sections_of(
    units: &[Unit],
    guide: &Guide,
    vectors: &Array2<f32>,
    people: &People,
    options: &Parameters,
) -> Result<(Vec<ClusteredSection>, LookedFor), Error> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); guide.sections.len()];
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); guide.sections.len()];
    let mut row = 0;
    for (index, unit) in units.iter().enumerate() {
        if unit.excluded.is_some() {
            continue;
        }
        if let Some(section) = guide.section_of_answer[unit.answer] {
            members[section].push(index);
            rows[section].push(row);
        }
        row += 1;
    }
    let mut of_sections: Vec<Array2<f32>> = rows.iter().map(|rows| vectors.select(Axis(0), rows)).collect();
    let looked_for = (guide.by_section && !options.keep_subject).then(|| {
        let text = |&unit: &usize| units[unit].text.as_str();
        let texts: Vec<Vec<&str>> = members.iter().map(|members| members.iter().map(text).collect()).collect();
        Subject::of_sections(&texts, &of_sections)
    });
    if let Some(Ok(subject)) = &looked_for {
        of_sections.iter_mut().for_each(|vectors| subject.erase_from(vectors));
    }
    let conversational = people.are_in_conversation();
    let sections = members
        .into_iter()
        .zip(rows)
        .zip(of_sections)
        .map(|((members, rows), own)| {
            let shrunk = (!guide.by_section && conversational).then(|| {
                let mut shrunk = own.clone();
                shrink_offsets(&mut shrunk, &members, units, guide, people);
                shrunk
            });
            let clustered_on = shrunk.as_ref().unwrap_or(&own);
            let clustering = cluster_section(&members, clustered_on, units, people, options, guide.by_section)?;
            Ok(ClusteredSection { fitted_to: shrunk, ..ClusteredSection::new(members, rows, own, clustering) })
        })
        .collect::<Result<_, Error>>()?;
    Ok((sections, looked_for))
}

/// For a section of `n_units`.
fn clustering_params(n_units: usize, people: &People, options: &Parameters) -> AlgorithmParams {
    themes_params(n_units, people.are_in_conversation(), options)
}

/// For `n_units` passages of interviews (`in_conversation`), or answers of a survey with one a person.
pub(super) fn themes_params(n_units: usize, in_conversation: bool, options: &Parameters) -> AlgorithmParams {
    let linkage = if in_conversation { Linkage::Ward } else { Linkage::DEFAULT };
    // DBSCAN expects no number of themes.
    let expects = in_conversation && options.algorithm != Algorithm::Dbscan;
    let factor = if expects { interview_factor(n_units) } else { 1.0 };
    // The others put every unit somewhere: more themes would be themes of one person.
    let factor = if options.algorithm == Algorithm::Themes { factor } else { factor.min(1.0) };
    options
        .algorithm
        .params()
        .themes(options.themes)
        .granularity(options.granularity * factor)
        .linkage(linkage)
        .seed(CLUSTERING_SEED.wrapping_add(options.seed))
}

/// The factor on `√(n/2)`, the number of themes that the clustering expects, in interviews.
fn interview_factor(n_units: usize) -> f64 {
    let n = n_units.max(1) as f64;
    (MOST_THEMES * libm::cbrt(n) / (n / 2.0).sqrt()).min(INTERVIEW_THEMES)
}

/// The cosine of their centres from which two themes of a section are one; `None` where their number was
/// asked for, where another algorithm has its say, and where everything was clustered together.
fn least_alike(options: &Parameters, by_section: bool) -> Option<f64> {
    (by_section && options.themes.is_none() && options.algorithm == Algorithm::Themes).then_some(ALIKE)
}

/// Participants that a theme needs, of `n_people` who answered.
fn needed_voices(n_people: usize, options: &Parameters) -> usize {
    options.min_participants.unwrap_or_else(|| n_people.div_ceil(PEOPLE_PER_VOICE).clamp(2, ENOUGH_VOICES))
}

fn cluster_section(
    members: &[usize],
    vectors: &Array2<f32>,
    units: &[Unit],
    people: &People,
    options: &Parameters,
    by_section: bool,
) -> Result<Clustering, Error> {
    let person = |i: usize| people.of_answer[units[members[i]].answer];
    let n_people = (0..members.len()).map(person).collect::<BTreeSet<_>>().len();
    let too_few = if n_people < MIN_PARTICIPANTS {
        Some(format!("a recurring theme needs {MIN_PARTICIPANTS} participants or more, and {n_people} answered"))
    } else if members.len() < MIN_UNITS {
        Some(format!("themes need {MIN_UNITS} passages or more, and there are {}", members.len()))
    } else {
        None
    };
    if let Some(reason) = too_few {
        let no_themes_because = Some(format!("too few answers: {reason}"));
        return Ok(Clustering { fitted: None, order: Vec::new(), no_themes_because });
    }
    let params = clustering_params(members.len(), people, options);
    let fitted = params.check_ref()?.fit(&DatasetBase::from(vectors.view()))?;
    let mut numbers: Vec<Vec<usize>> = Vec::new();
    let group_of = match least_alike(options, by_section) {
        Some(least) => groups_of_like_direction(vectors.view(), fitted.labels(), fitted.n_themes(), least),
        None => (0..fitted.n_themes()).collect(),
    };
    for (number, &group) in group_of.iter().enumerate() {
        numbers.resize(numbers.len().max(group + 1), Vec::new());
        numbers[group].push(number);
    }
    let mut voices: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); numbers.len()];
    let mut mentions = vec![0usize; numbers.len()];
    for (i, label) in fitted.labels().iter().enumerate() {
        if let Some(theme) = *label {
            voices[group_of[theme]].insert(person(i));
            mentions[group_of[theme]] += 1;
        }
    }
    // What only one participant says does not recur, however often they say it.
    let needed = needed_voices(n_people, options);
    let mut kept: Vec<usize> = (0..numbers.len()).filter(|&theme| voices[theme].len() >= needed).collect();
    kept.sort_by_key(|&theme| (std::cmp::Reverse((voices[theme].len(), mentions[theme])), theme));
    let order: Vec<Vec<usize>> = kept.into_iter().map(|theme| std::mem::take(&mut numbers[theme])).collect();
    let no_themes_because = order.is_empty().then(|| "no group of answers stands out".to_string());
    Ok(Clustering { fitted: Some(fitted), order, no_themes_because })
}

/// Takes most of what is common to a question's answers, and then to a participant's, out of the
/// vectors.
fn shrink_offsets(vectors: &mut Array2<f32>, members: &[usize], units: &[Unit], guide: &Guide, people: &People) {
    let question: Vec<Option<usize>> =
        members.iter().map(|&unit| guide.question_of_answer[units[unit].answer]).collect();
    let person: Vec<usize> = members.iter().map(|&unit| people.of_answer[units[unit].answer]).collect();
    Shrinkage::of(vectors, &question, &person);
}

/// What the summary is put together from.
struct Assembly<'a> {
    corpus: &'a Corpus,
    units: &'a [Unit],
    guide: &'a Guide,
    people: &'a People,
    options: &'a Parameters,
    /// Where it was looked for.
    subject: LookedFor,
}

impl Assembly<'_> {
    /// How far to trust what was found.
    fn trust(&self, sections: &[ClusteredSection]) -> Result<Trust, Error> {
        let sections = sections
            .iter()
            .map(|section| {
                let vectors = section.found.vectors.view();
                let everything: Vec<usize> = (0..section.members.len()).collect();
                let clustered = section.fitted.as_ref().map(|_| Clustered {
                    vectors: section.fitted_to.as_ref().map_or(vectors, |fitted_to| fitted_to.view()),
                    persons: self.persons(section, &everything),
                    params: clustering_params(section.members.len(), self.people, self.options),
                    joined_from: least_alike(self.options, self.guide.by_section),
                    themes: &section.theme_of,
                    n_themes: section.order.len(),
                });
                let nearness = section.fitted.as_ref().map_or(&[][..], Themes::isolation);
                trust::Section { units: &section.members, vectors, clustered, nearness }
            })
            .collect();
        Trust::new(sections, self.options)
    }

    fn assemble(
        &self,
        sections: Vec<ClusteredSection>,
        names: Names,
        source: &dyn VectorSource,
        in_pieces: usize,
        keywords_by_passages: bool,
    ) -> Analysis {
        let mut rows: Vec<UnitRow> = self.units.iter().map(|unit| self.row(unit)).collect();
        let mut summaries: Vec<SectionSummary> = sections
            .iter()
            .zip(names.keywords.into_iter().zip(names.headlines))
            .enumerate()
            .map(|(index, (section, (keywords, headlines)))| {
                self.section(index, section, keywords, &headlines, &mut rows)
            })
            .collect();
        let recurring = self.recurring(&sections, &mut summaries);
        let counts = self.counts(&rows);
        let studies = self.studies();
        let summary = Summary {
            schema_version: SCHEMA_VERSION,
            files: None,
            manifest: self.manifest(source, in_pieces, keywords_by_passages),
            studies,
            attributes: self.corpus.attributes.names().to_vec(),
            participants: self.participants(),
            counts,
            framing: Framing {
                by_section: self.guide.by_section,
                reason: self.guide.reason.clone(),
                guide: guide_summary(self.guide),
                follow_ups: self.guide.follow_ups,
                subject: self.subject.as_ref().and_then(|found| found.as_ref().ok()).map(|subject| SubjectSummary {
                    word: subject.word.clone(),
                    share: rounded(subject.share),
                    fit: rounded(subject.fit),
                }),
                no_subject: self.subject.as_ref().and_then(|found| found.as_ref().err()).map(NoSubject::to_string),
            },
            sections: summaries,
            recurring,
            silhouette: None,
            accumulation: Vec::new(),
            lineage: None,
            as_found: None,
        };
        Analysis { summary, units: rows, vectors: Array2::zeros((0, 0)) }
    }

    /// For each section the clauses that may be the headlines of its themes and their parts.
    fn clauses(&self, sections: &[ClusteredSection]) -> Vec<SectionClauses> {
        let everything = sections.iter().flat_map(|section| &section.members);
        let prevailing = Language::of(everything.map(|&unit| self.units[unit].text.as_str()));
        let of_section = |(section, described): (&ClusteredSection, &guide::Section)| {
            let passage = |&unit: &usize| {
                let unit = &self.units[unit];
                let language = self.language(unit).or(prevailing);
                Passage { text: &unit.text, language, participant: self.people.of_answer[unit.answer] }
            };
            let parts = (0..section.order.len()).map(|theme| self.parts(section, theme));
            SectionClauses::new(&headlines::Section {
                passages: section.members.iter().map(passage).collect(),
                vectors: &section.found.vectors,
                question: &described.question,
                themes: section.found.themes.iter().map(Vec::as_slice).collect(),
                parts: parts.map(|parts| parts.into_iter().map(Vec::as_slice).collect()).collect(),
            })
        };
        sections.iter().zip(&self.guide.sections).map(of_section).collect()
    }

    /// For each section the terms that may name its themes and their parts, with the centres to
    /// measure them against.
    fn candidates(&self, sections: &[ClusteredSection]) -> Vec<SectionNaming> {
        let questions: Vec<String> = self.guide.sections.iter().map(|section| section.question.clone()).collect();
        let mut starts = Vec::new();
        let mut n_themes = 0;
        for section in sections {
            starts.push(n_themes);
            n_themes += section.order.len();
        }
        let said: Vec<Said> = sections
            .iter()
            .enumerate()
            .flat_map(|(index, section)| {
                let start = starts[index];
                section.members.iter().enumerate().map(move |(i, &unit)| {
                    let unit = &self.units[unit];
                    Said {
                        text: &unit.text,
                        language: self.language(unit),
                        participant: self.people.of_answer[unit.answer],
                        section: index,
                        theme: section.theme_of[i].map(|theme| start + theme),
                    }
                })
            })
            .collect();
        let mut of_themes = keywords::candidates(&said, &questions, n_themes).into_iter();
        sections
            .iter()
            .scan(0, |said_before, section| {
                let rows = (*said_before..*said_before + section.members.len()).zip(0..).collect();
                *said_before += section.members.len();
                Some((section, rows))
            })
            .map(|(section, rows)| SectionNaming {
                themes: Naming {
                    candidates: of_themes.by_ref().take(section.order.len()).collect(),
                    centres: section.centres.clone(),
                    rows,
                },
                parts: (0..section.order.len()).map(|theme| self.part_candidates(section, theme)).collect(),
            })
            .collect()
    }

    /// The same for a large theme's parts, told apart from one another.
    fn part_candidates(&self, section: &ClusteredSection, theme: usize) -> Naming {
        let parts = self.parts(section, theme);
        let said: Vec<Said> = parts
            .iter()
            .enumerate()
            .flat_map(|(part, members)| {
                members.iter().map(move |&i| {
                    let unit = &self.units[section.members[i]];
                    let participant = self.people.of_answer[unit.answer];
                    Said { text: &unit.text, language: self.language(unit), participant, section: 0, theme: Some(part) }
                })
            })
            .collect();
        Naming {
            candidates: keywords::candidates(&said, &[String::new()], parts.len()),
            centres: parts.iter().map(|members| centre(&section.found.vectors, members)).collect(),
            rows: parts.iter().flat_map(|members| members.iter().copied()).enumerate().collect(),
        }
    }

    /// The parts of a theme that holds more than a fifth of its section, each of several people.
    fn parts<'s>(&self, section: &'s ClusteredSection, theme: usize) -> Vec<&'s Vec<usize>> {
        let Some(fitted) = &section.fitted else { return Vec::new() };
        let size = section.found.themes[theme].len();
        if size as f64 <= CATCH_ALL_SHARE * section.members.len() as f64 {
            return Vec::new();
        }
        let parts = match section.order[theme].as_slice() {
            &[number] => fitted.sub_themes(number).unwrap_or_default(),
            // What were two themes are not its parts: they are alike.
            _ => return Vec::new(),
        };
        let several: Vec<&Vec<usize>> =
            parts.iter().filter(|part| distinct(&self.persons(section, part)).len() > 1).collect();
        if several.len() > 1 { several } else { Vec::new() }
    }

    fn language(&self, unit: &Unit) -> Option<Language> {
        self.corpus.transcripts[self.corpus.answers[unit.answer].transcript].language
    }

    /// Who said each of some members of a section: one person's number a mention.
    fn persons(&self, section: &ClusteredSection, members: &[usize]) -> Vec<usize> {
        members.iter().map(|&i| self.people.of_answer[self.units[section.members[i]].answer]).collect()
    }

    fn section(
        &self,
        index: usize,
        section: &ClusteredSection,
        keywords: Vec<ThemeKeywords>,
        headlines: &SectionHeadlines,
        rows: &mut [UnitRow],
    ) -> SectionSummary {
        let described = &self.guide.sections[index];
        let theme_id = |theme: usize| match described.id.as_str() {
            "T" => format!("T{}", theme + 1),
            id => format!("{id}.{}", theme + 1),
        };
        let themes: Vec<Theme> = keywords
            .into_iter()
            .enumerate()
            .map(|(theme, keywords)| self.theme(section, theme, keywords, headlines, &theme_id, &described.asked, rows))
            .collect();
        self.fill_rows(section, &described.id, &themes, &theme_id, rows);
        let in_themes = section.theme_of.iter().flatten().count();
        SectionSummary {
            id: described.id.clone(),
            question: described.question.clone(),
            kind: described.kind,
            asked: described.asked.clone(),
            units: section.members.len(),
            unclustered: section.members.len() - in_themes,
            no_themes_because: section.no_themes_because.clone(),
            agreement: None,
            silhouette: None,
            isolated: Vec::new(),
            shortfall: self
                .options
                .themes
                .map(|wanted| wanted.saturating_sub(themes.len()))
                .filter(|&missing| missing > 0 && section.fitted.is_some()),
            themes,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a theme is put together from what all stations found of it")]
    fn theme(
        &self,
        section: &ClusteredSection,
        theme: usize,
        keywords: ThemeKeywords,
        headlines: &SectionHeadlines,
        theme_id: &dyn Fn(usize) -> String,
        asked: &[AskedInStudy],
        rows: &[UnitRow],
    ) -> Theme {
        let members = &section.found.themes[theme];
        let (vectors, centres) = (&section.found.vectors, &section.centres);
        let group = self.group(section, members, rows);
        let persons = counting::persons(&group);
        let portrait = counting::portrait(&group, &vectors.view(), &centres[theme].view(), self.options.quotes);
        let questions = self.question_shares(section, members);
        let headline = |chosen: &Option<Chosen>| {
            chosen.as_ref().map(|chosen| chosen.of_row(&rows[section.members[chosen.passage]]))
        };
        let sub_themes = self
            .parts(section, theme)
            .into_iter()
            .zip(keywords.parts.into_iter().zip(&headlines.parts[theme]))
            .enumerate()
            .map(|(part, (members, (keywords, chosen)))| {
                let id = format!("{}.{}", theme_id(theme), part + 1);
                let naming = counting::Naming { headline: headline(chosen), keywords: stored(keywords) };
                let group = self.group(section, members, rows);
                counting::sub_theme(&group, vectors, id, asked, naming, |naming, typical| {
                    label(naming.headline.as_ref(), &naming.keywords, typical)
                })
            })
            .collect();
        let headline = headline(&headlines.themes[theme]);
        Theme {
            id: theme_id(theme),
            label: label(headline.as_ref(), &keywords.keywords, portrait.typical),
            headline,
            generated: None,
            edited: Vec::new(),
            description: None,
            merged: Vec::new(),
            hidden: false,
            keywords: stored(keywords.keywords),
            mentions: members.len(),
            prevalence: prevalence(&persons, asked),
            by_study: counting::by_study(&persons, asked, &self.people.study),
            cohesion: portrait.cohesion,
            silhouette: None,
            stability: None,
            nearest: counting::nearest(centres, theme)
                .map(|(other, cosine)| NearestTheme { id: theme_id(other), cosine }),
            quotes: portrait.quotes,
            recurring: None,
            boundary_quote: portrait.boundary,
            follows_the_question: follows(&questions),
            questions,
            sub_themes,
        }
    }

    fn group<'r>(&self, section: &ClusteredSection, members: &[usize], rows: &'r [UnitRow]) -> Vec<Member<'r>> {
        let person = |unit: usize| self.people.of_answer[self.units[unit].answer];
        members
            .iter()
            .map(|&i| (i, section.members[i]))
            .map(|(i, unit)| Member { row: &rows[unit], person: person(unit), vector: i })
            .collect()
    }

    /// Links themes across sections, and notes in each theme where it belongs.
    fn recurring(&self, sections: &[ClusteredSection], summaries: &mut [SectionSummary]) -> Vec<RecurringSummary> {
        let themes_of: Vec<&SectionThemes> = sections.iter().map(|section| &section.found).collect();
        let mut found: Vec<RecurringSummary> = recurring_themes(&themes_of, self.options.seed)
            .into_iter()
            .map(|group| self.recurring_summary(&group, sections, summaries))
            .collect();
        found.sort_by(|a, b| {
            let key = |theme: &RecurringSummary| std::cmp::Reverse((theme.prevalence.participants, theme.themes.len()));
            key(a).cmp(&key(b)).then_with(|| a.themes.cmp(&b.themes))
        });
        for (number, recurring) in found.iter_mut().enumerate() {
            recurring.id = format!("R{}", number + 1);
            for theme in summaries.iter_mut().flat_map(|section| &mut section.themes) {
                if recurring.themes.contains(&theme.id) {
                    theme.recurring = Some(recurring.id.clone());
                }
            }
        }
        found
    }

    fn recurring_summary(
        &self,
        group: &RecurringTheme,
        sections: &[ClusteredSection],
        summaries: &[SectionSummary],
    ) -> RecurringSummary {
        let theme = |(section, theme): (usize, usize)| &summaries[section].themes[theme];
        let among: BTreeSet<usize> = group.members.iter().map(|&(section, _)| section).collect();
        let asked = asked_by_study(self.corpus, |answer| {
            self.guide.section_of_answer[answer].is_some_and(|s| among.contains(&s))
        });
        let of_member = |&(section, theme): &(usize, usize)| {
            self.persons(&sections[section], &sections[section].found.themes[theme])
        };
        let persons: Vec<usize> = group.members.iter().flat_map(of_member).collect();
        let of_themes: Vec<&[Keyword]> =
            group.members.iter().map(|&member| theme(member).keywords.as_slice()).collect();
        let keywords = keywords::shared(&of_themes);
        let first_quote = group.members.first().and_then(|&member| theme(member).quotes.first());
        let mut recurring = RecurringSummary {
            id: String::new(),
            label: String::new(),
            headline: None,
            keywords: Vec::new(),
            generated: None,
            themes: group.members.iter().map(|&member| theme(member).id.clone()).collect(),
            prevalence: prevalence(&persons, &asked),
            by_study: counting::by_study(&persons, &asked, &self.people.study),
            links: group
                .links
                .iter()
                .map(|link| ThemeLink {
                    themes: (theme(link.one).id.clone(), theme(link.other).id.clone()),
                    cosine: rounded(link.cosine),
                    by_chance: rounded(link.by_chance),
                })
                .collect(),
        };
        let themes = || summaries.iter().flat_map(|section| &section.themes);
        recurring.headline = headlines::of_recurring(&recurring, |id| themes().find(|theme| theme.id == id));
        let typical = first_quote.map(|quote| quote.text.as_str());
        recurring.label = label(recurring.headline.as_ref(), &keywords, typical);
        recurring.keywords = stored(keywords).into_iter().take(KEYWORDS).collect();
        recurring
    }

    /// Where everything was clustered together under a guide: what the theme's units answer.
    fn question_shares(&self, section: &ClusteredSection, members: &[usize]) -> Vec<QuestionShare> {
        if self.guide.by_section || self.guide.questions.len() < 2 {
            return Vec::new();
        }
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &i in members {
            if let Some(question) = self.guide.question_of_answer[self.units[section.members[i]].answer] {
                *counts.entry(question).or_default() += 1;
            }
        }
        let mut shares: Vec<(usize, usize)> = counts.into_iter().collect();
        shares.sort_by_key(|&(question, count)| (std::cmp::Reverse(count), question));
        shares
            .into_iter()
            .map(|(question, count)| QuestionShare {
                question: self.guide.questions[question].wording.clone(),
                share: rounded(count as f64 / members.len() as f64),
            })
            .collect()
    }

    /// A unit's row before its theme is known.
    fn row(&self, unit: &Unit) -> UnitRow {
        let section = self.guide.section_of_answer[unit.answer];
        let section = section.map(|section| self.guide.sections[section].id.clone());
        let guide_question = self.guide.question_of_answer[unit.answer].map(|question| question + 1);
        UnitRow { guide_question, ..unit_row(self.corpus, unit, section) }
    }

    fn fill_rows(
        &self,
        section: &ClusteredSection,
        section_id: &str,
        themes: &[Theme],
        theme_id: &dyn Fn(usize) -> String,
        rows: &mut [UnitRow],
    ) {
        for (i, (&unit, &vector)) in section.members.iter().zip(&section.rows).enumerate() {
            let row = &mut rows[unit];
            row.section = Some(section_id.to_string());
            row.vector = Some(vector);
            let Some(fitted) = &section.fitted else { continue };
            let own = section.theme_of[i];
            let memberships = fitted.memberships().row(i);
            let membership = |numbers: &[usize]| numbers.iter().map(|&number| memberships[number]).sum::<f32>();
            let next = section
                .order
                .iter()
                .enumerate()
                .filter(|&(theme, _)| own != Some(theme))
                .map(|(theme, numbers)| (membership(numbers), theme))
                .reduce(|best, here| if here.0 > best.0 { here } else { best });
            if let Some(theme) = own {
                row.status = Status::Theme;
                row.theme = Some(theme_id(theme));
                row.strength = Some(rounded(f64::from(membership(&section.order[theme]))));
            }
            if let Some((strength, theme)) = next {
                row.second_theme = Some(theme_id(theme));
                row.second_strength = Some(rounded(f64::from(strength)));
            }
        }
        for (theme, described) in themes.iter().enumerate() {
            for (part, sub_theme) in self.parts(section, theme).into_iter().zip(&described.sub_themes) {
                for &i in part {
                    rows[section.members[i]].sub_theme = Some(sub_theme.id.clone());
                }
            }
        }
    }

    fn counts(&self, rows: &[UnitRow]) -> Counts {
        let mut counts = Counts {
            participants: self.people.study.len(),
            answers: self.corpus.answers.len(),
            units: rows.len(),
            ..Counts::default()
        };
        for row in rows {
            match row.status {
                Status::Theme => counts.in_themes += 1,
                Status::Unclustered => counts.unclustered += 1,
                Status::Excluded(reason) => *counts.excluded.entry(reason.word().to_string()).or_default() += 1,
            }
        }
        counts
    }

    fn studies(&self) -> Vec<StudySummary> {
        let study_of = |answer: usize| self.corpus.study_of(&self.corpus.answers[answer]);
        self.corpus
            .studies()
            .iter()
            .enumerate()
            .map(|(number, name)| StudySummary {
                name: name.to_string(),
                transcripts: self.corpus.transcripts.iter().filter(|transcript| transcript.study == *name).count(),
                participants: self.people.study.iter().filter(|&&study| study == number).count(),
                answers: (0..self.corpus.answers.len()).filter(|&answer| study_of(answer) == *name).count(),
                units: self.units.iter().filter(|unit| study_of(unit.answer) == *name).count(),
            })
            .collect()
    }

    fn participants(&self) -> Vec<ParticipantSummary> {
        let mut found: Vec<ParticipantSummary> = Vec::with_capacity(self.people.study.len());
        for (answer, &person) in self.corpus.answers.iter().zip(&self.people.of_answer) {
            if person == found.len() {
                let study = self.corpus.study_of(answer).to_string();
                let attributes = self.corpus.attributes.of(&study, &answer.participant).unwrap_or_default().to_vec();
                let transcript = &self.corpus.transcripts[answer.transcript];
                found.push(ParticipantSummary {
                    transcript: (transcript.id != answer.participant).then(|| transcript.id.clone()),
                    language: transcript.language.map(|l| l.code().to_string()),
                    participant: answer.participant.clone(),
                    answers: 0,
                    units: 0,
                    attributes,
                    study,
                });
            }
            found[person].answers += 1;
        }
        for unit in self.units {
            found[self.people.of_answer[unit.answer]].units += 1;
        }
        found
    }

    fn manifest(&self, source: &dyn VectorSource, in_pieces: usize, keywords_by_passages: bool) -> Manifest {
        Manifest {
            program: concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into(),
            created: created(),
            inputs: self.corpus.sources.clone(),
            parameters: self.options.clone(),
            model: source.identity().clone(),
            vectors_from: source.origin(),
            keywords_by_passages,
            roles: roles(self.corpus),
            units_embedded_in_pieces: in_pieces,
            warnings: warnings(self.corpus, source),
            failures: self.corpus.failures.clone(),
            generated_names: None,
            edits: Vec::new(),
        }
    }
}

/// A unit's row before its theme is known.
pub(super) fn unit_row(corpus: &Corpus, unit: &Unit, section: Option<String>) -> UnitRow {
    let answer = &corpus.answers[unit.answer];
    UnitRow {
        id: unit.id.clone(),
        study: corpus.study_of(answer).to_string(),
        participant: answer.participant.clone(),
        answer: answer.number,
        section,
        question: corpus.question_text(answer),
        text: unit.text.clone(),
        position: position(corpus, unit),
        status: unit.excluded.map_or(Status::Unclustered, Status::Excluded),
        theme: None,
        sub_theme: None,
        strength: None,
        second_theme: None,
        second_strength: None,
        vector: None,
        moved_from: None,
        guide_question: None,
        map: None,
    }
}

fn position(corpus: &Corpus, unit: &Unit) -> Position {
    let turn = corpus.turn_of(&corpus.answers[unit.answer]);
    let document = &corpus.documents[turn.document];
    Position {
        file: corpus.sources[document.source].path.clone(),
        cell: document.cell.clone(),
        start: unit.span.start,
        end: unit.span.end,
        line: turn.line,
        seconds: turn.seconds_at(unit.span.start),
    }
}

/// Things to know about the interviews and about the model.
pub(super) fn warnings(corpus: &Corpus, source: &dyn VectorSource) -> Vec<String> {
    let of_languages = unknown_languages(corpus, source);
    corpus.warnings.iter().chain(source.warnings()).cloned().chain(of_languages).collect()
}

/// Says so when interviews are in a language that the model does not know.
pub fn unknown_languages(corpus: &Corpus, source: &dyn VectorSource) -> Option<String> {
    let known = source.only_language()?;
    let spoken: Vec<Language> =
        corpus.transcripts.iter().filter_map(|t| t.language).filter(|&language| language != known).collect();
    let mut names: Vec<&str> = Vec::new();
    for language in &spoken {
        if !names.contains(&language.name()) {
            names.push(language.name());
        }
    }
    (!spoken.is_empty()).then(|| {
        format!(
            "the model {} knows {known}, but of {} transcripts {} are {}: their themes will be poor; take a \
             multilingual one with `--model` (`leitmotif models list`)",
            source.identity().name,
            corpus.transcripts.len(),
            spoken.len(),
            names.join(", ")
        )
    })
}

/// What may name a group of themes, and the themes' centres.
struct Naming {
    candidates: Vec<Vec<Candidate>>,
    centres: Vec<Array1<f32>>,
    /// For each place in what was said its row among the section's vectors.
    rows: HashMap<usize, usize>,
}

impl Naming {
    /// `vectors`: `(n_members, n_dims)`, of the section.
    fn keywords(&self, terms: &TermVectors, vectors: &Array2<f32>) -> Vec<Vec<Keyword>> {
        let choose = |(theme, candidates): (usize, &Vec<Candidate>)| {
            let closeness = |candidate: &Candidate| {
                let vector = terms.of(&candidate.term).unwrap_or_else(|| {
                    let rows: Vec<usize> = candidate.units.iter().map(|place| self.rows[place]).collect();
                    centre(vectors, &rows)
                });
                let cosines: Vec<f64> = self.centres.iter().map(|centre| f64::from(centre.dot(&vector))).collect();
                let others = cosines.iter().sum::<f64>() - cosines[theme];
                keywords::closeness(cosines[theme], others / (cosines.len() - 1).max(1) as f64)
            };
            keywords::choose(candidates, &closeness, KEYWORDS)
        };
        self.candidates.iter().enumerate().map(choose).collect()
    }
}

/// The vectors of what themes may be named by.
struct TermVectors {
    row_of: HashMap<String, usize>,
    /// `(n_terms, n_dims)`; `None` where nothing can embed a term: the mean of the passages that use
    /// it stands in then.
    own: Option<Array2<f32>>,
}

impl TermVectors {
    fn new(terms: BTreeSet<&str>, source: &dyn VectorSource, progress: &mut dyn Progress) -> Result<Self, Error> {
        let items: Vec<Item> = terms.iter().map(|term| Item::term(*term)).collect();
        let own = source.term_vectors(&items, progress)?;
        Ok(Self { row_of: terms.into_iter().map(str::to_string).zip(0..).collect(), own })
    }

    fn of(&self, term: &str) -> Option<Array1<f32>> {
        self.own.as_ref().map(|own| own.row(self.row_of[term]).to_owned())
    }
}

/// The same for a section's themes and for the parts of each.
struct SectionNaming {
    themes: Naming,
    parts: Vec<Naming>,
}

impl SectionNaming {
    fn terms(&self) -> impl Iterator<Item = &str> {
        let namings = std::iter::once(&self.themes).chain(&self.parts);
        namings.flat_map(|naming| naming.candidates.iter().flatten().map(|candidate| candidate.term.as_str()))
    }

    fn keywords(&self, terms: &TermVectors, vectors: &Array2<f32>) -> Vec<ThemeKeywords> {
        let themes = self.themes.keywords(terms, vectors);
        let parts = self.parts.iter().map(|naming| naming.keywords(terms, vectors));
        themes.into_iter().zip(parts).map(|(keywords, parts)| ThemeKeywords { keywords, parts }).collect()
    }
}

/// What the themes of all sections are named by.
struct Names {
    keywords: Vec<Vec<ThemeKeywords>>,
    headlines: Vec<SectionHeadlines>,
}

struct ThemeKeywords {
    keywords: Vec<Keyword>,
    parts: Vec<Vec<Keyword>>,
}

/// How speaker labels were understood over all transcripts, most turns first.
pub(super) fn roles(corpus: &Corpus) -> Vec<RoleSummary> {
    let mut found: Vec<RoleSummary> = Vec::new();
    let mut place: HashMap<(&str, crate::corpus::Role), usize> = HashMap::new();
    for speaker in corpus.transcripts.iter().flat_map(|transcript| &transcript.speakers) {
        let at = *place.entry((&speaker.label, speaker.role)).or_insert_with(|| {
            found.push(RoleSummary {
                label: speaker.label.clone(),
                role: speaker.role,
                reason: speaker.reason.clone(),
                turns: 0,
                transcripts: 0,
            });
            found.len() - 1
        });
        found[at].turns += speaker.turns;
        found[at].transcripts += 1;
    }
    found.sort_by(|a, b| b.turns.cmp(&a.turns).then_with(|| a.label.cmp(&b.label)));
    found
}

/// Keywords as they are written down.
fn stored(keywords: Vec<Keyword>) -> Vec<Keyword> {
    keywords.into_iter().map(|keyword| Keyword { weight: rounded(keyword.weight), ..keyword }).collect()
}

/// The headline, else the keywords' label, or without keywords how the most typical member begins.
pub(super) fn label(headline: Option<&Headline>, keywords: &[Keyword], typical: Option<&str>) -> String {
    headline.map(Headline::label).or_else(|| keywords::label(keywords)).unwrap_or_else(|| {
        let words: Vec<&str> = typical.unwrap_or_default().split_whitespace().collect();
        let dots = if words.len() > LABEL_WORDS { "…" } else { "" };
        format!("“{}{dots}”", words[..words.len().min(LABEL_WORDS)].join(" "))
    })
}

/// Whether nearly all of a theme answers one question.
pub(super) fn follows(questions: &[QuestionShare]) -> bool {
    questions.first().is_some_and(|first| first.share >= FOLLOWS_SHARE)
}

/// The time of `SOURCE_DATE_EPOCH` as RFC 3339 in UTC.
fn created() -> Option<String> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
    let time = std::time::SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds))?;
    Some(humantime::format_rfc3339_seconds(time).to_string())
}
