//! Labels whose numbers count the questions: `Q1: … A1: … Q2: … A2: …`.
//!
//! What is asked further, `Q1a: … A1a: …` or `Q1.1: … A1.1: …` below `Q1: … A1: …`, goes with it.
//! Numbers of the turns, `INT 1: … RES 2: … INT 3: …`, are taken off the same way.
//!
//! In: the labels of a text in their order. Out: for each the label without its number, where the numbers
//! are not those of people: two names take turns, every number comes once and rises, or stands above the answer of
//! its number. `P1:` and `P2:`, who come again, or answer one after the other, stay two people.

use std::collections::HashMap;

use super::super::lexicon::QUESTION_WORDS;
use super::super::prompts::asks_for_words;
use super::super::speakers::{
    Count, Names, are_a_pair, are_known, count_of, count_questions, counts_in_front, ends_in_question, key, numbered,
    stem_as_written,
};
use super::forms::Candidate;
use super::lines::Head;
use super::{persons, voices};

/// Gives candidates such as `Q1` and `Q2`, of which each number comes once and rises, with another label
/// between them, the label and key of all: `Q`.
pub(super) fn fold(candidates: &mut Vec<Candidate>, keys: &mut Vec<String>) {
    let labels = || candidates.iter().map(|candidate| candidate.label.as_str());
    for (word, places) in answered(labels).into_iter().flatten() {
        give(candidates, keys, &word, places);
    }
    // `1A:` is a label only beside `1Q:`.
    candidates.retain(|candidate| !counts_in_front(&candidate.label));
    let further = further(candidates);
    for (word, places) in of_turns(candidates) {
        give(candidates, keys, &word, places);
    }
    for (word, places) in paired(candidates).into_iter().flatten() {
        give(candidates, keys, &word, places);
    }
    let words: Vec<Option<String>> = candidates.iter().map(|candidate| word(&candidate.label)).collect();
    let has_title = |&c: &usize| words[c].is_none() && without_title(&candidates[c].label) != candidates[c].label;
    let with_titles: Vec<usize> = (0..words.len()).filter(has_title).collect();
    for word in QUESTION_WORDS {
        let places: Vec<usize> = (0..words.len()).filter(|&c| words[c].as_deref() == Some(*word)).collect();
        let titled = || with_titles.iter().copied().filter(|&c| is_titled(&candidates[c].label, word));
        let places = if titled().next().is_some() { merged(places, titled()) } else { places };
        if !rise(&places, |c| without_title(&candidates[c].label)) {
            continue;
        }
        give(candidates, keys, word, places);
    }
    for (c, above) in further {
        let Candidate { key, label, .. } = &candidates[above];
        // Only where the number counted what is asked.
        if numbered(label).is_none() {
            (candidates[c].key, candidates[c].label) = (*key, label.clone());
        }
    }
}

/// Whether a label is a word for a question with its number and a title in parentheses: `Frage 2 (Alltag)`. Behind an
/// answer stands who gives it.
fn is_titled(label: &str, word: &str) -> bool {
    let core = without_title(label);
    core.len() < label.len() && are_known(word, "answer") && self::word(core).as_deref() == Some(word)
}

/// A label without the title in parentheses behind its number.
fn without_title(label: &str) -> &str {
    let parts = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
    parts.filter(|(_, title)| title.starts_with(char::is_alphabetic)).map_or(label, |(core, _)| core)
}

/// Places of two kinds in their order.
fn merged(places: Vec<usize>, others: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = places.into_iter().chain(others).collect();
    all.sort_unstable();
    all
}

/// Gives labels of a word that counts what is asked, whatever the word, the label and key of all: their numbers go up
/// by one, each asks, and one other label stands below each, who hardly asks. Words for people are none: callers of a
/// programme ask one each, too.
pub(super) fn fold_asked(text: &str, candidates: &mut [Candidate], keys: &mut Vec<String>) {
    let counted = |c: &Candidate| numbered(&c.label).filter(|(word, _)| may_count_questions(word));
    let Some(first) = candidates.iter().find(|c| counted(c).is_some()) else { return };
    let (form, word) = (first.form, counted(first).map_or_else(String::new, |(word, _)| word));
    let places: Vec<usize> = (0..candidates.len()).filter(|&c| candidates[c].form == form).collect();
    let number = |c: usize| counted(&candidates[c]).filter(|(of, _)| *of == word).map(|(_, number)| number);
    let questions: Vec<usize> = places.iter().copied().filter(|&c| number(c).is_some()).collect();
    let numbers: Vec<u32> = questions.iter().filter_map(|&c| number(c)).collect();
    let others: Vec<usize> = places.iter().copied().filter(|&c| number(c).is_none()).collect();
    let is_one = others.windows(2).all(|two| candidates[two[0]].key == candidates[two[1]].key);
    let takes_turns = places.windows(2).all(|two| number(two[0]).is_some() != number(two[1]).is_some());
    let rises = numbers.windows(2).all(|two| two[1] == two[0] + 1);
    if questions.len() < MIN_UNKNOWN_PAIRS || !(is_one && takes_turns && rises) {
        return;
    }
    let asking = |of: &[usize]| {
        let end = |c: usize| candidates.get(c + 1).map_or(text.len(), |next| next.line);
        of.iter().filter(|&&c| text.get(candidates[c].words..end(c)).is_some_and(ends_in_question)).count()
    };
    if asking(&questions) * 3 >= questions.len() * 2 && asking(&others) * 4 <= others.len() {
        give(candidates, keys, &word, questions);
    }
}

/// Whether numbers behind a word may count what is asked: no letter, and no word for somebody.
fn may_count_questions(word: &str) -> bool {
    let is_code = word.is_ascii() && word.len() < 3;
    !word.is_empty() && !is_code && !persons::has_person(word) && !voices::is_voice(word) && !voices::is_speaker(word)
}

/// What is asked further without a number: `Follow-up:`, `Nachfrage:`.
#[rustfmt::skip]
const FURTHER: &[&str] = &[
    "follow-up", "follow up", "followup", "follow-up question", "probe", "nachfrage", "rückfrage", "zusatzfrage",
    "relance", "repregunta", "vervolgvraag", "doorvraag", "följdfråga", "opfølgning", "oppfølging", "jatkokysymys",
];
/// Those that say themselves that they head a question; below the others somebody may tell of their own.
#[rustfmt::skip]
const FURTHER_QUESTIONS: &[&str] = &[
    "follow-up question", "rückfrage", "zusatzfrage", "repregunta", "vervolgvraag", "doorvraag", "följdfråga",
    "jatkokysymys",
];

/// Gives labels of what is asked further the key and the label of the questions beside which they stand, where a word
/// for an answer follows each, and two thirds of those of a word ask: not `Probe: I was there too.` alone.
pub(super) fn take_further(text: &str, candidates: &mut [Candidate], keys: &[String], names: &Names) {
    let is_further = |c: &Candidate| FURTHER.contains(&keys[c.key].as_str()) && !names.is_given(&keys[c.key]);
    let is_question = |c: &&Candidate| are_known(&keys[c.key], "answer") && !names.is_given(&keys[c.key]);
    let Some((key, label)) = candidates.iter().find(is_question).map(|c| (c.key, c.label.clone())) else { return };
    let n_questions = candidates.iter().filter(|c| c.key == key).count();
    let is_answered = |c: usize| candidates.get(c + 1).is_some_and(|next| are_known("q", &keys[next.key]));
    let mut places: Vec<usize> = (0..candidates.len()).filter(|&c| is_further(&candidates[c])).collect();
    if places.is_empty() || n_questions < MIN_PAIRS || !places.iter().all(|&c| is_answered(c)) {
        return;
    }
    let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
    for &c in &places {
        let (all, asking) = counts.entry(candidates[c].key).or_default();
        *all += 1;
        *asking += usize::from(asks(text, candidates, c, &keys[candidates[c].key]));
    }
    places.retain(|&c| counts.get(&candidates[c].key).is_some_and(|(all, asking)| asking * 3 >= all * 2));
    for c in places {
        (candidates[c].key, candidates[c].label) = (key, label.clone());
    }
}

/// Whether a label of what is asked further heads a question, or asks for words.
fn asks(text: &str, candidates: &[Candidate], c: usize, key: &str) -> bool {
    let end = candidates.get(c + 1).map_or(text.len(), |next| next.line);
    let said = text.get(candidates[c].words..end).unwrap_or_default();
    FURTHER_QUESTIONS.contains(&key)
        || said.contains(['?', '？', '؟'])
        || ends_in_question(said)
        || asks_for_words(said)
}

/// The candidates such as `Q1a` and `Q1.1`, each with the one of that number above it, `Q1`.
fn further(candidates: &[Candidate]) -> Vec<(usize, usize)> {
    let mut above: HashMap<(String, u32), usize> = HashMap::new();
    let mut found = Vec::new();
    for (c, candidate) in candidates.iter().enumerate() {
        if let Some(&known) = part_of(&candidate.label).and_then(|number| above.get(&number)) {
            found.push((c, known));
        } else if let Some(number) = numbered(&candidate.label) {
            above.entry(number).or_insert(c);
        }
    }
    found
}

/// The name and the number in front of a letter or of another number: `Q` and 1 of `Q1a`, `Q1.1` and `Question 1 b`.
fn part_of(label: &str) -> Option<(String, u32)> {
    let key = key(label);
    let ends = |c: char| c.is_ascii_digit();
    let main = match key.strip_suffix(|c: char| c.is_ascii_lowercase()) {
        Some(main) => main.trim_end_matches([' ', '.', ')', '-']),
        None => key.trim_end_matches(ends).strip_suffix(['.', '-', '_'])?,
    };
    let (word, number) = main.ends_with(ends).then(|| numbered(main))??;
    (!word.is_empty() && !word.contains(ends)).then_some((word, number))
}

/// Gives the candidates at these places the key of a word, and its label.
fn give(candidates: &mut [Candidate], keys: &mut Vec<String>, word: &str, places: Vec<usize>) {
    let known = keys.iter().position(|key| key == word);
    let key = known.unwrap_or_else(|| {
        keys.push(word.to_owned());
        keys.len() - 1
    });
    for c in places {
        candidates[c].label = bare(&candidates[c].label);
        candidates[c].key = key;
    }
}

/// A label without its number, as written.
fn bare(label: &str) -> String {
    count_of(label).map_or_else(|| stem_as_written(label), |count| count.name).to_owned()
}

/// The words for a question and an answer, with the places of their labels, whose numbers go together.
fn answered<'l, L: Iterator<Item = &'l str>>(labels: impl Fn() -> L) -> Option<[(String, Vec<usize>); 2]> {
    let (places, mut counts): (Vec<usize>, Vec<Count<'_>>) =
        labels().enumerate().filter_map(|(at, label)| Some((at, count_of(label)?))).unzip();
    let (asks, answers) = counts.iter().enumerate().find_map(|(at, asks)| {
        let other = counts[at + 1..].iter().take(MAX_BETWEEN).find(|other| are_a_pair(&asks.key, &other.key))?;
        Some((asks.key.clone(), other.key.clone()))
    })?;
    let of = |word: &str| -> Vec<usize> {
        places.iter().zip(&counts).filter(|(_, count)| count.key == word).map(|(&at, _)| at).collect()
    };
    let found = [(asks.clone(), of(&asks)), (answers.clone(), of(&answers))];
    counts.retain(|count| count.key == asks || count.key == answers);
    // Of words that are short for others too nobody else speaks, but for a word or two.
    let is_sure = are_known(&asks, &answers) || counts.len() * 10 >= labels().count() * 8;
    // `P1: R1: P2: R2: P1: R1:` below a moderator are patients and their relatives.
    let rise = |word: &str| {
        let numbers: Vec<(u32, u32)> = counts.iter().filter(|of| of.key == word).map(|of| of.number).collect();
        numbers.windows(2).all(|two| two[0] <= two[1])
    };
    let is_alone = || are_known(&asks, &answers) || rise(&asks) || counts.len() == labels().count();
    (is_sure && is_alone() && count_questions(&counts)).then_some(found)
}

/// So many labels with numbers may stand between the first question and its answer.
const MAX_BETWEEN: usize = 8;

/// More words with numbers than these are no conversation.
const MAX_WORDS: usize = 8;

/// The two words, with the places of their candidates, that count what is asked and answered though no list
/// knows both: `Q1: … R1: …`, `I1: … P1: …`.
fn paired(candidates: &[Candidate]) -> Option<[(String, Vec<usize>); 2]> {
    let mut words: Vec<(String, Vec<(usize, u32)>)> = Vec::new();
    for (c, candidate) in candidates.iter().enumerate() {
        let Some((word, number)) = numbered(&candidate.label) else { continue };
        let at = match words.iter().position(|(known, _)| *known == word) {
            Some(at) => at,
            None if words.len() < MAX_WORDS => {
                words.push((word, Vec::new()));
                words.len() - 1
            }
            None => return None,
        };
        words[at].1.push((c, number));
    }
    words.retain(|(_, places)| places.len() >= MIN_UNKNOWN_PAIRS && places.windows(2).all(|two| two[0].1 < two[1].1));
    let [(asks, questions), (answers, replies)] = &words[..] else { return None };
    let are_known = [asks, answers].iter().all(|word| QUESTION_WORDS.contains(&word.as_str()));
    if are_known || asks.is_empty() || answers.is_empty() || !are_pairs(questions, replies) {
        return None;
    }
    // Nobody else speaks, but for a word or two.
    let form = candidates[questions[0].0].form;
    let all = candidates.iter().filter(|candidate| candidate.form == form).count();
    let both = questions.len() + replies.len();
    let places = |of: &[(usize, u32)]| of.iter().map(|&(c, _)| c).collect();
    (both * 10 >= all * 9).then(|| [(asks.clone(), places(questions)), (answers.clone(), places(replies))])
}

/// The words, with the places of their candidates, whose numbers are those of the turns: `INT 1: … RES 2: … INT 3: …`.
fn of_turns(candidates: &[Candidate]) -> Vec<(String, Vec<usize>)> {
    let numbers: Vec<(usize, String, u32)> = candidates
        .iter()
        .enumerate()
        .filter_map(|(c, candidate)| numbered(&candidate.label).map(|(word, number)| (c, word, number)))
        .filter(|(_, word, _)| !word.is_empty())
        .collect();
    let Some(&(first, ..)) = numbers.first() else { return Vec::new() };
    let all = candidates.iter().filter(|candidate| candidate.form == candidates[first].form).count();
    let steps = || numbers.windows(2).map(|pair| (&pair[0], &pair[1]));
    let n = numbers.len() - 1;
    let rising = steps().all(|((.., number), (.., then))| then > number);
    let next = steps().filter(|((.., number), (.., then))| *then == number + 1).count();
    let changes = steps().filter(|((_, word, _), (_, other, _))| word != other).count();
    let are_turns = numbers.len() >= 2 * MIN_UNKNOWN_PAIRS && numbers.len() * 10 >= all * 9;
    if !(are_turns && rising && next * 10 >= n * 9 && changes * 10 >= n * 8) {
        return Vec::new();
    }
    let mut words: Vec<(String, Vec<usize>)> = Vec::new();
    for (c, word, _) in numbers {
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, places)) => places.push(c),
            None => words.push((word, vec![c])),
        }
        if words.len() > 2 {
            return Vec::new();
        }
    }
    words.retain(|(_, places)| places.len() >= MIN_UNKNOWN_PAIRS);
    if words.len() == 2 { words } else { Vec::new() }
}

/// Whether every answer stands below the question of its number, and nearly every question has one.
fn are_pairs(questions: &[(usize, u32)], replies: &[(usize, u32)]) -> bool {
    let is_answered = |at: usize, &(place, number): &(usize, u32)| {
        let next = questions.get(at + 1).map_or(usize::MAX, |&(next, _)| next);
        replies.iter().any(|&(c, of)| of == number && c > place && c < next)
    };
    let pairs = questions.iter().enumerate().filter(|&(at, question)| is_answered(at, question)).count();
    pairs == replies.len() && pairs >= MIN_UNKNOWN_PAIRS && (questions.len() - pairs) * 3 <= pairs
}

/// The same for labels of a layout without colons.
pub(super) fn fold_heads(heads: &mut [Head]) {
    let both = answered(|| heads.iter().map(|head| head.label.as_str()));
    for at in both.into_iter().flatten().flat_map(|(_, places)| places) {
        heads[at].label = bare(&heads[at].label);
    }
    let words: Vec<Option<String>> = heads.iter().map(|head| word(&head.label)).collect();
    for word in QUESTION_WORDS {
        let places: Vec<usize> = (0..words.len()).filter(|&at| words[at].as_deref() == Some(*word)).collect();
        if rise(&places, |at| heads[at].label.as_str()) {
            places.into_iter().for_each(|at| heads[at].label = stem_as_written(&heads[at].label).to_owned());
        }
    }
}

/// Whether the numbers of the labels at these places, all of one word, count what is asked or answered.
fn rise<'l>(places: &[usize], label: impl Fn(usize) -> &'l str) -> bool {
    let numbers: Vec<u32> = places.iter().filter_map(|&at| numbered(label(at))).map(|(_, number)| number).collect();
    let rises = numbers.len() == places.len() && numbers.windows(2).all(|pair| pair[0] < pair[1]);
    // A question may be left out by who answers.
    let together = places.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
    places.len() >= MIN_PAIRS && rises && together * 3 < places.len()
}

/// Fewer pairs show no numbering.
const MIN_PAIRS: usize = 2;
/// The same where no list knows the words.
const MIN_UNKNOWN_PAIRS: usize = 3;

/// The word of a label whose number may count something, and that number is there.
fn word(label: &str) -> Option<String> {
    numbered(label).map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of a text in which these stand in turn.
    fn read(labels: &[&str]) -> Vec<String> {
        read_with("", "", labels)
    }

    /// The same where one of them says something else each time.
    fn read_with(other: &str, said: &str, labels: &[&str]) -> Vec<String> {
        let said = |label: &str| if label == other { said } else { "It was so all day." };
        let text: String = labels.iter().map(|label| format!("{label}: {}\n\n", said(label))).collect();
        super::super::tests::labels(&text)
    }

    #[test]
    fn what_is_asked_further_goes_with_its_question() {
        for (asks, answers) in [("Q1a", "A1a"), ("Q1.1", "A1.1")] {
            let labels = ["Q1", "A1", asks, answers, "Q2", "A2", "Q3", "A3"];
            assert_eq!(read(&labels), ["Q", "A"].repeat(4));
        }
        for label in ["Q1a", "Q 1 b", "Q1.2", "q1-3"] {
            assert_eq!(part_of(label), Some(("q".to_owned(), 1)), "{label}");
        }
        for label in ["Q1", "Q", "Qa", "1a", "1.1", "Ann", "Q1ab", "Q1.1.1"] {
            assert_eq!(part_of(label), None, "{label}");
        }
        // Of people, who come again, each stays somebody.
        let people = ["I", "P1", "I", "P1a", "I", "P1", "I", "P1a"];
        assert_eq!(read(&people), people);
    }

    #[test]
    fn a_title_behind_the_number_of_a_question_is_no_part_of_it() {
        const TITLES: [&str; 4] = ["Einstieg", "Alltag", "Anfang", "Schluss"];
        for (asks, answers) in [("Frage", "Antwort"), ("Question", "Answer"), ("Q", "A")] {
            let labels: Vec<String> =
                (0..4).flat_map(|n| [format!("{asks} {} ({})", n + 1, TITLES[n]), answers.to_owned()]).collect();
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            assert_eq!(read(&labels), [asks, answers].repeat(4));
            // Not all have one.
            let some: Vec<&str> = labels.iter().map(|label| label.trim_end_matches(" (Alltag)")).collect();
            assert_eq!(read(&some), [asks, answers].repeat(4));
        }
        // Who is named behind an answer is somebody.
        assert!(!is_titled("Antwort 2 (Tom)", "antwort") && !is_titled("P 2 (Tom)", "q") && !is_titled("Q2 (34)", "q"));
    }

    #[test]
    fn what_is_asked_further_without_a_number_is_a_question_above_an_answer() {
        for (asks, further, answers) in [("Frage", "Nachfrage", "Antwort"), ("Q", "Follow-up", "A")] {
            let both = |n: usize| [format!("{asks} {n}"), format!("{answers} {n}")];
            let again = [further.to_owned(), answers.to_owned()];
            let labels = [both(1), both(2), again.clone(), both(3), both(4), again].concat();
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            for said in ["And was it so in the spring?", "Tell me about the spring.", "Was it? I mean the spring."] {
                assert_eq!(read_with(further, said, &labels), [asks, answers].repeat(6), "{said}");
            }
            // Above nobody's answer, and beside people, it is what it was.
            let last = read_with(further, "And in the spring?", &labels[..11]).pop();
            assert_ne!(last.as_deref(), Some(asks), "{labels:?}");
            // Below it somebody may tell of their own.
            assert_ne!(read_with(further, "I was there too, as a brother.", &labels), [asks, answers].repeat(6));
        }
        // The word itself says that it is a question.
        let labels = ["Q", "A", "Q", "A", "Follow-up question", "A", "Q", "A"];
        assert_eq!(read(&labels), ["Q", "A"].repeat(4));
        let people = ["Ann", "Probe", "Tom"].repeat(3);
        assert_eq!(read(&people), people);
    }

    #[test]
    fn words_that_take_turns_by_number_are_two_people() {
        for (asks, answers) in [("Q", "R"), ("Question ", "Response "), ("D", "R"), ("I", "P"), ("Q", "A")] {
            let labels: Vec<String> = (1..5).flat_map(|n| [format!("{asks}{n}"), format!("{answers}{n}")]).collect();
            let mut labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let both = [asks.trim(), answers.trim()];
            assert_eq!(read(&labels), [both, both, both, both].concat());
            // The third question was left out.
            labels.remove(5);
            assert_eq!(read(&labels), [&both[..], &both, &both[..1], &both].concat());
        }
        for people in [
            &["I1", "P1", "I1", "P2", "I2", "P1", "I2", "P2"][..],
            &["Moderator", "M1", "W1", "Moderator", "M2", "W2", "Moderator", "M3", "W3", "Moderator"],
        ] {
            assert!(read(people).iter().all(|label| people.contains(&label.as_str())), "{people:?}");
        }
    }

    #[test]
    fn numbers_that_begin_anew_or_are_doubled_are_those_of_questions() {
        for labels in [
            &["Q1", "A1", "Q2", "A2", "Q3", "A3", "Q1", "A1", "Q2", "A2"][..],
            &["Q1", "A1", "Q2", "A2", "A2", "A2", "Q3", "A3", "Q4", "A4"],
            &["Q1", "A1", "Q2", "A2", "Q4", "A4", "Q3", "A3", "Q5", "A5"],
            &["Q1 (Ann)", "A1 (Tom)", "Q2 (Ann)", "A2 (Tom)", "Q3 (Ann)", "A3 (Tom)"],
            &["Q1.1", "A1.1", "Q1.2", "A1.2", "Q2.1", "A2.1"],
            &["1Q", "1A", "2Q", "2A", "3Q", "3A"],
        ] {
            let expected: Vec<&str> = labels.iter().map(|label| if label.contains('Q') { "Q" } else { "A" }).collect();
            assert_eq!(read(labels), expected);
        }
        for people in [
            &["Q1", "A1", "A2", "A3", "Q2", "A1", "A2", "A3", "Q3", "A1", "A2", "A3"][..],
            &["M1", "W1", "M2", "W2", "M3", "W3", "M1", "W1", "M2", "W2", "M3", "W3"],
        ] {
            let found = read(people);
            assert!(found.iter().all(|label| label == "Q" || people.contains(&label.as_str())), "{found:?}");
        }
        let people = ["Moderator", "P1", "R1", "Moderator", "P2", "R2", "Moderator", "P3", "R3", "Moderator"];
        assert!(read(&people).iter().all(|label| people.contains(&label.as_str())));
    }

    #[test]
    fn numbers_of_turns_are_no_people() {
        for (asks, answers) in [("INT ", "RES "), ("I-0", "P-0"), ("Mira ", "Jon ")] {
            let turns: Vec<String> = (1..9).map(|n| format!("{}{n}", [asks, answers][(n + 1) % 2])).collect();
            let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
            let both = [asks, answers].map(|word| word.trim_end_matches(['0', '-', ' ']));
            assert_eq!(read(&turns), [both, both, both, both].concat());
        }
        for people in [
            &["P1", "P2", "P3", "P4", "P5", "P6", "P7"][..],
            &["M1", "W2", "M1", "W2", "M3", "W4", "M3", "W4"],
            &["Moderator", "M1", "W2", "Moderator", "M3", "W4", "Moderator", "M5", "W6", "Moderator"],
        ] {
            assert!(read(people).iter().all(|label| people.contains(&label.as_str())), "{people:?}");
        }
    }

    #[test]
    fn labels_without_a_colon_lose_their_numbers() {
        let folded = |labels: &[&str]| -> Vec<String> {
            let head = |label: &&str| Head { label: (*label).to_owned(), seconds: None, line: 0, words: 0 };
            let mut heads: Vec<Head> = labels.iter().map(head).collect();
            fold_heads(&mut heads);
            heads.into_iter().map(|head| head.label).collect()
        };
        assert_eq!(folded(&["Q1", "A1", "Q2", "A2"]), ["Q", "A", "Q", "A"]);
        assert_eq!(folded(&["Q.1", "A", "Q.2", "A"]), ["Q", "A", "Q", "A"]);
        for labels in [&["A1", "A2", "A3"][..], &["P1", "Tom", "P2", "Tom"], &["Q2", "A", "Q1", "A"], &["Q", "A"], &[]]
        {
            assert_eq!(folded(labels), labels);
        }
    }

    #[test]
    fn a_word_for_a_number_is_no_part_of_the_label() {
        for (asks, answers) in [("Frage Nr. ", "Antwort"), ("Question No. ", "Answer"), ("Pregunta nº ", "Respuesta")]
        {
            let labels: Vec<String> = (1..5).flat_map(|n| [format!("{asks}{n}"), answers.to_owned()]).collect();
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let word = asks.split(' ').next().unwrap_or_default();
            assert_eq!(read(&labels), [word, answers].repeat(4));
        }
    }

    #[test]
    fn a_word_that_counts_what_is_asked_is_one_label() {
        let talk = |asks: &str, said: &str, answers: &str| {
            let pair = |n: usize| format!("{asks} {n}: {said}\n\n{answers}: It was so all day.\n\n");
            super::super::tests::labels(&(1..=4).map(pair).collect::<String>())
        };
        for (asks, answers) in [("Вопрос", "Ответ"), ("Soru", "Cevap"), ("Kysymys", "Vastaus")] {
            assert_eq!(talk(asks, "How was it?", answers), [asks, answers].repeat(4));
        }
        // Who is counted and does not ask, or is a person, keeps the number.
        for (asks, said) in [("Soru", "It was dry."), ("Speaker", "How was it?"), ("Student", "How was it?")] {
            assert!(!talk(asks, said, "Ann").contains(&asks.to_owned()), "{asks}");
        }
    }
}
