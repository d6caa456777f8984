//! What is compared: items with the codes of a coder and the theme they are in, and the measures of them.

use super::agreement::*;
use super::material::*;
use super::rows::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::pipeline::counting::rounded;
use crate::analysis::saved::Status;
use crate::corpus::words;
use crate::stats::agreement::{Estimate, Overlap, best_match, cohen_kappa, krippendorff_alpha, partitions};

pub(super) const SEED: u64 = 0xc0de;

/// Measures of a scope in the order of [`Measures`], before those of its codes.
pub(super) const MEASURES: usize = 7;

/// Measures of a code in the order of [`CodeMatch`].
pub(super) const OF_A_CODE: usize = 4;

/// The names of codes, each with the spelling met first; case does not tell them apart.
#[derive(Default)]
pub(super) struct CodeNames {
    pub(super) names: Vec<String>,
    pub(super) numbers: HashMap<String, usize>,
}

impl CodeNames {
    pub(super) fn number(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let number = *self.numbers.entry(name.to_lowercase()).or_insert(next);
        if number == next {
            self.names.push(name.to_owned());
        }
        number
    }
}

/// The codes of each item of a coder.
pub(super) fn coding(
    found: &Found,
    level: Level,
    material: &Material,
    names: &mut CodeNames,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut coding: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, targets) in &found.matched {
        let numbers: Vec<usize> = row.codes.iter().map(|name| names.number(name)).collect();
        for &target in targets {
            let key = match (level, target) {
                (Level::Passage, Target::Answer(answer)) => material.answers[answer][0],
                (Level::Answer, Target::Passage(unit)) => material.answer_of[unit],
                (_, Target::Passage(key) | Target::Answer(key) | Target::Person(key)) => key,
            };
            coding.entry(key).or_default().extend(&numbers);
        }
    }
    coding
}

/// Something that was coded, and where the analysis put it.
pub(super) struct Item {
    pub(super) key: usize,
    pub(super) person: usize,
    pub(super) section: Option<usize>,
    pub(super) codes: Vec<usize>,
    /// Every theme of it, none twice.
    pub(super) themes: Vec<usize>,
    /// That with the most words.
    pub(super) theme: Option<usize>,
    /// Why the analysis left it out, where it did.
    pub(super) excluded: Option<String>,
}

impl Item {
    pub(super) fn new(key: usize, codes: &BTreeSet<usize>, level: Level, material: &Material) -> Self {
        let units = material.units_of(level, key);
        let mut length: Vec<(usize, usize)> = Vec::new();
        for &unit in &units {
            let said = words(&material.units[unit].text);
            for &theme in &material.themes_of[unit] {
                match length.iter_mut().find(|(known, _)| *known == theme) {
                    Some((_, length)) => *length += said,
                    None => length.push((theme, said)),
                }
            }
        }
        // The first of several that are as long.
        let longest = length.iter().rev().max_by_key(|(_, length)| *length).map(|&(theme, _)| theme);
        let all_excluded = units.iter().all(|&unit| matches!(material.units[unit].status, Status::Excluded(_)));
        Self {
            key,
            person: material.person_of[units[0]],
            section: if level == Level::Participant { None } else { material.section_of[units[0]] },
            codes: codes.iter().copied().collect(),
            themes: length.iter().map(|&(theme, _)| theme).collect(),
            theme: if level == Level::Participant { None } else { longest },
            excluded: match material.units[units[0]].status {
                Status::Excluded(reason) if all_excluded => Some(reason.word().to_owned()),
                _ => None,
            },
        }
    }

    /// Its code, where it has one only and was clustered on.
    fn single(&self) -> Option<usize> {
        (self.codes.len() == 1 && self.excluded.is_none()).then(|| self.codes[0])
    }

    /// Whether it has one code or none, and was clustered on.
    fn is_rated(&self) -> bool {
        self.codes.len() <= 1 && self.excluded.is_none()
    }
}

/// Some items, and the themes they are held against: those of a section, or all with recurring ones taken
/// as one.
pub(super) struct Scale<'a> {
    /// Id and label.
    pub(super) groups: Vec<(&'a str, &'a str)>,
    /// For each theme its place in `groups`.
    pub(super) place_of: HashMap<usize, usize>,
    pub(super) section: Option<usize>,
    /// Its codes, the most frequent first, with the place in `groups` that fits best.
    pub(super) codes: Vec<(usize, Option<usize>)>,
    /// For each code its place in `codes`.
    pub(super) number_of: HashMap<usize, usize>,
}

impl<'a> Scale<'a> {
    pub(super) fn new(section: Option<usize>, items: &[Item], material: &Material<'a>, names: &CodeNames) -> Self {
        let (groups, place_of): (Vec<(&str, &str)>, HashMap<usize, usize>) = match section {
            None => (material.groups.clone(), material.group_of_theme.iter().copied().enumerate().collect()),
            Some(section) => {
                let themes = &material.sections[section].2;
                let name = |&theme: &usize| (material.themes[theme].id.as_str(), material.themes[theme].label.as_str());
                (
                    themes.iter().map(name).collect(),
                    themes.iter().enumerate().map(|(place, &theme)| (theme, place)).collect(),
                )
            }
        };
        let mut frame = Self { groups, place_of, section, codes: Vec::new(), number_of: HashMap::new() };
        let held = frame.items(items.iter());
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        held.iter().flat_map(|item| &item.codes).for_each(|&code| *counts.entry(code).or_default() += 1);
        let mut codes: Vec<usize> = counts.keys().copied().collect();
        codes.sort_by_key(|code| (std::cmp::Reverse(counts[code]), names.names[*code].to_lowercase()));
        let best = |&code: &usize| (code, best_match(&frame.overlaps(&held, code)));
        frame.codes = codes.iter().map(best).collect();
        frame.number_of = codes.into_iter().enumerate().map(|(number, code)| (code, number)).collect();
        frame
    }

    /// Those of some items that it is about.
    pub(super) fn items<'i>(&self, items: impl Iterator<Item = &'i Item>) -> Vec<&'i Item> {
        items.filter(|item| self.section.is_none() || item.section == self.section).collect()
    }

    pub(super) fn place(&self, theme: usize) -> Option<usize> {
        self.place_of.get(&theme).copied()
    }

    /// The places of all of an item's themes.
    pub(super) fn places(&self, item: &Item) -> BTreeSet<usize> {
        item.themes.iter().filter_map(|&theme| self.place(theme)).collect()
    }

    /// A code against each theme.
    pub(super) fn overlaps(&self, items: &[&Item], code: usize) -> Vec<Overlap> {
        let mut overlaps = vec![Overlap::default(); self.groups.len()];
        let coded = items.iter().filter(|item| item.codes.contains(&code)).count();
        for item in items {
            for place in self.places(item) {
                overlaps[place].grouped += 1;
                overlaps[place].both += usize::from(item.codes.contains(&code));
            }
        }
        overlaps.iter_mut().for_each(|overlap| overlap.coded = coded);
        overlaps
    }

    /// Code and theme of a rated item as categories: the theme, none, or a code that has no theme.
    pub(super) fn categories(&self, item: &Item) -> (usize, usize) {
        let none = self.groups.len();
        let of_code = |code: usize| {
            let best = self.number_of.get(&code).and_then(|&number| self.codes[number].1);
            best.unwrap_or(none + 1 + code)
        };
        let theme = item.theme.and_then(|theme| self.place(theme));
        (item.codes.first().map_or(none, |&code| of_code(code)), theme.unwrap_or(none))
    }

    /// The measures, then those of each code, of the items that it is about.
    pub(super) fn statistics(&self, items: &[&Item]) -> Vec<Option<f64>> {
        let (mut known, mut found, mut ratings) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            if let Some(code) = item.single() {
                known.push(code);
                found.push(item.theme.and_then(|theme| self.place(theme)));
            }
            if item.is_rated() {
                ratings.push(self.categories(item));
            }
        }
        let agreement = partitions(&known, &found);
        let pairs: Vec<[usize; 2]> = ratings.iter().map(|&(code, theme)| [code, theme]).collect();
        let mut statistics = vec![
            agreement.map(|a| a.ari),
            agreement.map(|a| a.ami),
            agreement.map(|a| a.v_measure),
            agreement.map(|a| a.homogeneity),
            agreement.map(|a| a.completeness),
            cohen_kappa(&ratings),
            krippendorff_alpha(pairs.iter().map(|pair| pair.as_slice())),
        ];
        let mut overlaps = vec![Overlap::default(); self.codes.len()];
        let mut sizes = vec![0; self.groups.len()];
        for item in items {
            let places = self.places(item);
            places.iter().for_each(|&place| sizes[place] += 1);
            for number in item.codes.iter().filter_map(|code| self.number_of.get(code)) {
                overlaps[*number].coded += 1;
                let inside = self.codes[*number].1.is_some_and(|place| places.contains(&place));
                overlaps[*number].both += usize::from(inside);
            }
        }
        for (mut overlap, &(_, place)) in overlaps.into_iter().zip(&self.codes) {
            overlap.grouped = place.map_or(0, |place| sizes[place]);
            let matched = |value: Option<f64>| place.and(value);
            statistics.extend([
                matched(overlap.precision()),
                matched(overlap.recall()),
                matched(overlap.f1()),
                matched(overlap.kappa(items.len())),
            ]);
        }
        statistics
    }

    /// The comparison in words and numbers; `estimates` as [`Self::statistics`] orders them.
    pub(super) fn scope(&self, items: &[&Item], estimates: &[Estimate], level: Level, names: &CodeNames) -> Scope {
        let of_codes = estimates[MEASURES..].chunks(OF_A_CODE);
        let codes = self.codes.iter().zip(of_codes).map(|(&(code, place), of_code)| {
            let overlap = place.map(|place| self.overlaps(items, code)[place]).unwrap_or_default();
            CodeMatch {
                code: names.names[code].clone(),
                items: items.iter().filter(|item| item.codes.contains(&code)).count(),
                theme: place.map(|place| self.groups[place].0.to_owned()),
                label: place.map(|place| self.groups[place].1.to_owned()),
                both: overlap.both,
                theme_items: overlap.grouped,
                precision: share(of_code[0]),
                recall: share(of_code[1]),
                f1: share(of_code[2]),
                kappa: exact(of_code[3]),
            }
        });
        Scope {
            items: items.len(),
            measures: (level != Level::Participant).then(|| measures(items, estimates)),
            codes: codes.collect(),
            table: self.table(items, names),
        }
    }

    pub(super) fn table(&self, items: &[&Item], names: &CodeNames) -> Table {
        let row = |name: &str, has: &dyn Fn(&Item) -> bool| {
            let mut row = TableRow {
                code: name.to_owned(),
                items: 0,
                themes: vec![0; self.groups.len()],
                unclustered: 0,
                excluded: 0,
            };
            for item in items.iter().filter(|item| has(item)) {
                let places = self.places(item);
                row.items += 1;
                row.excluded += usize::from(item.excluded.is_some());
                row.unclustered += usize::from(item.excluded.is_none() && places.is_empty());
                places.into_iter().for_each(|place| row.themes[place] += 1);
            }
            row
        };
        Table {
            themes: self.groups.iter().map(|group| group.0.to_owned()).collect(),
            codes: self
                .codes
                .iter()
                .map(|&(code, _)| row(&names.names[code], &|item| item.codes.contains(&code)))
                .collect(),
            uncoded: row("", &|item| item.codes.is_empty()),
        }
    }
}

pub(super) fn measures(items: &[&Item], estimates: &[Estimate]) -> Measures {
    Measures {
        items: items.iter().filter(|item| item.single().is_some()).count(),
        ari: exact(estimates[0]),
        ami: exact(estimates[1]),
        v_measure: share(estimates[2]),
        homogeneity: share(estimates[3]),
        completeness: share(estimates[4]),
        rated_items: items.iter().filter(|item| item.is_rated()).count(),
        kappa: exact(estimates[5]),
        alpha: exact(estimates[6]),
    }
}

pub(super) fn exact(estimate: Estimate) -> Estimate {
    Estimate { value: estimate.value.map(rounded), low: estimate.low.map(rounded), high: estimate.high.map(rounded) }
}

/// Of what cannot be below 0.
pub(super) fn share(estimate: Estimate) -> Estimate {
    let estimate = exact(estimate);
    Estimate { low: estimate.low.map(|low| low.max(0.0)), ..estimate }
}

/// Means of the measures of sections, by the number of items that each rests on.
pub(super) fn means(sections: &[(Vec<&Item>, Vec<Option<f64>>)]) -> Vec<Option<f64>> {
    (0..MEASURES)
        .map(|measure| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (items, statistics) in sections {
                let counts = |item: &&&Item| if measure < 5 { item.single().is_some() } else { item.is_rated() };
                let n = items.iter().filter(counts).count() as f64;
                if let Some(value) = statistics[measure] {
                    sum += n * value;
                    weight += n;
                }
            }
            (weight > 0.0).then(|| sum / weight)
        })
        .collect()
}
