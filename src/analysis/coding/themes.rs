//! Codes as themes of the analysis.
//!
//! In: the analysis of what fits no code, and which passages have which codes. Out: the same analysis with a theme
//! for each code, in the order of the codebook and before those that were found; in these also the passages with codes
//! that join them; everything counted by [`pipeline::counting`](crate::analysis::pipeline::counting). Codes that nobody
//! voices are listed with their interval. No passage loses a code or a theme.

use std::collections::{BTreeSet, HashMap};

use ndarray::{Array1, s};

use super::beside;
use super::given::{Code, Given};
use super::thresholds::Agreed;
use super::{CodingError, CodingOptions, Decisions, OwnCode};
use crate::analysis::people::People;
use crate::analysis::pipeline::accumulation;
use crate::analysis::pipeline::counting::{self, Member, centre, rounded};
use crate::analysis::pipeline::policy::follows;
use crate::analysis::pipeline::section_vectors::SectionVectors;
use crate::analysis::pipeline::terms::{Naming, TermVectors, stored};
use crate::analysis::saved::*;
use crate::embed::{Progress, VectorSource};
use crate::stats::wilson::wilson;
use crate::theme::keywords::{self, Keyword, Said};
use crate::theme::numbers::counted;

/// `C1`, … in the order of the codebook.
fn theme_id(code: usize) -> String {
    format!("C{}", code + 1)
}

/// Puts the codes into the analysis.
///
/// # Errors
/// Those of the source, for vectors of keywords.
pub(super) fn add_codes(
    analysis: &mut Analysis,
    given: &Given,
    decisions: &Decisions,
    options: CodingOptions,
    source: &dyn VectorSource,
    progress: &mut dyn Progress,
) -> Result<(), CodingError> {
    let beside = beside_the_codes(analysis, given.codes.len(), decisions);
    for (row, (codes, beside)) in decisions.codes.iter().zip(beside).enumerate() {
        let unit = &mut analysis.units[decisions.kept[row]];
        fill_row(unit, row, codes, decisions);
        unit.also.extend(beside);
    }
    let n_judged = decisions.judged.tells.iter().filter(|&&tells| tells).count();
    let nothing_beside = match analysis.summary.sections.first_mut() {
        Some(section) => section.no_themes_because.take(),
        None => None,
    };
    let people = People::of_rows(analysis);
    let vectors = SectionVectors::new(analysis);
    if !analysis.summary.sections.is_empty() {
        let own = OwnSection { analysis, people: &people, vectors: &vectors };
        let themes: Vec<Theme> = {
            let keywords = own.keywords(given.codes.len(), source, progress)?;
            let theme = |(code, keywords)| own.theme(code, &given.codes[code], keywords, decisions, n_judged);
            keywords.into_iter().enumerate().map(theme).chain(own.beside()).collect()
        };
        let section = &mut analysis.summary.sections[0];
        let rows = &vectors.rows[0];
        section.units = rows.len();
        section.unclustered = rows.iter().filter(|&&row| analysis.units[row].status == Status::Unclustered).count();
        section.themes = themes;
        let centres: Vec<Array1<f32>> = section
            .themes
            .iter()
            .map(|theme| {
                let members = (0..rows.len()).filter(|&at| analysis.units[rows[at]].is_in(&theme.id));
                centre(&vectors.sections[0], &members.collect::<Vec<_>>())
            })
            .collect();
        counting::set_nearest(&mut section.themes, &centres);
    }
    let Analysis { summary, units, .. } = analysis;
    let count = |status| units.iter().filter(|unit| unit.status == status).count();
    summary.counts.in_themes = count(Status::Theme);
    summary.counts.unclustered = count(Status::Unclustered);
    let seed = summary.manifest.parameters.seed;
    summary.accumulation = accumulation(&summary.sections, &summary.participants, &summary.studies, units, seed);
    let n_kept = decisions.kept.len();
    let examples = |rows: std::ops::Range<usize>| rows.map(|row| decisions.judged.has[row].len()).sum();
    let by_hand = |codes: &&Vec<OwnCode>| codes.iter().any(|(_, strength)| strength.is_none());
    summary.framing.reason = "all answers together, so that each code has one count of people".into();
    summary.manifest.coding = Some(Coding {
        files: given.files.clone(),
        max_codes: options.max_codes,
        precision: options.precision,
        below_thresholds: options.every_passage.then(|| decisions.below_thresholds()),
        codes: given.codes.len(),
        coded: decisions.codes.iter().filter(|codes| !codes.is_empty()).count(),
        by_hand: decisions.codes.iter().filter(by_hand).count(),
        examples: examples(0..n_kept),
        examples_elsewhere: examples(n_kept..decisions.judged.has.len()),
        judged: (0..n_kept)
            .filter(|&row| decisions.judged.is_judged(row))
            .map(|row| units[decisions.kept[row]].id.clone())
            .collect(),
        expected: decisions.agreed.as_ref().map(|agreed| {
            let sum = |of: fn(&Agreed) -> usize| agreed.iter().map(of).sum();
            let all = Agreed { coded: sum(|a| a.coded), found: sum(|a| a.found), both: sum(|a| a.both) };
            expected(all, n_judged)
        }),
        nothing_beside,
    });
    Ok(())
}

/// For each row the themes beside the codes that it joins. What people coded stays as they coded it.
fn beside_the_codes(analysis: &Analysis, n_codes: usize, decisions: &Decisions) -> Vec<Vec<AlsoIn>> {
    let themes: Vec<&str> = analysis.summary.themes().map(|theme| theme.id.as_str()).collect();
    let number: HashMap<&str, usize> = themes.iter().copied().zip(n_codes..).collect();
    let of_unit = |unit: usize| analysis.units[unit].theme.as_deref().and_then(|theme| number.get(theme).copied());
    let first = decisions.codes.iter().zip(&decisions.kept);
    let first: Vec<Option<usize>> =
        first.map(|(codes, &unit)| codes.first().map(|&(code, _)| code).or_else(|| of_unit(unit))).collect();
    let n_kept = decisions.kept.len();
    let may_join = |row: usize| !decisions.codes[row].is_empty() && !decisions.judged.is_judged(row);
    let may_join: Vec<bool> = (0..n_kept).map(may_join).collect();
    let passages = decisions.smoothed.vectors.slice(s![..n_kept, ..]);
    let also =
        |(theme, share): (usize, f64)| AlsoIn { theme: themes[theme].to_owned(), strength: Some(rounded(share)) };
    let joined = beside::joined(passages, &first, n_codes, &may_join);
    joined.into_iter().map(|themes| themes.into_iter().map(also).collect()).collect()
}

fn fill_row(unit: &mut UnitRow, row: usize, codes: &[OwnCode], decisions: &Decisions) {
    let Some(((first, strength), rest)) = codes.split_first() else { return };
    unit.status = Status::Theme;
    unit.theme = Some(theme_id(*first));
    unit.strength = *strength;
    unit.also = rest.iter().map(|&(code, strength)| AlsoIn { theme: theme_id(code), strength }).collect();
    let own = decisions.probabilities.row(row);
    let is_free = |code: &usize| codes.iter().all(|(own, _)| own != code);
    let next = (0..own.len()).filter(is_free).reduce(|best, here| if own[here] > own[best] { here } else { best });
    (unit.second_theme, unit.second_strength) = (next.map(theme_id), next.map(|code| rounded(own[code])));
}

fn expected(agreed: Agreed, n_judged: usize) -> ExpectedAgreement {
    let Agreed { coded, found, both } = agreed;
    let share = |of: usize| (of > 0).then(|| rounded(both as f64 / of as f64));
    let interval = |of: usize| wilson(both, of).map(|(low, high)| (rounded(low), rounded(high)));
    ExpectedAgreement {
        basis: format!("cross-validated on {} that people coded", counted(n_judged, "passage")),
        coded,
        found,
        both,
        precision: share(found),
        precision_interval: interval(found),
        recall: share(coded),
        recall_interval: interval(coded),
    }
}

/// The one section, its rows coded already.
struct OwnSection<'a> {
    analysis: &'a Analysis,
    people: &'a People,
    vectors: &'a SectionVectors,
}

impl OwnSection<'_> {
    fn members(&self, id: &str) -> Vec<Member<'_>> {
        let members = self.vectors.members(0, &self.analysis.units, self.people);
        members.into_iter().filter(|member| member.row.is_in(id)).collect()
    }

    /// What sets each code apart from everything else that was said; a passage counts for the code that it has most.
    fn keywords(
        &self,
        n_codes: usize,
        source: &dyn VectorSource,
        progress: &mut dyn Progress,
    ) -> Result<Vec<Vec<Keyword>>, CodingError> {
        let summary = &self.analysis.summary;
        let languages = summary.languages();
        let number: HashMap<String, usize> = (0..n_codes).map(|code| (theme_id(code), code)).collect();
        let said: Vec<Said> = self.vectors.rows[0]
            .iter()
            .map(|&row| {
                let unit = &self.analysis.units[row];
                Said {
                    text: &unit.text,
                    language: languages.get(&(unit.study.as_str(), unit.participant.as_str())).copied(),
                    participant: self.people.of[row],
                    section: 0,
                    theme: unit.theme.as_ref().and_then(|theme| number.get(theme)).copied(),
                }
            })
            .collect();
        let vectors = &self.vectors.sections[0];
        let centres = (0..n_codes).map(|code| {
            let rows: Vec<usize> = self.members(&theme_id(code)).iter().map(|member| member.vector).collect();
            centre(vectors, &rows)
        });
        let naming = Naming {
            candidates: keywords::candidates(&said, &[String::new()], n_codes),
            centres: centres.collect(),
            rows: (0..said.len()).map(|place| (place, place)).collect(),
        };
        let terms: BTreeSet<&str> =
            naming.candidates.iter().flatten().map(|candidate| candidate.term.as_str()).collect();
        let terms = TermVectors::new(terms, source, progress)?;
        Ok(naming.keywords(&terms, vectors))
    }

    /// The themes beside the codes, counted with the passages that joined them, most participants first. What names and
    /// quotes them, and how far to trust them, is of the passages that they were found by.
    fn beside(&self) -> Vec<Theme> {
        let mut themes: Vec<Theme> =
            self.analysis.summary.sections[0].themes.iter().map(|theme| self.with_joined(theme.clone())).collect();
        themes.sort_by_key(|theme| std::cmp::Reverse((theme.prevalence.participants, theme.mentions)));
        themes
    }

    fn with_joined(&self, mut theme: Theme) -> Theme {
        let group = self.members(&theme.id);
        if group.len() == theme.mentions {
            return theme;
        }
        let vectors = &self.vectors.sections[0];
        let rows: Vec<usize> = group.iter().map(|member| member.vector).collect();
        counting::count(&mut theme, &group, &self.analysis.summary.sections[0].asked, &self.people.study);
        theme.cohesion = counting::cohesion(&group, &vectors.view(), &centre(vectors, &rows).view());
        theme.questions = counting::question_shares(&group, &self.analysis.summary.framing.guide);
        theme.follows_the_question = follows(&theme.questions);
        theme
    }

    fn theme(
        &self,
        number: usize,
        code: &Code,
        keywords: Vec<Keyword>,
        decisions: &Decisions,
        n_judged: usize,
    ) -> Theme {
        let summary = &self.analysis.summary;
        let section = &summary.sections[0];
        let id = theme_id(number);
        let group = self.members(&id);
        let persons = counting::persons(&group);
        let rows: Vec<usize> = group.iter().map(|member| member.vector).collect();
        let vectors = &self.vectors.sections[0];
        let centre = centre(vectors, &rows);
        let portrait = counting::portrait(&group, &vectors.view(), &centre.view(), summary.manifest.parameters.quotes);
        let questions = counting::question_shares(&group, &summary.framing.guide);
        let is_by_hand = |codes: &&Vec<OwnCode>| codes.contains(&(number, None));
        Theme {
            id,
            code: Some(GivenCode {
                examples: decisions.judged.has.iter().filter(|codes| codes.contains(&number)).count(),
                by_hand: decisions.codes.iter().filter(is_by_hand).count(),
                threshold: rounded(decisions.thresholds.of_codes[number]),
                expected: decisions
                    .agreed
                    .as_ref()
                    .map(|agreed| agreed[number])
                    .filter(|agreed| agreed.coded > 0)
                    .map(|agreed| expected(agreed, n_judged)),
                ..code.stored()
            }),
            description: code.definition.clone(),
            keywords: stored(keywords),
            mentions: group.len(),
            prevalence: counting::prevalence(&persons, &section.asked),
            by_study: counting::by_study(&persons, &section.asked, &self.people.study),
            cohesion: portrait.cohesion,
            quotes: portrait.quotes,
            boundary_quote: portrait.boundary,
            follows_the_question: follows(&questions),
            questions,
            ..Theme::named(code.label().to_owned())
        }
    }
}
