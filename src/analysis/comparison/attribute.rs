//! The values of an attribute as groups of participants.
//!
//! In: what each participant has in one column of their table, and how numbers are to be grouped. Out: the groups by
//! name, in their order, and each participant's. Many different numbers become bands; words are groups as they are,
//! but for capitals and white space, which tell none apart. It reads no answer.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::error::ComparisonError;
use super::policy::{MOST_NUMBERS, MOSTLY_NUMBERS};
use crate::analysis::saved::code_key;
use crate::stats::bands::Bands;

/// How the numbers of an attribute make groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Banding {
    /// As they are when they are few, in bands of about a quarter of the participants when they are many.
    #[default]
    Auto,
    /// In bands of about a quarter of the participants.
    Quartiles,
    /// Each number is a group of its own.
    Each,
    /// In bands that begin at these numbers, ascending.
    From(Vec<f64>),
}

/// That numbers were put into bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banded {
    /// Different numbers.
    pub numbers: usize,
    /// Bands that somebody is in.
    pub bands: usize,
    /// Whether the user named where they begin; otherwise they are quartiles.
    pub named: bool,
}

/// Participants by the value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AttributeGroups {
    /// Names in their order: numbers and bands by their size, then words by their letters.
    pub(crate) names: Vec<String>,
    /// The group of each participant, `None` without a value.
    pub(crate) of_person: Vec<Option<usize>>,
    /// For each group its place in an order that means something; words have none.
    pub(crate) order: Vec<Option<usize>>,
    pub(crate) banded: Option<Banded>,
    /// Of values that are written in several ways what they are and how many participants have each, the name first.
    pub(crate) spellings: Vec<Vec<(String, usize)>>,
}

impl AttributeGroups {
    /// What was taken for one group though it is written in several ways, a sentence each.
    pub(crate) fn spelled(&self, attribute: &str) -> Vec<String> {
        let told = |ways: &Vec<(String, usize)>| {
            let written: Vec<String> = ways.iter().map(|(way, n)| format!("`{way}` ({n})")).collect();
            format!("of {attribute} {} are read as one group", written.join(", "))
        };
        self.spellings.iter().map(told).collect()
    }

    /// `attribute`: its name; `values`: what each participant has, trimmed, `None` for nothing.
    ///
    /// # Errors
    /// Bands of what are no numbers.
    pub(crate) fn new(attribute: &str, values: &[Option<&str>], banding: &Banding) -> Result<Self, ComparisonError> {
        let numbers: Vec<Option<f64>> = values.iter().map(|value| number(value.as_ref()?)).collect();
        let n_values = values.iter().flatten().count();
        let known: Vec<f64> = numbers.iter().flatten().copied().collect();
        let is_numeric = !known.is_empty() && known.len() as f64 >= MOSTLY_NUMBERS * n_values as f64;
        if !is_numeric {
            if matches!(banding, Banding::Quartiles | Banding::From(_)) {
                let word = values.iter().zip(&numbers).find_map(|(value, number)| value.filter(|_| number.is_none()));
                let (name, example) = (attribute.to_string(), word.unwrap_or_default().to_string());
                return Err(ComparisonError::NoNumbers { name, example });
            }
            return Ok(Self::of_words(values, &vec![None; values.len()]));
        }
        let different = known.iter().map(|number| number.to_bits()).collect::<BTreeSet<_>>().len();
        let bands = match banding {
            Banding::Each => None,
            Banding::Auto if different <= MOST_NUMBERS => None,
            Banding::Auto | Banding::Quartiles => Some(Bands::quartiles(&known)),
            Banding::From(starts) => Some(Bands::From(starts.clone())),
        };
        let Some(bands) = bands else { return Ok(Self::of_words(values, &numbers)) };
        let mut held: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        known.iter().for_each(|&number| held.entry(bands.place(number)).or_default().push(number));
        let is_whole = known.iter().all(|number| number.fract() == 0.0);
        let names: BTreeMap<usize, String> =
            held.iter().map(|(&band, numbers)| (band, band_name(&bands, band, numbers, is_whole))).collect();
        let in_bands: Vec<Option<&str>> = values
            .iter()
            .zip(&numbers)
            .map(|(value, number)| number.and_then(|it| names.get(&bands.place(it)).map(String::as_str)).or(*value))
            .collect();
        let places: Vec<Option<f64>> = numbers.iter().map(|number| Some(bands.place((*number)?) as f64)).collect();
        let named = matches!(banding, Banding::From(_));
        let banded = Some(Banded { numbers: different, bands: held.len(), named });
        Ok(Self { banded, ..Self::of_words(&in_bands, &places) })
    }

    /// A group for each different value, called as most write it; `size`: what orders the values of some participants.
    fn of_words(values: &[Option<&str>], size: &[Option<f64>]) -> Self {
        let mut found: BTreeMap<String, Value> = BTreeMap::new();
        for (value, size) in values.iter().zip(size) {
            if let Some(value) = value {
                let known = found.entry(code_key(value)).or_default();
                *known.ways.entry(*value).or_default() += 1;
                known.size = *size;
            }
        }
        let mut groups: Vec<(String, Value)> = found.into_iter().collect();
        groups.sort_by(|(_, a), (_, b)| match (a.size, b.size) {
            (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.name().cmp(b.name())),
            (x, y) => y.is_some().cmp(&x.is_some()).then_with(|| in_reading_order(a.name(), b.name())),
        });
        let place: BTreeMap<&str, usize> = groups.iter().map(|(key, _)| key.as_str()).zip(0..).collect();
        let several = groups.iter().filter(|(_, value)| value.ways.len() > 1);
        Self {
            of_person: values.iter().map(|value| place.get(code_key(value.as_ref()?).as_str()).copied()).collect(),
            order: groups.iter().zip(0..).map(|((_, value), place)| value.size.map(|_| place)).collect(),
            spellings: several.map(|(_, value)| value.written()).collect(),
            names: groups.iter().map(|(_, value)| value.name().to_owned()).collect(),
            banded: None,
        }
    }
}

/// A value of an attribute.
#[derive(Default)]
struct Value<'v> {
    /// In which ways it is written, and how often each.
    ways: BTreeMap<&'v str, usize>,
    size: Option<f64>,
}

impl<'v> Value<'v> {
    /// As most write it; of several that are as frequent the first in the order of the letters, capitals before small.
    fn name(&self) -> &'v str {
        let first = self.ways.iter().max_by_key(|&(way, n)| (*n, std::cmp::Reverse(*way)));
        first.map_or("", |(way, _)| *way)
    }

    /// All ways, that of its name first.
    fn written(&self) -> Vec<(String, usize)> {
        let name = self.name();
        let others = self.ways.keys().copied().filter(|way| *way != name);
        let counted = |way: &str| (way.to_owned(), self.ways.get(way).copied().unwrap_or_default());
        std::iter::once(name).chain(others).map(counted).collect()
    }
}

/// What is written as a number: `34`, `34.5`, `34,5`, `12,000`.
fn number(value: &str) -> Option<f64> {
    let plain = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let starts_right = value.starts_with(|letter: char| letter.is_ascii_digit() || "+-.".contains(letter));
    let found = plain(value).or_else(|| {
        let parts: Vec<&str> = value.split(',').collect();
        let thousands =
            parts.len() > 1 && parts[1..].iter().all(|part| part.split('.').next().is_some_and(|p| p.len() == 3));
        match parts.as_slice() {
            _ if thousands => plain(&parts.concat()),
            [whole, part] => plain(&format!("{whole}.{part}")),
            _ => None,
        }
    });
    // Minus nothing is nothing.
    found.filter(|_| starts_right).map(|number| number + 0.0)
}

/// `18–27`, `under 18`, `60 and over`: by the numbers in it, or by the bounds that were named.
fn band_name(bands: &Bands, band: usize, numbers: &[f64], is_whole: bool) -> String {
    match bands {
        Bands::UpTo(_) => {
            let (low, high) =
                numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &it| (low.min(it), high.max(it)));
            if low == high { format!("{low}") } else { format!("{low}–{high}") }
        }
        Bands::From(starts) => match (band.checked_sub(1).map(|before| starts[before]), starts.get(band)) {
            (None, Some(first)) => format!("under {first}"),
            (Some(last), None) => format!("{last} and over"),
            (Some(from), Some(&to)) if is_whole && from.fract() == 0.0 && to.fract() == 0.0 => {
                if to - from > 1.0 {
                    format!("{from}–{}", to - 1.0)
                } else {
                    format!("{from}")
                }
            }
            (Some(from), Some(to)) => format!("{from} to below {to}"),
            (None, None) => "all".into(),
        },
    }
}

/// Numbers by their size, before words by their letters.
pub(super) fn in_reading_order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => std::cmp::Ordering::Less,
        (Err(_), Ok(_)) => std::cmp::Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(values: &[&str], banding: Banding) -> AttributeGroups {
        let values: Vec<Option<&str>> = values.iter().map(|value| (!value.is_empty()).then_some(*value)).collect();
        AttributeGroups::new("age", &values, &banding).unwrap()
    }

    const AGES: [&str; 12] = ["23", "31", "35", "19", "52", "47", "38", "29", "61", "44", "26", "33"];

    #[test]
    fn many_numbers_become_bands_of_a_quarter() {
        let found = groups(&AGES, Banding::Auto);
        assert_eq!(found.names, ["19–26", "29–33", "35–44", "47–61"]);
        assert_eq!(found.of_person[..4], [Some(0), Some(1), Some(2), Some(0)]);
        assert_eq!(found.order, [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(found.banded, Some(Banded { numbers: 12, bands: 4, named: false }));
    }

    #[test]
    fn bands_begin_where_they_are_named() {
        let found = groups(&AGES, Banding::From(vec![20.0, 30.0, 45.0, 70.0]));
        assert_eq!(found.names, ["under 20", "20–29", "30–44", "45–69"]);
        assert_eq!(found.banded, Some(Banded { numbers: 12, bands: 4, named: true }));
        let found = groups(&["1.5", "2", "3.5", "9", ""], Banding::From(vec![2.0, 4.0]));
        assert_eq!(found.names, ["under 2", "2 to below 4", "4 and over"]);
        assert_eq!(found.of_person, [Some(0), Some(1), Some(1), Some(2), None]);
    }

    #[test]
    fn few_numbers_are_groups_in_their_order_and_words_come_after_them() {
        let found = groups(&["10", "9", "2", "10", "9", "2", "2", "10", "10", "n/a"], Banding::Auto);
        assert_eq!(found.names, ["2", "9", "10", "n/a"]);
        assert_eq!(found.order, [Some(0), Some(1), Some(2), None]);
        assert_eq!(found.banded, None);
        assert_eq!(groups(&AGES, Banding::Each).names.len(), 12);
    }

    #[test]
    fn words_have_no_order() {
        let found = groups(&["ward", "home", "3", "ward"], Banding::Auto);
        assert_eq!((found.names.len(), found.order), (3, vec![None, None, None]));
        let values = [Some("ward"), Some("home")];
        let error = AttributeGroups::new("place", &values, &Banding::From(vec![1.0])).unwrap_err();
        assert!(error.to_string().contains("`ward`"), "{error}");
    }

    #[test]
    fn values_that_capitals_and_white_space_alone_tell_apart_are_one_group_and_told() {
        let found = groups(&["senior", "Senior", "junior", "Senior", "", "team  A", "team a"], Banding::Auto);
        assert_eq!(found.names, ["Senior", "junior", "team  A"]);
        assert_eq!(found.of_person, [Some(0), Some(0), Some(1), Some(0), None, Some(2), Some(2)]);
        let told = [
            "of role `Senior` (2), `senior` (1) are read as one group",
            "of role `team  A` (1), `team a` (1) are read as one group",
        ];
        assert_eq!(found.spelled("role"), told);
        let apart = groups(&["Senior", "Señior", "Seniors", "senior nurse", "Senior"], Banding::Auto);
        assert_eq!((apart.names.len(), apart.spelled("role").len()), (4, 0));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = ["34", " 34", "34,5", "12,000", "1,200,000", "-3", "3 years", "inf", "NaN", "1e3", "", "25-34"];
        let found = read.map(number);
        assert_eq!(found[..6], [Some(34.0), None, Some(34.5), Some(12000.0), Some(1_200_000.0), Some(-3.0)]);
        assert_eq!(found[6..], [None, None, None, Some(1000.0), None, None]);
    }
}
