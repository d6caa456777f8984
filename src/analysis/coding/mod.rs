//! Coding by the researcher's codes, with room for what fits none.
//!
//! In: a corpus, a source of vectors, and [`Given`] codes. Out: an analysis like that of `themes` in which each code
//! is a theme (`C1`, `C2`, … in the order of the codebook), also one that nobody voices; what fits no code is
//! clustered by the [`pipeline`](crate::analysis::pipeline) as always (`T1`, …), and passages with codes that say the
//! same join these themes ([`beside`]). A passage may have several codes. With [`Coded::next`], the passages from whose
//! coding the codes would learn most. What people coded is never changed; how near a passage is to a code is decided in [`scoring`], whether it has it in [`thresholds`].

mod beside;
mod error;
mod examples;
mod given;
mod next;
mod policy;
mod regression;
mod scoring;
mod spreading;
mod themes;
mod thresholds;

pub use self::error::CodingError;
pub use self::given::{Given, read_given, read_given_with};
pub use self::next::NextPassage;
pub use self::policy::{MAX_CODES, NEXT, PRECISION};

use std::collections::{BTreeSet, HashMap};

use ndarray::{Array2, Axis, concatenate, s};

use self::examples::{Judged, judged};
use self::given::Code;
pub(crate) use self::policy::MIN_JUDGED;
use self::policy::{ELSEWHERE, LEAST_STRENGTH, LEAST_STRENGTH_LEARNED};
use self::scoring::{CodeVectors, Smoothed, scores, smoothed};
use self::spreading::NearPassages;
use self::thresholds::{Agreed, Calibration, Thresholds, cross_validated, evidence, folds, likeliest, probabilities};
use crate::analysis::people::people_of;
use crate::analysis::pipeline::counting::rounded;
use crate::analysis::pipeline::rows::unit_row;
use crate::analysis::pipeline::texts::code_item;
use crate::analysis::pipeline::{AnalysisError, BeforeThemes, analyse_the_rest};
use crate::analysis::saved::*;
use crate::cluster::ClusterError;
use crate::corpus::Corpus;
use crate::embed::{Item, Progress, VectorSource};
use crate::guide::Frame;
use crate::notes::NoteSource;

/// How codes are given to passages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodingOptions {
    /// Codes that a passage may have.
    pub max_codes: usize,
    /// The precision that thresholds are set for, 0–1.
    pub precision: f64,
    /// Whether a passage that would have no code has its likeliest one, however improbable.
    pub every_passage: bool,
    /// Passages to look at next; 0 for none.
    pub next: usize,
}

/// What coding gives.
#[derive(Debug)]
pub struct Coded {
    /// The analysis.
    pub analysis: Analysis,
    /// Passages to look at next, most telling first.
    pub next: Vec<NextPassage>,
    /// What a reader of the results should know of the codes.
    pub warnings: Vec<String>,
}

/// Gives the passages of a corpus the codes that they are near enough to, all answers together, and finds themes in
/// the rest.
///
/// # Errors
/// [`CodingError`]: contradictory examples, and those of the pipeline.
pub fn code(
    corpus: &Corpus,
    source: &dyn VectorSource,
    given: &Given,
    parameters: &Parameters,
    options: CodingOptions,
    progress: &mut dyn Progress,
) -> Result<Coded, CodingError> {
    code_with_notes(corpus, source, None, given, parameters, options, progress)
}

/// The same with margin notes: passages are coded and clustered by note and words together.
///
/// # Errors
/// Those of [`code`] and of the notes.
pub(crate) fn code_with_notes(
    corpus: &Corpus,
    source: &dyn VectorSource,
    notes: Option<&mut dyn NoteSource>,
    given: &Given,
    parameters: &Parameters,
    options: CodingOptions,
    progress: &mut dyn Progress,
) -> Result<Coded, CodingError> {
    let parameters = Parameters { frame: Frame::All, ..parameters.clone() };
    let mut decided = None;
    let mut analysis =
        analyse_the_rest(corpus, source, notes, &parameters, false, progress, &mut |before, progress| {
            let decisions = Decisions::new(corpus, source, given, options, before, progress)?;
            let placed = decisions.codes.iter().map(|codes| !codes.is_empty()).collect();
            decided = Some(decisions);
            Ok::<Vec<bool>, CodingError>(placed)
        })?;
    let mut warnings = given.warnings.clone();
    warnings.extend(given::of_unknown_language(given, source));
    let mut next = Vec::new();
    if let Some(decisions) = decided {
        warnings.extend(decisions.judged.told.iter().chain(&decisions.found_by_name).cloned());
        themes::add_codes(&mut analysis, given, &decisions, options, source, progress)?;
        next = next::next(&analysis, given, &decisions, options.next);
    }
    analysis.summary.manifest.warnings.extend(warnings.iter().cloned());
    Ok(Coded { analysis, next, warnings })
}

/// A code of a passage, and its strength; none where people gave it.
type OwnCode = (usize, Option<f64>);

/// Which passages have which codes, and what that follows from. Rows are those of the vectors: the kept units.
struct Decisions {
    /// The unit of each row.
    kept: Vec<usize>,
    judged: Judged,
    /// What is to be told of codes whose examples are not here.
    found_by_name: Option<String>,
    /// Of each row its codes, the one that it has most first.
    codes: Vec<Vec<OwnCode>>,
    /// `(n_rows, n_codes)`
    probabilities: Array2<f64>,
    thresholds: Thresholds,
    /// Of each code whether nobody speaks of it.
    is_nobodys: Vec<bool>,
    /// For each code how program and people agreed where they were left out; `None` for too few examples.
    agreed: Option<Vec<Agreed>>,
    smoothed: Smoothed,
}

impl Decisions {
    fn new(
        corpus: &Corpus,
        source: &dyn VectorSource,
        given: &Given,
        options: CodingOptions,
        before: &BeforeThemes,
        progress: &mut dyn Progress,
    ) -> Result<Self, CodingError> {
        let rows: Vec<UnitRow> = before.units.iter().map(|unit| unit_row(corpus, unit, None)).collect();
        let judged = judged(given, &rows, &before.kept)?;
        let found: BTreeSet<usize> = judged.has.iter().flatten().copied().collect();
        let found_by_name = given.found_by_name_here(&|code| found.contains(&code))?;
        let (vectors, elsewhere) = vectors_of(&given.codes, &judged.elsewhere, source, progress)?;
        let passages = match elsewhere {
            Some(elsewhere) => concatenate(Axis(0), &[before.vectors.view(), elsewhere.view()])
                .unwrap_or_else(|_| before.vectors.clone()),
            None => before.vectors.clone(),
        };
        let smoothed = smoothed(&passages).map_err(AnalysisError::from)?;
        let has_examples = judged.has.iter().any(|codes| !codes.is_empty());
        let near =
            has_examples.then(|| NearPassages::of(&smoothed.vectors)).transpose().map_err(AnalysisError::from)?;
        let n_codes = given.codes.len();
        let solving = |error| CodingError::from(AnalysisError::from(ClusterError::from(error)));
        let told_of = |left_out: &dyn Fn(usize) -> bool| {
            let examples = judged.examples(n_codes, left_out);
            let rejected = judged.rejected(n_codes, left_out);
            let scores = scores(&smoothed.vectors, near.as_ref(), &vectors, &examples, &rejected).map_err(solving)?;
            Ok::<_, CodingError>(evidence(&scores, &examples))
        };
        // Somebody whose words are an example elsewhere is nobody here: behind the kept rows there are no people.
        let everybody = people_of(&rows);
        let person: Vec<usize> = before.kept.iter().map(|&unit| everybody[unit]).collect();
        let told: Vec<usize> = (0..person.len()).filter(|&row| judged.tells[row]).collect();
        let people: Vec<usize> = told.iter().map(|&row| person[row]).collect();
        let enough = told.len() >= MIN_JUDGED && people.iter().collect::<BTreeSet<_>>().len() > 1;
        let (agreed, calibration) = if enough {
            let parts: Vec<(usize, usize)> = told.iter().copied().zip(folds(&people)).collect();
            // Who is left out is so with all that they said, quotes of a codebook among it.
            let fold_of: HashMap<usize, usize> = parts.iter().map(|&(row, fold)| (person[row], fold)).collect();
            let is_in = |row: usize, fold| person.get(row).and_then(|person| fold_of.get(person)) == Some(&fold);
            let found = cross_validated(&parts, &judged.has, options, |fold| told_of(&|row| is_in(row, fold)))?;
            (Some(found.agreed), found.calibration)
        } else {
            (None, Calibration::known_before(n_codes))
        };
        let n_kept = before.kept.len();
        let all = probabilities(&told_of(&|_| false)?, &calibration);
        let probabilities = all.slice(s![..n_kept, ..]).to_owned();
        let least = if agreed.is_some() { LEAST_STRENGTH_LEARNED } else { LEAST_STRENGTH };
        let mut thresholds = Thresholds::of(&probabilities, options.precision, least);
        let examples = judged.examples(n_codes, &|_| false);
        // What a code means is told by its definition, or by a passage that is here.
        let is_shown = |code: usize| match given.codes[code].is_defined() {
            true => examples[code].iter().any(|&row| row < n_kept),
            false => !examples[code].is_empty(),
        };
        let elsewhere: Vec<Item> = ELSEWHERE.into_iter().map(code_item).collect();
        let elsewhere = source.vectors(&elsewhere, progress)?.vectors;
        let mut is_nobodys = vectors.are_nobodys(&elsewhere, before.vectors);
        for (code, is_nobodys) in is_nobodys.iter_mut().enumerate() {
            *is_nobodys &= !is_shown(code);
            if *is_nobodys {
                thresholds.of_codes[code] = 1.0;
            }
        }
        let (kept, codes) = (before.kept.clone(), Vec::new());
        let mut decided =
            Self { kept, judged, found_by_name, codes, probabilities, thresholds, is_nobodys, agreed, smoothed };
        decided.codes = (0..n_kept).map(|row| decided.codes_of(row, options)).collect();
        Ok(decided)
    }

    /// How many passages have a code that is less probable than its threshold.
    fn below_thresholds(&self) -> usize {
        let is_below = |row: usize, own: &OwnCode| {
            own.1.is_some() && self.thresholds.codes_of(&self.probabilities.row(row).to_vec(), usize::MAX).is_empty()
        };
        let first = self.codes.iter().map(|codes| codes.first());
        first.enumerate().filter(|(row, first)| first.is_some_and(|own| is_below(*row, own))).count()
    }

    /// What people gave a passage comes first, and where they coded it nothing else.
    fn codes_of(&self, row: usize, options: CodingOptions) -> Vec<OwnCode> {
        let own = self.probabilities.row(row).to_vec();
        let mut by_hand: Vec<usize> = self.judged.has[row].iter().copied().collect();
        by_hand.sort_by(|&a, &b| own[b].total_cmp(&own[a]).then(a.cmp(&b)));
        let mut codes: Vec<OwnCode> = by_hand.into_iter().map(|code| (code, None)).collect();
        if !self.judged.is_coded[row] {
            let is_open = |code: &usize| !self.judged.has[row].contains(code) && !self.judged.lacks[row].contains(code);
            let found = self.thresholds.codes_of(&own, usize::MAX).into_iter().filter(is_open);
            let open = options.max_codes.saturating_sub(codes.len());
            codes.extend(found.take(open).map(|code| (code, Some(rounded(own[code])))));
            if codes.is_empty() && options.every_passage {
                let is_out = |code| self.is_nobodys[code] || !is_open(&code);
                codes.extend(likeliest(&own, is_out).map(|code| (code, Some(rounded(own[code])))));
            }
        }
        codes
    }
}

/// Vectors of the codes, and of examples that are no passage.
fn vectors_of(
    codes: &[Code],
    elsewhere: &[String],
    source: &dyn VectorSource,
    progress: &mut dyn Progress,
) -> Result<(CodeVectors, Option<Array2<f32>>), CodingError> {
    let stored: Vec<GivenCode> = codes.iter().map(Code::stored).collect();
    let definitions: Vec<String> = stored.iter().map(GivenCode::told).collect();
    let definitions = definitions.iter().map(String::as_str);
    let names = stored.iter().map(|code| code.name.as_str());
    let excluded = stored.iter().filter_map(|code| code.exclude.as_deref());
    let elsewhere_texts = elsewhere.iter().map(String::as_str);
    let items: Vec<Item> = definitions.chain(names).chain(excluded).chain(elsewhere_texts).map(code_item).collect();
    let vectors = source.vectors(&items, progress)?.vectors;
    let n = codes.len();
    let mut next = 2 * n;
    let excluded = stored
        .iter()
        .map(|code| {
            code.exclude.as_ref().map(|_| {
                next += 1;
                vectors.row(next - 1).to_owned()
            })
        })
        .collect();
    let known = CodeVectors {
        definitions: vectors.slice(s![..n, ..]).to_owned(),
        names: vectors.slice(s![n..2 * n, ..]).to_owned(),
        excluded,
    };
    Ok((known, (!elsewhere.is_empty()).then(|| vectors.slice(s![next.., ..]).to_owned())))
}
