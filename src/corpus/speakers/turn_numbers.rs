//! Numbers of labels that count the questions or the turns and no people: `Q1`, `A1`, `Q2`, `A2`; `INT1`, `RES2`, `INT3`.
//!
//! In: the labels of a transcript in their order. Out: for each the label without its number, where two names take turns
//! and the numbers rise. It never looks at what is said; labels that recur as people do keep their numbers.

use super::super::label_key::{key, stem};

/// Fewer pairs show no numbering of questions.
const MIN_PAIRS: usize = 2;
/// Fewer turns show no numbering of turns.
const MIN_TURNS: usize = 6;

/// The names of two who take turns, if the numbers of the labels count what is asked.
pub(crate) fn asked_by_number(labels: &[&str]) -> Option<Vec<String>> {
    let numbers: Vec<(String, u32)> = labels.iter().map(|label| numbered(label)).collect::<Option<_>>()?;
    let (asks, answers) = (numbers.first()?.0.clone(), numbers.get(1)?.0.clone());
    if asks == answers {
        return None;
    }
    // Each number as a question with its answers below; an answer may go on under the same label.
    let mut pairs = 0;
    let mut open: Option<(u32, bool)> = None;
    for (place, (name, number)) in numbers.iter().enumerate() {
        let same_again = place > 0 && numbers[place - 1] == (name.clone(), *number);
        if *name == asks {
            match open {
                Some((last, answered)) if !same_again && (*number <= last || !answered) => return None,
                _ => open = Some((*number, same_again && open.is_some_and(|(_, answered)| answered))),
            }
        } else if *name == answers {
            let (last, answered) = open?;
            if *number != last || (answered && !same_again) {
                return None;
            }
            pairs += usize::from(!answered);
            open = Some((last, true));
        } else {
            return None;
        }
    }
    (pairs >= MIN_PAIRS).then(|| without_numbers(labels))
}

/// The same if they count the turns of two: each number comes once, and is one more than the one above.
pub(crate) fn turns_by_number(labels: &[&str]) -> Option<Vec<String>> {
    let numbers: Vec<(String, u32)> = labels.iter().map(|label| numbered(label)).collect::<Option<_>>()?;
    let is_next = |pair: &[(String, u32)]| pair[1].1 == pair[0].1 + 1 && pair[1].0 != pair[0].0;
    let first = numbers.first()?;
    let second = numbers.get(1)?;
    let are_two = numbers.iter().all(|(name, _)| [&first.0, &second.0].contains(&name) && !name.is_empty());
    (numbers.len() >= MIN_TURNS && are_two && numbers.windows(2).all(is_next)).then(|| without_numbers(labels))
}

/// What stands between a word and its number, in several languages: `Frage Nr. 2`, `Pregunta nº 2`.
const BEFORE_NUMBERS: &[&str] = &["nr", "no", "nº", "n°", "n", "num", "núm", "number", "nummer", "numéro", "número"];

/// The name and the number of a label.
pub(crate) fn numbered(label: &str) -> Option<(String, u32)> {
    let key = key(label);
    let stem = stem(&key);
    let number = key[stem.len()..].trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
    Some((without_mark(stem).to_owned(), number))
}

/// The label without its number, as written.
pub(crate) fn stem_as_written(label: &str) -> &str {
    const SIGNS: [char; 5] = [' ', '_', '-', '#', '.'];
    without_mark(label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(SIGNS))
}

/// A name without the word for a number behind it.
fn without_mark(name: &str) -> &str {
    let parts = name.rsplit_once(' ').filter(|(word, mark)| {
        !word.is_empty() && BEFORE_NUMBERS.contains(&mark.trim_end_matches('.').to_lowercase().as_str())
    });
    parts.map_or(name, |(word, _)| word.trim_end())
}

fn without_numbers(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|label| stem_as_written(label).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_questions_are_no_people() {
        assert_eq!(
            asked_by_number(&["Q1", "A1", "Q2", "A2"]),
            Some(vec!["Q".into(), "A".into(), "Q".into(), "A".into()])
        );
        let long = asked_by_number(&["Question 1", "Answer 1", "Question 3", "Answer 3", "Question 4", "Answer 4"]);
        assert_eq!(long.map(|labels| labels[3].clone()), Some("Answer".to_owned()));
        assert!(asked_by_number(&["F1", "A1", "A1", "F2", "A2"]).is_some());
    }

    #[test]
    fn numbers_of_turns_are_no_people() {
        let turns = ["INT1", "RES2", "INT3", "RES4", "INT5", "RES6"];
        assert_eq!(turns_by_number(&turns).map(|labels| labels[..2].join(" ")), Some("INT RES".to_owned()));
        for people in [
            &["M1", "W2", "M3", "W4"][..],
            &["P1", "P2", "P3", "P4", "P5", "P6"],
            &["M1", "W1", "M2", "W2", "M3", "W3"],
            &["M1", "W2", "X3", "M4", "W5", "X6"],
        ] {
            assert_eq!(turns_by_number(people), None, "{people:?}");
        }
    }

    #[test]
    fn a_word_for_a_number_is_no_part_of_the_name() {
        for (label, name, written) in [
            ("Frage Nr. 2", "frage", "Frage"),
            ("Question No. 2", "question", "Question"),
            ("Pregunta nº 2", "pregunta", "Pregunta"),
            ("Q2", "q", "Q"),
            ("No 2", "no", "No"),
            ("Ann N. 2", "ann", "Ann"),
        ] {
            assert_eq!(numbered(label), Some((name.to_owned(), 2)), "{label}");
            assert_eq!(stem_as_written(label), written, "{label}");
        }
        assert_eq!(numbered("Frage Nr."), None);
    }

    #[test]
    fn numbers_of_people_stay() {
        for labels in [
            &["P1", "P2", "P3", "P4"][..],
            &["Q1", "P1", "P2", "Q2", "P1"],
            &["M1", "P1", "M1", "P2", "M1", "P1"],
            &["M1", "P1", "M2", "P1"],
            &["Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"],
            &["Q", "A", "Q", "A"],
            &["Q1", "A1"],
            &["Q2", "A2", "Q1", "A1"],
        ] {
            assert_eq!(asked_by_number(labels), None, "{labels:?}");
        }
    }
}
