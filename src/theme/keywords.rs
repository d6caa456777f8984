//! What tells themes apart in words: keywords and labels.
//!
//! In: the units' texts, who said them, their themes and sections, and the questions asked. Out:
//! for each theme its best words and phrases in the forms people used. It counts people, not
//! mentions, merges the forms of a word by its stem but never shows a stem, and drops words that
//! only echo the question.
//!
//! A term's weight in a theme is the product of
//! - its class-based TF-IDF (Grootendorst 2022, "BERTopic", eq. 2), `p · ln(1 + A / f)`, with
//!   people for occurrences, so that one talkative participant cannot name a theme;
//! - the evidence that the theme's people use it more than those of the section's other themes, each
//!   person counted once in every theme they voice: the z-score of the log odds ratio, 0.5 added to
//!   each cell (Monroe, Colaresi & Quinn 2008, eqs. 16–22, with a flat prior);
//! - its closeness: how much nearer the term's own vector is to the theme's centre than to the
//!   other themes' of the section (as in KeyBERT; Grootendorst 2020), which the caller provides.
//!
//! [`candidates`] does the counting, [`choose`] the choice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::phrases::Said;
use super::phrases::{Term, Terms};
use super::policy::*;
use crate::stats::log_odds::log_odds_z;

/// A word or phrase that is typical of a theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Keyword {
    /// The form people used most.
    pub term: String,
    /// Weight, comparable inside one theme.
    pub weight: f64,
    /// Participants of the theme who use it.
    pub participants: usize,
}

/// A term that may become a keyword of a theme.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The form people used most.
    pub term: String,
    /// Its weight but for the closeness.
    pub weight: f64,
    /// The units of the theme's section that use it, as places in what was said, rising.
    pub units: Arc<Vec<usize>>,
    /// How many of the theme's participants use it.
    users: usize,
    /// The stems of its words, by number.
    keys: Vec<u32>,
}

/// The candidates of each theme, heaviest first; `questions` are the sections' questions.
///
/// # Panics
/// Never, as long as every `section` and `theme` is below `questions.len()` and `n_themes`.
pub fn candidates(said: &[Said], questions: &[String], n_themes: usize) -> Vec<Vec<Candidate>> {
    let found = Terms::of(said);
    let (terms, of_unit) = (&found.terms, &found.of_unit);
    let asked_in = |(section, question): (usize, &String)| -> HashSet<u32> {
        let answer = said.iter().find(|unit| unit.section == section);
        answer.into_iter().flat_map(|unit| found.stems_of(question, unit.language)).collect()
    };
    let asked: Vec<HashSet<u32>> = questions.iter().enumerate().map(asked_in).collect();

    // Who uses a term in which theme (or outside of all) of a section: each once, by term, then theme.
    let mut n_uses = vec![0; questions.len()];
    said.iter().zip(of_unit).for_each(|(unit, terms)| n_uses[unit.section] += terms.len());
    let mut uses: Vec<Vec<Use>> = n_uses.into_iter().map(Vec::with_capacity).collect();
    let mut theme_people: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n_themes];
    for (unit, terms) in said.iter().zip(of_unit) {
        let (theme, participant) = (numbered(unit.theme), unit.participant as u32);
        uses[unit.section].extend(terms.iter().map(|&term| Use { term, theme, participant }));
        if let Some(theme) = unit.theme {
            theme_people[theme].insert(unit.participant);
        }
    }
    uses.par_iter_mut().with_max_len(1).for_each(|uses| {
        uses.sort_unstable();
        uses.dedup();
    });
    // f_t and A of the published formula, in participants.
    let mut over_themes: Vec<u32> = vec![0; terms.len()];
    for used in uses.iter().flatten().filter(|used| used.theme != NO_THEME) {
        over_themes[used.term as usize] += 1;
    }
    let average = over_themes.iter().map(|&people| f64::from(people)).sum::<f64>() / n_themes.max(1) as f64;
    // A person is one voice in each theme they speak to: what they say elsewhere has as much room for
    // any word as what they say here.
    let voice = |unit: &Said| (unit.section as u32, numbered(unit.theme), unit.participant as u32);
    let mut voices: Vec<(u32, u32, u32)> = said.iter().map(voice).collect();
    voices.sort_unstable();
    voices.dedup();
    let mut voices_of_section = vec![0; questions.len()];
    voices.into_iter().for_each(|(section, ..)| voices_of_section[section as usize] += 1);

    let mut weighed: Vec<Vec<Weighed>> = (0..n_themes).map(|_| Vec::new()).collect();
    for (section, uses) in uses.iter().enumerate() {
        for of_term in uses.chunk_by(|a, b| a.term == b.term) {
            for users in of_term.chunk_by(|a, b| a.theme == b.theme) {
                let Use { term: number, theme, .. } = users[0];
                if theme == NO_THEME {
                    continue;
                }
                let theme = theme as usize - 1;
                let people = theme_people[theme].len();
                let least =
                    (if people >= MANY_VOICES { 3 } else { 2 }).max((MIN_SHARE_INSIDE * people as f64).ceil() as usize);
                let (elsewhere, outside) = (of_term.len() - users.len(), voices_of_section[section] - people);
                if users.len() < least.min(people) || elsewhere as f64 > MAX_SHARE_OUTSIDE * outside as f64 {
                    continue;
                }
                let evidence = log_odds_z((users.len(), people), (elsewhere, outside), FLAT_PRIOR);
                if evidence < MIN_EVIDENCE && outside > 0 {
                    continue;
                }
                let share = users.len() as f64 / people.max(1) as f64;
                let rarity = libm::log(1.0 + average / f64::from(over_themes[number as usize]));
                let term = &terms[number as usize];
                let echoes = term.keys.iter().all(|key| asked[section].contains(key));
                let weight = share
                    * rarity
                    * evidence.max(MIN_EVIDENCE)
                    * PHRASE_WEIGHT[term.keys.len() - 1]
                    * if echoes { QUESTION_WEIGHT } else { 1.0 };
                weighed[theme].push(Weighed { number, term, weight, users: users.len(), section });
            }
        }
    }
    drop(uses);
    weighed.iter_mut().for_each(leave_heaviest);
    let units = units_with(weighed.iter().flatten(), said, of_unit);
    let candidate = |term: Weighed| Candidate {
        term: term.term.surface.clone(),
        weight: term.weight,
        units: Arc::clone(&units[&(term.section, term.number)]),
        users: term.users,
        keys: term.term.keys.clone(),
    };
    weighed.into_iter().map(|of_theme| of_theme.into_iter().map(candidate).collect()).collect()
}

/// A term of a theme with its weight.
struct Weighed<'t> {
    number: u32,
    term: &'t Term,
    weight: f64,
    users: usize,
    section: usize,
}

/// Leaves the heaviest terms of a theme, heaviest first, none nested in another.
fn leave_heaviest(of_theme: &mut Vec<Weighed>) {
    of_theme.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.surface.cmp(&b.term.surface)));
    leave_out_nested(of_theme);
    of_theme.truncate(TERMS);
}

/// For section and number of some terms the units that use them there, as places in what was said.
fn units_with<'w>(
    wanted: impl Iterator<Item = &'w Weighed<'w>>,
    said: &[Said],
    of_unit: &[Vec<u32>],
) -> HashMap<(usize, u32), Arc<Vec<usize>>> {
    let mut units: HashMap<(usize, u32), Vec<usize>> =
        wanted.map(|term| ((term.section, term.number), Vec::new())).collect();
    for (place, (unit, terms)) in said.iter().zip(of_unit).enumerate() {
        for &term in terms {
            if let Some(units) = units.get_mut(&(unit.section, term)) {
                units.push(place);
            }
        }
    }
    units.into_iter().map(|(term, units)| (term, Arc::new(units))).collect()
}

/// That somebody uses a term, in a theme or in none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    term: u32,
    /// See [`numbered`].
    theme: u32,
    participant: u32,
}

/// The number of no theme.
const NO_THEME: u32 = 0;

/// A theme's number, counted from 1: of many passages there are many million uses, in as little room as they need.
fn numbered(theme: Option<usize>) -> u32 {
    theme.map_or(NO_THEME, |theme| theme as u32 + 1)
}

/// Of terms nested in each other one is kept: the longer when most who use the shorter use it,
/// else the shorter.
fn leave_out_nested(found: &mut Vec<Weighed>) {
    let mostly = |longer: &Weighed, shorter: &Weighed| 5 * longer.users >= 3 * shorter.users;
    let nested = |longer: &Weighed, shorter: &Weighed| {
        let (longer, shorter) = (&longer.term.keys, &shorter.term.keys);
        longer.len() > shorter.len() && longer.windows(shorter.len()).any(|window| window == shorter.as_slice())
    };
    let keep: Vec<bool> =
        found.iter().map(|term| !found.iter().any(|other| nested(other, term) && mostly(other, term))).collect();
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}

/// Factor for a term whose vector has the cosine `own` to its theme's centre and, on average,
/// `others` to the centres of the other themes of the section.
pub fn closeness(own: f64, others: f64) -> f64 {
    (own - others + 0.1).max(0.02) * own.max(0.05)
}

/// The `n` best of a theme's candidates, best first, and no content word twice. `closeness` is asked for
/// each.
pub fn choose(candidates: &[Candidate], closeness: &dyn Fn(&Candidate) -> f64, n: usize) -> Vec<Keyword> {
    let weights: Vec<f64> = candidates.iter().map(|c| c.weight * closeness(c)).collect();
    let mut by_weight: Vec<usize> = (0..candidates.len()).collect();
    by_weight.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    let mut chosen: Vec<usize> = Vec::new();
    for index in by_weight {
        let repeats = |&c: &usize| candidates[c].keys.iter().any(|key| candidates[index].keys.contains(key));
        if chosen.len() < n && !chosen.iter().any(repeats) {
            chosen.push(index);
        }
    }
    chosen
        .into_iter()
        .map(|index| Keyword {
            term: candidates[index].term.clone(),
            weight: weights[index],
            participants: candidates[index].users,
        })
        .collect()
}

/// A theme's name until a person gives it one: its best two or three keywords; `None` without
/// keywords.
pub fn label(keywords: &[Keyword]) -> Option<String> {
    let words = |keyword: &Keyword| keyword.term.split(' ').count();
    let mut chosen: Vec<&str> = Vec::new();
    let mut length = 0;
    for keyword in keywords {
        if chosen.len() == 3 || (chosen.len() == 2 && length + words(keyword) > 5) {
            break;
        }
        length += words(keyword);
        chosen.push(&keyword.term);
    }
    (!chosen.is_empty()).then(|| chosen.join(", "))
}

/// The keywords of several themes in one list: those that several share come first. Weights are
/// compared relative to each theme's best.
pub fn shared(themes: &[&[Keyword]]) -> Vec<Keyword> {
    let mut shared: BTreeMap<&str, (f64, &Keyword)> = BTreeMap::new();
    for &keywords in themes {
        let best = keywords.first().map_or(1.0, |keyword| keyword.weight).max(f64::MIN_POSITIVE);
        for keyword in keywords {
            shared.entry(&keyword.term).or_insert((0.0, keyword)).0 += keyword.weight / best;
        }
    }
    let mut shared: Vec<(f64, &Keyword)> = shared.into_values().collect();
    shared.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.term.cmp(&b.1.term)));
    shared.into_iter().map(|(_, keyword)| keyword.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(units: &[(&'static str, usize, Option<usize>)]) -> Vec<Said<'static>> {
        units
            .iter()
            .map(|&(text, participant, theme)| Said { text, language: None, participant, section: 0, theme })
            .collect()
    }

    fn keywords(units: &[Said], questions: &[String], n_themes: usize, n: usize) -> Vec<Vec<Keyword>> {
        candidates(units, questions, n_themes).iter().map(|theme| choose(theme, &|_| 1.0, n)).collect()
    }

    fn terms_of(found: &[Keyword]) -> Vec<&str> {
        found.iter().map(|keyword| keyword.term.as_str()).collect()
    }

    #[test]
    fn keywords_tell_themes_apart_and_count_people() {
        let units = said(&[
            ("The voice actors lose their work, you know.", 1, Some(0)),
            ("Voice actors will be replaced at work.", 2, Some(0)),
            ("I worry for voice actors and for work.", 3, Some(0)),
            ("My privacy at work: who reads the data?", 4, Some(1)),
            ("Privacy. Data leaks out.", 5, Some(1)),
            ("The privacy of clients, privacy, privacy, privacy and work.", 6, Some(1)),
        ]);
        let found = keywords(&units, &["What concerns do you have?".into()], 2, 4);
        assert_eq!(found[0][0].term, "voice actors");
        assert_eq!(found[0][0].participants, 3);
        assert!(terms_of(&found[1])[0].eq_ignore_ascii_case("privacy"));
        assert_eq!(found[1][0].participants, 3, "one person's repetitions count once");
        assert!(!terms_of(&found[0]).contains(&"actors"), "nested words are pruned: {found:?}");
        assert!(!found.iter().flatten().any(|k| k.term == "work"), "what is said in every theme names none: {found:?}");
    }

    /// Three people speak to four themes each. All say "queue" in the first; each says it once more in one
    /// of the others, where it is a third of the voices, not all people.
    #[test]
    fn a_person_is_one_voice_in_each_theme() {
        let mut units = Vec::new();
        for person in 0..3 {
            units.push(("the queue", person, Some(0)));
            units
                .extend((1..4).map(|theme| (if theme == person + 1 { "a queue" } else { "tea" }, person, Some(theme))));
        }
        let found = keywords(&said(&units), &[String::new()], 4, 3);
        assert_eq!(terms_of(&found[0]), ["queue"]);
    }

    #[test]
    fn words_of_the_question_come_last() {
        let units = said(&[
            ("Rota swaps, the scheduling app is fine", 1, Some(0)),
            ("Rota swaps in the scheduling app", 2, Some(0)),
            ("So many rota swaps with the scheduling app", 5, Some(0)),
            ("Weather", 3, Some(1)),
            ("Weather", 4, Some(1)),
        ]);
        let found = keywords(&units, &["How do you use the scheduling app?".into()], 2, 3);
        assert_eq!(terms_of(&found[0]), ["rota swaps", "scheduling app"]);
    }

    #[test]
    fn singular_and_plural_are_one_term_in_its_usual_form() {
        let units =
            said(&[("deadlines", 1, Some(0)), ("deadlines", 2, Some(0)), ("deadline", 3, Some(0)), ("tea", 4, None)]);
        let found = keywords(&units, &[String::new()], 1, 3);
        assert_eq!(terms_of(&found[0]), ["deadlines"]);
        assert_eq!(found[0][0].participants, 3);
    }

    #[test]
    fn a_label_is_two_or_three_keywords() {
        let keyword = |term: &str| Keyword { term: term.into(), weight: 1.0, participants: 2 };
        assert_eq!(label(&[keyword("a"), keyword("b"), keyword("c"), keyword("d")]).unwrap(), "a, b, c");
        assert_eq!(
            label(&[keyword("no more calls"), keyword("phone the office"), keyword("c")]).unwrap(),
            "no more calls, phone the office"
        );
        assert_eq!(label(&[]), None);
    }
}
