//! What a person should look at before an analysis with pseudonyms is passed on.
//!
//! In: an analysis with pseudonyms, and the words that were doubtful. Out: for each thing that may tell who
//! somebody is its kind and place: numbers, addresses, postcodes, dates, words that may be names. It changes
//! nothing, finds by form alone, and does not find what has none: a job that one person has, a story.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::policy::{CAPITALISED, LONG_NUMBER, NOUNS_WITH_CAPITALS, TITLES};
use super::replacing::{Replaced, Replacer};
use super::walk::UnitText;
use super::words::{has_capital, joins, may_start_sentence, words};
use crate::analysis::saved::Analysis;

/// What may tell who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RemainsKind {
    /// `anna@example.org`
    Mail,
    /// `www.example.org/anna`
    Web,
    /// Of birth or of anything else.
    Date,
    /// British, American, Canadian, Dutch, of five digits.
    Postcode,
    /// Telephone and other long numbers.
    Number,
    /// An id so short that it may be something else, such as a page: replaced all the same.
    ShortId,
    /// A number or a letter that may be an id, and stays.
    IdLeft,
    /// A name in the list that was left, as it is an ordinary word too.
    DoubtfulName,
    /// A word with a capital within a sentence that occurs in one interview alone.
    LikelyName,
}

impl RemainsKind {
    /// As the check list calls it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail address",
            Self::Web => "web address",
            Self::Date => "date",
            Self::Postcode => "postcode",
            Self::Number => "telephone or other long number",
            Self::ShortId => "short id, replaced",
            Self::IdLeft => "number or letter that may be an id, left",
            Self::DoubtfulName => "doubtful name, left",
            Self::LikelyName => "likely name",
        }
    }
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remains {
    /// The unit, by its new id; empty for what belongs to none.
    pub(crate) unit: String,
    /// What it is.
    pub(crate) kind: RemainsKind,
    /// The words.
    pub(crate) text: String,
    /// Where they stand.
    pub(crate) place: String,
}

const MONTHS: &str = "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|\
                      sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?";

/// Kinds with what they look like; of two that overlap the first counts.
static FORMS: LazyLock<Vec<(RemainsKind, Regex)>> = LazyLock::new(|| {
    let dates = format!(
        r"(?i)\b(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{2,4}}|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?:{MONTHS})\b(?:,?\s(?:19|20)\d\d)?|(?:{MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?|(?:born|geboren|née?|birthday)\b[^.\n]{{0,20}}?(?:19|20)\d\d)\b"
    );
    let forms = [
        (RemainsKind::Mail, r"(?i)[\w.+'-]+@[\w-]+(?:\.[\w-]+)+".to_owned()),
        (RemainsKind::Web, r#"(?i)\b(?:https?://|www\.)[^\s<>"”)]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|eu|de|fr|nl|at|ch|co\.uk|ac\.uk|org\.uk|nhs\.uk)\b(?:/[^\s<>"”)]*)?"#.to_owned()),
        (RemainsKind::Date, dates),
        (RemainsKind::Postcode, r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|[A-Z][0-9][A-Z] [0-9][A-Z][0-9]|[0-9]{4} [A-Z]{2}|[0-9]{5}(?:-[0-9]{4})?)\b".to_owned()),
        (RemainsKind::Number, r"\+?\(?\d(?:[ ()./\u{a0}–-]{0,2}\d){5,}".to_owned()),
    ];
    // The patterns are fixed; a test makes sure that each is one.
    forms.into_iter().filter_map(|(kind, form)| Some((kind, Regex::new(&form).ok()?))).collect()
});

/// Everything to look at, unit by unit, then what belongs to none.
pub(super) fn remains(analysis: &Analysis, units: &HashMap<String, UnitText>, replacer: &Replacer) -> Vec<Remains> {
    let mut doubts: HashMap<&str, &UnitText> = HashMap::new();
    for (old, text) in units {
        if let Some(new) = replacer.ids.units.get(old) {
            doubts.insert(new, text);
        }
    }
    let likely = Likely::new(analysis);
    let mut found = Vec::new();
    let mut seen_questions: HashSet<&str> = HashSet::new();
    for (at, unit) in analysis.units.iter().enumerate() {
        let mut add = |kind, text: &str, place: String| {
            found.push(Remains { unit: unit.id.clone(), kind, text: text.to_owned(), place });
        };
        let points = |text: &str, at: &Range<usize>| {
            let (start, long) = (text[..at.start].chars().count(), text[at.clone()].chars().count());
            format!("characters {} to {}", start + 1, start + long)
        };
        for (kind, place) in forms_in(&unit.text) {
            add(kind, &unit.text[place.clone()], format!("passage, {}", points(&unit.text, &place)));
        }
        let before = doubts.get(unit.id.as_str()).copied();
        for doubt in before.iter().flat_map(|text| &text.new.doubtful) {
            add(RemainsKind::DoubtfulName, &doubt.word, format!("passage, {}", points(&unit.text, &doubt.at)));
        }
        for (kind, at, word) in before.iter().flat_map(|text| ids_in(&text.new)) {
            add(kind, word, format!("passage, {}", points(&unit.text, &at)));
        }
        for (place, n) in likely.first_in(at) {
            let times = if n > 1 { format!(", {n} times in the interview") } else { String::new() };
            add(
                RemainsKind::LikelyName,
                &unit.text[place.clone()],
                format!("passage, {}{times}", points(&unit.text, &place)),
            );
        }
        if seen_questions.insert(&unit.question) {
            for (kind, place) in forms_in(&unit.question) {
                add(kind, &unit.question[place], "question".into());
            }
            let asked = before.map(|text| replacer.replaced(&text.question)).unwrap_or_default();
            ids_in(&asked).for_each(|(kind, _, word)| add(kind, word, "question".into()));
        }
        for (kind, place) in unit.note.iter().flat_map(|note| forms_in(note)) {
            let text = unit.note.as_deref().unwrap_or_default();
            add(kind, &text[place], "note".into());
        }
        if let Some(note) = before.and_then(|text| text.note.as_deref()) {
            ids_in(&replacer.replaced(note)).for_each(|(kind, _, word)| add(kind, word, "note".into()));
        }
    }
    let mut beside = |text: &str, place: String| {
        for (kind, at) in forms_in(text) {
            found.push(Remains { unit: String::new(), kind, text: text[at].to_owned(), place: place.clone() });
        }
    };
    let summary = &analysis.summary;
    for person in &summary.participants {
        for (title, value) in summary.attributes.iter().zip(&person.attributes) {
            beside(value, format!("{}/{}, column {title}", person.study, person.participant));
        }
    }
    for theme in summary.themes() {
        beside(theme.description.as_deref().unwrap_or_default(), format!("description of {}", theme.id));
        if theme.headline.is_none() {
            beside(&theme.label, format!("label of {}", theme.id));
        }
    }
    found
}

/// The short ids that were replaced in a text, by what they became, and what may be one and stays; in bytes of the
/// new text.
fn ids_in(text: &Replaced) -> impl Iterator<Item = (RemainsKind, Range<usize>, &str)> {
    let short = text.short_ids.iter().map(|at| (RemainsKind::ShortId, at.clone(), &text.text[at.clone()]));
    short.chain(text.ids_left.iter().map(|doubt| (RemainsKind::IdLeft, doubt.at.clone(), doubt.word.as_str())))
}

/// What looks like something, none overlapping, in their order.
fn forms_in(text: &str) -> Vec<(RemainsKind, Range<usize>)> {
    let mut found: Vec<(RemainsKind, Range<usize>)> = Vec::new();
    for (kind, form) in FORMS.iter() {
        for hit in form.find_iter(text).filter(|hit| *kind != RemainsKind::Number || is_long(hit.as_str())) {
            // What ends a sentence ends an address too.
            let end = hit.start() + hit.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
            if !found.iter().any(|(_, other)| other.start < end && hit.start() < other.end) {
                found.push((*kind, hit.start()..end));
            }
        }
    }
    found.sort_by_key(|(_, at)| at.start);
    found
}

/// Whether a number is long, and no span of years.
fn is_long(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_year = |year: &str| matches!(year.parse(), Ok(1900..=2099));
    let years = digits.len() == 8 && !number.starts_with('+') && is_year(&digits[..4]) && is_year(&digits[4..]);
    digits.len() >= LONG_NUMBER && !(years && number.contains(['-', '–', '/', ' ']))
}

/// Words with a capital within a sentence that one interview alone has, and nobody says without.
struct Likely {
    /// By unit: where the word is first said, and how often.
    of_unit: HashMap<usize, Vec<(Range<usize>, usize)>>,
}

/// A word with a capital.
struct Said<'a> {
    interviews: BTreeSet<(&'a str, &'a str)>,
    /// Where it is first said.
    unit: usize,
    place: Range<usize>,
    times: usize,
}

impl Likely {
    fn new(analysis: &Analysis) -> Self {
        let people: HashMap<(&str, &str), (&str, bool)> = analysis
            .summary
            .participants
            .iter()
            .map(|person| {
                let interview = person.transcript.as_deref().unwrap_or(&person.participant);
                let nouns = person.language.as_deref().is_some_and(|code| NOUNS_WITH_CAPITALS.contains(&code));
                ((person.study.as_str(), person.participant.as_str()), (interview, nouns))
            })
            .collect();
        let mut plain: HashSet<String> = HashSet::new();
        // For each word its interviews, and where it is first said.
        let mut capitals: BTreeMap<String, Said> = BTreeMap::new();
        for (at, unit) in analysis.units.iter().enumerate() {
            let own = (unit.participant.as_str(), false);
            let &(interview, nouns) = people.get(&(unit.study.as_str(), unit.participant.as_str())).unwrap_or(&own);
            let all = words(&unit.text);
            let mut next = 0;
            while next < all.len() {
                let word = &all[next];
                let written = &unit.text[word.at.clone()];
                if !has_capital(written) {
                    plain.insert(word.key.clone());
                    next += 1;
                    continue;
                }
                // `Ann Hall` is one.
                let mut last = next;
                while let Some(after) = all.get(last + 1) {
                    let between = &unit.text[all[last].at.end..after.at.start];
                    if !has_capital(&unit.text[after.at.clone()]) || !joins(between, &all[last]) {
                        break;
                    }
                    last += 1;
                }
                let titled = next > 0 && TITLES.contains(&all[next - 1].key.as_str());
                let is_word = |word: &&super::words::Word| is_likely(&unit.text[word.at.clone()], &word.key);
                let starts = may_start_sentence(&unit.text, word.at.start) && !titled;
                // At a sentence's start its first word tells nothing.
                let first = if starts { next + 1 } else { next };
                let likely = first <= last && (!nouns || titled) && all[first..=last].iter().any(|word| is_word(&word));
                if likely {
                    let place = all[first].at.start..all[last].at.end;
                    let keys: Vec<&str> = all[first..=last].iter().map(|word| word.key.as_str()).collect();
                    let key = keys.join(" ");
                    let key = key.strip_suffix("'s").unwrap_or(&key).to_owned();
                    let said = capitals.entry(key).or_insert_with(|| Said {
                        interviews: BTreeSet::new(),
                        unit: at,
                        place,
                        times: 0,
                    });
                    said.interviews.insert((&unit.study, interview));
                    said.times += 1;
                }
                next = last + 1;
            }
        }
        let mut likely = Self { of_unit: HashMap::new() };
        for (key, said) in capitals {
            let all_plain = key.split(' ').all(|word| plain.contains(word) || CAPITALISED.contains(&word));
            if said.interviews.len() == 1 && !all_plain {
                likely.of_unit.entry(said.unit).or_default().push((said.place, said.times));
            }
        }
        likely.of_unit.values_mut().for_each(|places| places.sort_by_key(|(place, _)| place.start));
        likely
    }

    fn first_in(&self, unit: usize) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        self.of_unit.get(&unit).into_iter().flatten().cloned()
    }
}

/// A word that could be somebody's name: no abbreviation, none of those that everybody capitalises.
fn is_likely(written: &str, key: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let abbreviation = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let stem = key.split('\'').next().unwrap_or(key);
    let is_usual = [stem, stem.strip_suffix('s').unwrap_or(stem)].iter().any(|word| CAPITALISED.contains(word));
    letters > 1 && !abbreviation && !is_usual
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(RemainsKind, &str)> {
        forms_in(text).into_iter().map(|(kind, at)| (kind, &text[at])).collect()
    }

    #[test]
    fn every_form_is_looked_for() {
        assert_eq!(FORMS.len(), 5);
    }

    #[test]
    fn forms_are_found() {
        use RemainsKind::*;
        for (text, kind, hit) in [
            ("write to anna.b@ward-3.example.org.", Mail, "anna.b@ward-3.example.org"),
            ("see https://x.example/anna?a=1", Web, "https://x.example/anna?a=1"),
            ("on www.example.org, and", Web, "www.example.org"),
            ("our page wardthree.co.uk says", Web, "wardthree.co.uk"),
            ("born on 3.4.1961 in", Date, "3.4.1961"),
            ("since 2019-05-02", Date, "2019-05-02"),
            ("the 3rd of May 1971", Date, "3rd of May 1971"),
            ("on March 12th, 1980", Date, "March 12th, 1980"),
            ("I was born in 1962", Date, "born in 1962"),
            ("in M13 9PL", Postcode, "M13 9PL"),
            ("in 50667 Köln", Postcode, "50667"),
            ("call +44 (0)161 496 0000", Number, "+44 (0)161 496 0000"),
            ("number 485777123", Number, "485777123"),
        ] {
            assert_eq!(found(text), [(kind, hit)], "{text}");
        }
    }

    #[test]
    fn plain_numbers_and_words_are_none() {
        for text in [
            "in 2019",
            "2019-2021",
            "1,000 people",
            "12 or 13 of 25",
            "e.g. this",
            "3.5 hours",
            "ward 12",
            "at 10:30",
            "50 000",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
