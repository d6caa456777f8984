//! What tells themes apart in words: keywords and labels.
//!
//! In: the units' texts, who said them, their themes and sections, and the questions asked. Out:
//! for each theme its best words and phrases in the forms people used. It counts people, not
//! mentions, merges the forms of a word by its stem but never shows a stem, and drops words that only echo the question.
//!
//! The weight is class-based TF-IDF (Grootendorst 2022, "BERTopic", eq. 2) with two changes: the
//! term frequency is the share of the theme's participants who use the term, so that one talkative
//! person cannot name a theme; and it is multiplied by how much rarer the term is in the rest of
//! the theme's section, `1 − p_rest / p_theme`, so that what everybody says in answer to a
//! question names no theme.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A word or phrase that is typical of a theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Who said them: any number, the same for the same person.
    pub participant: usize,
    /// The section the unit belongs to, `0..n_sections`.
    pub section: usize,
    /// The theme over all sections, `0..n_themes`; `None` for unclustered units.
    pub theme: Option<usize>,
}

/// Longest phrase in words.
const LONGEST_PHRASE: usize = 3;
/// A phrase must occur in this many units before it is counted at all.
const MIN_PHRASE_UNITS: u32 = 3;
/// Weight of a phrase by its number of words: phrases are rarer than their words but say more.
const PHRASE_WEIGHT: [f64; LONGEST_PHRASE] = [1.0, 1.7, 1.9];
/// Weight of a term of which every content word stands in the section's question.
const QUESTION_WEIGHT: f64 = 0.15;
/// Candidates a theme from which the diverse ones are chosen.
const CANDIDATES: usize = 40;
/// Trade of weight against novelty in the choice (Carbonell & Goldstein 1998, λ).
const RELEVANCE: f64 = 0.75;

/// Words of spoken interviews that name nothing, beside the library's stop words.
const FILLERS: &[&str] = &[
    "um", "uh", "er", "erm", "hmm", "mm", "yeah", "yes", "yep", "no", "nope", "ok", "okay", "oh", "ah", "well", "like",
    "know", "mean", "kind", "sort", "really", "actually", "basically", "literally", "honestly", "probably", "maybe",
    "definitely", "certainly", "quite", "pretty", "bit", "lot", "lots", "thing", "things", "stuff", "something",
    "anything", "everything", "nothing", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody",
    "one", "ones", "two", "would", "could", "should", "might", "may", "must", "can", "cannot", "will", "shall", "get",
    "gets", "got", "getting", "go", "goes", "going", "gone", "went", "come", "comes", "coming", "came", "say", "says",
    "said", "saying", "think", "thinks", "thinking", "thought", "feel", "feels", "feeling", "felt", "guess", "suppose",
    "believe", "want", "wants", "wanted", "need", "needs", "needed", "make", "makes", "making", "made", "take",
    "takes", "taking", "took", "put", "puts", "let", "lets", "give", "gives", "giving", "gave", "see", "sees", "look",
    "looks", "looking", "use", "uses", "used", "using", "also", "even", "still", "just", "much", "many", "way", "ways",
    "around", "always", "never", "sometimes", "often", "usually", "ever", "already", "anyway", "though", "although",
    "however", "especially", "particular", "particularly", "example", "etc", "able", "sure", "right", "good", "great",
    "every", "another", "rather", "instead", "since", "back", "done", "first", "don't", "i'm", "it's", "that's",
    "i've", "i'd", "i'll", "there's", "they're", "we're", "you're", "can't", "won't", "doesn't", "didn't", "isn't",
    "wasn't", "couldn't", "wouldn't", "shouldn't", "haven't", "hasn't", "aren't", "weren't", "what's", "let's", "he's",
    "she's", "who's", "we've", "you've", "they've", "you'd", "we'd", "they'd", "he'd", "she'd", "we'll", "you'll",
    "they'll", "it'll", "within", "without", "upon", "us", "be", "is", "im", "dont", "ive", "thats", "cant",
    "gonna", "wanna", "may", "yet", "less", "whole", "keep", "keeps", "thank", "thanks", "sorry", "hard", "tell",
    "happen", "happens", "happened", "seem", "seems", "seemed", "become", "becomes", "depending", "depends", "etc",
    "whatever", "wherever", "whether", "else", "per", "via", "lot", "little", "big", "new", "old", "day", "time",
    "times", "people",
];
/// Fillers that may stand inside or at the end of a phrase, though not alone ("free time").
const ONLY_IN_PHRASES: &[&str] = &["new", "big", "old", "day", "time", "times", "people", "back", "thing", "little", "hard"];

struct Token {
    /// What forms are merged under: the Snowball stem. Never shown.
    key: String,
    /// As written.
    surface: String,
    /// May stand alone or at the end of a phrase.
    alone: bool,
    edge: bool,
    /// Something other than a space stands between this and the token before.
    breaks: bool,
}

struct Term {
    surface: String,
    keys: Vec<String>,
}

/// The `n` best keywords of each theme, best first; `questions` are the sections' questions.
///
/// # Panics
/// Never, as long as every `section` and `theme` is below `questions.len()` and `n_themes`.
pub fn keywords(said: &[Said], questions: &[String], n_themes: usize, n: usize) -> Vec<Vec<Keyword>> {
    let stop = stop_words();
    let tokens: Vec<Vec<Token>> = said.iter().map(|unit| tokenize(unit.text, &stop)).collect();
    let (terms, of_unit) = collect_terms(&tokens);
    let question_keys: Vec<HashSet<String>> = questions
        .iter()
        .map(|question| tokenize(question, &HashSet::new()).into_iter().map(|token| token.key).collect())
        .collect();

    // Participants who use a term, by theme and by the section outside the theme.
    let mut in_theme: Vec<HashMap<u32, BTreeSet<usize>>> = vec![HashMap::new(); n_themes];
    let mut in_section: Vec<HashMap<u32, BTreeMap<usize, BTreeSet<usize>>>> = vec![HashMap::new(); questions.len()];
    let mut theme_people: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n_themes];
    let mut section_of_theme: Vec<usize> = vec![0; n_themes];
    for (unit, terms) in said.iter().zip(&of_unit) {
        let slot = unit.theme.unwrap_or(usize::MAX);
        for &term in terms {
            in_section[unit.section].entry(term).or_default().entry(slot).or_default().insert(unit.participant);
        }
        if let Some(theme) = unit.theme {
            theme_people[theme].insert(unit.participant);
            section_of_theme[theme] = unit.section;
            for &term in terms {
                in_theme[theme].entry(term).or_default().insert(unit.participant);
            }
        }
    }
    // f_t and A of the published formula, in participants.
    let mut over_themes: HashMap<u32, usize> = HashMap::new();
    for theme in &in_theme {
        for (&term, people) in theme {
            *over_themes.entry(term).or_default() += people.len();
        }
    }
    let average = over_themes.values().sum::<usize>() as f64 / n_themes.max(1) as f64;
    let people_outside: Vec<usize> = (0..n_themes)
        .map(|theme| {
            let section = section_of_theme[theme];
            let outside = said.iter().filter(|u| u.section == section && u.theme != Some(theme));
            outside.map(|unit| unit.participant).collect::<BTreeSet<_>>().len()
        })
        .collect();

    (0..n_themes)
        .map(|theme| {
            let section = section_of_theme[theme];
            let people = theme_people[theme].len();
            let least = if people >= 12 { 3 } else { 2 };
            let mut candidates: Vec<(f64, u32, usize)> = in_theme[theme]
                .iter()
                .filter(|(_, users)| users.len() >= least.min(people))
                .map(|(&term, users)| {
                    let elsewhere: BTreeSet<usize> = in_section[section][&term]
                        .iter()
                        .filter(|&(&slot, _)| slot != theme)
                        .flat_map(|(_, users)| users.iter().copied())
                        .collect();
                    let share = users.len() as f64 / people.max(1) as f64;
                    let share_outside = elsewhere.len() as f64 / people_outside[theme].max(1) as f64;
                    let rarity = libm::log(1.0 + average / over_themes[&term] as f64);
                    let contrast = (1.0 - share_outside / share).max(0.0);
                    let keys = &terms[term as usize].keys;
                    let asked = keys.iter().all(|key| question_keys[section].contains(key));
                    let weight = share
                        * rarity
                        * contrast
                        * PHRASE_WEIGHT[keys.len() - 1]
                        * if asked { QUESTION_WEIGHT } else { 1.0 };
                    (weight, term, users.len())
                })
                .filter(|&(weight, _, _)| weight > 0.0)
                .collect();
            let text_of = |term: u32| &terms[term as usize].surface;
            candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| text_of(a.1).cmp(text_of(b.1))));
            candidates.truncate(CANDIDATES);
            choose(&candidates, &terms, &in_theme[theme], n)
        })
        .collect()
}

/// A theme's name until a person gives it one: its best two or three keywords.
pub fn label(keywords: &[Keyword]) -> String {
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
    if chosen.is_empty() { "(no typical words)".into() } else { chosen.join(", ") }
}

/// Maximal marginal relevance over the sets of people who use a term; of terms nested in each
/// other one is kept: the longer when most who use the shorter use the longer.
fn choose(
    candidates: &[(f64, u32, usize)],
    terms: &[Term],
    users: &HashMap<u32, BTreeSet<usize>>,
    n: usize,
) -> Vec<Keyword> {
    let Some(&(best, _, _)) = candidates.first() else { return Vec::new() };
    let pruned: Vec<&(f64, u32, usize)> = candidates
        .iter()
        .filter(|(_, term, count)| {
            let keys = &terms[*term as usize].keys;
            !candidates.iter().any(|(_, other, other_count)| {
                let longer = &terms[*other as usize].keys;
                longer.len() > keys.len()
                    && longer.windows(keys.len()).any(|window| window == keys.as_slice())
                    && *other_count as f64 >= 0.6 * *count as f64
            })
        })
        .collect();
    let mut chosen: Vec<&(f64, u32, usize)> = Vec::new();
    while chosen.len() < n {
        let next = pruned
            .iter()
            .filter(|candidate| !chosen.iter().any(|c| c.1 == candidate.1 || share_word(terms, c.1, candidate.1)))
            .map(|candidate| {
                let overlap = chosen.iter().map(|c| jaccard(&users[&c.1], &users[&candidate.1])).fold(0.0, f64::max);
                (RELEVANCE * candidate.0 / best - (1.0 - RELEVANCE) * overlap, *candidate)
            })
            .fold(None::<(f64, &(f64, u32, usize))>, |best, here| match best {
                Some(best) if best.0 >= here.0 => Some(best),
                _ => Some(here),
            });
        match next {
            Some((_, candidate)) => chosen.push(candidate),
            None => break,
        }
    }
    chosen
        .into_iter()
        .map(|&(weight, term, participants)| Keyword { term: terms[term as usize].surface.clone(), weight, participants })
        .collect()
}

/// Whether two terms share a content word; "voice actors" beside "actors" says nothing new.
fn share_word(terms: &[Term], a: u32, b: u32) -> bool {
    let (a, b) = (&terms[a as usize].keys, &terms[b as usize].keys);
    a.iter().any(|key| b.contains(key))
}

fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

fn stop_words() -> HashSet<&'static str> {
    stop_words::get("en").iter().copied().chain(FILLERS.iter().copied()).collect()
}

fn tokenize(text: &str, stop: &HashSet<&'static str>) -> Vec<Token> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 0;
    for (start, word) in text.unicode_word_indices() {
        let between = &text[end..start];
        end = start + word.len();
        let surface: String = word.nfc().map(|c| if c == '’' { '\'' } else { c }).collect();
        let lower = surface.to_lowercase();
        let possessive = lower.strip_suffix("'s").filter(|base| base.len() > 2 && !stop.contains(lower.as_str()));
        let surface = if possessive.is_some() { surface[..surface.len() - 2].to_string() } else { surface };
        let lower = possessive.map_or(lower.clone(), str::to_string);
        let letters = lower.chars().filter(|c| c.is_alphabetic()).count();
        let alone = letters >= 2 && !stop.contains(lower.as_str());
        tokens.push(Token {
            key: stemmer.stem(&lower).into_owned(),
            edge: alone || ONLY_IN_PHRASES.contains(&lower.as_str()),
            surface,
            alone,
            breaks: !between.chars().all(|c| c == ' ' || c == '-'),
        });
    }
    tokens
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
                keys.push(phrase.iter().map(|token| token.key.clone()).collect());
                (surfaces.len() - 1) as u32
            });
            let surface = phrase.iter().map(|token| token.surface.as_str()).collect::<Vec<_>>().join(" ");
            *surfaces[id as usize].entry(surface).or_default() += 1;
            used.insert(id);
        });
        of_unit.push(used.into_iter().collect());
    }
    let terms = surfaces.into_iter().zip(keys).map(|(forms, keys)| Term { surface: usual_form(forms), keys }).collect();
    (terms, of_unit)
}

/// The most frequent form; of equally frequent ones the one in lower case.
fn usual_form(forms: BTreeMap<String, u32>) -> String {
    forms
        .into_iter()
        .max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| a.cmp(b)))
        .map(|(form, _)| form)
        .unwrap_or_default()
}

fn key_of(phrase: &[Token]) -> String {
    phrase.iter().map(|token| token.key.as_str()).collect::<Vec<_>>().join(" ")
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
            let (first, last) = (&phrase[0], &phrase[phrase.len() - 1]);
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
        units.iter().map(|&(text, participant, theme)| Said { text, participant, section: 0, theme }).collect()
    }

    fn terms_of(found: &[Keyword]) -> Vec<&str> {
        found.iter().map(|keyword| keyword.term.as_str()).collect()
    }

    #[test]
    fn keywords_tell_themes_apart_and_count_people() {
        let units = said(&[
            ("The voice actors lose their jobs, you know.", 1, Some(0)),
            ("Voice actors will be replaced.", 2, Some(0)),
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

    #[test]
    fn words_of_the_question_come_last() {
        let units = said(&[
            ("Rota swaps, the scheduling app is fine", 1, Some(0)),
            ("Rota swaps in the scheduling app", 2, Some(0)),
            ("Weather", 3, Some(1)),
            ("Weather", 4, Some(1)),
        ]);
        let found = keywords(&units, &["How do you use the scheduling app?".into()], 2, 3);
        assert_eq!(terms_of(&found[0]), ["rota swaps", "scheduling app"]);
    }

    #[test]
    fn singular_and_plural_are_one_term_in_its_usual_form() {
        let units = said(&[("deadlines", 1, Some(0)), ("deadlines", 2, Some(0)), ("deadline", 3, Some(0)), ("tea", 4, None)]);
        let found = keywords(&units, &[String::new()], 1, 3);
        assert_eq!(terms_of(&found[0]), ["deadlines"]);
        assert_eq!(found[0][0].participants, 3);
    }

    #[test]
    fn a_label_is_two_or_three_keywords() {
        let keyword = |term: &str| Keyword { term: term.into(), weight: 1.0, participants: 2 };
        assert_eq!(label(&[keyword("a"), keyword("b"), keyword("c"), keyword("d")]), "a, b, c");
        assert_eq!(label(&[keyword("no more calls"), keyword("phone the office"), keyword("c")]), "no more calls, phone the office");
        assert_eq!(label(&[]), "(no typical words)");
    }
}
