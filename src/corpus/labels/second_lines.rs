//! Who answers on the second line of a paragraph, whoever asks on its first: `Interviewer 1: …`, `Nurse: …` below it.
//!
//! In: a text and the lines that may be labels. Out: for each key whether it stands so: nearly always below another's
//! label, in most of the paragraphs that this one opens, in most of them alone, and with sentences behind it. Lists
//! within what is said (`Mood: good`) lack one of these. It accepts nobody: that is for [`choose`](super::choose).

use std::collections::HashMap;

use super::super::lexicon::HEADINGS;
use super::super::speakers::{Names, ends_in_question};
use super::forms::{Candidate, Form};

/// Fewer places show no habit.
const FEWEST: usize = 3;
/// What a sentence ends with.
const ENDS: [char; 11] = ['.', '!', '?', '…', '”', '“', '"', '»', ')', ']', '。'];

/// The places of one label below another.
#[derive(Clone, Copy, Default)]
struct Below {
    all: usize,
    /// Where no third label stands in the paragraph.
    alone: usize,
}

/// For each key whether it answers so.
pub(super) fn answer_below(
    text: &str,
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    form: Form,
) -> Vec<bool> {
    let mut places = vec![0usize; keys.len()];
    let mut opened = vec![0usize; keys.len()];
    let mut below: HashMap<(usize, usize), Below> = HashMap::new();
    let mine: Vec<usize> = (0..candidates.len()).filter(|&c| candidates[c].form == form).collect();
    for paragraph in mine.chunk_by(|_, &next| !candidates[next].after_blank) {
        let [first, others @ ..] = paragraph else { continue };
        let opens = candidates[*first].key;
        places[opens] += 1;
        opened[opens] += 1;
        others.iter().for_each(|&c| places[candidates[c].key] += 1);
        if let Some(answers) = others.first().map(|&c| candidates[c].key).filter(|&answers| answers != opens) {
            let found = below.entry((opens, answers)).or_default();
            found.all += 1;
            found.alone += usize::from(others.iter().all(|&c| [opens, answers].contains(&candidates[c].key)));
        }
    }
    let mut found = vec![Below::default(); keys.len()];
    for ((opens, answers), below) in below {
        if below.all * 10 >= opened[opens] * 6 {
            found[answers].all += below.all;
            found[answers].alone += below.alone;
        }
    }
    let mut ended = vec![0usize; keys.len()];
    for (at, &c) in mine.iter().enumerate().filter(|(_, c)| found[candidates[**c].key].all >= FEWEST) {
        let end = mine.get(at + 1).map_or(text.len(), |&next| candidates[next].line);
        ended[candidates[c].key] += usize::from(is_sentence(text.get(candidates[c].words..end).unwrap_or_default()));
    }
    (0..keys.len())
        .map(|k| {
            let Below { all, alone } = found[k];
            let is_said = || names.is_known(&keys[k]) || ended[k] * 10 >= places[k] * 8;
            let may_be = names.is_known(&keys[k]) || !HEADINGS.contains(&keys[k].as_str());
            all >= FEWEST && all * 10 >= places[k] * 8 && alone * 2 >= all && may_be && is_said()
        })
        .collect()
}

/// Whether the first paragraph of what is said ends as a sentence does.
fn is_sentence(said: &str) -> bool {
    let said = said.trim_start().split("\n\n").next().unwrap_or_default().trim_end();
    said.ends_with(ENDS) || ends_in_question(said)
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    /// A talk in pairs of a question and the answer on the line below; `extra` is what stands in between.
    fn talk(asks: impl Fn(usize) -> String, answers: &str, extra: impl Fn(usize) -> String) -> String {
        let pair = |n: usize| {
            let words = format!("{}: How was it in {n}?\n{answers}: It rained all day in {n}.\n\n", asks(n));
            extra(n) + &words
        };
        (0..7).map(pair).collect()
    }

    #[test]
    fn somebody_who_opens_or_comes_between_hides_no_answers() {
        for (asks, answers) in [("I", "P"), ("AH", "TR"), ("Ann", "Tom")] {
            let says = |n: usize| format!("Carol: I was against it in {n}.\n\n");
            let between = |n: usize| if n.is_multiple_of(2) { says(n) } else { String::new() };
            let found = labels(&talk(|_| asks.to_owned(), answers, between));
            let of = |label: &str| found.iter().filter(|found| *found == label).count();
            assert_eq!((of(asks), of(answers), of("Carol"), found.len()), (7, 7, 4, 18), "{found:?}");
        }
    }

    #[test]
    fn two_who_ask_hide_nobody_whom_no_list_knows() {
        for [one, two, answers] in [
            ["Interviewer 1", "Interviewer 2", "Nurse"],
            ["Enquêteur", "Enquêtrice", "Sage-femme"],
            ["Interviewerin", "Interviewer", "Lehrerin"],
            ["Interviewer", "Moderator", "Frau Lindner"],
        ] {
            let asks = |n: usize| [one, two][n % 2].to_owned();
            let found = labels(&talk(asks, answers, |_| String::new()));
            let of = |label: &str| found.iter().filter(|found| *found == label).count();
            assert_eq!((of(one), of(two), of(answers)), (4, 3, 7), "{found:?}");
        }
    }

    #[test]
    fn who_only_opens_and_closes_a_talk_hides_nobody() {
        for host in ["Carol", "Host", "Chair"] {
            let opens = |n: usize| if n == 0 { format!("{host}: Welcome to both of you.\n\n") } else { String::new() };
            let text = talk(|_| "Ben".to_owned(), "Ruth", opens);
            let found = labels(&format!("{text}{host}: And now to the bar.\n"));
            let expected = [&[host][..], &["Ben", "Ruth"].repeat(7)[..], &[host]].concat();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn lists_within_what_is_said_stay_there() {
        let turn = |n: usize, list: &str| {
            format!("Ann: How was day {n}?\n\nTom: It rained.\n{list}\n\nAnn: And then?\n\nTom: We left in {n}.\n\n")
        };
        for list in ["Mood: good", "Mood: good\nEnergy: low", "Pros: the sea.\nCons: the rain.", "Result: we left."] {
            let text: String = (0..6).map(|n| turn(n, list)).collect();
            assert_eq!(labels(&text), ["Ann", "Tom"].repeat(12), "{list}");
        }
    }
}
