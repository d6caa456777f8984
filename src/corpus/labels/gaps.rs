//! Paragraphs whose label seems to have been forgotten.
//!
//! In: a text and its labels, in whatever form. Out: remarks on paragraphs without one, where the same speaker has two
//! turns in a row though speakers take turns elsewhere, or the last question no answer, and only one of what stands
//! there asks; where who answers seems to ask or to say thanks at the end; and in a group in which hardly any lacks its
//! label. A time, a colon or a dash that is left of a label belongs to no words. It never makes a turn of them: whose
//! words they are is not written.

use std::collections::HashSet;

use super::super::by_lines::ByLines;
use super::super::marks::{self, leading_clock};
use super::super::prompts::asks_for_words;
use super::super::speakers::ends_in_question;
use super::Remark;
use super::habit::{self, Habit};
use super::layouts::Head;
use super::times::is_time_alone;

/// Shorter paragraphs may be headings, or words in between.
const MIN_WORDS: usize = 5;
/// Questions are shorter.
const MIN_QUESTION: usize = 3;
/// Fewer turns show no habit.
const MIN_TURNS: usize = 3;
/// So many speakers are a group.
const GROUP: usize = 3;
/// In a group at most one of so many turns lacks its label.
const ONE_OF: usize = 8;

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
    let mut found: Vec<Remark> = found.chain(at_the_end(text, heads, habit, style)).collect();
    let told: HashSet<usize> = found.iter().map(|remark| remark.at).collect();
    found.extend(in_a_group(text, heads, habit, style).into_iter().filter(|remark| !told.contains(&remark.at)));
    found
}

/// What starts without a label in a talk of several in which hardly any does: the turns around tell not whose it is.
fn in_a_group(text: &str, heads: &[Head], habit: &Habit, style: &Style) -> Vec<Remark> {
    let labels: HashSet<&str> = heads.iter().map(|head| head.label.as_str()).filter(|of| !of.is_empty()).collect();
    if labels.len() < GROUP {
        return Vec::new();
    }
    let lacking = habit::unlabelled(text, heads, habit.by_paragraph);
    if lacking.len() * ONE_OF > heads.len() {
        return Vec::new();
    }
    let remark = |(at, line): (usize, &str)| {
        let above = heads.partition_point(|head| head.line < at).checked_sub(1)?;
        let whose = Some(&heads[above].label).filter(|whose| !whose.is_empty() && above + 1 < heads.len())?;
        let words = without_lead(line.trim());
        let is_long = n_words(words) >= if ends_in_question(words) { MIN_QUESTION } else { MIN_WORDS };
        let is_somebodys = is_said(words) && is_long && (is_sentence(words, style) || ends_in_question(words));
        let what = format!(
            "this paragraph starts without a label and was taken for words of `{whose}`; if somebody else speaks there, \
             write who it is in front"
        );
        is_somebodys.then_some(Remark { at, what })
    };
    lacking.into_iter().filter_map(remark).collect()
}

/// The answer to the last question of somebody who never goes on elsewhere, or the last words of who asks.
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
    if let Some(at) = said.get(1..).filter(|_| !asks).and_then(last_words) {
        let what = format!(
            "the words behind the last turn of `{0}` ask or thank and have no label: they were taken for words of `{0}`; \
             write who says them in front",
            last.label
        );
        return Some(Remark { at, what });
    }
    let what = format!(
        "the words behind the last question of `{0}` have no label: they were taken for words of `{0}`; write who says \
         them in front",
        last.label
    );
    unlabelled(&said, style).filter(|_| asks).map(|at| Remark { at, what })
}

/// The first of these paragraphs, if it asks for something or says thanks as who asks does.
fn last_words(said: &[(usize, &str)]) -> Option<usize> {
    let (at, words) = *said.first()?;
    let is_long = n_words(words) >= MIN_WORDS && is_said(words);
    (is_long && (asks_for_words(words) || ends_in_question(words))).then_some(at)
}

/// The first byte of a paragraph that seems to be somebody else's than the first of all is.
fn unlabelled(said: &[(usize, &str)], style: &Style) -> Option<usize> {
    let (first, rest) = said.split_first()?;
    let &(at, whole) = rest.iter().find(|(_, words)| is_said(without_lead(words)))?;
    let (words, last) = (without_lead(whole), without_lead(rest.last()?.1));
    let has_lead = words.len() < whole.len();
    let (asks, asked) = (ends_in_question(first.1) || !style.asks, ends_in_question(last));
    // Of a question and its answer, both without a label, the question tells.
    let is_pair = !asks && !asked && rest.len() == 2 && ends_in_question(words);
    let is_answer = asks && !asked && n_words(words) >= MIN_WORDS && (has_lead || is_sentence(words, style));
    let is_question = !asks && (asked || is_pair) && n_words(if is_pair { words } else { last }) >= MIN_QUESTION;
    (is_answer || is_question).then_some(at)
}

/// Whether it is a sentence: headings are short and begin with a capital letter.
fn is_sentence(words: &str, style: &Style) -> bool {
    let runs_on = words.starts_with(char::is_lowercase) || n_words(words) >= MIN_RUNNING;
    words.ends_with(ENDS) || runs_on || (!style.ends && !ends_in_question(words))
}

/// What is done, such as `[phone rings]`, points and headings belong to nobody.
fn is_said(words: &str) -> bool {
    words.starts_with(|c: char| c.is_alphabetic() || "“„«\"‘'¿¡…".contains(c))
}

fn n_words(words: &str) -> usize {
    words.split_whitespace().count()
}

/// The words behind what is left of a label whose name was forgotten: a time, also on a line above them, a colon, or a
/// dash.
fn without_lead(words: &str) -> &str {
    let first = words.by_lines().next().unwrap_or_default();
    let behind = match marks::bracketed(words) {
        Some(mark) => &words[mark.end..],
        None if is_time_alone(first) => &words[first.len()..],
        None => leading_clock(words).map_or(words, |(_, end)| &words[end..]),
    };
    behind.trim_start_matches([':', '：', '-', '–', '—', ' ', '\t', '\n', '\u{a0}'])
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
    for line in text.get(from..to).unwrap_or_default().by_whole_lines() {
        let end = at + line.len();
        if line.is_blank() {
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

    /// What is told of a line among turns of two whose labels are written so.
    fn told(turn: impl Fn(usize, &str, &str) -> String, line: &str) -> usize {
        let pair = |n: usize| turn(2 * n, "Ann", "How was it there?") + &turn(2 * n + 1, "Tom", "It was wet for us.");
        let text = (0..3).map(pair).collect::<String>() + &turn(6, "Ann", "What did you do?") + line;
        found(&(text + &(4..6).map(pair).collect::<String>()))
            .iter()
            .filter(|what| what.contains("has two turns in a row"))
            .count()
    }

    #[test]
    fn what_is_left_of_a_label_is_looked_through() {
        let timed = |n: usize, who: &str, words: &str| format!("[00:{n:02}:10] {who}: {words}\n\n");
        let stamp = |n: usize, who: &str, words: &str| format!("{who}  00:{n:02}:10\n{words}\n\n");
        let plain = |_: usize, who: &str, words: &str| format!("{who}: {words}\n\n");
        assert_eq!(told(timed, "[00:07:10] We left it all to my father.\n\n"), 1);
        assert_eq!(told(stamp, "00:07:10\nWe left it all to my father.\n\n"), 1);
        assert_eq!(told(plain, ": We left it all to my father.\n\n"), 1);
        assert_eq!(told(plain, "- We left it all to my father.\n\n"), 1);
        for line in ["[00:07:10] [They leave the room.]\n\n", "[00:07:10]\n\n", "- the shed?\n\n"] {
            assert_eq!(told(timed, line) + told(plain, line), 0, "{line}");
        }
    }

    #[test]
    fn other_forms_of_labels_are_told_too() {
        let tab = |_: usize, who: &str, words: &str| format!("{who}\t{words}\n\n");
        let bracket = |_: usize, who: &str, words: &str| format!("[{who}] {words}\n\n");
        let line = "We left it all to my father.\n\n";
        assert_eq!((told(tab, line), told(bracket, line)), (1, 1));
    }

    #[test]
    fn in_a_group_what_lacks_its_label_is_told() {
        let round = "Mod: How was it there?\n\nAnn: It was wet for us.\n\nTom: It was dry.\n\nIda: It was neither.\n\n";
        let told = |line: &str, n: usize| {
            let text = round.repeat(2) + line + &round.repeat(n);
            found(&text).iter().filter(|what| what.contains("starts without a label")).count()
        };
        assert_eq!(told("There is but one of them left.\n\n", 2), 1);
        assert_eq!(told("Part two: the pond\n\n", 2), 0);
        assert_eq!(told("[A door slams in the hall.]\n\n", 2), 0);
        // Where several paragraphs go on so, that tells nothing.
        assert_eq!(told(&"There is but one of them left.\n\n".repeat(3), 2), 0);
    }

    #[test]
    fn last_words_of_who_asks_are_told() {
        let text = format!("{}\n\n{{}}", TALK.replace("{}", "Tom: The mites."));
        for said in ["Thank you very much for your time, Tom.", "Would you like to add something to that?"] {
            assert_eq!(found(&text.replace("{}", said)).len(), 1, "{said}");
        }
        for said in ["Thank you.", "And so we left the hill for good.", "[They say goodbye and thank each other.]"] {
            assert_eq!(found(&text.replace("{}", said)).len(), 0, "{said}");
        }
    }
}
