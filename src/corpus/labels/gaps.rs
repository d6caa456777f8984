//! Paragraphs whose label seems to have been forgotten.
//!
//! In: a text and its labels. Out: remarks on paragraphs without one, where the same speaker has two turns
//! in a row though speakers take turns elsewhere, or the last question no answer, and only one of what stands
//! there asks. It never makes a turn of them: whose words they are is not written.

use super::super::speakers::ends_in_question;
use super::Remark;
use super::habit::Habit;
use super::layouts::Head;

/// Shorter paragraphs may be headings, or words in between.
const MIN_WORDS: usize = 5;
/// Questions are shorter.
const MIN_QUESTION: usize = 3;
/// Fewer turns show no habit.
const MIN_TURNS: usize = 3;

/// From so many words on a paragraph without a mark at its end is no heading.
const MIN_RUNNING: usize = 12;
/// What sentences that do not ask end with.
const ENDS: [char; 11] = ['.', '!', '…', '”', '“', '"', '»', '。', '-', '–', '—'];

/// Whether speakers take turns: hardly anybody has two turns in a row without other lines between them.
pub(super) fn take_turns(text: &str, heads: &[Head], habit: &Habit) -> bool {
    let pairs = heads.len().saturating_sub(1);
    let again = heads
        .windows(2)
        .filter(|pair| pair[0].label == pair[1].label && paragraphs(text, pair, habit).len() < 2)
        .count();
    pairs >= 3 && again * 10 <= pairs
}

/// Remarks on paragraphs that should have a label.
pub(super) fn remarks(text: &str, heads: &[Head], habit: &Habit) -> Vec<Remark> {
    if !(habit.by_paragraph || habit.by_line) || !take_turns(text, heads, habit) {
        return Vec::new();
    }
    let style = &Style::of(text, heads);
    let twice = heads.windows(2).filter(|pair| pair[0].label == pair[1].label && !pair[0].label.is_empty());
    let found = twice.filter_map(|pair| {
        let what = format!(
            "`{0}` has two turns in a row here, and the words between them no label: they were taken for words of `{0}`; \
             write who says them in front",
            pair[0].label
        );
        unlabelled(&paragraphs(text, pair, habit), style).map(|at| Remark { at, what })
    });
    found.chain(at_the_end(text, heads, habit, style)).collect()
}

/// The answer to the last question of somebody who never goes on elsewhere.
fn at_the_end(text: &str, heads: &[Head], habit: &Habit, style: &Style) -> Option<Remark> {
    let last = heads.last().filter(|last| !last.label.is_empty())?;
    let before = || heads.windows(2).filter(|pair| pair[0].label == last.label);
    let is_one = |pair: &[Head]| paragraphs(text, pair, habit).len() == 1;
    if before().count() < MIN_TURNS || !before().all(is_one) {
        return None;
    }
    let end = Head { line: text.len(), words: text.len(), ..last.clone() };
    let said = paragraphs(text, &[last.clone(), end], habit);
    let asks = said.first().is_some_and(|first| ends_in_question(first.1));
    let what = format!(
        "the words behind the last question of `{0}` have no label: they were taken for words of `{0}`; write who says \
         them in front",
        last.label
    );
    unlabelled(&said, style).filter(|_| asks).map(|at| Remark { at, what })
}

/// The first byte of a paragraph that seems to be somebody else's than the first of all is.
fn unlabelled(said: &[(usize, &str)], style: &Style) -> Option<usize> {
    let (first, rest) = said.split_first()?;
    // What is done, such as `[phone rings]`, points and headings belong to nobody.
    let is_said = |words: &str| words.starts_with(|c: char| c.is_alphabetic() || "“„«\"‘'¿¡…".contains(c));
    let (at, words) = *rest.iter().find(|(_, words)| is_said(words))?;
    let n_words = |words: &str| words.split_whitespace().count();
    let last = rest.last()?.1;
    let (asks, asked) = (ends_in_question(first.1) || !style.asks, ends_in_question(last));
    // Headings are short and begin with a capital letter.
    let runs_on = words.starts_with(char::is_lowercase) || n_words(words) >= MIN_RUNNING;
    let is_sentence = words.ends_with(ENDS) || runs_on || (!style.ends && !ends_in_question(words));
    let is_answer = asks && !asked && n_words(words) >= MIN_WORDS && is_sentence;
    let is_question = !asks && asked && n_words(last) >= MIN_QUESTION;
    (is_answer || is_question).then_some(at)
}

/// How the turns of a text end.
struct Style {
    /// Sentences with a point or another mark.
    ends: bool,
    /// Questions with a question mark, or else it is not known who asks.
    asks: bool,
}

impl Style {
    fn of(text: &str, heads: &[Head]) -> Self {
        let end = |place: usize| heads.get(place + 1).map_or(text.len(), |next| next.line);
        let said = || (0..heads.len()).filter_map(|place| text.get(heads[place].words..end(place))).map(str::trim_end);
        let ended = said().filter(|said| said.ends_with(ENDS) || ends_in_question(said)).count();
        Self { ends: ended * 2 >= heads.len(), asks: said().any(ends_in_question) }
    }
}

/// The paragraphs between two labels, or the lines where every line is a turn, each with its first byte.
pub(super) fn paragraphs<'t>(text: &'t str, pair: &[Head], habit: &Habit) -> Vec<(usize, &'t str)> {
    let (from, to) = (pair[0].words, pair[1].line);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut is_open) = (from, false);
    for line in text.get(from..to).unwrap_or_default().split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            is_open &= found.is_empty();
        } else {
            match found.last_mut() {
                Some(last) if is_open && habit.by_paragraph => last.1 = end,
                _ => found.push((at, end)),
            }
            is_open = true;
        }
        at = end;
    }
    found.into_iter().map(|(start, end)| (start, text[start..end].trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn found(text: &str) -> Vec<String> {
        let read = read(text, &Names::default()).unwrap_or_default();
        read.remarks.into_iter().map(|remark| format!("{}: {}", &text[remark.at..][..4], remark.what)).collect()
    }

    const TALK: &str = "Ann: How was it there?\n\nTom: Like so.\n\nAnn: And then?\n\nTom: It rained.\n\nAnn: What else?\n\n\
                        {}\n\nAnn: And now?\n\nTom: Three of us.";

    #[test]
    fn an_answer_without_a_label_is_told() {
        for text in [TALK.to_owned(), TALK.replace("\n\n", "\n")] {
            let told = found(&text.replace("{}", "The mites took all of them."));
            assert!(told.len() == 1 && told[0].starts_with("The : `Ann` has two turns in a row"), "{told:?}");
        }
    }

    #[test]
    fn a_last_answer_without_a_label_is_told() {
        let text =
            TALK.replace("{}", "Tom: The mites.").replace("Tom: Three of us.", "There were three of us by then.");
        let told = found(&text);
        assert!(told.len() == 1 && told[0].starts_with("Ther: the words behind the last question"), "{told:?}");
        for end in ["End of the interview.", "Thank you.", "[They leave the room with the tape running.]"] {
            assert_eq!(found(&text.replace("There were three of us by then.", end)), [] as [String; 0], "{end}");
        }
        let often = text.replace("Ann: And then?", "Ann: I see.\n\nAnd then?");
        assert_eq!(found(&often), [] as [String; 0]);
    }

    #[test]
    fn a_question_without_a_label_is_told() {
        let said = "Tom: The mites.\n\nWhat did you do about them?\n\nTom: We left.";
        let told = found(&TALK.replace("{}", said));
        assert!(told.len() == 1 && told[0].starts_with("What: `Tom` has two turns in a row"), "{told:?}");
    }

    #[test]
    fn an_answer_without_a_point_is_told() {
        let long = "There is no place to lock a bicycle near the gate or the pond";
        for said in ["the mites took all of them", long] {
            let told = found(&TALK.replace("{}", said));
            assert!(told.len() == 1 && told[0].contains("`Ann` has two turns in a row"), "{told:?}");
        }
        // Where no turn ends with a mark, headings cannot be told from words.
        let bare = TALK.replace(['?', '.'], "").replace("{}", "Mites took all of them");
        assert_eq!(found(&bare).len(), 1);
        let told = found(&TALK.replace(['?', '.'], "").replace("{}", "Tom: The mites"));
        assert_eq!(told, [] as [String; 0]);
    }

    #[test]
    fn paragraphs_that_go_on_are_not_told() {
        for said in [
            "Tom: The mites.\n\nThey took all of them, I think.",
            "Tom: The mites.\n\nAnd why is that so?",
            "[phone rings, and we go out for a while]",
            "Part two.",
            "What became of the hives in winter",
            "Or is there nothing that you miss?",
            "Tom: The mites.\n\nTom: They took all of them, I think.",
        ] {
            assert_eq!(found(&TALK.replace("{}", said)), [] as [String; 0], "{said}");
        }
        // Where somebody often has two turns in a row, that tells nothing.
        let again = "Tom: Yes.\n\nTom: No.\n\nTom: Maybe.\n\nAnn: So?\n\nThe mites took all of them.";
        assert_eq!(found(&TALK.replace("{}", again)), [] as [String; 0]);
    }
}
