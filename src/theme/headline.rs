//! Headlines: what a theme says, in the words of somebody who said it.
//!
//! In: the passages of a section with their vectors and groups (themes, or the parts of one), and the
//! question. Out: for each group the clauses that may stand for it, and, once they have vectors, the one
//! that does. A headline is a slice of a passage of its group; it is nearer to its own group than to any
//! other, says more than the question and what everybody says, and two groups take theirs from different
//! people where they can. A group without such a clause has no headline. Nothing is made up, and no
//! letter is changed.
//!
//! [`candidates`] cuts (see `clauses`) and [`choose`] weighs: a clause's cosine to the centre of
//! its group, and how much nearer it is to that than to the nearest other.

use super::policy::{
    CLAUSES, CLAUSES_OF_PASSAGE, CLEARANCE, COMMON_SHARE, ENOUGH_PASSAGES, NARROW, NARROW_NAME, OTHERS_SHARE,
    READABLE_WORDS, SAME_VOICE, SAYS_LITTLE, SHORT, TELLING_WORDS,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use ndarray::{Array1, ArrayView1, ArrayView2};

use super::clauses::clauses;
use super::vocabulary::{Token, Vocabulary};
use crate::corpus::{Language, words};

/// Passages of a group that are looked through, the nearest to its centre first: half of them, within
/// these bounds. At the fringe a clause is easily told apart and says little of the group.
const PASSAGES: std::ops::RangeInclusive<usize> = 12..=80;

/// A passage of a section.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'t> {
    /// The words.
    pub text: &'t str,
    /// The language they are in.
    pub language: Option<Language>,
    /// Who said them: any number, the same for the same person.
    pub participant: usize,
}

/// A clause that may stand for a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The passage it is from, as a place in the section.
    pub passage: usize,
    /// Its bytes in the passage.
    pub range: Range<usize>,
    /// Its words as they are shown: on one line.
    pub text: String,
    /// Who said it.
    pub participant: usize,
    /// Words that are neither in the question nor in everybody's mouth.
    telling: usize,
    /// Of these, words that hardly anybody else of the group uses; a name counts as several.
    narrow: usize,
}

/// The clauses of each group, those of the most typical passages first.
///
/// `vectors`: `(n_passages, n_dims)`, unit length; `groups`: passages of each; `centres`: their centres.
pub fn candidates(
    passages: &[Passage],
    question: &str,
    vectors: &ArrayView2<f32>,
    groups: &[&[usize]],
    centres: &[Array1<f32>],
) -> Vec<Vec<Clause>> {
    candidates_beside(&mut Known::new(passages, question), passages, vectors, groups, centres)
}

/// The same where it is known already what tells no theme of the section from another.
pub(crate) fn candidates_beside(
    known: &mut Known,
    passages: &[Passage],
    vectors: &ArrayView2<f32>,
    groups: &[&[usize]],
    centres: &[Array1<f32>],
) -> Vec<Vec<Clause>> {
    let of_group = |(group, centre): (&&[usize], &Array1<f32>)| {
        let voices = Voices::new(known, passages, group);
        let mut nearest: Vec<(f32, usize)> = group.iter().map(|&at| (vectors.row(at).dot(centre), at)).collect();
        nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut found: Vec<Clause> = Vec::new();
        for &(_, at) in nearest.iter().take((group.len() / 2).clamp(*PASSAGES.start(), *PASSAGES.end())) {
            let passage = passages[at];
            let own = clauses(passage.text, passage.language).into_iter().filter_map(|range| {
                let slice = &passage.text[range.clone()];
                let own = known.telling_words(slice, passage.language);
                let (telling, narrow) = (own.len(), voices.narrow(&own, passage.participant));
                let text = slice.split_whitespace().collect::<Vec<_>>().join(" ");
                let participant = passage.participant;
                (telling > 0).then_some(Clause { passage: at, range, text, participant, telling, narrow })
            });
            let mut own: Vec<Clause> = own.collect();
            own.sort_by_key(|clause| std::cmp::Reverse(clause.telling.min(TELLING_WORDS)));
            found.extend(own.into_iter().take(CLAUSES_OF_PASSAGE));
            if found.len() >= CLAUSES {
                break;
            }
        }
        found.truncate(CLAUSES);
        found
    };
    groups.iter().zip(centres).map(of_group).collect()
}

/// For each group the place of its headline among its candidates.
///
/// `vector_of`: of a clause's text, unit length; `centres`: those of the groups.
pub fn choose<'v>(
    candidates: &[Vec<Clause>],
    vector_of: &dyn Fn(&str) -> ArrayView1<'v, f32>,
    centres: &[Array1<f32>],
) -> Vec<Option<usize>> {
    let weighed: Vec<Vec<(usize, f64)>> = candidates
        .iter()
        .enumerate()
        .map(|(group, clauses)| {
            let weigh =
                |(at, clause): (usize, &Clause)| Some((at, weight(clause, &vector_of(&clause.text), centres, group)?));
            clauses.iter().enumerate().filter_map(weigh).collect()
        })
        .collect();
    let mut chosen: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut heard: BTreeSet<usize> = BTreeSet::new();
    let mut read: HashSet<String> = HashSet::new();
    // Whoever would lose most by waiting chooses first.
    let mut waiting: BTreeSet<usize> = (0..candidates.len()).collect();
    loop {
        let offers = waiting.iter().filter_map(|&group| {
            let mut of_group: Vec<(f64, usize)> = weighed[group]
                .iter()
                .filter(|&&(at, _)| !read.contains(&candidates[group][at].text.to_lowercase()))
                .map(|&(at, weight)| {
                    let again = heard.contains(&candidates[group][at].participant);
                    (weight - if again { SAME_VOICE } else { 0.0 }, at)
                })
                .collect();
            of_group.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let &(best, at) = of_group.first()?;
            let speaker = candidates[group][at].participant;
            let next = of_group.iter().find(|&&(_, at)| candidates[group][at].participant != speaker);
            Some((next.map_or(f64::INFINITY, |next| best - next.0), group, at))
        });
        let Some((_, group, at)) = offers.reduce(|first, other| if other.0 > first.0 { other } else { first }) else {
            return chosen;
        };
        chosen[group] = Some(at);
        heard.insert(candidates[group][at].participant);
        read.insert(candidates[group][at].text.to_lowercase());
        waiting.remove(&group);
    }
}

/// `None` for a clause that is as near to another group.
fn weight(clause: &Clause, vector: &ArrayView1<f32>, centres: &[Array1<f32>], group: usize) -> Option<f64> {
    let cosine = |centre: &Array1<f32>| f64::from(centre.dot(vector));
    let own = cosine(&centres[group]);
    let others = centres.iter().enumerate().filter(|&(other, _)| other != group).map(|(_, centre)| cosine(centre));
    let clearance = others.reduce(f64::max).map_or(0.0, |nearest| own - nearest);
    if clearance < 0.0 || own <= 0.0 {
        return None;
    }
    let little = TELLING_WORDS.saturating_sub(clause.telling) as f64 * SAYS_LITTLE;
    let short = READABLE_WORDS.saturating_sub(words(&clause.text)) as f64 * SHORT;
    Some(own + CLEARANCE * clearance - little - short - clause.narrow as f64 * NARROW)
}

/// The words of a section that tell no theme from another.
pub(crate) struct Known {
    vocabularies: HashMap<Option<Language>, Vocabulary>,
    /// Stems of each passage, each once.
    stems: Vec<Vec<Arc<str>>>,
    /// Stems of the question, and of what everybody says.
    keys: HashSet<Arc<str>>,
}

impl Known {
    pub(crate) fn new(passages: &[Passage], question: &str) -> Self {
        let mut vocabularies: HashMap<Option<Language>, Vocabulary> = HashMap::new();
        let mut passages_with: HashMap<Arc<str>, usize> = HashMap::new();
        let mut keys: HashSet<Arc<str>> = HashSet::new();
        let mut stems = Vec::with_capacity(passages.len());
        for passage in passages {
            let vocabulary = vocabularies.entry(passage.language).or_insert_with(|| Vocabulary::of(passage.language));
            let used: HashSet<Arc<str>> =
                vocabulary.tokens(passage.text).iter().map(|token| Arc::clone(&token.form.key)).collect();
            used.iter().for_each(|key| *passages_with.entry(Arc::clone(key)).or_default() += 1);
            stems.push(used.into_iter().collect());
        }
        if passages.len() >= ENOUGH_PASSAGES {
            let common = |count: &usize| *count as f64 >= COMMON_SHARE * passages.len() as f64;
            keys.extend(passages_with.into_iter().filter(|(_, count)| common(count)).map(|(key, _)| key));
        }
        for vocabulary in vocabularies.values() {
            keys.extend(vocabulary.tokens(question).iter().map(|token| Arc::clone(&token.form.key)));
        }
        Self { vocabularies, stems, keys }
    }

    /// Stems of the words that are neither in the question nor in everybody's mouth, and what each weighs where nobody
    /// else uses it. English alone writes nothing but names with a capital.
    fn telling_words(&mut self, clause: &str, language: Option<Language>) -> HashMap<Arc<str>, usize> {
        let vocabulary = self.vocabularies.entry(language).or_insert_with(|| Vocabulary::of(language));
        let tokens = vocabulary.tokens(clause);
        let is_name = |at: usize, token: &Token| {
            at > 0 && language == Some(Language::ENGLISH) && token.form.surface.starts_with(char::is_uppercase)
        };
        let telling =
            tokens.iter().enumerate().filter(|(_, token)| token.form.alone && !self.keys.contains(&token.form.key));
        let weighed = |(at, token): (usize, &Token)| {
            (Arc::clone(&token.form.key), if is_name(at, token) { NARROW_NAME } else { 1 })
        };
        telling.map(weighed).collect()
    }
}

/// Who of a group uses which words.
struct Voices {
    people: usize,
    with: HashMap<Arc<str>, HashSet<usize>>,
}

impl Voices {
    fn new(known: &Known, passages: &[Passage], group: &[usize]) -> Self {
        let mut with: HashMap<Arc<str>, HashSet<usize>> = HashMap::new();
        for &at in group {
            for stem in &known.stems[at] {
                with.entry(Arc::clone(stem)).or_default().insert(passages[at].participant);
            }
        }
        let people = group.iter().map(|&at| passages[at].participant).collect::<HashSet<_>>().len();
        Self { people, with }
    }

    /// How much those of the `stems` weigh that hardly anybody else than the `speaker` uses.
    fn narrow(&self, stems: &HashMap<Arc<str>, usize>, speaker: usize) -> usize {
        let needed = (OTHERS_SHARE * self.people.saturating_sub(1) as f64).max(1.0);
        let others = |stem: &Arc<str>| {
            self.with.get(stem).map_or(0, |who| who.iter().filter(|&&person| person != speaker).count())
        };
        stems.iter().filter(|(stem, _)| (others(stem) as f64) < needed).map(|(_, weight)| weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    fn english(said: &[(&'static str, usize)]) -> Vec<Passage<'static>> {
        let language = Some(Language::ENGLISH);
        said.iter().map(|&(text, participant)| Passage { text, language, participant }).collect()
    }

    fn texts(clauses: &[Clause]) -> Vec<&str> {
        clauses.iter().map(|clause| clause.text.as_str()).collect()
    }

    #[test]
    fn candidates_are_slices_of_the_nearest_passages_first() {
        let passages = english(&[
            ("It is so. Night shifts ruin my sleep.", 1),
            ("I think the canteen closes too early.", 2),
            ("The rota changes every week.", 3),
        ]);
        let vectors = array![[0.8f32, 0.6], [1.0, 0.0], [0.6, 0.8]];
        let groups: [&[usize]; 1] = [&[0, 1, 2]];
        let found = candidates(&passages, "", &vectors.view(), &groups, &[array![1.0f32, 0.0]]);
        assert_eq!(
            texts(&found[0]),
            ["the canteen closes too early", "Night shifts ruin my sleep", "The rota changes every week"]
        );
        assert_eq!(&passages[0].text[found[0][1].range.clone()], "Night shifts ruin my sleep");
    }

    /// Words of the question and of everybody say nothing of a theme.
    #[test]
    fn a_theme_is_not_named_by_the_question_or_the_subject() {
        let mut said = vec![("I use the scheduling app at work.", 0), ("I use the scheduling app for holidays.", 1)];
        said.extend((2..40).map(|person| ("the app again", person)));
        let passages = english(&said);
        let vectors = Array2::from_shape_fn((passages.len(), 1), |_| 1.0f32);
        let everything: Vec<usize> = (0..passages.len()).collect();
        let found = candidates(
            &passages,
            "How do you use the scheduling tool at work?",
            &vectors.view(),
            &[&everything],
            &[array![1.0f32]],
        );
        assert_eq!(texts(&found[0]), ["I use the scheduling app for holidays"]);
    }

    fn clause(text: &str, participant: usize) -> Clause {
        Clause { passage: 0, range: 0..text.len(), text: text.into(), participant, telling: 3, narrow: 0 }
    }

    /// Two groups of the plane; vectors by the clause's first word.
    fn chosen(candidates: &[Vec<Clause>]) -> Vec<Option<usize>> {
        let (x, y, between) = (array![1.0f32, 0.0], array![0.0f32, 1.0], array![0.8f32, 0.6]);
        let vector_of = |text: &str| match text.split(' ').next() {
            Some("x") => x.view(),
            Some("y") => y.view(),
            _ => between.view(),
        };
        choose(candidates, &vector_of, &[x.clone(), y.clone()])
    }

    #[test]
    fn what_is_nearer_to_another_theme_names_none() {
        let found = chosen(&[vec![clause("y is what we all say", 1)], vec![clause("between is what we say", 2)]]);
        assert_eq!(found, [None, None]);
        let found = chosen(&[vec![clause("between is what we say", 1), clause("x is what we say", 2)], vec![]]);
        assert_eq!(found, [Some(1), None]);
    }

    /// "rent" is everybody's word, "piano" and "lessons" are one person's: the clause is narrower than what is said.
    #[test]
    fn words_that_others_use_count_for_more_than_ones_own() {
        let mut said = vec![("My rent pays the piano lessons.", 0), ("The rent eats my wages.", 1)];
        said.extend((2..12).map(|person| (if person < 7 { "so much rent" } else { "all of my wages" }, person)));
        said.extend((12..60).map(|person| ("nothing of the sort", person)));
        let passages = english(&said);
        let vectors = Array2::from_shape_fn((passages.len(), 1), |_| 1.0f32);
        let group: Vec<usize> = (0..12).collect();
        let found = candidates(&passages, "", &vectors.view(), &[&group], &[array![1.0f32]]);
        let narrow: HashMap<&str, usize> =
            found[0].iter().map(|clause| (clause.text.as_str(), clause.narrow)).collect();
        assert_eq!(narrow["The rent eats my wages"], 1, "eats");
        assert_eq!(narrow["My rent pays the piano lessons"], 3, "pays, piano, lessons");
        let same = array![1.0f32, 0.0];
        assert_eq!(choose(&found, &|_| same.view(), std::slice::from_ref(&same))[0], Some(1));
        let mut known = Known::new(&passages, "");
        let weights = known.telling_words("My rent goes to Kerala", Some(Language::ENGLISH));
        assert_eq!(weights.values().sum::<usize>(), 4, "rent, and Kerala three times: {weights:?}");
        let weights = known.telling_words("Kerala has my rent", Some(Language::ENGLISH));
        assert_eq!(weights.values().sum::<usize>(), 2, "whatever opens a sentence has a capital: {weights:?}");
    }

    #[test]
    fn different_people_are_heard_and_no_words_twice() {
        let one = vec![clause("x is what I say", 1), clause("x is what he says", 2)];
        let other = vec![clause("y is what I say", 1)];
        assert_eq!(chosen(&[one, other]), [Some(1), Some(0)], "the second has nobody else");
        let only = vec![clause("x is what I say", 1)];
        assert_eq!(chosen(&[only, vec![clause("y is what I say", 1)]]), [Some(0), Some(0)], "better than no headline");
        let centres = [array![1.0f32, 0.0], array![0.8f32, 0.6]];
        let middle = array![0.95f32, 0.312];
        let vector_of = |_: &str| middle.view();
        let same = vec![vec![clause("The same words from two", 1)], vec![clause("the same words from two", 2)]];
        let found = choose(&same, &vector_of, &centres);
        assert_eq!(found.iter().flatten().count(), 1);
    }
}
