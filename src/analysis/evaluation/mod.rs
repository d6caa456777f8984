//! How an analysis agrees with what people coded.
//!
//! In: an analysis, and the sheets of one or more coders. Out: [`Evaluation`]: what of the sheets was
//! found in the analysis, measures of agreement section by section and all together, the codes against the
//! themes, and how the coders agree with each other. It changes neither codes nor themes; the numbers are
//! [`crate::stats::agreement`]'s.
//!
//! What is compared, an *item*, is a passage where every row names one (by its id, or by the words that
//! were coded), a whole answer where a row names an answer of several passages, and a participant where
//! all rows name participants. Themes are looked for within a section, so codes are compared within each,
//! and then all together with themes that recur taken as one. Items with several codes count for each of
//! them in the table of codes and themes; measures that need one code an item leave them out. An answer
//! with several themes is in each of them in the table, and for those measures in the one with the most
//! words. What an analysis was coded with is left out ([`given`]).

mod agreement;
mod codes;
mod disagreements;
mod excerpts;
mod given;
mod items;
mod material;
mod own;
mod placed;
mod rows;

pub use self::agreement::*;
pub use self::disagreements::{DisagreeingTheme, Disagreement, DisagreementKind, disagreements};

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::codes::known_codes;
pub use self::codes::{CodeOptions, CodeRow, CodeSheet, CodesError, lists_by_comma, read_codes};
pub(in crate::analysis) use self::codes::{
    Splitting, Stands, codes_of_grid, holds_codes, leave_out_own, names_passages, reserved, sheets_of_project,
};
use self::given::GivenExamples;
use self::items::*;
use self::material::*;
pub(crate) use self::own::own_rows;
pub(crate) use self::placed::placed;
use self::rows::*;
pub(in crate::analysis) use self::rows::{NOT_SAID, folded, passages_of_rows};
use crate::analysis::saved::Analysis;
use crate::stats::agreement::{Estimate, Overlap, best_match, cohen_kappa, krippendorff_alpha, with_intervals};

/// Draws of participants for intervals, unless told otherwise.
pub const DRAWS: usize = 1000;

/// Compares what people coded with an analysis. `draws`: how often half of the participants are drawn for
/// the intervals; 0 for none.
///
/// # Errors
/// [`CodesError::NothingMatches`] where no row of a sheet is found, [`CodesError::Levels`] where some rows
/// name participants and others what they said, [`CodesError::OwnCodings`] where a sheet is what the program assigned,
/// [`CodesError::OnlyExamples`] where it has nothing but examples that the analysis was coded with.
pub fn evaluate(analysis: &Analysis, sheets: &[CodeSheet], draws: usize) -> Result<Evaluation, CodesError> {
    let Coded { sheets, found, level, material, names, items } = Coded::new(analysis, sheets)?;
    let coders = sheets.iter().zip(found).zip(&items);
    let evaluated = coders
        .map(|((sheet, unmatched), items)| coder_evaluation(sheet, unmatched, items, level, &material, &names, draws));
    Ok(Evaluation {
        level,
        draws,
        coders: evaluated.collect(),
        between: (items.len() > 1 && level != Level::Participant)
            .then(|| between(&sheets, &items, &material, &names, draws)),
    })
}

/// The sheets of coders, found in an analysis.
struct Coded<'a> {
    /// Each coder with a name of their own.
    sheets: Vec<CodeSheet>,
    /// What became of the rows of each.
    found: Vec<RowsFound>,
    level: Level,
    material: Material<'a>,
    names: CodeNames,
    /// For each coder what is compared, in the order of the analysis.
    items: Vec<Vec<Item>>,
}

/// How many rows of a sheet were found, and those that were not.
struct RowsFound {
    /// Rows that only deny, and were looked for nowhere.
    denying: usize,
    matched: usize,
    unmatched: Vec<Unmatched>,
    /// Items that the analysis was coded with.
    given_examples: usize,
}

impl<'a> Coded<'a> {
    fn new(analysis: &'a Analysis, sheets: &[CodeSheet]) -> Result<Self, CodesError> {
        own::refuse_own(sheets, analysis)?;
        let mut sheets = placed(&named_apart(sheets), &analysis.units);
        // What a passage is not says nothing of what it is.
        let denying = sheets.iter_mut().map(|sheet| {
            let before = sheet.rows.len();
            sheet.rows.retain(|row| !row.only_denies());
            before - sheet.rows.len()
        });
        let denying: Vec<usize> = denying.collect();
        let material = Material::new(analysis);
        let index = material.index();
        let mut found = Vec::new();
        for sheet in &sheets {
            found.push(find_rows(sheet, &material, &index)?);
        }
        let level = level(&sheets, &found, &material)?;
        let mut names = CodeNames::default();
        let mut codings: Vec<BTreeMap<usize, BTreeSet<usize>>> =
            found.iter().map(|found| coding(found, level, &material, &mut names)).collect();
        let examples = GivenExamples::of(analysis);
        let given_examples = codings
            .iter_mut()
            .zip(&sheets)
            .map(|(coding, sheet)| examples.take_out(coding, level, &material, &sheet.path))
            .collect::<Result<Vec<usize>, CodesError>>()?;
        let items: Vec<Vec<Item>> = codings
            .iter()
            .map(|coding| coding.iter().map(|(&key, codes)| Item::new(key, codes, level, &material)).collect())
            .collect();
        let found = found.into_iter().zip(denying).zip(given_examples);
        let found = found.map(|((found, denying), given_examples)| RowsFound {
            denying,
            matched: found.matched.len(),
            unmatched: found.unmatched,
            given_examples,
        });
        let found = found.collect();
        Ok(Self { sheets, found, level, material, names, items })
    }
}

/// The sheets with names that tell them apart: the file's is added where two coders are called the same.
fn named_apart(sheets: &[CodeSheet]) -> Vec<CodeSheet> {
    let twice = |sheet: &&CodeSheet| sheets.iter().filter(|other| other.coder == sheet.coder).count() > 1;
    let name = |sheet: &CodeSheet| {
        let coder = if twice(&sheet) { format!("{} ({})", sheet.coder, sheet.path) } else { sheet.coder.clone() };
        CodeSheet { coder, ..sheet.clone() }
    };
    sheets.iter().map(name).collect()
}

fn coder_evaluation(
    sheet: &CodeSheet,
    found: RowsFound,
    items: &[Item],
    level: Level,
    material: &Material,
    names: &CodeNames,
    draws: usize,
) -> CoderEvaluation {
    let overall = Scale::new(None, items, material, names);
    let present: BTreeSet<usize> = items.iter().filter_map(|item| item.section).collect();
    let sections: Vec<Scale> =
        present.into_iter().map(|section| Scale::new(Some(section), items, material, names)).collect();
    let persons: Vec<usize> = items.iter().map(|item| item.person).collect();
    let estimates = with_intervals(&persons, draws, SEED, (-1.0, 1.0), |drawn| {
        let drawn: Vec<&Item> = drawn.iter().map(|&at| &items[at]).collect();
        let of_sections: Vec<(Vec<&Item>, Vec<Option<f64>>)> = sections
            .iter()
            .map(|frame| {
                let held = frame.items(drawn.iter().copied());
                let statistics = frame.statistics(&held);
                (held, statistics)
            })
            .collect();
        let mut all = overall.statistics(&drawn);
        all.extend(means(&of_sections));
        all.extend(of_sections.into_iter().flat_map(|(_, statistics)| statistics));
        all
    });
    let everything: Vec<&Item> = items.iter().collect();
    let (of_all, rest) = estimates.split_at(MEASURES + OF_A_CODE * overall.codes.len());
    let (within, mut rest) = rest.split_at(MEASURES);
    let mut evaluated = Vec::new();
    for frame in &sections {
        let (own, others) = rest.split_at(MEASURES + OF_A_CODE * frame.codes.len());
        rest = others;
        let (id, question, _) = &material.sections[frame.section.unwrap_or_default()];
        let held = frame.items(items.iter());
        evaluated.push(SectionEvaluation {
            id: (*id).to_owned(),
            question: (*question).to_owned(),
            scope: frame.scope(&held, own, level, names),
        });
    }
    let mut excluded: BTreeMap<String, usize> = BTreeMap::new();
    items.iter().filter_map(|item| item.excluded.clone()).for_each(|reason| *excluded.entry(reason).or_default() += 1);
    let count = |wanted: &dyn Fn(&Item) -> bool| items.iter().filter(|item| wanted(item)).count();
    CoderEvaluation {
        coder: sheet.coder.clone(),
        file: sheet.path.clone(),
        layout: sheet.layout.clone(),
        ignored_columns: sheet.ignored.clone(),
        rows: sheet.rows.len(),
        only_denying_rows: found.denying,
        notices: sheet.notices.clone(),
        matched_rows: found.matched,
        unmatched: found.unmatched,
        given_examples: found.given_examples,
        items: items.len(),
        with_one_code: count(&|item| item.codes.len() == 1),
        with_several_codes: count(&|item| item.codes.len() > 1),
        uncoded: count(&|item| item.codes.is_empty()),
        participants: persons.iter().collect::<BTreeSet<_>>().len(),
        in_themes: count(&|item| !item.themes.is_empty()),
        unclustered: count(&|item| item.themes.is_empty() && item.excluded.is_none()),
        excluded,
        overall: overall.scope(&everything, of_all, level, names),
        within_sections: (evaluated.len() > 1).then(|| measures(&everything, within)),
        sections: evaluated,
    }
}

/// What the themes are called as a coder.
const THEMES: &str = "themes";

/// The coders against each other, and against the themes read as codes.
fn between(sheets: &[CodeSheet], items: &[Vec<Item>], material: &Material, names: &CodeNames, draws: usize) -> Between {
    let uncoded = names.names.len();
    let code_of_theme = codes_of_themes(items, material);
    let mut several: BTreeSet<usize> = BTreeSet::new();
    // By item: its person, the category from each coder, and from the themes.
    let mut rated: BTreeMap<usize, (usize, Vec<Option<usize>>)> = BTreeMap::new();
    for (coder, items) in items.iter().enumerate() {
        for item in items {
            let row = rated.entry(item.key).or_insert_with(|| (item.person, vec![None; sheets.len() + 1]));
            if item.codes.len() > 1 {
                several.insert(item.key);
                continue;
            }
            row.1[coder] = Some(item.codes.first().copied().unwrap_or(uncoded));
            if item.excluded.is_none() {
                let read_as = |theme: usize| code_of_theme[theme].unwrap_or(uncoded + 1 + theme);
                row.1[sheets.len()] = Some(item.theme.map_or(uncoded, read_as));
            }
        }
    }
    let by_two = |row: &[Option<usize>]| row[..sheets.len()].iter().flatten().count() > 1;
    rated.retain(|_, (_, row)| by_two(row));
    let rows: Vec<(usize, Vec<Option<usize>>)> = rated.into_values().collect();
    let names_of: Vec<&str> = sheets.iter().map(|sheet| sheet.coder.as_str()).chain([THEMES]).collect();
    let pairs: Vec<(usize, usize)> =
        (0..names_of.len()).flat_map(|a| (a + 1..names_of.len()).map(move |b| (a, b))).collect();
    let both = |row: &[Option<usize>], (a, b): (usize, usize)| Some((row[a]?, row[b]?));
    let persons: Vec<usize> = rows.iter().map(|(person, _)| *person).collect();
    let estimates = with_intervals(&persons, draws, SEED, (-1.0, 1.0), |drawn| {
        let drawn = || drawn.iter().map(|&at| rows[at].1.as_slice());
        let alpha = |n_coders: usize| {
            let ratings: Vec<Vec<usize>> =
                drawn().map(|row| row[..n_coders].iter().flatten().copied().collect()).collect();
            krippendorff_alpha(ratings.iter().map(Vec::as_slice))
        };
        let kappas = pairs.iter().map(|&pair| {
            let ratings: Vec<(usize, usize)> = drawn().filter_map(|row| both(row, pair)).collect();
            cohen_kappa(&ratings)
        });
        kappas.chain([alpha(sheets.len()), alpha(sheets.len() + 1)]).collect()
    });
    let pair = |(&(a, b), &kappa): (&(usize, usize), &Estimate)| Pair {
        first: names_of[a].to_owned(),
        second: names_of[b].to_owned(),
        items: rows.iter().filter(|(_, row)| both(row, (a, b)).is_some()).count(),
        kappa: exact(kappa),
    };
    Between {
        items: rows.len(),
        with_several_codes: several.len(),
        pairs: pairs.iter().zip(&estimates).map(pair).collect(),
        alpha: exact(estimates[pairs.len()]),
        alpha_with_themes: exact(estimates[pairs.len() + 1]),
    }
}

/// For each theme the code with the highest F1 in its section, over all coders together.
fn codes_of_themes(items: &[Vec<Item>], material: &Material) -> Vec<Option<usize>> {
    let n_codes = items.iter().flatten().flat_map(|item| &item.codes).max().map_or(0, |&last| last + 1);
    let mut code_of = vec![None; material.themes.len()];
    for (section, (_, _, themes)) in material.sections.iter().enumerate() {
        let held: Vec<&Item> = items.iter().flatten().filter(|item| item.section == Some(section)).collect();
        for &theme in themes {
            let mut overlaps = vec![Overlap::default(); n_codes];
            for item in &held {
                let inside = item.themes.contains(&theme);
                overlaps.iter_mut().for_each(|overlap| overlap.grouped += usize::from(inside));
                for &code in &item.codes {
                    overlaps[code].coded += 1;
                    overlaps[code].both += usize::from(inside);
                }
            }
            code_of[theme] = best_match(&overlaps);
        }
    }
    code_of
}
