//! What the report's pages are drawn from, as one JSON block.
//!
//! In: an analysis and its codebook. Out: plain data, in columns where there are many, since a report
//! of thousands of passages has to open at once. Nothing is counted here. Folders on the researcher's
//! disk stay out: a report is passed on, so files are named without their paths.

use std::collections::HashMap;

use serde::Serialize;

use super::attributes_part::{AttributePart, attributes};
use super::codebook_part::{CodebookPart, FoundPart};
use super::interviews::{groups_of, is_asked_again};
use super::manifest_part::{ManifestPart, file_name};
use super::people_part::PeoplePart;
use super::{ComparisonPage, Options};
use crate::analysis::codebook::Codebook;
use crate::analysis::people::People;
use crate::analysis::{
    Analysis, QuestionShare, Quote, Status, StudyPrevalence, StudySummary, SubTheme, Theme, UnitRow,
};
use crate::analysis::{Category, Counts, Framing, GivenCode, RecurringSummary, SectionSummary};
use crate::corpus::Exclusion;
use crate::guide::{AskedInStudy, QuestionKind};
use crate::theme::accumulation::Accumulation;
use crate::theme::prevalence::Prevalence;
use crate::theme::stability::{Agreement, FIRM, Firmness, LOOSE, calibration, recognised};

/// Places on the map are whole numbers below this one.
const MAP_WIDTH: f32 = 10_000.0;
/// Code points between two passages of an answer from which on a new paragraph begins.
const PARAGRAPH_GAP: usize = 2;

/// Everything that the pages show.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    pub(super) title: String,
    studies: &'a [StudySummary],
    counts: &'a Counts,
    coverage: Option<f64>,
    framing: &'a Framing,
    silhouette: Option<f64>,
    accumulation: &'a [Accumulation],
    manifest: ManifestPart<'a>,
    sections: Vec<SectionPart<'a>>,
    themes: Vec<ThemePart<'a>>,
    recurring: Vec<RecurringSummary>,
    /// Whether `firm` and `loose` say of these vectors what a coder would recognise.
    is_calibrated: bool,
    /// In words.
    calibration: String,
    firm: f64,
    loose: f64,
    /// Words for stabilities from `firm` on, from `loose` on, and below.
    firmness: [&'static str; 3],
    /// Words for why units were set aside; [`Units::theme`] points here.
    exclusions: Vec<&'static str>,
    participants: Participants<'a>,
    /// What is known of the participants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributePart>,
    people: PeoplePart<'a>,
    questions: Vec<&'a str>,
    files: Vec<&'a str>,
    answers: Answers,
    units: Units<'a>,
    /// The researcher's groups of themes.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    categories: &'a [Category],
    /// Indices of units, with the researcher's note on each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    memos: Vec<(usize, &'a str)>,
    codebook: CodebookPart<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FoundPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<&'a ComparisonPage>,
    /// For people who read and do not edit: it holds the chosen themes and quotes alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    for_readers: bool,
}

#[derive(Serialize)]
struct SectionPart<'a> {
    id: &'a str,
    question: &'a str,
    kind: QuestionKind,
    asked: &'a [AskedInStudy],
    units: usize,
    unclustered: usize,
    no_themes_because: Option<&'a str>,
    shortfall: Option<usize>,
    agreement: Option<Agreement>,
    silhouette: Option<f64>,
    /// Indices into the units, the most isolated first.
    isolated: Vec<usize>,
    /// Indices into the themes.
    themes: Vec<usize>,
}

#[derive(Serialize)]
struct ThemePart<'a> {
    id: &'a str,
    label: &'a str,
    /// Its label before the researcher named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    found_label: Option<&'a str>,
    /// Index of the unit that its headline is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<usize>,
    /// Index into the sections.
    section: usize,
    edited: &'a [String],
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo: Option<&'a str>,
    code: Option<&'a GivenCode>,
    merged: &'a [String],
    hidden: bool,
    /// Each with the participants who use it.
    keywords: Vec<(&'a str, usize)>,
    mentions: usize,
    prevalence: Prevalence,
    by_study: &'a [StudyPrevalence],
    cohesion: f64,
    silhouette: Option<f64>,
    stability: Option<f64>,
    /// Why its stability is not measured, where that is known.
    unmeasured: Option<String>,
    /// How many of a hundred such themes a coder recognised, where that is known of these vectors.
    recognised: Option<u32>,
    /// Id and cosine.
    nearest: Option<(&'a str, f64)>,
    quotes: Vec<QuotePart<'a>>,
    boundary: Option<QuotePart<'a>>,
    recurring: Option<&'a str>,
    questions: &'a [QuestionShare],
    follows_the_question: bool,
    parts: Vec<SubThemePart<'a>>,
}

#[derive(Serialize)]
struct SubThemePart<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    mentions: usize,
    prevalence: Prevalence,
    quotes: Vec<QuotePart<'a>>,
}

/// A quote by its unit.
#[derive(Serialize)]
struct QuotePart<'a> {
    /// Index into the units.
    u: usize,
    /// The words, where they are not the whole unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Words before or after are left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    before: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    after: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
}

#[derive(Default, Serialize)]
struct Participants<'a> {
    id: Vec<&'a str>,
    /// Index into the studies.
    study: Vec<usize>,
}

/// Answers in the order of the corpus, a column each.
#[derive(Default, Serialize)]
struct Answers {
    participant: Vec<usize>,
    number: Vec<usize>,
    question: Vec<usize>,
    file: Vec<usize>,
    line: Vec<usize>,
    /// Index into the sections; −1 for none.
    section: Vec<i64>,
    /// 1-based number of the guide question; 0 outside the guide.
    guide: Vec<usize>,
    /// Those whose question was not asked anew: the answer before, of the same interview, has it.
    again: Vec<usize>,
    /// Index of its first unit; those of an answer stand together.
    first: Vec<usize>,
}

/// Units in the order of the corpus, a column each.
#[derive(Default, Serialize)]
struct Units<'a> {
    /// What follows the answer's number in the id, for example `.2`.
    suffix: Vec<&'a str>,
    answer: Vec<usize>,
    text: Vec<&'a str>,
    /// What stands between the unit and the one before it in its answer: `0` nothing, `1` a space, `2`
    /// a new paragraph.
    joins: String,
    /// Index into the themes; −1 for unclustered, −2 and below for exclusions.
    theme: Vec<i64>,
    /// Units of several themes, with the indices of the further ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<(usize, Vec<i64>)>,
    /// Units with a margin note, and the note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Vec<(usize, &'a str)>,
    /// Index into the theme's parts; −1 for none.
    part: Vec<i64>,
    /// Membership in the theme in percent; −1 for none.
    strength: Vec<i64>,
    /// Index into the themes of the next best; −1 for none.
    second: Vec<i64>,
    /// Seconds into the recording, where one unit has any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time: Vec<Option<String>>,
    /// Places on the map, 0 to 9,999; −1 for none.
    x: Vec<i64>,
    y: Vec<i64>,
}

/// A recurring theme without the path at which its headline stands: where the interviews lie on this machine
/// is nobody else's business.
fn without_path(recurring: &RecurringSummary) -> RecurringSummary {
    let mut recurring = recurring.clone();
    if let Some(headline) = &mut recurring.headline {
        headline.position.file.clear();
    }
    recurring
}

/// Indices by name, in order of first appearance.
struct Numbering<'a> {
    number_of: HashMap<&'a str, usize>,
    names: Vec<&'a str>,
}

impl<'a> Numbering<'a> {
    fn new() -> Self {
        Self { number_of: HashMap::new(), names: Vec::new() }
    }

    fn number(&mut self, name: &'a str) -> usize {
        let names = &mut self.names;
        *self.number_of.entry(name).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        })
    }
}

impl<'a> Data<'a> {
    pub(super) fn new(analysis: &'a Analysis, codebook: &'a Codebook, options: Options<'a>) -> Self {
        let Options { title, comparison, bands, recordings, for_readers } = options;
        let summary = &analysis.summary;
        let index = Index::new(analysis);
        let found_labels: HashMap<&str, &str> = summary
            .as_found
            .iter()
            .flat_map(|found| found.sections.iter().flat_map(|section| &section.themes))
            .map(|theme| (theme.id.as_str(), theme.label.as_str()))
            .collect();
        let mut first_theme = 0;
        let sections = summary
            .sections
            .iter()
            .map(|section| {
                let themes = first_theme..first_theme + section.themes.len();
                first_theme = themes.end;
                index.section(section, themes.collect())
            })
            .collect();
        let themes = summary.sections.iter().enumerate().flat_map(|(at, section)| {
            let (index, found_labels) = (&index, &found_labels);
            section.themes.iter().map(move |theme| index.theme(theme, at, found_labels))
        });
        let (mut participants, mut answers, mut units) =
            (Participants::default(), Answers::default(), Units::default());
        let (mut questions, mut files) = (Numbering::new(), Numbering::new());
        let (people, groups) = (People::of_rows(analysis), groups_of(summary));
        let map = MapScale::new(&analysis.units);
        let has_times = analysis.units.iter().any(|unit| unit.position.seconds.is_some());
        let mut before: Option<&UnitRow> = None;
        for (at, unit) in analysis.units.iter().enumerate() {
            let person = people.of[at];
            if person == participants.id.len() {
                participants.id.push(&unit.participant);
                participants.study.push(people.study[person]);
            }
            let continues = before.is_some_and(|before| {
                (&before.study, &before.participant, before.answer) == (&unit.study, &unit.participant, unit.answer)
            });
            if !continues {
                answers.participant.push(person);
                answers.number.push(unit.answer);
                answers.question.push(questions.number(&unit.question));
                answers.file.push(files.number(file_name(&unit.position.file)));
                answers.line.push(unit.position.line);
                let section = unit.section.as_deref().and_then(|id| index.section_of.get(id));
                answers.section.push(section.map_or(-1, |&section| section as i64));
                answers.guide.push(unit.guide_question.unwrap_or_default());
                if before.is_some_and(|before| is_asked_again(before, unit, &groups)) {
                    answers.again.push(answers.number.len() - 1);
                }
                answers.first.push(at);
            }
            let gap = before.filter(|_| continues).map_or(0, |it| unit.position.start.saturating_sub(it.position.end));
            units.joins.push(match gap {
                0 => '0',
                gap if gap < PARAGRAPH_GAP => '1',
                _ => '2',
            });
            let answer_id = format!("{}/{}#{}", unit.study, unit.participant, unit.answer);
            units.suffix.push(unit.id.strip_prefix(&answer_id).unwrap_or(&unit.id));
            units.answer.push(answers.number.len() - 1);
            units.text.push(&unit.text);
            units.theme.push(match unit.status {
                Status::Theme => index.theme_number(unit.theme.as_deref()),
                Status::Unclustered => -1,
                Status::Excluded(reason) => {
                    -2 - Exclusion::ALL.iter().position(|&it| it == reason).map_or(0, |place| place as i64)
                }
            });
            if !unit.also.is_empty() {
                units.also.push((at, unit.also.iter().map(|also| index.theme_number(Some(&also.theme))).collect()));
            }
            units.note.extend(unit.note.as_deref().map(|note| (at, note)));
            units.part.push(index.part_number(unit));
            units.strength.push(unit.strength.map_or(-1, |strength| (strength * 100.0).round() as i64));
            units.second.push(index.theme_number(unit.second_theme.as_deref()));
            if has_times {
                units.time.push(unit.position.time());
            }
            let (x, y) = unit.map.map_or((-1, -1), |place| map.scaled(place));
            units.x.push(x);
            units.y.push(y);
            before = Some(unit);
        }
        Self {
            title: title.map_or_else(|| default_title(&summary.studies), str::to_string),
            studies: &summary.studies,
            counts: &summary.counts,
            coverage: summary.counts.coverage(),
            framing: &summary.framing,
            silhouette: summary.silhouette,
            accumulation: &summary.accumulation,
            manifest: ManifestPart::new(analysis),
            sections,
            themes: themes.collect(),
            recurring: summary.recurring.iter().map(without_path).collect(),
            is_calibrated: summary.manifest.is_calibrated(),
            // Where the report is read, the program's pages may not be.
            calibration: calibration(summary.manifest.is_calibrated()).replace(" (docs/trust.md)", ""),
            firm: FIRM,
            loose: LOOSE,
            firmness: [Firmness::Firm, Firmness::Fair, Firmness::Loose].map(Firmness::word),
            exclusions: Exclusion::ALL.iter().map(|reason| reason.word()).collect(),
            attributes: attributes(analysis, &participants.id, &participants.study, bands),
            people: PeoplePart::new(summary, &participants.id, &participants.study, &groups, recordings),
            participants,
            questions: questions.names,
            files: files.names,
            answers,
            units,
            categories: &summary.categories,
            memos: summary
                .memos
                .iter()
                .filter_map(|memo| Some((*index.unit_of.get(memo.unit.as_str())?, memo.text.as_str())))
                .collect(),
            codebook: CodebookPart::new(codebook),
            for_readers,
            found: FoundPart::new(analysis, &index.unit_of),
            comparison,
        }
    }
}

/// `Candidate themes in creatives and workforce`
fn default_title(studies: &[StudySummary]) -> String {
    let names: Vec<&str> = studies.iter().map(|study| study.name.as_str()).collect();
    match names.as_slice() {
        [] => "Candidate themes".into(),
        [only] => format!("Candidate themes in {only}"),
        [first @ .., last] if names.len() <= 4 => format!("Candidate themes in {} and {last}", first.join(", ")),
        _ => format!("Candidate themes in {} studies", names.len()),
    }
}

/// Where things stand in the lists.
struct Index<'a> {
    section_of: HashMap<&'a str, usize>,
    theme_of: HashMap<&'a str, usize>,
    part_of: HashMap<&'a str, usize>,
    unit_of: HashMap<&'a str, usize>,
    units: &'a [UnitRow],
    is_calibrated: bool,
}

impl<'a> Index<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let summary = &analysis.summary;
        let parts = summary.themes().flat_map(|theme| theme.sub_themes.iter().enumerate());
        Self {
            section_of: summary.sections.iter().map(|section| section.id.as_str()).zip(0..).collect(),
            theme_of: summary.themes().map(|theme| theme.id.as_str()).zip(0..).collect(),
            part_of: parts.map(|(place, part)| (part.id.as_str(), place)).collect(),
            unit_of: analysis.units.iter().map(|unit| unit.id.as_str()).zip(0..).collect(),
            is_calibrated: summary.manifest.is_calibrated(),
            units: &analysis.units,
        }
    }

    fn theme_number(&self, id: Option<&str>) -> i64 {
        id.and_then(|id| self.theme_of.get(id)).map_or(-1, |&number| number as i64)
    }

    fn part_number(&self, unit: &UnitRow) -> i64 {
        unit.sub_theme.as_deref().and_then(|id| self.part_of.get(id)).map_or(-1, |&number| number as i64)
    }

    fn quote(&self, quote: &'a Quote) -> Option<QuotePart<'a>> {
        let &u = self.unit_of.get(quote.unit.as_str())?;
        let is_cut = quote.text != self.units[u].text;
        Some(QuotePart {
            u,
            text: is_cut.then_some(quote.text.as_str()),
            before: quote.cut_before,
            after: quote.cut_after,
            pinned: quote.pinned,
        })
    }

    fn section(&self, section: &'a SectionSummary, themes: Vec<usize>) -> SectionPart<'a> {
        let isolated = section.isolated.iter().filter_map(|unit| self.unit_of.get(unit.quote.unit.as_str()).copied());
        SectionPart {
            id: &section.id,
            question: &section.question,
            kind: section.kind,
            asked: &section.asked,
            units: section.units,
            unclustered: section.unclustered,
            no_themes_because: section.no_themes_because.as_deref(),
            shortfall: section.shortfall,
            agreement: section.agreement,
            silhouette: section.silhouette,
            isolated: isolated.collect(),
            themes,
        }
    }

    fn theme(&self, theme: &'a Theme, section: usize, found_labels: &HashMap<&'a str, &'a str>) -> ThemePart<'a> {
        let found_label = found_labels.get(theme.id.as_str()).copied();
        ThemePart {
            id: &theme.id,
            label: &theme.label,
            found_label: found_label.filter(|label| *label != theme.label),
            headline: theme.headline.as_ref().and_then(|headline| self.unit_of.get(headline.unit.as_str()).copied()),
            section,
            edited: &theme.edited,
            description: theme.description.as_deref(),
            memo: theme.memo.as_deref(),
            code: theme.code.as_ref(),
            merged: &theme.merged,
            hidden: theme.hidden,
            keywords: theme.keywords.iter().map(|keyword| (keyword.term.as_str(), keyword.participants)).collect(),
            mentions: theme.mentions,
            prevalence: theme.prevalence,
            by_study: &theme.by_study,
            cohesion: theme.cohesion,
            silhouette: theme.silhouette,
            stability: theme.stability,
            unmeasured: theme.why_unmeasured(),
            recognised: (theme.stability.filter(|_| self.is_calibrated))
                .map(|stability| (recognised(stability) * 100.0).round() as u32),
            nearest: theme.nearest.as_ref().map(|nearest| (nearest.id.as_str(), nearest.cosine)),
            quotes: theme.quotes.iter().filter_map(|quote| self.quote(quote)).collect(),
            boundary: theme.boundary_quote.as_ref().and_then(|quote| self.quote(quote)),
            recurring: theme.recurring.as_deref(),
            questions: &theme.questions,
            follows_the_question: theme.follows_the_question,
            parts: theme.sub_themes.iter().map(|part| self.part(part)).collect(),
        }
    }

    fn part(&self, part: &'a SubTheme) -> SubThemePart<'a> {
        SubThemePart {
            id: &part.id,
            label: &part.label,
            keywords: part.keywords.iter().map(|keyword| keyword.term.as_str()).collect(),
            mentions: part.mentions,
            prevalence: part.prevalence,
            quotes: part.quotes.iter().filter_map(|quote| self.quote(quote)).collect(),
        }
    }
}

/// From places of the layout to whole numbers, with the same scale along both axes.
struct MapScale {
    low: (f32, f32),
    scale: f32,
}

impl MapScale {
    fn new(units: &[UnitRow]) -> Self {
        let places = || units.iter().filter_map(|unit| unit.map);
        let (low, high) = places().fold(((f32::MAX, f32::MAX), (f32::MIN, f32::MIN)), |(low, high), place| {
            ((low.0.min(place.0), low.1.min(place.1)), (high.0.max(place.0), high.1.max(place.1)))
        });
        let width = (high.0 - low.0).max(high.1 - low.1);
        Self { low, scale: if width > 0.0 { (MAP_WIDTH - 1.0) / width } else { 0.0 } }
    }

    fn scaled(&self, (x, y): (f32, f32)) -> (i64, i64) {
        let whole = |value: f32, low: f32| ((value - low) * self.scale).round() as i64;
        (whole(x, self.low.0), whole(y, self.low.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_few_studies() {
        let studies = |n: usize| -> Vec<StudySummary> {
            let study =
                |i| StudySummary { name: format!("s{i}"), transcripts: 1, participants: 1, answers: 1, units: 1 };
            (0..n).map(study).collect()
        };
        let titles = [0, 1, 2, 3, 9].map(|n| default_title(&studies(n)));
        assert_eq!(titles[..2], ["Candidate themes", "Candidate themes in s0"]);
        assert_eq!(titles[2..4], ["Candidate themes in s0 and s1", "Candidate themes in s0, s1 and s2"]);
        assert_eq!(titles[4], "Candidate themes in 9 studies");
    }
}
