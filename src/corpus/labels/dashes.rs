//! Names before a dash or another sign, in texts whose labels have a colon: `Carol (Leeds) – words`, `Carol – words`.
//!
//! In: a text and its labels. Out: of lines that start as labels do, those whose name has in parentheses where somebody
//! belongs, as labels with a remark; and remarks on names alone, which may as well begin what is said. Known names are
//! for [`slips`](super::slips), whole texts without colons for [`layouts`](super::layouts). A dash that stands between
//! nearly all labels and their words, `Sr. Reis: — words`, is taken off.

use std::collections::HashSet;

use super::super::lexicon::PARTICLES;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, key};
use super::Remark;
use super::habit::{Habit, is_after_blank};
use super::lines::{Head, SmallWords, lines_from};
use super::names::{clean, valid_label};
use super::once::is_heading;

/// Signs between a name and the words.
const SIGNS: [&str; 9] = [" – ", " — ", " - ", "; ", " | ", " > ", " → ", "– ", "— "];
/// Those behind parentheses.
const DASHES: [&str; 5] = [" – ", " — ", " - ", "– ", "— "];
/// Words that begin sentences with a dash, and are none of the words that people say first.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "my", "our", "this", "that", "these", "those", "he", "she", "they", "der", "die", "das", "ein",
    "eine", "er", "sie", "es", "wir", "le", "la", "les", "un", "une", "il", "elle", "on", "el", "los", "las", "una", "de",
    "het", "een",
];
/// The longest beginning of a line, in characters.
const LONGEST: usize = 90;

/// A line that starts with a name and a sign.
struct Opening<'t> {
    /// The name, with what stands in parentheses behind it.
    label: &'t str,
    sign: &'t str,
    /// Byte of the line at which the words start.
    words: usize,
    is_placed: bool,
}

/// Takes in labels with a place, and tells of names.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    if text.len() > LONGEST_TEXT || heads.is_empty() {
        return;
    }
    let habit = Habit::of(text, heads);
    if !(habit.by_paragraph || habit.by_line) {
        return;
    }
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let known: HashSet<String> = heads.iter().map(|head| key(&head.label)).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let lower = SmallWords::of(text);
    let mut found: Vec<Head> = Vec::new();
    let mut next = 0;
    let mut whose = String::new();
    for (start, line) in lines_from(text, 0) {
        if let Some(head) = heads.get(next).filter(|head| head.line <= start) {
            next += 1;
            whose.clone_from(&head.label);
            continue;
        }
        let is_within = heads[..next].last().is_some_and(|head| start < head.words);
        let opens = || !habit.by_paragraph || is_after_blank(text, start);
        let is_led_in = || text[..start].trim_end().ends_with([':', ',']);
        if whose.is_empty() || is_within || told.contains(&start) {
            continue;
        }
        let Some(opening) = opening(line).filter(|_| opens() && !is_led_in()) else { continue };
        let name = name_of(opening.label);
        if known.contains(&key(opening.label))
            || (!opening.is_placed && known.contains(&key(name)))
            || !is_name(name, &lower)
        {
            continue;
        }
        let mark = format!("`{}{}`", opening.label, opening.sign.trim_end());
        let is_first = seen.insert(key(opening.label));
        if opening.is_placed || names.is_given(&key(opening.label)) {
            let what = format!("{mark} has no colon and was taken for a speaker");
            remarks.extend(is_first.then_some(Remark { at: start, what }));
            whose = opening.label.to_owned();
            found.push(Head { label: whose.clone(), seconds: None, line: start, words: start + opening.words });
        } else if is_first {
            let what = format!(
                "{mark} looks like a speaker but was taken for words of `{whose}`; if `{name}` speaks there, write a colon \
                 behind the name"
            );
            remarks.push(Remark { at: start, what });
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// Takes off the dash that the words of nearly all labels begin with.
pub(super) fn take_off(text: &str, heads: &mut [Head]) {
    let dash = |head: &Head| {
        let rest = text.get(head.words..)?;
        let behind = rest.trim_start().strip_prefix(['–', '—'])?;
        behind.starts_with([' ', '\u{a0}']).then(|| head.words + rest.len() - behind.len())
    };
    let found: Vec<Option<usize>> = heads.iter().map(dash).collect();
    let n = found.iter().flatten().count();
    if n < MIN_HEADS || n * 10 < heads.len() * 9 {
        return;
    }
    heads.iter_mut().zip(found).for_each(|(head, words)| head.words = words.unwrap_or(head.words));
}

/// Reads a line as a name, a sign and words that begin a sentence.
fn opening(line: &str) -> Option<Opening<'_>> {
    let body = line.trim_end();
    let indent = body.len() - body.trim_start().len();
    let body = &body[indent..];
    if !body.starts_with(char::is_uppercase) {
        return None;
    }
    let near = body.char_indices().nth(LONGEST).map_or(body, |(end, _)| &body[..end]);
    let (end, sign) =
        SIGNS.iter().filter(|sign| near.contains(**sign)).filter_map(|sign| Some((near.find(sign)?, *sign))).min()?;
    let (label, words) = (clean(&body[..end]), body[end + sign.len()..].trim_start());
    let opens = words.starts_with(|c: char| c.is_uppercase() || "“„«\"‘¿¡…".contains(c));
    let is_placed = name_of(label).len() < label.len() && DASHES.contains(&sign);
    let is_whole = is_placed || !label.contains(['(', ')', ':']);
    // A colon behind says that the label goes on: `Carol – Leeds: words`.
    let is_over = !words.split_whitespace().take(4).any(|word| word.ends_with(':'));
    (opens && is_whole && is_over).then(|| {
        let words = indent + (body.len() - words.len());
        Opening { label, sign, words, is_placed }
    })
}

/// A label without what stands in parentheses behind it.
fn name_of(label: &str) -> &str {
    let behind = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
    let is_short = |inner: &str| !inner.is_empty() && !inner.contains(['(', ')', '.', '?', '!']);
    behind.filter(|(_, inner)| is_short(inner)).map_or(label, |(name, _)| name.trim_end())
}

/// Whether it is written like a name: words with capital letters, which stand nowhere in small ones.
fn is_name(name: &str, lower: &SmallWords<'_>) -> bool {
    let of = key(name);
    let opens = |word: &str| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
    let is_article = of.split(' ').next().is_some_and(|first| ARTICLES.contains(&first));
    valid_label(name)
        && name.split_whitespace().all(opens)
        && !is_heading(&of)
        && !is_article
        && !name.ends_with('.')
        && !lower.contains(of.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const TALK: &str = "Ann: How long was it?\n\nTom: Twenty years.\n\n{}\n\nAnn: And why?\n\nTom: The smell.\n\n\
                        Ann: What else?\n\nTom: The winter.\n\nAnn: So?\n\nTom: No more.";

    fn found(said: &str, text: &str) -> (Vec<String>, Vec<String>) {
        let text = text.replace("{}", said);
        let read = read(&text, &Names::default()).unwrap_or_default();
        let turns = read.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text]));
        (turns.collect(), read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn a_name_with_its_place_before_a_dash_is_a_speaker_and_told() {
        let roles = TALK.replace("Ann:", "Interviewer:").replace("Tom:", "Participant:");
        for label in ["Carol (Leeds) –", "Carol (Leeds) -", "Carol Hill (nurse, 34) —", "Carol (Leeds)–"] {
            for text in [TALK, &roles, &TALK.replace("\n\n", "\n")] {
                let (turns, remarks) = found(&format!("{label} We had wasps."), text);
                let name = label.trim_end_matches([' ', '–', '-', '—']);
                assert_eq!(
                    (turns.len(), turns[2].as_str()),
                    (9, format!("{name}/We had wasps.").as_str()),
                    "{turns:?}"
                );
                assert_eq!(remarks, [format!("`{label}` has no colon and was taken for a speaker")]);
            }
        }
    }

    #[test]
    fn a_name_before_a_sign_is_told() {
        for sign in [" –", " -", ";", " |", " >"] {
            let (turns, remarks) = found(&format!("Carol{sign} We had wasps."), TALK);
            assert_eq!((turns.len(), remarks.len()), (8, 1), "{turns:?} {remarks:?}");
            let told = format!("`Carol{sign}` looks like a speaker but was taken for words of `Tom`");
            assert!(remarks[0].starts_with(&told), "{remarks:?}");
        }
    }

    #[test]
    fn what_only_begins_with_a_dash_behind_it_is_said() {
        for said in [
            "Well – We had wasps.",
            "Winter – It was long.",
            "She (Carol) – I mean her.",
            "Carol – we had her over.",
            "My father – He kept them.",
            "Summary – One thing.",
            "Tom: Yes.\n\nSo we said:\n\nCarol (Leeds) – We had wasps.",
            "Nobody came; We left.",
        ] {
            let (turns, remarks) = found(said, TALK);
            assert!(turns.iter().all(|turn| turn.starts_with("Ann/") || turn.starts_with("Tom/")), "{said} {turns:?}");
            assert!(said.starts_with("Nobody") || remarks.is_empty(), "{said} {remarks:?}");
        }
    }

    #[test]
    fn a_dash_before_the_words_of_all_is_no_word() {
        let talk = |dash: &str| "Ann: – Why?\n\nTom: {}It rained.\n\n".replace("{}", dash).repeat(4);
        let words = |text: &str| -> Vec<String> {
            let turns = read(text, &Names::default()).unwrap().stretches;
            turns.into_iter().map(|turn| text[turn.text].to_owned()).collect()
        };
        assert_eq!(words(&talk("— "))[..2], ["Why?", "It rained."]);
        // Where few have one, it is how somebody begins.
        assert_eq!(words(&talk(""))[..2], ["– Why?", "It rained."]);
    }
}
