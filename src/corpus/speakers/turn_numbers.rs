//! Numbers of labels that count the questions or the turns and no people: `Q1`, `A1`, `Q2`, `A2`; `INT1`, `RES2`, `INT3`.
//!
//! In: the labels of a transcript in their order. Out: for each the label without its number, where two names take turns
//! and the numbers rise, or the numbers of questions stand above answers of the same numbers. It never looks at what is
//! said; labels that recur as people do keep their numbers.

use std::collections::BTreeSet;

use super::super::label_key::{key, stem};
use super::counted::{Count, SIGNS, are_a_pair, are_known, count_of, without_mark};

/// Fewer pairs show no numbering of questions.
const MIN_PAIRS: usize = 2;
/// Fewer turns show no numbering of turns.
const MIN_TURNS: usize = 6;
/// Fewer numbers that begin anew, or stand in no order, may be those of people.
const MIN_NUMBERS: usize = 3;
/// Beside so many questions whose answer has their number one may have another's, and beside so many none.
const MANY_FOR_WRONG: usize = 6;
const MANY_FOR_OPEN: usize = 3;
/// Of so many questions one may be asked further.
const MANY_FOR_AGAIN: usize = 3;

/// The names of two who take turns, if the numbers of the labels count what is asked.
pub(crate) fn asked_by_number(labels: &[&str]) -> Option<Vec<String>> {
    let counts: Vec<Count<'_>> = labels.iter().map(|label| count_of(label)).collect::<Option<_>>()?;
    count_questions(&counts).then(|| counts.iter().map(|count| count.name.to_owned()).collect())
}

/// Whether labels of two names, in their order, are questions and, below each, the answers of its number. An answer may
/// go on under the same label. Where names stand for questions and answers, numbers may begin anew, a question may be
/// asked further under its number, and a number may be another one's beside [`MANY_FOR_WRONG`] that are right.
pub(crate) fn count_questions(counts: &[Count<'_>]) -> bool {
    let Some(asks) = counts.first() else { return false };
    let Some(answers) = counts.iter().find(|count| count.key != asks.key) else { return false };
    let are_two = counts.iter().all(|count| [&asks.key, &answers.key].contains(&&count.key));
    if !are_two || asks.key.is_empty() || answers.key.is_empty() || are_several(counts, asks, answers) {
        return false;
    }
    let asked = asked(counts, &asks.key);
    let is_good = |asked: &&Asked| asked.is_answered && !asked.is_wrong;
    let good = asked.iter().filter(is_good).count();
    let wrong = asked.iter().filter(|asked| asked.is_wrong).count();
    let open = asked.iter().filter(|asked| !asked.is_answered).count();
    let rises = asked.windows(2).all(|two| two[0].number < two[1].number);
    // `F1`, `F1`, `S1`, `S1`, `F2` may be a father, his son and another father.
    let goes_on = counts.iter().filter(|count| count.key == asks.key).count() > asked.len();
    let is_pair = are_known(&asks.key, &answers.key) || (are_a_pair(&asks.key, &answers.key) && !goes_on);
    let is_plain = || !goes_on && counts.iter().all(|count| count.number.1 == 0 && count.who.is_empty());
    let are_answered = asked.iter().rev().skip(1).all(|asked| asked.is_answered);
    if rises && wrong == 0 && are_answered && good >= MIN_PAIRS && (is_pair || is_plain()) {
        return true;
    }
    let numbers: BTreeSet<(u32, u32)> = asked.iter().filter(is_good).map(|asked| asked.number).collect();
    // `Q1: … A1: … Q1: … A1: …` all along are two people who talk.
    let again = asked.windows(2).filter(|two| two[0].number == two[1].number).count();
    is_pair
        && numbers.len() >= MIN_NUMBERS
        && again * MANY_FOR_AGAIN <= asked.len()
        && wrong * MANY_FOR_WRONG <= good
        && open * MANY_FOR_OPEN <= good
}

/// A question with what stands below it.
struct Asked {
    number: (u32, u32),
    is_answered: bool,
    /// Whether an answer has another number.
    is_wrong: bool,
}

/// The questions among labels of two names. One that goes on under its label is one.
fn asked(counts: &[Count<'_>], asks: &str) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut above: Option<&Count<'_>> = None;
    for count in counts {
        if count.key != asks {
            if let Some(last) = asked.last_mut() {
                last.is_answered = true;
                last.is_wrong |= !are_one(last.number, count.number);
            }
        } else if above.is_none_or(|above| above.key != count.key || above.number != count.number) {
            asked.push(Asked { number: count.number, is_answered: false, is_wrong: false });
        }
        above = Some(count);
    }
    asked
}

/// Whether a question and an answer have one number, of which one of them may leave out the part.
fn are_one(asked: (u32, u32), answered: (u32, u32)) -> bool {
    asked.0 == answered.0 && (asked.1 == answered.1 || asked.1 == 0 || answered.1 == 0)
}

/// Whether several people are named behind the labels of one name: `A1 (Tom)`, `A1 (Una)`.
fn are_several(counts: &[Count<'_>], asks: &Count<'_>, answers: &Count<'_>) -> bool {
    [asks, answers].iter().any(|of| {
        let mut named = counts.iter().filter(|count| count.key == of.key && !count.who.is_empty());
        let first = named.next().map_or("", |count| count.who);
        named.any(|count| count.who != first)
    })
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

/// The name and the number of a label.
pub(crate) fn numbered(label: &str) -> Option<(String, u32)> {
    let key = key(label);
    let stem = stem(&key);
    let number = key[stem.len()..].trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
    Some((without_mark(stem).to_owned(), number))
}

/// The label without its number, as written.
pub(crate) fn stem_as_written(label: &str) -> &str {
    without_mark(label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(SIGNS))
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
        let arabic = asked_by_number(&["س١", "ج١", "س٢", "ج٢"]);
        assert_eq!(arabic, Some(["س", "ج", "س", "ج"].map(str::to_owned).to_vec()));
        let long = asked_by_number(&["Question 1", "Answer 1", "Question 3", "Answer 3", "Question 4", "Answer 4"]);
        assert_eq!(long.map(|labels| labels[3].clone()), Some("Answer".to_owned()));
        assert!(asked_by_number(&["F1", "A1", "A1", "F2", "A2"]).is_some());
    }

    #[test]
    fn numbers_of_questions_may_begin_anew_or_stand_in_any_order() {
        let of = |numbers: &[u32]| -> Vec<String> {
            numbers.iter().flat_map(|n| [format!("Q{n}"), format!("A{n}")]).collect()
        };
        let bare = |labels: &[String]| asked_by_number(&labels.iter().map(String::as_str).collect::<Vec<_>>());
        for numbers in [
            &[1, 2, 3, 4, 1, 2, 3, 4][..],
            &[1, 2, 3, 1, 2, 3, 1, 2],
            &[1, 2, 4, 3, 5],
            &[5, 4, 3, 2, 1],
            &[1, 2, 3, 40, 5],
            &[1, 2, 3, 3, 4],
            &[1, 2, 3, 4, 1],
        ] {
            let expected: Vec<String> = ["Q", "A"].repeat(numbers.len()).into_iter().map(str::to_owned).collect();
            assert_eq!(bare(&of(numbers)), Some(expected), "{numbers:?}");
        }
        // One number of eight is mistyped; of four it may be anybody's.
        for at in [6, 7] {
            let mut labels = of(&[1, 2, 3, 4, 5, 6, 7, 8]);
            labels[at] = format!("{}5", &labels[at][..1]);
            assert!(bare(&labels).is_some(), "{labels:?}");
            let mut few = labels[..8].to_vec();
            few[at] = format!("{}2", &few[at][..1]);
            assert!(bare(&few).is_none(), "{few:?}");
        }
        assert!(asked_by_number(&["P1", "R1", "P2", "R2", "P3", "R3", "P1", "R1"]).is_some());
    }

    #[test]
    fn questions_are_counted_in_several_ways() {
        for labels in [
            &["Q1.1", "A1.1", "Q1.2", "A1.2", "Q2.1", "A2.1"][..],
            &["Q1a", "A1a", "Q1b", "A1b", "Q2a", "A2a"],
            &["1Q", "1A", "2Q", "2A"],
            &["Q1 (Ann)", "A1 (Tom)", "Q2 (Ann)", "A2 (Tom)"],
            &["Q.I", "A.I", "Q.II", "A.II"],
            &["Q1", "A1", "A1", "A1", "Q2", "A2"],
            &["Q1", "Q1", "A1", "Q2", "A2", "A2"],
            &["Q1", "A1", "Q1b", "A1", "Q2", "Q3", "A2/3", "Q4", "A4", "Q5", "A5"],
            &["Q1", "A1", "Follow-up Q1", "Follow-up A1", "Q2", "A2", "Q3", "A3"],
        ] {
            let bare = asked_by_number(labels).unwrap_or_default();
            assert!(bare.len() == labels.len() && bare.iter().all(|label| ["Q", "A"].contains(&label.as_str())));
        }
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
            // Each answers several questions; numbers that do not go together; couples who speak in turn.
            &["Q1", "A1", "A2", "A3", "Q2", "A1", "A2", "A3", "Q3", "A1", "A2", "A3"],
            &["Q1", "A1", "Q2", "A2", "Q3", "A1", "Q4", "A2", "Q5", "A1"],
            &["Q1", "A4", "Q2", "A1", "Q3", "A3", "Q4", "A2"],
            &["M1", "W1", "M2", "W2", "M3", "W3", "M1", "W1", "M2", "W2", "M3", "W3"],
            &["Q1", "A1", "Q1", "A1", "Q1", "A1", "Q2", "A2", "Q2", "A2", "Q3", "A3"],
            &["Q1", "A1 (Tom)", "A1 (Una)", "Q2", "A2 (Tom)", "A2 (Una)"],
            &["T1.1", "W1.1", "T1.2", "W1.2"],
            &["Mother 1", "Mother 1", "Child 1", "Child 1", "Mother 2", "Mother 2", "Child 2"],
            &["F1", "F1", "S1", "S1", "F2", "F2", "S2", "S2"],
        ] {
            assert_eq!(asked_by_number(labels), None, "{labels:?}");
        }
    }
}
