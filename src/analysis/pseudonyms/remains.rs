//! What a person should look at before an analysis with pseudonyms is passed on.
//!
//! In: an analysis with pseudonyms, the words that were doubtful, and where a part is passed on alone that part. Out:
//! for each thing that may tell who somebody is its kind and place: numbers, addresses, postcodes, dates, words that
//! may be names. It changes nothing, finds by form alone, and does not find what has none: a job that one person has, a
//! story.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::addresses::{MAIL, WEB, words_beside};
use super::keywords;
use super::policy::{CAPITALISED, LONG_NUMBER, NOUNS_WITH_CAPITALS, TITLES};
use super::replacing::{Replaced, Replacer};
use super::walk::UnitText;
use super::words::{has_capital, joins, key, may_start_sentence};
use crate::analysis::saved::{Analysis, UnitRow};

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
        (RemainsKind::Mail, MAIL.to_owned()),
        (RemainsKind::Web, WEB.to_owned()),
        (RemainsKind::Date, dates),
        (RemainsKind::Postcode, r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|[A-Z][0-9][A-Z] [0-9][A-Z][0-9]|[0-9]{4} [A-Z]{2}|[0-9]{5}(?:-[0-9]{4})?)\b".to_owned()),
        (RemainsKind::Number, r"\+?\(?\d(?:[ ()./\u{a0}–-]{0,2}\d){5,}".to_owned()),
    ];
    // The patterns are fixed; a test makes sure that each is one.
    forms.into_iter().filter_map(|(kind, form)| Some((kind, Regex::new(&form).ok()?))).collect()
});

/// Everything to look at, unit by unit, then what belongs to none; with a `part` of the analysis what is in it alone.
pub(super) fn remains(
    analysis: &Analysis,
    part: Option<&Analysis>,
    units: &HashMap<String, UnitText>,
    replacer: &Replacer,
) -> Vec<Remains> {
    let mut doubts: HashMap<&str, &UnitText> = HashMap::new();
    for (old, text) in units {
        if let Some(new) = replacer.ids.units.get(old) {
            doubts.insert(new, text);
        }
    }
    let held = part.map(|part| Held::new(analysis, part));
    let held = held.as_ref();
    let likely = Likely::new(analysis, |unit, at| held.is_none_or(|held| held.place(&unit.id, at).is_some()));
    let times_in = if held.is_some() { "file" } else { "interview" };
    let mut found = Vec::new();
    let mut seen_questions: HashSet<&str> = HashSet::new();
    let mut small: HashSet<(&str, &str, String)> = HashSet::new();
    for (at, unit) in analysis.units.iter().enumerate() {
        let mut add = |kind, text: &str, place: String| {
            found.push(Remains { unit: unit.id.clone(), kind, text: text.to_owned(), place });
        };
        let mut add_said = |kind, at: &Range<usize>, text: &str, more: &str| {
            let place = held.map_or(Some(("passage", 0)), |held| held.place(&unit.id, at));
            if let Some((what, from)) = place {
                add(kind, text, format!("{what}, {}{more}", points(&unit.text, from, at)));
            }
        };
        for (kind, place) in forms_in(&unit.text) {
            add_said(kind, &place, &unit.text[place.clone()], "");
        }
        let before = doubts.get(unit.id.as_str()).copied();
        for doubt in before.iter().flat_map(|text| &text.new.doubtful) {
            // Without a capital a word may come a hundred times: once in an interview is enough.
            if doubt.is_small && !small.insert((&unit.study, &unit.participant, key(&doubt.word))) {
                continue;
            }
            let more = if doubt.is_small { ", and wherever else it has no capital" } else { "" };
            add_said(RemainsKind::DoubtfulName, &doubt.at, &doubt.word, more);
        }
        for (kind, at, word) in before.iter().flat_map(|text| ids_in(&text.new)) {
            add_said(kind, &at, word, "");
        }
        for (place, n) in likely.first_in(at) {
            let times = if n > 1 { format!(", {n} times in the {times_in}") } else { String::new() };
            add_said(RemainsKind::LikelyName, &place, &unit.text[place.clone()], &times);
        }
        if seen_questions.insert(&unit.question) {
            let asked = before.map(|text| replacer.replaced(&text.question)).unwrap_or_default();
            let forms = forms_in(&unit.question).into_iter().map(|(kind, place)| (kind, &unit.question[place]));
            let all = forms.chain(ids_in(&asked).map(|(kind, _, word)| (kind, word)));
            all.filter(|(_, word)| held.is_none_or(|held| held.asks(word)))
                .for_each(|(kind, word)| add(kind, word, "question".into()));
        }
        // Notes are in no part.
        for (kind, place) in unit.note.iter().filter(|_| held.is_none()).flat_map(|note| forms_in(note)) {
            let text = unit.note.as_deref().unwrap_or_default();
            add(kind, &text[place], "note".into());
        }
        if let Some(note) = before.and_then(|text| text.note.as_deref()).filter(|_| held.is_none()) {
            ids_in(&replacer.replaced(note)).for_each(|(kind, _, word)| add(kind, word, "note".into()));
        }
    }
    found.extend(beside(analysis, part));
    let of_keywords = keywords::doubtful(&part.unwrap_or(analysis).summary, replacer).into_iter();
    found.extend(of_keywords.map(|(text, place)| Remains {
        unit: String::new(),
        kind: RemainsKind::DoubtfulName,
        text,
        place,
    }));
    found
}

/// `characters 15 to 27`, counted in a text from a byte on.
fn points(text: &str, from: usize, at: &Range<usize>) -> String {
    let start = at.start.max(from);
    let (before, long) = (text[from..start].chars().count(), text[start..at.end.max(start)].chars().count());
    format!("characters {} to {}", before + 1, before + long)
}

/// What there is to look at in columns of participants and in what a person wrote of themes.
fn beside(analysis: &Analysis, part: Option<&Analysis>) -> Vec<Remains> {
    let mut found = Vec::new();
    let mut look = |text: &str, place: String| {
        for (kind, at) in forms_in(text) {
            found.push(Remains { unit: String::new(), kind, text: text[at].to_owned(), place: place.clone() });
        }
    };
    let there = &part.unwrap_or(analysis).summary;
    for person in &there.participants {
        for (title, value) in there.attributes.iter().zip(&person.attributes) {
            look(value, format!("{}/{}, column {title}", person.study, person.participant));
        }
    }
    for theme in analysis.summary.themes().filter(|theme| there.theme(&theme.id).is_some()) {
        look(theme.description.as_deref().unwrap_or_default(), format!("description of {}", theme.id));
        if theme.headline.is_none() {
            look(&theme.label, format!("label of {}", theme.id));
        }
    }
    found
}

/// What of the passages and questions of an analysis is in a part of it.
struct Held<'a> {
    /// For each unit the stretches that are there, in bytes of its whole text, with what they are.
    said: HashMap<&'a str, Vec<(Range<usize>, String)>>,
    /// The questions.
    asked: Vec<&'a str>,
}

impl<'a> Held<'a> {
    fn new(whole: &'a Analysis, part: &'a Analysis) -> Self {
        let texts: HashMap<&str, &str> = whole.units.iter().map(|unit| (&*unit.id, &*unit.text)).collect();
        let mut said: HashMap<&str, Vec<(Range<usize>, String)>> = HashMap::new();
        let mut add = |unit: &'a str, words: &str, what: String| {
            let Some(text) = texts.get(unit) else { return };
            // Words that are put otherwise may be anywhere in it.
            let at = text.find(words).map_or(0..text.len(), |start| start..start + words.len());
            said.entry(unit).or_default().push((at, what));
        };
        part.units.iter().for_each(|unit| add(&unit.id, &unit.text, "quote".into()));
        // A name that was found is a headline: words of a passage.
        let (all, there) = (&whole.summary, &part.summary);
        for theme in all.themes().filter(|theme| there.theme(&theme.id).is_some()) {
            let parts = theme.sub_themes.iter().map(|part| (&part.id, &part.headline));
            for (id, headline) in parts.chain([(&theme.id, &theme.headline)]) {
                headline.iter().for_each(|it| add(&it.unit, &it.text, format!("name of {id}")));
            }
        }
        for recurring in all.recurring.iter().filter(|it| there.recurring.iter().any(|own| own.id == it.id)) {
            recurring.headline.iter().for_each(|it| add(&it.unit, &it.text, format!("name of {}", recurring.id)));
        }
        let guide = there.framing.guide.iter().map(|question| question.wording.as_str());
        Self { said, asked: there.sections.iter().map(|section| section.question.as_str()).chain(guide).collect() }
    }

    /// Whether the words are in one of the questions.
    fn asks(&self, words: &str) -> bool {
        self.asked.iter().any(|question| question.contains(words))
    }

    /// What the words at a place of a unit's text are in the part, and the byte from which they are counted there;
    /// `None` where they are not in it.
    fn place(&self, unit: &str, at: &Range<usize>) -> Option<(&str, usize)> {
        let mut stretches = self.said.get(unit)?.iter();
        let (stretch, what) = stretches.find(|(stretch, _)| stretch.start < at.end && at.start < stretch.end)?;
        Some((what, stretch.start))
    }
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
#[derive(Default)]
struct Said<'a> {
    interviews: BTreeSet<(&'a str, &'a str)>,
    /// Unit and place where it is first said, of those that count.
    first: Option<(usize, Range<usize>)>,
    /// How often it is said in these.
    times: usize,
}

impl Likely {
    /// `counts`: whether words at a place of a unit's text are to be told of; who says them is known of all.
    fn new(analysis: &Analysis, counts: impl Fn(&UnitRow, &Range<usize>) -> bool) -> Self {
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
            let all = words_beside(&unit.text);
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
                    let name = keys.join(" ");
                    let name = name.strip_suffix("'s").unwrap_or(&name).to_owned();
                    let said = capitals.entry(name).or_default();
                    said.interviews.insert((&unit.study, interview));
                    if counts(unit, &place) {
                        said.times += 1;
                        said.first.get_or_insert((at, place));
                    }
                }
                next = last + 1;
            }
        }
        let mut likely = Self { of_unit: HashMap::new() };
        for (key, said) in capitals {
            let all_plain = key.split(' ').all(|word| plain.contains(word) || CAPITALISED.contains(&word));
            if let (1, false, Some((unit, place))) = (said.interviews.len(), all_plain, said.first) {
                likely.of_unit.entry(unit).or_default().push((place, said.times));
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
