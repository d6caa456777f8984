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

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy::*;
use super::vocabulary::{Token, Vocabulary};
use crate::corpus::Language;
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

/// One unit as the keywords see it.
#[derive(Clone, Copy, Debug)]
pub struct Said<'t> {
    /// The words.
    pub text: &'t str,
    /// The language they are in; `None` is taken for English.
    pub language: Option<Language>,
    /// Who said them: any number, the same for the same person.
    pub participant: usize,
    /// The section the unit belongs to, `0..n_sections`.
    pub section: usize,
    /// The theme over all sections, `0..n_themes`; `None` for unclustered units.
    pub theme: Option<usize>,
}

pub(super) struct Term {
    pub(super) surface: String,
    pub(super) keys: Vec<String>,
}

/// A term that may become a keyword of a theme.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The form people used most.
    pub term: String,
    /// Its weight but for the closeness.
    pub weight: f64,
    /// The units of the theme's section that use it, as places in what was said, rising.
    pub units: Vec<usize>,
    /// How many of the theme's participants use it.
    users: usize,
    /// The stems of its words.
    keys: Vec<String>,
}

/// The candidates of each theme, heaviest first; `questions` are the sections' questions.
///
/// # Panics
/// Never, as long as every `section` and `theme` is below `questions.len()` and `n_themes`.
pub fn candidates(said: &[Said], questions: &[String], n_themes: usize) -> Vec<Vec<Candidate>> {
    let mut vocabularies = Vocabularies::default();
    let tokens = tokens(said, &mut vocabularies);
    let (terms, of_unit) = collect_terms(&tokens);
    let question_keys: Vec<HashSet<String>> = questions
        .iter()
        .enumerate()
        .map(|(section, question)| {
            let answer = said.iter().find(|unit| unit.section == section);
            let vocabulary = answer.and_then(|unit| vocabularies.get(&unit.language));
            vocabulary
                .into_iter()
                .flat_map(|vocabulary| vocabulary.tokens(question))
                .map(|token| token.form.key.clone())
                .collect()
        })
        .collect();

    // Who uses a term in which theme (or outside of all) of a section: each once, by term, then theme.
    let mut uses: Vec<Vec<Use>> = vec![Vec::new(); questions.len()];
    let mut units_with: Vec<HashMap<u32, Vec<usize>>> = vec![HashMap::new(); questions.len()];
    let mut theme_people: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n_themes];
    for (place, (unit, terms)) in said.iter().zip(&of_unit).enumerate() {
        for &term in terms {
            units_with[unit.section].entry(term).or_default().push(place);
            uses[unit.section].push(Use { term, theme: unit.theme, participant: unit.participant });
        }
        if let Some(theme) = unit.theme {
            theme_people[theme].insert(unit.participant);
        }
    }
    for uses in &mut uses {
        uses.sort_unstable();
        uses.dedup();
    }
    // f_t and A of the published formula, in participants.
    let mut over_themes: HashMap<u32, usize> = HashMap::new();
    for used in uses.iter().flatten().filter(|used| used.theme.is_some()) {
        *over_themes.entry(used.term).or_default() += 1;
    }
    let average = over_themes.values().sum::<usize>() as f64 / n_themes.max(1) as f64;
    // A person is one voice in each theme they speak to: what they say elsewhere has as much room for
    // any word as what they say here.
    let voices: BTreeSet<(usize, Option<usize>, usize)> =
        said.iter().map(|unit| (unit.section, unit.theme, unit.participant)).collect();
    let mut voices_of_section = vec![0; questions.len()];
    voices.iter().for_each(|&(section, ..)| voices_of_section[section] += 1);

    let mut found: Vec<Vec<Candidate>> = (0..n_themes).map(|_| Vec::new()).collect();
    for (section, uses) in uses.iter().enumerate() {
        for of_term in uses.chunk_by(|a, b| a.term == b.term) {
            for users in of_term.chunk_by(|a, b| a.theme == b.theme) {
                let Use { term, theme: Some(theme), .. } = users[0] else { continue };
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
                let rarity = libm::log(1.0 + average / over_themes[&term] as f64);
                let Term { surface, keys } = &terms[term as usize];
                let asked = keys.iter().all(|key| question_keys[section].contains(key));
                let weight = share
                    * rarity
                    * evidence.max(MIN_EVIDENCE)
                    * PHRASE_WEIGHT[keys.len() - 1]
                    * if asked { QUESTION_WEIGHT } else { 1.0 };
                found[theme].push(Candidate {
                    term: surface.clone(),
                    weight,
                    units: units_with[section][&term].clone(),
                    users: users.len(),
                    keys: keys.clone(),
                });
            }
        }
    }
    for of_theme in &mut found {
        of_theme.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
        *of_theme = without_nested(std::mem::take(of_theme));
        of_theme.truncate(TERMS);
    }
    found
}

/// That somebody uses a term, in a theme or in none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    term: u32,
    theme: Option<usize>,
    participant: usize,
}

/// Of terms nested in each other one is kept: the longer when most who use the shorter use it,
/// else the shorter.
fn without_nested(found: Vec<Candidate>) -> Vec<Candidate> {
    let mostly = |longer: &Candidate, shorter: &Candidate| 5 * longer.users >= 3 * shorter.users;
    let nested = |longer: &Candidate, shorter: &Candidate| {
        longer.keys.len() > shorter.keys.len()
            && longer.keys.windows(shorter.keys.len()).any(|window| window == shorter.keys.as_slice())
    };
    let keep: Vec<bool> =
        found.iter().map(|term| !found.iter().any(|other| nested(other, term) && mostly(other, term))).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(term, _)| term).collect()
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

/// The vocabularies of the languages met.
type Vocabularies = HashMap<Option<Language>, Vocabulary>;

fn tokens(said: &[Said], vocabularies: &mut Vocabularies) -> Vec<Vec<Token>> {
    said.iter()
        .map(|unit| {
            vocabularies.entry(unit.language).or_insert_with(|| Vocabulary::of(unit.language)).tokens(unit.text)
        })
        .collect()
}

/// The terms of some units and, for each unit, which of them it uses (each once, ascending).
pub(super) fn terms(said: &[Said]) -> (Vec<Term>, Vec<Vec<u32>>) {
    collect_terms(&tokens(said, &mut Vocabularies::default()))
}

/// The terms of all units and, for each unit, which of them it uses (each once, ascending).
fn collect_terms(tokens: &[Vec<Token>]) -> (Vec<Term>, Vec<Vec<u32>>) {
    let mut units_with: HashMap<String, u32> = HashMap::new();
    for unit in tokens {
        let mut seen: HashSet<String> = HashSet::new();
        for_each_term(unit, |phrase| {
            if phrase.len() > 1 {
                seen.insert(key_of(phrase));
            }
        });
        for key in seen {
            *units_with.entry(key).or_default() += 1;
        }
    }
    units_with.retain(|_, units| *units >= MIN_PHRASE_UNITS);

    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut surfaces: Vec<BTreeMap<String, u32>> = Vec::new();
    let mut keys: Vec<Vec<String>> = Vec::new();
    let mut of_unit = Vec::with_capacity(tokens.len());
    for unit in tokens {
        let mut used = BTreeSet::new();
        for_each_term(unit, |phrase| {
            let key = key_of(phrase);
            if phrase.len() > 1 && !units_with.contains_key(&key) {
                return;
            }
            let id = *ids.entry(key).or_insert_with(|| {
                surfaces.push(BTreeMap::new());
                keys.push(phrase.iter().map(|token| token.form.key.clone()).collect());
                (surfaces.len() - 1) as u32
            });
            let surface = phrase.iter().map(|token| token.form.surface.as_str()).collect::<Vec<_>>().join(" ");
            *surfaces[id as usize].entry(surface).or_default() += 1;
            used.insert(id);
        });
        of_unit.push(used.into_iter().collect());
    }
    let terms = surfaces.into_iter().zip(keys).map(|(forms, keys)| Term { surface: usual_form(forms), keys }).collect();
    (terms, of_unit)
}

/// The most frequent form; of equally frequent ones the one in lower case. Capitals at the start of
/// a sentence say nothing, so a form that is also written without them often enough is lower case.
fn usual_form(forms: BTreeMap<String, u32>) -> String {
    let top = forms.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| a.cmp(b)));
    let Some((form, count)) = top else { return String::new() };
    let lower = form.to_lowercase();
    let uncapitalised = forms.get(&lower).is_some_and(|times| 3 * times >= *count);
    if uncapitalised { lower } else { form.clone() }
}

fn key_of(phrase: &[Token]) -> String {
    phrase.iter().map(|token| token.form.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Every word that may stand alone and every phrase of two or three words, not across
/// punctuation, that starts and ends in a content word.
fn for_each_term(tokens: &[Token], mut visit: impl FnMut(&[Token])) {
    for start in 0..tokens.len() {
        for end in start + 1..=(start + LONGEST_PHRASE).min(tokens.len()) {
            let phrase = &tokens[start..end];
            if phrase[1..].iter().any(|token| token.breaks) {
                break;
            }
            let (first, last) = (&phrase[0].form, &phrase[phrase.len() - 1].form);
            let fits = match phrase.len() {
                1 => first.alone,
                _ => first.edge && last.edge && (first.alone || last.alone) && first.key != last.key,
            };
            if fits {
                visit(phrase);
            }
        }
    }
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
