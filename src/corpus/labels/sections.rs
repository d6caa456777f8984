//! Headings of parts that look like labels: `Section: Beginnings`, `Part 2: Training`.
//!
//! In: a text and the lines that may be labels. Out: the same without those that are headings: all of one word, each
//! with a title or a number, most above somebody's label, and never more than every third. The headings stay in the
//! text, where [`notices`](super::super::notices) find them. It never takes away a label that the user or a header
//! names, nor one behind which a sentence is said, nor that of somebody who may talk without points.

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::lexicon::INTERJECTIONS;
use super::super::section_words::{Part, is_title, opens, opens_talk, part};
use super::super::speakers::{Names, ends_in_question_mark, key, stem};
use super::forms::Candidate;
use super::lines::lines_from;

/// Fewer headings without a number show no habit.
const FEWEST: usize = 2;
/// So many labels stand between two headings, at least.
const BETWEEN: usize = 2;

/// Leaves out the candidates that are headings of parts.
pub(super) fn drop_headings(text: &str, candidates: &mut Vec<Candidate>, keys: &[String], names: &Names) {
    let mut parts: Vec<Option<Option<Part>>> = vec![None; keys.len()];
    // By word, its places.
    let mut groups: HashMap<String, Vec<(usize, Part)>> = HashMap::new();
    let mut others: HashMap<&str, usize> = HashMap::new();
    for (c, Candidate { key, label, .. }) in candidates.iter().enumerate() {
        let is_free = |_: &Part| !names.is_given(&keys[*key]) && !names.is_introduced(&keys[*key]);
        match parts[*key].get_or_insert_with(|| part(label).filter(is_free)) {
            Some(part) => groups.entry(part.word.clone()).or_default().push((c, part.clone())),
            None => *others.entry(stem(&keys[*key])).or_default() += 1,
        }
    }
    if groups.is_empty() || others.values().filter(|n| **n > 1).count() < 2 {
        return;
    }
    let n_others: usize = others.values().sum();
    let talks = |of: &Candidate| others.get(stem(&keys[of.key])).is_some_and(|n| *n > 1);
    let first = candidates.iter().position(talks).unwrap_or_default();
    let mut headings: HashSet<usize> = HashSet::new();
    for places in groups.into_values().filter(|places| places.len() * BETWEEN <= n_others) {
        if are_headings(text, &places, candidates, names, keys) && !may_talk(text, &places, candidates, first) {
            headings.extend(places.into_iter().map(|(c, _)| c));
        }
    }
    let mut at = 0..candidates.len();
    candidates.retain(|_| at.next().is_some_and(|c| !headings.contains(&c)));
}

/// Whether all places of a word are headings: each with another number or title, nearly all above a label.
fn are_headings(
    text: &str,
    places: &[(usize, Part)],
    candidates: &[Candidate],
    names: &Names,
    keys: &[String],
) -> bool {
    let title = |c: usize| title(text, &candidates[c]);
    let is_one = |(c, part): &(usize, Part)| {
        let title = title(*c);
        (title.is_empty() && part.is_counted) || (is_title(title) && !is_said(title))
    };
    let is_above_label = |&c: &usize| {
        let below = candidates.get(c + 1).map(|next| next.line);
        below.is_some() && below == next_line(text, candidates[c].line)
    };
    // `Part:` is short for who answers as well, who would end with a point.
    let is_ended = |&c: &usize| !text[..candidates[c].line].trim_end().ends_with(char::is_alphanumeric);
    let is_known = places.iter().any(|(c, _)| names.is_known(&keys[candidates[*c].key]));
    let n = places.len();
    let of = |is: &dyn Fn(&usize) -> bool| places.iter().filter(|(c, _)| is(c)).count();
    let told_apart: HashSet<(String, &str)> =
        places.iter().map(|(c, _)| (key(&candidates[*c].label), title(*c))).collect();
    let is_counted = places.iter().all(|(_, part)| part.is_counted);
    let numbers: HashSet<&String> = told_apart.iter().map(|(label, _)| label).collect();
    (is_counted || n >= FEWEST)
        && places.iter().all(is_one)
        && told_apart.len() == n
        && (!is_counted || numbers.len() == n)
        && of(&is_above_label) * 3 >= n * 2
        && (!is_known || of(&is_ended) + 1 >= n)
}

/// The line behind a label, without asterisks around it.
fn title<'t>(text: &'t str, label: &Candidate) -> &'t str {
    let line = text[label.words..].by_lines().next().unwrap_or_default();
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))
}

/// Whether a word for a part without a number may be somebody who talks: `Del: rain mostly`. Titles do not begin as
/// talk does and stand below no question. Unless one stands above the `first` label of somebody, they begin with a capital
/// letter, lack a point where others end with one, and the word names nobody.
fn may_talk(text: &str, places: &[(usize, Part)], candidates: &[Candidate], first: usize) -> bool {
    if places.iter().all(|(_, part)| part.is_counted) {
        return false;
    }
    let of = |is: &dyn Fn(usize) -> bool| places.iter().filter(|(c, _)| is(*c)).count();
    let above = |c: usize| text[..candidates[c].line].trim_end();
    let is_below_question = |c: usize| ends_in_question_mark(above(c).lines().next_back().unwrap_or_default());
    let n = places.len();
    let title = |c: usize| title(text, &candidates[c]);
    let is_small = |c: usize| !title(c).is_empty() && !opens(title(c));
    let n_ended = of(&|c| !above(c).ends_with(char::is_alphanumeric));
    let is_name = || places.iter().any(|(_, part)| part.is_name());
    let is_first = of(&|c| c < first) > 0;
    of(&|c| opens_talk(title(c))) * 3 >= n
        || of(&is_below_question) * 3 >= n
        || (!is_first && (of(&is_small) > 0 || n_ended * 3 < n * 2 || is_name()))
}

/// Whether a title is a word that people say: `Yes`.
fn is_said(title: &str) -> bool {
    let key = key(title);
    let first = key.split(' ').next().unwrap_or_default();
    title.split_whitespace().count() < 3 && INTERJECTIONS.contains(&first)
}

/// The byte at which the next line with words starts, below the line at a byte.
fn next_line(text: &str, line: usize) -> Option<usize> {
    lines_from(text, line).skip(1).find(|(_, line)| !line.is_blank()).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::tests::labels;
    use super::super::{forms, read};
    use super::drop_headings;

    const TITLES: [&str; 4] = ["Beginnings", "Training", "Fear of the sea", "Wishes"];

    /// The labels that are left.
    fn drop(text: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let names = Names::default();
        let mut candidates = forms::candidates(text, &names, |_| 0, &mut keys);
        drop_headings(text, &mut candidates, &keys, &names);
        candidates.into_iter().map(|found| found.label).collect()
    }

    /// Four pairs of turns, each below a heading; `gap` stands between question and answer.
    fn talk(heading: impl Fn(usize) -> String, asks: &str, answers: &str, gap: &str) -> String {
        let part = |n: usize| {
            let pair = format!("{asks}: How was it in {n}?{gap}{answers}: It rained all day.\n\n");
            format!("{}\n\n{pair}", heading(n))
        };
        (0..4).map(part).collect()
    }

    #[test]
    fn a_word_for_a_part_in_front_of_titles_is_no_speaker() {
        for word in ["Section", "Part", "Theme", "Thema", "Block", "Chapter", "Teil", "Sección", "Bölüm"] {
            for (asks, answers) in [("I", "P"), ("Q", "A"), ("INT", "RES"), ("Interviewer", "Participant")] {
                for gap in ["\n", "\n\n"] {
                    let text = talk(|n| format!("{word}: {}", TITLES[n]), asks, answers, gap);
                    assert_eq!(labels(&text).concat(), [asks, answers].repeat(4).concat(), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_part_with_its_number_is_no_speaker_and_tells_nothing() {
        for word in ["Part", "Teil", "Themenblock", "Section"] {
            let text = talk(|n| format!("{word} {}: {}", n + 1, TITLES[n]), "I", "B", "\n");
            let read = read(&text, &Names::default()).unwrap_or_default();
            let found: Vec<&str> = read.stretches.iter().map(|s| s.label.as_str()).filter(|l| !l.is_empty()).collect();
            assert_eq!(found, ["I", "B"].repeat(4), "{text}");
            assert!(read.remarks.is_empty(), "{:?}", read.remarks);
        }
    }

    #[test]
    fn who_says_sentences_is_a_speaker_whatever_the_name() {
        for name in ["Block", "Part", "Tema"] {
            let turn = |n: usize| {
                format!("I: How was it in {n}?\n\nWalt: It rained all day.\n\n{name}: The roof leaked in {n}.\n\n")
            };
            let found = labels(&(0..4).map(turn).collect::<String>());
            assert_eq!(found, ["I", "Walt", name].repeat(4));
        }
        // One of two who talk, and whom the user names.
        let two: String = (0..4).map(|n| format!("I: How was it in {n}?\n\nBlock: Rain in {n}\n\n")).collect();
        assert_eq!(labels(&two), ["I", "Block"].repeat(4));
        let text = talk(|n| format!("Block: {}", TITLES[n]), "I", "P", "\n\n");
        let named = Names::new(&[], &["Block".to_owned()]);
        let read = read(&text, &named).unwrap_or_default();
        assert_eq!(read.stretches.iter().filter(|stretch| stretch.label == "Block").count(), 4);
    }

    #[test]
    fn who_talks_without_points_is_a_speaker_whatever_the_name() {
        let said = ["rain mostly", "the bread was fine", "no one came", "my sister would know"];
        let capital = ["Rain mostly", "The bread was fine", "Cold hands", "My sister would know"];
        let texts = |name: &str, words: [&str; 4], order: [usize; 3], end: &str| {
            let turn = |n: usize| {
                let turns = [
                    format!("Mod: How was it in {n}?\n\n"),
                    format!("Ann: It was cold in the year{end}\n\n"),
                    format!("{name}: {}\n\n", words[n]),
                ];
                order.map(|at| turns[at].clone()).concat()
            };
            (0..4).map(turn).collect::<String>()
        };
        for name in ["Del", "Osa", "Block", "Unit", "Area", "Scene", "Teil"] {
            // Small letters, no points at all, and between a question and its answer.
            for text in [
                texts(name, said, [0, 1, 2], "."),
                texts(name, capital, [0, 1, 2], ""),
                texts(name, capital, [0, 2, 1], "."),
            ] {
                let read = drop(&text);
                assert_eq!(read.iter().filter(|label| *label == name).count(), 4, "{text}");
            }
        }
        // A name is a heading only above everybody.
        let drops = |name: &str| !drop(&texts(name, TITLES, [0, 1, 2], ".")).contains(&name.to_owned());
        assert!(drops("Section") && drops("Teil") && !drops("Del"));
        assert!(!drop(&texts("Del", TITLES, [2, 0, 1], ".")).contains(&"Del".to_owned()));
        let small = ["at sea", "on land", "in town", "late"];
        assert!(!drop(&texts("Section", small, [2, 0, 1], ".")).contains(&"Section".to_owned()));
    }
}
