//! Words that start a paragraph as labels do and are no name: somebody who was spoken of before and may speak now, or a
//! word behind which the same speaker goes on.
//!
//! In: a candidate that comes once, beside the labels of a text. Out: whether it stands alone among turns that all
//! begin as it does (`Pharmacy: Your order is ready.`), and whether it goes on in small letters (`Nine: that was it.`),
//! with another such word (`Men: left, women: right.`). It takes in nobody and tells nothing: that is for
//! [`once`](super::once), whose tests cover both.

use super::super::by_lines::ByLines;
use super::choose::Choice;
use super::first_names;
use super::forms::Candidate;
use super::habit::are_hardly_any;

/// A label has more letters than these, unless it is a code.
const SHORT: usize = 2;
/// What is said begins with a letter at one of so many characters.
const OPENING: usize = 8;

/// Whether a candidate may be somebody who speaks: it is a word with a capital letter, and so is the first one behind
/// it. Of those that were not accepted, `left`, none stands beside it.
pub(super) fn speaks_alone(text: &str, c: usize, left: &[usize], candidates: &[Candidate], choice: &Choice) -> bool {
    let candidate = &candidates[c];
    let label = &candidate.label;
    !candidate.wide
        && label.starts_with(char::is_uppercase)
        && label.chars().count() > SHORT
        && opening_letter(text, candidate).is_some_and(char::is_uppercase)
        && choice.chosen.first().is_some_and(|&first| first < c)
        && beside(c, left, choice).iter().all(|&other| other == c)
}

/// Those of `left` that stand between the same two labels as a candidate, itself among them.
pub(super) fn beside<'l>(c: usize, left: &'l [usize], choice: &Choice) -> &'l [usize] {
    let next = choice.chosen.partition_point(|&chosen| chosen < c);
    let before = |label: usize| left.partition_point(|&other| other < label);
    let from = next.checked_sub(1).map_or(0, |above| before(choice.chosen[above]));
    &left[from..choice.chosen.get(next).map_or(left.len(), |&below| before(below))]
}

/// Whether what follows a word goes on in small letters, which is told of texts where it does so behind no label.
pub(super) fn goes_on(text: &str, candidate: &Candidate) -> bool {
    let mut letters = candidate.label.chars();
    let is_word = letters.next().is_some_and(char::is_uppercase) && letters.clone().count() >= SHORT;
    // `Will Power: it takes that.`
    let is_known = (is_word && letters.all(char::is_lowercase)) || first_names::is_full(&candidate.label);
    is_known && opening_letter(text, candidate).is_some_and(char::is_lowercase)
}

/// Whether what goes on behind a word says of another one the same, in the same sentence: `Men: left, women: right.`
pub(super) fn is_list(text: &str, candidate: &Candidate) -> bool {
    let line = text[candidate.words..].by_lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split(['.', '!', '?']).next().unwrap_or_default().split_whitespace().collect();
    let is_item = |word: &str| word.strip_suffix(':').is_some_and(|word| word.chars().all(char::is_lowercase));
    goes_on(text, candidate) && words.windows(2).any(|two| two[0].ends_with([',', ';']) && is_item(two[1]))
}

/// The first letter of what is said, unless a number stands before it.
pub(super) fn opening_letter(text: &str, candidate: &Candidate) -> Option<char> {
    text[candidate.words..].chars().take(OPENING).find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic())
}

/// Whether all paragraphs, or all lines, start with a label, but for one or a few.
pub(super) fn hardly_lack_labels(text: &str, candidates: &[Candidate], choice: &Choice, by_paragraph: bool) -> bool {
    are_hardly_any(n_unlabelled(text, candidates, choice, by_paragraph), choice.chosen.len())
}

/// How many more paragraphs, or lines, there are below the first label than labels.
pub(super) fn n_unlabelled(text: &str, candidates: &[Candidate], choice: &Choice, by_paragraph: bool) -> usize {
    let from = choice.chosen.first().map_or(0, |&first| candidates[first].line);
    let is_said = |part: &&str| !part.is_blank();
    let all = match by_paragraph {
        true => text[from..].split("\n\n").filter(is_said).count(),
        false => text[from..].by_lines().filter(is_said).count(),
    };
    all.saturating_sub(choice.chosen.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::labels;

    /// How many turns a talk of two letters has with this paragraph in it.
    fn turns(said: &str) -> usize {
        let pair = "I: How was it then?\n\nP: It rained all day.\n\n";
        labels(&format!("{}{said}\n\nP: Thank you, no.\n\n{}", pair.repeat(3), pair.repeat(3))).len()
    }

    #[test]
    fn a_voice_that_speaks_once_is_a_turn_of_its_own() {
        for said in
            ["Waiter: Anything else for you?", "Kellner: Noch etwas?", "Муж: Это было раньше.", "Eşi: Öyle değil."]
        {
            assert_eq!(turns(said), 14, "{said}");
        }
        for said in ["Waiter: three years of it", "Waiters: They left.", "Menu: They had none."] {
            assert_eq!(turns(said), 13, "{said}");
        }
    }
}
