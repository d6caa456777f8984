//! Names written unlike all other labels of a text: `Peter:` above the words among `Ann: words`, `Tom Reed` without its
//! time among `Tom Reed  0:30`, `Peter. Words`, `[0:30] Peter; words` among `[0:10] Ann: words`.
//!
//! In: a text and its labels. Out: the turns of known speakers whose time is missing, each told, and a remark on each
//! such line that was taken for words of somebody else. It takes in nobody who has no other label. Known speakers whose
//! colon is missing are for [`strays`](super::strays), labels that are more than a name for
//! [`bystanders`](super::bystanders).

use std::collections::{HashMap, HashSet};

use super::super::by_lines::ByLines;
use super::super::lexicon::TITLES;
use super::super::marks;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::key;
use super::firsts::first_of_each;
use super::habit::{self, Habit, are_hardly_any, is_above};
use super::lines::{Head, SmallWords, lines_from};
use super::names::valid_label;
use super::once::is_heading;
use super::times::split_time;
use super::{Remark, persons, strays};

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;
/// The longest name in words, and the shortest in one word in characters.
const MAX_WORDS: usize = 3;
const MIN_CHARS: usize = 3;
/// The longest line that is a name alone, in bytes.
const MAX_LINE: usize = 80;

/// Takes in the turns of known speakers whose time is missing.
pub(super) fn take_in(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(&head.label).or_default() += 1);
    let is_timed = |reader: &Reader<'_, '_>| reader.style == Style::Stamp && reader.by_paragraph;
    let Some(reader) = Reader::of(text, heads).filter(is_timed) else { return };
    let mut found: Vec<Head> = Vec::new();
    for (at, line) in habit::unlabelled(text, heads, true) {
        let body = line.trim().trim_end_matches(':');
        // `Ann 0:30:` is a slip beside `Ann  0:30`.
        let (label, seconds) = split_time(body);
        let label = label.trim_end();
        let words = at + line.len();
        if counts.get(label).is_some_and(|n| *n > 1) && reader.has_words(words, 1) {
            let what = match seconds {
                Some(_) => {
                    format!("`{}` was taken for a speaker, whose time is written unlike the others", line.trim())
                }
                None => format!("`{label}` stands here without its time and was taken for a speaker"),
            };
            remarks.push(Remark { at, what });
            found.push(Head { label: label.to_owned(), seconds, line: at, words });
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// The remark on each line that starts with a name in another form, but for those of which something is told already.
pub(super) fn remarks(text: &str, heads: &[Head], told: &[Remark]) -> Vec<Remark> {
    let Some(reader) = Reader::of(text, heads) else { return Vec::new() };
    let told: HashSet<usize> = told.iter().map(|remark| remark.at).collect();
    let small = SmallWords::of(text);
    let lines = habit::unlabelled(text, heads, reader.by_paragraph);
    let is_strict = are_hardly_any(lines.len(), heads.len());
    let mut found: Vec<Found<'_>> = lines
        .into_iter()
        .filter(|(at, _)| !told.contains(at))
        .filter_map(|(at, line)| reader.found(at, line, is_strict, &small))
        .filter(|found| !heads[found.above].label.is_empty())
        .collect();
    // Several on lines of their own within one turn are a list.
    let mut names: HashMap<usize, HashSet<&str>> = HashMap::new();
    found.iter().for_each(|found| {
        names.entry(found.above).or_default().insert(found.label);
    });
    found.retain(|found| names[&found.above].len() == 1);
    told_once(&found, heads)
}

/// The remarks, one a name.
fn told_once(found: &[Found<'_>], heads: &[Head]) -> Vec<Remark> {
    let remark = |(one, times): (&Found<'_>, String)| {
        let what = format!(
            "`{}` looks like a speaker but was taken for words of `{}`{times}; write it as the other labels are \
             written",
            one.label, heads[one.above].label
        );
        Remark { at: one.at, what }
    };
    first_of_each(found.iter(), |one| key(one.label)).into_iter().map(remark).collect()
}

/// A name in another form.
struct Found<'t> {
    at: usize,
    label: &'t str,
    /// The label whose words it was taken for.
    above: usize,
}

/// How nearly all labels of a text are written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// A colon, and the words on the same line.
    Colon,
    /// The same behind a time in brackets.
    TimedColon,
    /// A time behind the name, above the words.
    Stamp,
}

impl Style {
    fn of(text: &str, heads: &[Head]) -> Option<Self> {
        let n = heads.len();
        let line = |head: &Head| text[head.line..].by_lines().next().unwrap_or_default();
        let above = heads.iter().filter(|head| is_above(text, head)).count();
        if strays::have_colon(text, heads) {
            let timed = heads.iter().filter(|head| marks::bracketed(line(head).trim_start()).is_some()).count();
            let style = if timed * 10 >= n * 9 { Self::TimedColon } else { Self::Colon };
            return Some(style).filter(|_| above * 10 <= n);
        }
        let stamped = heads.iter().filter(|head| split_time(line(head)).1.is_some() && is_above(text, head)).count();
        (stamped * 10 >= n * 9).then_some(Self::Stamp)
    }
}

/// A text whose labels are written in one way.
struct Reader<'t, 'h> {
    text: &'t str,
    heads: &'h [Head],
    style: Style,
    by_paragraph: bool,
}

impl<'t, 'h> Reader<'t, 'h> {
    fn of(text: &'t str, heads: &'h [Head]) -> Option<Self> {
        if heads.len() < MIN_HEADS || text.len() > LONGEST_TEXT {
            return None;
        }
        let style = Style::of(text, heads)?;
        let Habit { by_paragraph, by_line } = Habit::of(text, heads);
        let is_usual = by_paragraph || by_line || style == Style::Stamp;
        is_usual.then_some(Self { text, heads, style, by_paragraph })
    }

    /// Whether words that are no label and no point of a list stand within so many lines.
    fn has_words(&self, from: usize, lines: usize) -> bool {
        let mut below = lines_from(self.text, from).take(lines);
        let opens = |line: &str| line.starts_with(|c: char| c.is_alphabetic() || "“„«\"‘'¿¡…(".contains(c));
        let first = below.find(|(_, line)| !line.is_blank());
        first.is_some_and(|(at, line)| !habit::is_head(self.heads, at) && opens(line.trim_start()))
    }

    fn found(&self, at: usize, line: &'t str, is_strict: bool, small: &SmallWords<'_>) -> Option<Found<'t>> {
        let below = at + line.len();
        let body = line.trim();
        let label = match self.style {
            Style::Stamp => self.without_time(body, below, small),
            Style::TimedColon if body.starts_with(['[', '(', '{', '#']) => {
                let end = marks::bracketed(body)?.end;
                without_colon(body[end..].trim_start(), small).filter(|_| is_strict)
            }
            Style::Colon | Style::TimedColon => {
                self.above_words(body, below, small).or_else(|| in_front(body, small).filter(|_| is_strict))
            }
        };
        let above = self.heads.partition_point(|head| head.line < at).checked_sub(1)?;
        Some(Found { at, label: label?, above })
    }

    /// `Peter:` above the words.
    fn above_words(&self, body: &'t str, below: usize, small: &SmallWords<'_>) -> Option<&'t str> {
        let bare = body.trim_matches(['*', '_']).trim_end();
        let label = bare.strip_suffix([':', '：'])?.trim_end_matches(['*', '_', ' ']);
        (body.len() <= MAX_LINE && is_somebody(label, small) && self.has_words(below, 2)).then_some(label)
    }

    /// `Peter Reed` above the words, or `Peter Reed: words`, among names with a time.
    fn without_time(&self, body: &'t str, below: usize, small: &SmallWords<'_>) -> Option<&'t str> {
        let before_words = body.split_once(": ").filter(|(_, words)| !words.is_blank()).map(|(label, _)| label);
        let above_words = || {
            let label = body.trim_end_matches(':');
            Some(label).filter(|_| body.len() <= MAX_LINE && self.has_words(below, 1))
        };
        let label = before_words.or_else(above_words)?;
        // Where no blank lines part turns, any line may be of one word.
        let is_apart = self.by_paragraph || label.contains(' ');
        let is_written = label.starts_with(char::is_uppercase) && is_somebody(label, small);
        (is_apart && is_written).then_some(label)
    }
}

/// The byte of the first such mark that a space follows.
fn find_before_space(body: &str, mark: char) -> Option<usize> {
    body.match_indices(mark).map(|(at, _)| at).find(|at| body[at + mark.len_utf8()..].starts_with(' '))
}

/// `Peter. Words`, `Peter; words`
fn in_front<'t>(body: &'t str, small: &SmallWords<'_>) -> Option<&'t str> {
    let (end, sign) = [(';', "; "), ('.', ". ")]
        .iter()
        .filter_map(|(mark, sign)| Some((find_before_space(body, *mark)?, *sign)))
        .min()?;
    let (label, words) = (&body[..end], &body[end + sign.len()..]);
    let opens = words.starts_with(char::is_uppercase) || (sign == "; " && !words.is_empty());
    (opens && is_word_for_one(label, small)).then_some(label)
}

/// `Peter; words`, `Peter. Words`, `Peter Words` behind a time.
fn without_colon<'t>(body: &'t str, small: &SmallWords<'_>) -> Option<&'t str> {
    let by_space = || {
        let (label, words) = body.split_once(' ')?;
        let opens = words.starts_with(char::is_uppercase) && words.chars().nth(1).is_some_and(char::is_alphabetic);
        (opens && is_word_for_one(label, small)).then_some(label)
    };
    in_front(body, small).or_else(by_space)
}

/// Whether a word in front of others may be a name: none that stands elsewhere in small letters, and no title.
fn is_word_for_one(label: &str, small: &SmallWords<'_>) -> bool {
    let is_long = label.chars().count() >= MIN_CHARS;
    let is_title = || TITLES.contains(&label.to_lowercase().as_str());
    label.starts_with(char::is_uppercase) && is_long && is_somebody(label, small) && !is_title()
}

/// Whether a label is written like a name, or says in words who speaks.
pub(super) fn is_somebody(label: &str, small: &SmallWords<'_>) -> bool {
    const ARTICLES: [&str; 6] = ["the", "a", "an", "die", "das", "les"];
    if !valid_label(label) {
        return false;
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let lower = label.to_lowercase();
    let is_capital = |word: &&str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let fits = |word: &&str| is_capital(word) || is_number(word);
    let are_capital = words.first().is_some_and(is_capital) && words.iter().all(fits);
    let has_article = ARTICLES.iter().any(|article| lower.split(' ').next() == Some(article));
    let is_plain = are_capital && words.len() <= MAX_WORDS && !has_article;
    let is_word = words.len() == 1 && small.contains(lower.as_str());
    let is_person = || !label.starts_with(char::is_lowercase) && persons::has_person(label);
    let is_named = (is_plain && !is_word) || is_person();
    is_named && !is_heading(&key(label)) && !persons::is_sentence(label)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// What is told of lines that stand once among those of two others, and whose turns there are.
    fn found(turn: impl Fn(usize, &str, &str) -> String, line: &str) -> (Vec<String>, Vec<String>) {
        let pair = |n: usize| {
            turn(2 * n, "Ann Hall", "How was it there?") + &turn(2 * n + 1, "Tom Reed", "It was wet and cold for us.")
        };
        let text = (0..3).map(pair).collect::<String>() + line + &(3..6).map(pair).collect::<String>();
        let found = read(&text, &Names::default()).unwrap_or_default();
        let labels = found.stretches.into_iter().map(|stretch| stretch.label).collect();
        (labels, found.remarks.into_iter().map(|remark| remark.what).collect())
    }

    fn colon(_: usize, who: &str, words: &str) -> String {
        format!("{who}: {words}\n\n")
    }

    fn timed(n: usize, who: &str, words: &str) -> String {
        format!("[00:{n:02}] {who}: {words}\n\n")
    }

    fn stamp(n: usize, who: &str, words: &str) -> String {
        format!("{who}  00:{n:02}\n{words}\n\n")
    }

    fn is_told(turn: impl Fn(usize, &str, &str) -> String, line: &str) -> bool {
        found(turn, line).1.iter().any(|what| what.contains("looks like a speaker"))
    }

    #[test]
    fn a_name_and_a_colon_above_the_words_are_told() {
        for line in [
            "Peter:\nDad, the vet is here.\n\n",
            "Peter:\n\nDad, the vet is here.\n\n",
            "Son:\nDad, the vet is here.\n\n",
            "Speaker 3:\nDad, the vet is here.\n\n",
        ] {
            assert!(is_told(colon, line), "{line}");
        }
        let by_line = |_: usize, who: &str, words: &str| format!("{who}: {words}\n");
        assert!(is_told(by_line, "Peter:\nDad, the vet is here.\n"));
    }

    #[test]
    fn a_heading_a_list_and_a_sentence_above_the_words_are_not() {
        for line in [
            "The rest:\nDad, the vet is here.\n\n",
            "Summary:\nDad, the vet is here.\n\n",
            "Peter:\n- Dad, the vet is here.\n\n",
            "Ann asked:\nDad, the vet is here.\n\n",
            "Cold:\nDad, the vet is here.\n\n",
            "Peter:\nDad, the vet is here.\n\nCarol:\nSo he is.\n\n",
        ] {
            assert!(!is_told(colon, line), "{line}");
        }
    }

    #[test]
    fn a_name_with_another_sign_is_told() {
        for line in ["Peter. Dad, the vet is here.\n\n", "Peter; dad, the vet is here.\n\n"] {
            assert!(is_told(colon, line), "{line}");
        }
        for line in ["Yes. It was so.\n\n", "Cold. And so we left.\n\n", "Dr. Reed was there.\n\n"] {
            assert!(!is_told(colon, line), "{line}");
        }
        // Where paragraphs go on without a label.
        let goes_on = |n: usize, who: &str, words: &str| format!("{who}: {words}\n\nIt went on so in year {n}.\n\n");
        assert!(!is_told(goes_on, "Peter. He was there.\n\n"));
    }

    #[test]
    fn a_name_without_its_colon_behind_a_time_is_told() {
        for said in ["Peter; Dad, the vet is here.", "Peter Dad, the vet is here.", "Peter. Dad, the vet is here."] {
            assert!(is_told(timed, &format!("[00:05] {said}\n\n")), "{said}");
        }
        for said in ["Cold Monday it was.", "Peter came in by then.", "so it went on."] {
            assert!(!is_told(timed, &format!("[00:05] {said}\n\n")), "{said}");
        }
    }

    #[test]
    fn a_name_without_its_time_is_told() {
        for line in ["Peter Reed\nDad, the vet is here.", "Peter Reed: Dad, the vet is here.", "Son\nDad!"] {
            assert!(is_told(stamp, &format!("{line}\n\n")), "{line}");
        }
        for line in ["Peter Reed", "It was so\nDad, the vet is here.", "The Winter\nIt was long.", "Cold\nIt was."] {
            assert!(!is_told(stamp, &format!("{line}\n\n")), "{line}");
        }
    }

    #[test]
    fn a_known_name_without_its_time_starts_a_turn() {
        let (labels, told) = found(stamp, "Tom Reed\nAnd the vet was here.\n\n");
        assert_eq!(labels.len(), 13, "{labels:?}");
        assert!(told.iter().any(|what| what.starts_with("`Tom Reed` stands here without its time")), "{told:?}");
        let (labels, told) = found(stamp, "Tom Reed 00:05:\nAnd the vet was here.\n\n");
        assert_eq!(labels.len(), 13, "{labels:?}");
        assert!(told.iter().any(|what| what.contains("whose time is written unlike")), "{told:?}");
        let (labels, told) = found(stamp, "Tom Reed came in.\nAnd the vet was here.\n\n");
        let is_told = told.iter().any(|what| what.contains("without its time"));
        assert!(labels.len() == 12 && !is_told, "{labels:?} {told:?}");
    }
}
