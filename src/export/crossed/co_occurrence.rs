//! Themes × themes: a row for each two themes, with the people who voiced both and the passages in both. People
//! are those who were asked for both, so Jaccard's index (1912) is of those who voiced one of them and could have
//! voiced the other. Of two themes that nobody was asked for together, nothing is said of people.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::analysis::voiced::Voiced;
use crate::export::table::{Cell, Column, Table};

pub(super) fn co_occurrence(analysis: &Analysis) -> Table<'_> {
    let columns = vec![
        Column::text("theme_a", 8),
        Column::text("theme_a_label", 32),
        Column::text("theme_b", 8),
        Column::text("theme_b_label", 32),
        Column::whole("asked"),
        Column::whole("participants_a"),
        Column::whole("participants_b"),
        Column::whole("participants_both"),
        Column::number("participants_jaccard"),
        Column::whole("passages_a"),
        Column::whole("passages_b"),
        Column::whole("passages_both"),
        Column::number("passages_jaccard"),
    ];
    let voiced = Voiced::new(analysis);
    let n = voiced.themes.len();
    let voices: Vec<BTreeSet<usize>> = (0..n).map(|theme| voiced.voices(theme)).collect();
    let mut passages: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
    for (unit, themes) in voiced.themes_of.iter().enumerate() {
        themes.iter().for_each(|&theme| _ = passages[theme].insert(unit));
    }
    let pairs = (0..n).flat_map(move |a| (a + 1..n).map(move |b| (a, b)));
    let rows = pairs.map(move |(a, b)| {
        let asked: BTreeSet<usize> = voiced.asked(a).intersection(voiced.asked(b)).copied().collect();
        let of = |theme: usize| -> BTreeSet<usize> { voices[theme].intersection(&asked).copied().collect() };
        let mut cells: Vec<Cell> = Vec::new();
        for theme in [a, b] {
            cells.extend([voiced.themes[theme].id.as_str().into(), voiced.themes[theme].label.as_str().into()]);
        }
        cells.push(asked.len().into());
        cells.extend(if asked.is_empty() { [const { Cell::Empty }; 4] } else { overlap(&of(a), &of(b)) });
        cells.extend(overlap(&passages[a], &passages[b]));
        cells
    });
    Table { name: "co-occurrence", columns, rows: Box::new(rows) }
}

/// How many in each, how many in both, and Jaccard's index, which is empty where there are none.
fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> [Cell<'static>; 4] {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    let jaccard = (either > 0).then(|| both as f64 / either as f64);
    [a.len().into(), b.len().into(), both.into(), Cell::measure(jaccard)]
}
