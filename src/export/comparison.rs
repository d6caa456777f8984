//! Themes compared between groups, as a table: one row a theme and group.
//!
//! In: a comparison, or an analysis whose studies are compared. Out: its numbers, words and quotes, unrounded.

use std::io::Write;

use super::csv::write_csv;
use super::table::{Cell, Column, Table};
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{
    Analysis, Comparison, ComparisonError, ComparisonOptions, GroupComparison, ThemeComparison, compare,
};
use crate::stats::difference::Estimate;

fn columns() -> Vec<Column> {
    vec![
        Column::text("theme", 8),
        Column::text("theme_label", 28),
        Column::text("section", 8),
        Column::text("verdict", 26),
        Column::text("finding", 18),
        Column::number("effect"),
        Column::text("first", 14),
        Column::text("second", 14),
        Column::number("difference"),
        Column::number("difference_low"),
        Column::number("difference_high"),
        Column::number("odds_ratio"),
        Column::number("odds_ratio_low"),
        Column::number("odds_ratio_high"),
        Column::number("chi_squared"),
        Column::number("p"),
        Column::number("q"),
        Column::number("p_max_statistic"),
        Column::number("stability"),
        Column::whole("rarefied_to"),
        Column::number("rarefied_difference"),
        Column::number("rarefied_difference_low"),
        Column::number("rarefied_difference_high"),
        Column::text("length_note", 30),
        Column::text("group", 14),
        Column::whole("participants"),
        Column::whole("asked"),
        Column::number("share"),
        Column::number("share_low"),
        Column::number("share_high"),
        Column::whole("mentions"),
        Column::whole("passages"),
        Column::number("mention_share"),
        Column::number("mention_share_low"),
        Column::number("mention_share_high"),
        Column::number("rarefied"),
        Column::text("terms", 30),
        Column::text("quote", 60),
        Column::text("quote_unit", 24),
        Column::text("quote_locator", 30),
        Column::text("question_note", 30),
        Column::number("trend_z"),
        Column::number("trend_p"),
        Column::number("trend_q"),
    ]
}

/// The studies of an analysis compared, as `leitmotif compare` does by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompareCsv {
    /// As in [`super::AssignmentsCsv`].
    pub excel: bool,
}

impl Exporter for CompareCsv {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        write_comparison_csv(&of_studies(analysis)?, self.excel, out)
    }
}

/// The studies of an analysis compared.
///
/// # Errors
/// [`ComparisonError`], with a single study for one.
pub(super) fn of_studies(analysis: &Analysis) -> Result<Comparison, ComparisonError> {
    compare(analysis, &ComparisonOptions::default())
}

/// Writes one row for each theme and each group of which somebody was asked; what is told of the theme is in
/// each of its rows. Shares and differences are 0–1; empty cells are numbers that do not exist. `excel`: a BOM,
/// and cells that look like formulas made harmless.
///
/// # Errors
/// [`ExportError::Write`].
pub fn write_comparison_csv(
    comparison: &Comparison,
    excel: bool,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    write_csv(differences(comparison), excel, out)
}

/// The table of a comparison.
pub(super) fn differences(comparison: &Comparison) -> Table<'_> {
    let rows = comparison.themes.iter().flat_map(|theme| {
        theme
            .groups
            .iter()
            .map(|group| of_theme(theme).into_iter().chain(of_group(group)).chain(of_questions(theme)).collect())
    });
    Table { name: "compare", columns: columns(), rows: Box::new(rows) }
}

fn words(text: impl Into<String>) -> Cell<'static> {
    Cell::from(text.into())
}

fn number(value: Option<f64>) -> Cell<'static> {
    Cell::measure(value)
}

fn whole(value: usize) -> Cell<'static> {
    Cell::from(value)
}

fn estimate(estimate: Option<Estimate>) -> [Cell<'static>; 3] {
    [number(estimate.map(|e| e.value)), number(estimate.map(|e| e.low)), number(estimate.map(|e| e.high))]
}

fn of_theme(theme: &ThemeComparison) -> Vec<Cell<'static>> {
    let finding = serde_json::to_value(theme.finding).ok().and_then(|word| word.as_str().map(str::to_string));
    let pair = |place: usize| theme.difference.and_then(|_| theme.compared.get(place).cloned()).unwrap_or_default();
    let mut cells = vec![
        words(&theme.id),
        words(&theme.label),
        words(theme.section.clone().unwrap_or_default()),
        words(&theme.verdict),
        words(finding.unwrap_or_default()),
        number(Some(theme.effect)),
        words(pair(0)),
        words(pair(1)),
    ];
    cells.extend(estimate(theme.difference));
    cells.extend(estimate(theme.odds_ratio));
    cells.extend([theme.chi_squared, theme.p, theme.q, theme.p_max_statistic, theme.stability].map(number));
    cells.push(whole(theme.rarefied_to));
    cells.extend(estimate(theme.rarefied_difference));
    cells.push(words(theme.length_note.clone().unwrap_or_default()));
    cells
}

/// What is told of the theme in the last columns: what was asked, and the trend.
fn of_questions(theme: &ThemeComparison) -> Vec<Cell<'static>> {
    let trend = theme.trend;
    let numbers = [trend.map(|it| it.z), trend.map(|it| it.p), trend.map(|it| it.q)];
    let note = words(theme.question_note.clone().unwrap_or_default());
    std::iter::once(note).chain(numbers.map(number)).collect()
}

fn of_group(group: &GroupComparison) -> Vec<Cell<'static>> {
    let people = &group.prevalence;
    let mut cells = vec![words(&group.group), whole(people.participants), whole(people.asked)];
    cells.extend([people.share, people.low, people.high].map(number));
    cells.extend([whole(group.mentions), whole(group.passages)]);
    cells.extend(estimate(group.mention_share));
    cells.push(number(group.rarefied));
    let terms: Vec<&str> = group.terms.iter().map(|term| term.term.as_str()).collect();
    let quote = group.quote.as_ref();
    cells.extend([
        words(terms.join("; ")),
        words(quote.map(|quote| quote.text.clone()).unwrap_or_default()),
        words(quote.map(|quote| quote.unit.clone()).unwrap_or_default()),
        words(quote.map(|quote| quote.locator()).unwrap_or_default()),
    ]);
    cells
}
