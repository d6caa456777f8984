//! Themes × the questions that their passages answer: a row for each theme and each question that somebody
//! answered in the theme's section. Answers to questions outside the guide have a row without a question. Questions
//! have the numbers of the sections' ids: the greeting is not counted.

use std::collections::{BTreeMap, BTreeSet};

use super::{count_cells, count_columns, theme_cells, theme_columns};
use crate::analysis::voiced::{Voiced, is_answer};
use crate::analysis::{Analysis, GuideQuestionSummary};
use crate::export::table::{Cell, Column, Table};
use crate::theme::prevalence::Prevalence;

/// A section's number, then whether the question is outside the guide, then its 1-based place in the guide.
type Place = (usize, bool, usize);

pub(super) fn by_question(analysis: &Analysis) -> Table<'_> {
    let mut columns = theme_columns().to_vec();
    columns.extend([Column::text("section", 8), Column::whole("question_number"), Column::text("question", 40)]);
    columns.extend(count_columns());
    let voiced = Voiced::new(analysis);
    let summary = &analysis.summary;
    let numbers = GuideQuestionSummary::numbers(&summary.framing.guide);
    let mut asked: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    let mut said: BTreeMap<(usize, Place), Vec<usize>> = BTreeMap::new();
    for (at, unit) in analysis.units.iter().enumerate().filter(|(_, unit)| is_answer(unit)) {
        let section = summary.sections.iter().position(|section| Some(&section.id) == unit.section.as_ref());
        let Some(section) = section else { continue };
        let place = (section, unit.guide_question.is_none(), unit.guide_question.unwrap_or_default());
        asked.entry(place).or_default().insert(voiced.person_of[at]);
        for &theme in &voiced.themes_of[at] {
            said.entry((theme, place)).or_default().push(voiced.person_of[at]);
        }
    }
    let mut rows = Vec::new();
    for (theme, found) in voiced.themes.iter().enumerate() {
        let section = voiced.section_of[theme];
        for (&place, asked) in asked.range((section, false, 0)..(section + 1, false, 0)) {
            let said = said.get(&(theme, place)).map_or(&[][..], Vec::as_slice);
            let voices: BTreeSet<usize> = said.iter().copied().collect();
            let at = place.2.checked_sub(1);
            let wording = at.and_then(|at| summary.framing.guide.get(at));
            let number = at.and_then(|at| numbers.get(at).copied().flatten());
            let mut cells = theme_cells(found).to_vec();
            cells.push(summary.sections[section].id.as_str().into());
            cells.push(number.map_or(Cell::Empty, Cell::from));
            cells.push(Cell::maybe(wording.map(|question| question.wording.as_str())));
            cells.extend(count_cells(Prevalence::new(voices.len(), asked.len()), said.len()));
            rows.push(cells);
        }
    }
    Table { name: "theme by question", columns, rows: Box::new(rows.into_iter()) }
}
