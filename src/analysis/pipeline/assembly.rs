//! The summary, put together from what the stations found.
//!
//! In: corpus, units, guide, clustered sections, names and trust. Out: the summary and a row for every unit,
//! whole.

use super::framing::*;
use super::policy::*;
use super::provenance::*;
use super::rows::*;
use super::sections::*;
use super::terms::*;
use crate::analysis::people::People;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use ndarray::Array2;
use rayon::prelude::*;

use super::counting::{self, Member, distinct, prevalence, rounded};
use super::headlines::{self, Chosen, SectionHeadlines};
use super::trust::{self, SectionTrust, Trust, accumulation};
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::corpus::{Corpus, Language, Unit};
use crate::embed::{Progress, Step, VectorSource, Watched};
use crate::guide::{self, AskedInStudy, Guide, NoSubject};
use crate::theme::keywords::{self, Keyword};
use crate::theme::recurring::{RecurringTheme, ThemesOf, recurring_themes_watched};
use crate::theme::stability::Clustered;
use crate::theme::vectors::{MADE_AT_ONCE, Vectors, at_once};

/// What the summary is put together from.
pub(super) struct Assembly<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) units: &'a [Unit],
    pub(super) guide: &'a Guide,
    pub(super) people: &'a People,
    pub(super) options: &'a Parameters,
    /// Where it was looked for.
    pub(super) subject: LookedFor,
}

impl Assembly<'_> {
    /// How far to trust what was found.
    pub(super) fn trust(
        &self,
        sections: &mut [ClusteredSection],
        progress: &mut dyn Progress,
    ) -> Result<Trust, AnalysisError> {
        let wholes = sections.iter_mut().map(|section| section.whole.take()).collect();
        let sections = &*sections;
        let fitted_to: Vec<Option<Cow<Array2<f32>>>> = sections.iter().map(|section| self.fitted_to(section)).collect();
        let of_section = |(section, fitted_to)| {
            let (section, fitted_to): (&ClusteredSection, &Option<Cow<Array2<f32>>>) = (section, fitted_to);
            let everything: Vec<usize> = (0..section.members.len()).collect();
            let clustered = section.fitted.as_ref().map(|_| Clustered {
                vectors: fitted_to.as_ref().map_or(&section.own as &dyn Vectors, |fitted_to| &**fitted_to),
                persons: self.persons(section, &everything),
                params: clustering_params(section.members.len(), self.people, self.options),
                joined_from: least_alike(self.options, self.guide.by_section),
                themes: &section.theme_of,
                n_themes: section.order.len(),
            });
            let nearness = section.fitted.as_ref().map_or(&[][..], |fitted| &fitted.isolation);
            trust::Section { units: &section.members, vectors: &section.own, clustered, nearness }
        };
        Trust::new(sections.iter().zip(&fitted_to).map(of_section).collect(), wholes, self.options, progress)
    }

    /// The vectors that a section was fitted to, where draws need them and they are not its own.
    fn fitted_to<'s>(&self, section: &'s ClusteredSection) -> Option<Cow<'s, Array2<f32>>> {
        let is_needed = section.is_shrunk && section.fitted.is_some() && self.options.stability > 0;
        let made = || shrunk(&section.own.all(), &section.members, self.units, self.guide, self.people);
        is_needed.then(|| section.fitted_to.as_ref().map_or_else(|| Cow::Owned(made()), Cow::Borrowed))
    }

    /// `texts`: the id and the words of each unit, which are taken over.
    #[allow(clippy::too_many_arguments, reason = "a summary is put together from what all stations found")]
    pub(super) fn assemble(
        &self,
        texts: Vec<(String, String)>,
        sections: &[ClusteredSection],
        names: Names,
        trust: &Trust,
        source: &dyn VectorSource,
        in_pieces: usize,
        progress: &mut dyn Progress,
    ) -> (Summary, Vec<UnitRow>) {
        let mut questions = SharedTexts::default();
        let row = |(unit, (id, text)): (&Unit, (String, String))| {
            let row = self.row(unit);
            UnitRow { id, text, question: questions.of(&row.question), ..row }
        };
        let mut rows: Vec<UnitRow> = self.units.iter().zip(texts).map(row).collect();
        let clustered_on = rows.iter_mut().filter(|row| row.status == Status::Unclustered);
        clustered_on.enumerate().for_each(|(vector, row)| row.vector = Some(vector));
        let of_section = |(index, (keywords, headlines)): (usize, (Vec<ThemeKeywords>, SectionHeadlines))| {
            self.section(index, &sections[index], keywords, &headlines, trust.section(index), &rows)
        };
        let mut named: Vec<_> = names.keywords.into_iter().zip(names.headlines).enumerate().collect();
        let mut summaries: Vec<SectionSummary> = Vec::with_capacity(sections.len());
        for some in at_once(sections.iter().map(|section| section.members.len()), MADE_AT_ONCE) {
            let some: Vec<_> = named.drain(..some.len()).collect();
            // One is often as long as many others together.
            summaries.par_extend(some.into_par_iter().with_max_len(1).map(of_section));
        }
        for (section, summary) in sections.iter().zip(&summaries) {
            self.fill_rows(section, &summary.themes, &mut rows);
        }
        let recurring = self.recurring(sections, &mut summaries, progress);
        let counts = self.counts(&rows);
        let (studies, participants) = (self.studies(), self.participants());
        let accumulation = accumulation(&summaries, &participants, &studies, &rows, self.options.seed);
        let summary = Summary {
            schema_version: SCHEMA_VERSION,
            files: None,
            manifest: self.manifest(source, in_pieces, names.by_passages),
            studies,
            attributes: self.corpus.attributes.names().to_vec(),
            participants,
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
            categories: Vec::new(),
            memos: Vec::new(),
            silhouette: trust.silhouette(),
            accumulation,
            lineage: None,
            as_found: None,
        };
        (summary, rows)
    }

    /// The parts of a theme that holds more than a fifth of its section, each of several people.
    pub(super) fn parts<'s>(&self, section: &'s ClusteredSection, theme: usize) -> Vec<&'s Vec<usize>> {
        let Some(fitted) = &section.fitted else { return Vec::new() };
        let size = section.themes[theme].len();
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

    pub(super) fn language(&self, unit: &Unit) -> Option<Language> {
        self.corpus.transcripts[self.corpus.answers[unit.answer].transcript].language
    }

    /// Who said each of some members of a section: one person's number a mention.
    pub(super) fn persons(&self, section: &ClusteredSection, members: &[usize]) -> Vec<usize> {
        members.iter().map(|&i| self.people.of[self.units[section.members[i]].answer]).collect()
    }

    pub(super) fn section(
        &self,
        index: usize,
        section: &ClusteredSection,
        keywords: Vec<ThemeKeywords>,
        headlines: &SectionHeadlines,
        trust: &SectionTrust,
        rows: &[UnitRow],
    ) -> SectionSummary {
        let described = &self.guide.sections[index];
        let theme_id = |theme: usize| match described.id.as_str() {
            "T" => format!("T{}", theme + 1),
            id => format!("{id}.{}", theme + 1),
        };
        let vectors = section.own.all();
        let themes: Vec<Theme> = keywords
            .into_iter()
            .enumerate()
            .map(|(theme, keywords)| {
                self.theme(section, &vectors, theme, keywords, headlines, trust, &theme_id, &described.asked, rows)
            })
            .collect();
        drop(vectors);
        let in_themes = section.theme_of.iter().flatten().count();
        SectionSummary {
            id: described.id.clone(),
            question: described.question.clone(),
            kind: described.kind,
            asked: described.asked.clone(),
            units: section.members.len(),
            unclustered: section.members.len() - in_themes,
            no_themes_because: section.no_themes_because.clone(),
            agreement: trust.agreement(),
            silhouette: trust.silhouette(),
            isolated: trust.isolated(rows),
            shortfall: self
                .options
                .themes
                .map(|wanted| wanted.saturating_sub(themes.len()))
                .filter(|&missing| missing > 0 && section.fitted.is_some()),
            themes,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a theme is put together from what all stations found of it")]
    pub(super) fn theme(
        &self,
        section: &ClusteredSection,
        vectors: &Array2<f32>,
        theme: usize,
        keywords: ThemeKeywords,
        headlines: &SectionHeadlines,
        trust: &SectionTrust,
        theme_id: &dyn Fn(usize) -> String,
        asked: &[AskedInStudy],
        rows: &[UnitRow],
    ) -> Theme {
        let members = &section.themes[theme];
        let centres = &section.centres;
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
        let name = label(headline.as_ref(), &keywords.keywords, portrait.typical);
        Theme {
            id: theme_id(theme),
            headline,
            keywords: stored(keywords.keywords),
            mentions: members.len(),
            prevalence: prevalence(&persons, asked),
            by_study: counting::by_study(&persons, asked, &self.people.study),
            cohesion: portrait.cohesion,
            silhouette: trust.silhouette_of(theme),
            stability: trust.stability_of(theme),
            nearest: counting::nearest(centres, theme)
                .map(|(other, cosine)| NearestTheme { id: theme_id(other), cosine }),
            quotes: portrait.quotes,
            boundary_quote: portrait.boundary,
            follows_the_question: follows(&questions),
            questions,
            sub_themes,
            ..Theme::named(name)
        }
    }

    pub(super) fn group<'r>(
        &self,
        section: &ClusteredSection,
        members: &[usize],
        rows: &'r [UnitRow],
    ) -> Vec<Member<'r>> {
        let person = |unit: usize| self.people.of[self.units[unit].answer];
        members
            .iter()
            .map(|&i| (i, section.members[i]))
            .map(|(i, unit)| Member { row: &rows[unit], person: person(unit), vector: i })
            .collect()
    }

    /// Links themes across sections, and notes in each theme where it belongs.
    pub(super) fn recurring(
        &self,
        sections: &[ClusteredSection],
        summaries: &mut [SectionSummary],
        progress: &mut dyn Progress,
    ) -> Vec<RecurringSummary> {
        let themes_of = |section| {
            let section: &ClusteredSection = section;
            ThemesOf { vectors: &section.own, themes: &section.themes }
        };
        let themes_of: Vec<ThemesOf> = sections.iter().map(themes_of).collect();
        let watched = Watched::new(Step::Recurring, progress);
        let found = recurring_themes_watched(&themes_of, self.options.seed, &|done, total| watched.tell(done, total));
        let answered = guide::People::of(self.corpus);
        let mut found: Vec<RecurringSummary> = found
            .into_iter()
            .filter_map(|group| with_words_in_common(group, summaries))
            .map(|group| self.recurring_summary(&group, sections, summaries, &answered))
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
        answered: &guide::People,
    ) -> RecurringSummary {
        let theme = |(section, theme): (usize, usize)| &summaries[section].themes[theme];
        let among: BTreeSet<usize> = group.members.iter().map(|&(section, _)| section).collect();
        let of_sections = |answer: &usize| self.guide.section_of_answer[*answer].is_some_and(|s| among.contains(&s));
        let asked = answered.asked((0..self.corpus.answers.len()).filter(of_sections));
        let of_member =
            |&(section, theme): &(usize, usize)| self.persons(&sections[section], &sections[section].themes[theme]);
        let persons: Vec<usize> = group.members.iter().flat_map(of_member).collect();
        let of_themes: Vec<&[Keyword]> =
            group.members.iter().map(|&member| theme(member).keywords.as_slice()).collect();
        let keywords = keywords::shared(&of_themes);
        let first_quote = group.members.first().and_then(|&member| theme(member).quotes.first());
        let mut recurring = RecurringSummary {
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
            ..RecurringSummary::of(group.members.iter().map(|&member| theme(member).id.clone()).collect())
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

    /// A unit's row before its theme is known, but for its id and text.
    pub(super) fn row(&self, unit: &Unit) -> UnitRow {
        let section = self.guide.section_of_answer[unit.answer];
        let section = section.map(|section| self.guide.sections[section].id.clone());
        let guide_question = self.guide.question_of_answer[unit.answer].map(|question| question + 1);
        UnitRow { guide_question, ..unit_row(self.corpus, unit, section) }
    }

    fn fill_rows(&self, section: &ClusteredSection, themes: &[Theme], rows: &mut [UnitRow]) {
        for (i, &unit) in section.members.iter().enumerate() {
            let row = &mut rows[unit];
            let Some(shares) = section.shares.get(i) else { continue };
            if let Some(theme) = section.theme_of[i] {
                row.status = Status::Theme;
                row.theme = Some(themes[theme].id.clone());
                row.strength = shares.own.map(|share| rounded(f64::from(share)));
            }
            if let Some((share, theme)) = shares.next {
                row.second_theme = Some(themes[theme].id.clone());
                row.second_strength = Some(rounded(f64::from(share)));
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

    pub(super) fn counts(&self, rows: &[UnitRow]) -> Counts {
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

    pub(super) fn studies(&self) -> Vec<StudySummary> {
        let names = self.corpus.studies();
        let number_of: HashMap<&str, usize> = names.iter().copied().zip(0..).collect();
        let mut found: Vec<StudySummary> = names
            .iter()
            .map(|name| StudySummary { name: name.to_string(), transcripts: 0, participants: 0, answers: 0, units: 0 })
            .collect();
        for transcript in &self.corpus.transcripts {
            found[number_of[transcript.study.as_str()]].transcripts += 1;
        }
        self.people.study.iter().for_each(|&study| found[study].participants += 1);
        for answer in &self.corpus.answers {
            found[number_of[self.corpus.study_of(answer)]].answers += 1;
        }
        for unit in self.units {
            found[number_of[self.corpus.study_of(&self.corpus.answers[unit.answer])]].units += 1;
        }
        found
    }

    pub(super) fn participants(&self) -> Vec<ParticipantSummary> {
        let mut found: Vec<ParticipantSummary> = Vec::with_capacity(self.people.study.len());
        for (answer, &person) in self.corpus.answers.iter().zip(&self.people.of) {
            if person == found.len() {
                let study = self.corpus.study_of(answer).to_string();
                let attributes = self.corpus.attributes.of(&study, &answer.participant).unwrap_or_default().to_vec();
                let transcript = &self.corpus.transcripts[answer.transcript];
                found.push(ParticipantSummary {
                    transcript: (*transcript.id != *answer.participant).then(|| transcript.id.to_string()),
                    language: transcript.language.map(|l| l.code().to_string()),
                    participant: answer.participant.to_string(),
                    answers: 0,
                    units: 0,
                    attributes,
                    study,
                });
            }
            found[person].answers += 1;
        }
        for unit in self.units {
            found[self.people.of[unit.answer]].units += 1;
        }
        found
    }

    pub(super) fn manifest(&self, source: &dyn VectorSource, in_pieces: usize, keywords_by_passages: bool) -> Manifest {
        Manifest {
            program: concat!("leitmotif ", env!("CARGO_PKG_VERSION")).into(),
            created: created(),
            inputs: self.corpus.sources.clone(),
            also_read: Vec::new(),
            parameters: self.options.clone(),
            model: source.identity().clone(),
            vectors_from: source.origin(),
            keywords_by_passages,
            roles: roles(self.corpus),
            units_embedded_in_pieces: in_pieces,
            warnings: warnings(self.corpus, source)
                .into_iter()
                .chain(unasked_lines(&self.options.frame, &guide_summary(self.guide)))
                .collect(),
            failures: self.corpus.failures.clone(),
            notes: None,
            generated_names: None,
            coding: None,
            edits: Vec::new(),
            pseudonyms: None,
        }
    }
}
/// A group without the themes that have fewer than [`WORDS_IN_COMMON`] keywords; `None` where fewer than two are left.
/// Where most themes have none, as in languages whose words are not told apart, it stays as it is.
fn with_words_in_common(mut group: RecurringTheme, summaries: &[SectionSummary]) -> Option<RecurringTheme> {
    let has = |&(section, theme): &(usize, usize)| summaries[section].themes[theme].keywords.len() >= WORDS_IN_COMMON;
    let themes = || summaries.iter().flat_map(|section| &section.themes);
    let telling = themes().filter(|theme| theme.keywords.len() >= WORDS_IN_COMMON).count();
    if 2 * telling >= themes().count() {
        group.members.retain(has);
        group.links.retain(|link| has(&link.one) && has(&link.other));
    }
    (group.members.len() > 1).then_some(group)
}
