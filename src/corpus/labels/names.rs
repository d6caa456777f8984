//! What may be a label as far as its characters tell: names, roles, and names as programs write them.
//!
//! In: a label without its colon. Out: whether it passes. It never knows who is in the text.

use super::super::label_key::is_unseen;
use super::super::lexicon::{GENDER_ENDINGS, INTERJECTIONS, PARTICLES, STRONG, TITLES};
use super::super::model::Role;
use super::super::nobody;
use super::super::speakers::manners::without_manner;
use super::super::speakers::{Names, interpreting, key, stem};
use super::added::{before_degree, is_aged, without_address, without_sign};
use super::endings::{Ending, may_be_role};
use super::first_names;
use super::persons::INNER;
use super::times::{is_day_and_time, time};
use super::voices;

/// The longest label in characters, and in words.
pub(super) const MAX_CHARS: usize = 40;
const MAX_WORDS: usize = 3;
/// The same of a name that stands apart, in a cell or a link.
const MAX_CHARS_APART: usize = 60;
const MAX_WORDS_APART: usize = 5;
/// The name that a line starts with before a colon, and the rest, where every line is known to start
/// so: names may be longer than [`divide`] takes them, such as `Keller, Maria (she/her)`.
pub(crate) fn prefix<'a>(line: &'a str, names: &Names) -> Option<(&'a str, &'a str)> {
    let (label, rest) = before_colon(line, names)?;
    let label = clean(label);
    let plain = label.replace(',', "");
    // `1234:` is who dials in, where every cue starts with a name.
    let dialled = label.len() >= 3 && label.chars().all(|c| c.is_ascii_digit());
    let named =
        is_name(&plain, 2 * MAX_WORDS, MAX_CHARS + 14) || is_wide(label) || dialled || names.is_given(&key(label));
    (named || is_placed(label, line)).then(|| (without_manner(label).unwrap_or(label), rest))
}

/// A label has letters, at most three words, and nothing that belongs to sentences or addresses.
pub(crate) fn valid_label(label: &str) -> bool {
    is_name(label, MAX_WORDS, MAX_CHARS)
}

/// The same of a name that stands apart from the words, in a cell or a link, and so may be longer.
pub(in crate::corpus) fn is_name_apart(label: &str) -> bool {
    is_name(label, MAX_WORDS_APART, MAX_CHARS_APART)
}

/// The same with other limits.
fn is_name(label: &str, max_words: usize, max_chars: usize) -> bool {
    let label = doubted(label).unwrap_or(label);
    if is_number_sign(label) {
        return true;
    }
    if label.chars().nth(max_chars).is_some() || label.split_whitespace().nth(max_words).is_some() {
        return false;
    }
    let is_joined = are_joined(label);
    let letters: Vec<char> = label.chars().collect();
    let key_like = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '_' | '#' | '№' | '°' | '(' | ')' | '（' | '）' | '&' | '/')
            || (c == '+' && is_joined)
    };
    // `Karl–Heinz`
    let is_dash = |at: usize| {
        let is_letter = |at: usize| letters.get(at).is_some_and(|c| c.is_alphabetic());
        letters[at] == '–' && at.checked_sub(1).is_some_and(is_letter) && is_letter(at + 1)
    };
    // `ד"ר`, with a straight mark for the one of Hebrew
    let is_hebrew = |at: usize| letters.get(at).is_some_and(|c| matches!(c, '\u{5d0}'..='\u{5ea}'));
    let is_gershayim = |at: usize| letters[at] == '"' && at > 0 && is_hebrew(at - 1) && is_hebrew(at + 1);
    let is_inner = |at: usize| is_dash(at) || is_gershayim(at);
    let starts = label.chars().next().is_some_and(char::is_alphanumeric);
    let numbered = label.split_once(['.', ')']).is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    // `Befragte:r`, `Interviewer*in`, `Enquêté·e`, `Entrevistad@`, `Intervistat*`, `Alumn@ 2`
    let is_starred = label.contains('*') && Names::default().strong(&key(label)).is_some();
    let is_open = is_starred || is_counted_with_any(label);
    // `ann@example.org`
    let is_of_address = letters.windows(2).any(|two| two[0] == '.' && two[1].is_alphabetic());
    let in_word = |at: usize| {
        matches!(letters[at], ':' | '*' | '·' | '•' | '‧' | '@')
            && ((at.checked_sub(1).is_some_and(|before| letters[before].is_lowercase())
                && letters.get(at + 1).is_none_or(|&c| c.is_lowercase() || (is_open && c == ' '))
                && (at + 1 < letters.len() || letters[at] == '@' || is_starred))
                || is_in_capitals(&letters, at))
            && !is_of_address
    };
    starts
        && !numbered
        && label.chars().any(char::is_alphabetic)
        && letters.iter().enumerate().all(|(at, &c)| key_like(c) || is_mark(c) || in_word(at) || is_inner(at))
        && !ADDRESSES.iter().any(|scheme| label.eq_ignore_ascii_case(scheme))
        && !["re", "fw", "fwd", "ps", "p.s.", "nb", "n.b."].iter().any(|word| label.eq_ignore_ascii_case(word))
}

/// Whether a label is the number by which a transcriber calls somebody: `#1`, `№1`.
pub(super) fn is_number_sign(label: &str) -> bool {
    let number = label.strip_prefix(['#', '№']).unwrap_or_default();
    (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word with a sign for any ending has a number behind it: `Alumn@ 2`, `Maestr* 3`.
fn is_counted_with_any(label: &str) -> bool {
    let Some((word, number)) = label.rsplit_once(' ') else { return false };
    let is_word = |core: &str| core.chars().count() > 2 && core.chars().all(char::is_alphabetic);
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number && word.strip_suffix(['@', '*']).is_some_and(is_word)
}

/// Whether a mark stands before the ending of a role in capital letters: `INTERVIEWER:IN`, `BEFRAGTE*R 2`.
fn is_in_capitals(letters: &[char], at: usize) -> bool {
    let (before, behind) = (&letters[..at], &letters[at + 1..]);
    let role = before.iter().rev().take_while(|c| c.is_alphabetic()).count();
    let ending: String = behind.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    role > 2 && !letters.iter().any(|c| c.is_lowercase()) && GENDER_ENDINGS.contains(&ending.as_str())
}

/// Short words for who answers, of two letters or more.
const SHORT: &[&str] = &["resp", "part", "bef", "teiln", "tn", "pt"];

/// A code or a role without the mark by which the transcriber leaves open whose it is: `P` of `P?`, `P-?`, `P (?)`, `P??`,
/// `Speaker` of `Speaker ?`, `Woman` of `Woman ?`. `Why?:` is none.
pub(super) fn doubted(label: &str) -> Option<&str> {
    let in_brackets = ["(?)", "[?]"].iter().find_map(|mark| label.strip_suffix(mark));
    let core = in_brackets.unwrap_or_else(|| label.trim_end_matches(['?', '？']));
    let n_marks = label[core.len()..].chars().count();
    if !(1..=3).contains(&n_marks) {
        return None;
    }
    // `P-?`, `R#?`
    let core = core.trim_end_matches([' ', '-', '–', '_', '#']);
    let bare = stem(core);
    let is_code = (1..=2).contains(&bare.chars().count()) && bare.chars().all(char::is_uppercase);
    let is_word = || {
        core.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && (is_role(bare) || nobody::is_sex(&key(bare)))
    };
    let is_said = || INTERJECTIONS.contains(&key(core).as_str());
    ((is_code || is_word()) && !is_said()).then_some(core)
}

/// The longest code of which a sign may be misread or mistyped.
const LONGEST_CODE: usize = 4;

/// Whether a label is a code with a number, misread or mistyped, as `Pl` and `P1O` are of `P1` and `P10`; or one in
/// capitals that lost the difference of Turkish `ı` and `i`.
pub(super) fn is_misread(label: &str, other: &str) -> bool {
    let is_code = || other.chars().count() <= LONGEST_CODE && other.contains(|c: char| c.is_ascii_digit());
    let dotless = |label: &str| key(label).replace('ı', "i");
    let is_turkish = || [label, other].iter().any(|label| label.contains('ı'));
    label != other
        && label.chars().count() == other.chars().count()
        && ((is_code() && folded(label) == folded(other)) || (is_turkish() && dotless(label) == dotless(other)))
}

/// Letters, digits and signs that look the same or are on one key, as one.
pub(super) fn folded(label: &str) -> String {
    let one = |c: char| match c {
        'l' | 'I' | '|' | '!' => '1',
        'O' | 'o' => '0',
        'B' => '8',
        '@' | '"' => '2',
        '#' | '§' | '£' => '3',
        '$' => '4',
        'S' | '%' => '5',
        '^' => '6',
        c => c,
    };
    label.chars().map(one).collect()
}

/// Whether a label without its number is a word for who answers or speaks.
pub(super) fn is_role(label: &str) -> bool {
    let key = key(label);
    STRONG.role(&key) == Some(Role::Participant) || SHORT.contains(&key.as_str()) || voices::is_speaker(&key)
}

/// Whether a label is several with a sign between: `P1+P3`, `Ann+Tom`, `P1+2`.
fn are_joined(label: &str) -> bool {
    let mut parts = label.split('+').map(str::trim);
    let is_part = |part: &str| part.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    parts.next().is_some_and(|first| first.starts_with(char::is_alphabetic) && is_part(first)) && parts.all(is_part)
}

const ADDRESSES: [&str; 6] = ["http", "https", "ftp", "mailto", "file", "www"];

/// A label without white space and marks that are not seen at its ends, and without an address of mail behind a name.
pub(super) fn clean(label: &str) -> &str {
    let label = label.trim_matches(is_edge);
    without_address(label).unwrap_or(label)
}

/// `AH`, `OH`: two or three capital letters may be somebody's, also where they are a sound in lower case.
pub(super) fn is_initials(label: &str) -> bool {
    (2..=3).contains(&label.chars().count()) && label.chars().all(char::is_uppercase)
}

/// What stands around words and is none of them: white space, and marks that are not seen.
pub(in crate::corpus) fn is_edge(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// The longest label of those that programs write.
const MAX_WIDE: usize = 80;
const MAX_WIDE_WORDS: usize = 5;

/// A name as programs write it: `Hall, Ann`, `Ann Hall (University of Leeds)`, `Ann Hall | Lab`,
/// `Ann "Annie" Hall`, `Ann Hall + Kim`, `Ann Hall @ Leeds`, `Dr. med. A. B. Hall, PhD`, `Ann 🐝`, `+44 7700 900123`, `44****23`, `ann@example.org`.
pub(super) fn is_wide(label: &str) -> bool {
    if label.chars().count() > MAX_WIDE || label.chars().any(char::is_control) {
        return false;
    }
    // `Sana, interpreter`
    if let Some((name, what)) = label.split_once(", ").filter(|(_, what)| interpreting::is_word(&key(what))) {
        return valid_label(name) && !what.contains(' ');
    }
    // `Ofori, Mary; RN`
    if let Some(name) = before_degree(label) {
        return is_wide(name);
    }
    // `Ann (she/her), Leeds`
    if let Some((name, place)) = label.split_once("), ") {
        return is_plain_place(place) && is_wide(name.split_once(" (").map_or(name, |(name, _)| name));
    }
    let Some(core) = without_parentheses(label.split(" | ").next().unwrap_or(label)) else { return false };
    let core = without_sign(core.split(" @ ").next().unwrap_or_default().trim());
    if is_number(core) || is_number(label) || is_address(core) || is_aged(core) {
        return true;
    }
    let words: Vec<&str> = core.split_whitespace().collect();
    let first = words.first().map_or(String::new(), |word| word.trim_end_matches([',', '.']).to_lowercase());
    let titles = words.iter().filter(|word| is_title(word) || DEGREES.contains(word)).count();
    let particles = words.iter().filter(|word| PARTICLES.contains(word)).count();
    let commas = core.matches(',').count();
    // `March 10, 2026`
    let numbers = words.iter().filter(|word| word.trim_end_matches(',').bytes().all(|b| b.is_ascii_digit())).count();
    words.len() - titles - particles.min(2) <= MAX_WIDE_WORDS
        && (!INTERJECTIONS.contains(&first.as_str()) || is_first_name(&words))
        && commas <= 1 + titles
        && numbers < 2
        && words.iter().enumerate().all(|(at, word)| {
            let behind_title = at > 0 && (is_title(words[at - 1]) || DEGREES.contains(&words[at - 1]));
            let between = *word == "+" && at > 0;
            let is_known = (DEGREES.contains(word) && behind_title) || is_gendered(word);
            between || is_known || is_name_word(unquoted(word))
        })
        && words.iter().any(|word| word.chars().any(char::is_alphabetic))
        && !core.ends_with([',', '-', '&', '+'])
}

/// `Will Pope, PhD`, `An Nguyen (University of Leeds)`
fn is_first_name(words: &[&str]) -> bool {
    let behind = words.get(1).map_or("", |word| word.trim_end_matches(','));
    first_names::is_full(&format!("{} {behind}", words[0]))
}

/// Words within the name of a place: `University of Leeds`.
const IN_PLACES: &[&str] = &["of", "for", "and", "the", "at", "in", "für", "und", "et", "du", "des", "y", "e", "per"];

/// Whether words behind a comma name where somebody belongs, in capital letters or not.
fn is_plain_place(text: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | '.');
    (1..=MAX_WIDE_WORDS).contains(&text.split_whitespace().count()) && text.chars().all(is_inner)
}

/// What stands between a name and such a place.
const BEFORE_PLACES: [&str; 4] = [" - ", " – ", " — ", " / "];

/// The name in front of where somebody belongs, or all of a label.
pub(super) fn before_place(label: &str) -> &str {
    let ends = BEFORE_PLACES.iter().chain(&[" | "]).filter_map(|mark| label.find(mark));
    ends.min().map_or(label, |end| label[..end].trim_end())
}

/// Whether words name where somebody belongs.
fn is_place(text: &str) -> bool {
    let words = || text.split_whitespace();
    let telling: Vec<&str> = words().filter(|word| !IN_PLACES.contains(word)).collect();
    let is_inner = |word: Option<&str>| word.is_some_and(|word| !IN_PLACES.contains(&word));
    is_inner(words().next()) && is_inner(words().next_back()) && is_wide(&telling.join(" "))
}

/// Whether a name has where it belongs behind it, as programs of meetings write it: `Hall, Ann - Leeds`,
/// `Ann Hall / Ward 7`; not the day in front of a time, `Ann – 3 May 10:04`.
pub(super) fn is_placed(label: &str, line: &str) -> bool {
    let is_day =
        BEFORE_PLACES.iter().filter_map(|mark| line.split_once(mark)).any(|(_, behind)| is_day_and_time(behind));
    let parts = BEFORE_PLACES.iter().find_map(|mark| label.split_once(mark));
    !is_day && parts.is_some_and(|(name, place)| is_wide(name.trim()) && is_place(place.trim()))
}

/// What a doctor's title is of, behind it.
const DEGREES: &[&str] = &["med.", "dent.", "vet.", "rer.", "nat.", "phil.", "jur.", "pol.", "oec.", "h.c.", "habil."];

/// A word without the quotation marks that make it a nickname.
fn unquoted(word: &str) -> &str {
    let pairs = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
    pairs.iter().find_map(|&(open, close)| word.strip_prefix(open)?.strip_suffix(close)).unwrap_or(word)
}

/// The label without `(…)` and `[…]`, if they are closed.
fn without_parentheses(label: &str) -> Option<String> {
    let mut core = String::with_capacity(label.len());
    let mut depth = 0usize;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            c if depth == 0 => core.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some(core)
}

/// A telephone number, also one of which digits are masked.
pub(super) fn is_number(label: &str) -> bool {
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let masked = label.chars().filter(|&c| matches!(c, '*' | 'x' | 'X' | '•')).count();
    let plain = label.chars().all(|c| c.is_ascii_digit() || "+ ()-.*xX•".contains(c));
    let parts: Vec<usize> = label.split(['-', '.']).map(str::len).collect();
    let is_date = matches!(parts[..], [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2]);
    plain
        && !is_date
        && digits >= 2
        && digits + masked >= 6
        && (masked >= 2 || label.starts_with(['+', '0', '(']) || digits >= 9)
}

/// An address of mail, or a handle such as `@ann_h`.
fn is_address(label: &str) -> bool {
    let Some((name, host)) = label.split_once('@') else { return false };
    let word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "._+-*".contains(c));
    word(name) && word(host) && (host.contains('.') || name.is_empty()) && host.len() > 1
}

fn is_title(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    TITLES.contains(&bare.to_lowercase().as_str())
}

/// A word of a name: it starts with a capital letter or one of a script without them, stands within
/// names in lower case, or is a sign such as an emoji.
fn is_name_word(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.']);
    let sign = |c: char| !c.is_alphanumeric() && (!c.is_ascii() || c == '&') && !is_punctuation(c);
    if !bare.is_empty() && bare.chars().all(sign) {
        return true;
    }
    let inner = |c: char| {
        c.is_alphanumeric()
            || is_mark(c)
            || matches!(c, '.' | '\'' | '’' | '-' | '–' | '_' | '#' | '/' | '\u{200d}')
            || sign(c)
    };
    let first = bare.chars().find(|c| c.is_alphanumeric());
    let is_small = PARTICLES.contains(&bare) || INNER.contains(&bare);
    let opens = first.is_some_and(|c| !c.is_lowercase()) || is_small || is_title(bare);
    opens && bare.chars().all(inner)
}

/// `Befragte:r`, `Bewohner:in,`
fn is_gendered(word: &str) -> bool {
    let parts = word.trim_end_matches(',').split_once(':');
    parts.is_some_and(|(role, end)| may_be_role(role) && GENDER_ENDINGS.contains(&end))
}

/// Signs of sentences beyond ASCII.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‘'
            | '«'
            | '»'
            | '…'
            | '–'
            | '—'
            | '。'
            | '、'
            | '，'
            | '？'
            | '！'
            | '؟'
            | '،'
            | '¿'
            | '¡'
    )
}

/// Combining marks belong to letters in many scripts.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether a time, with two digits of minutes, is all that stands behind a colon: `Maria:00:12:03`. Whether
/// `Bus:00:12:03` is one that comes once is for [`once`](super::once).
fn is_clock_alone(rest: &str) -> bool {
    let clock = rest.trim_matches([' ', '[', ']', '(', ')']);
    clock.len() > "0:03".len() && clock.starts_with(|c: char| c.is_ascii_digit()) && time(clock).is_some()
}

/// The colons of all scripts.
pub(super) const COLONS: [char; 4] = [':', '：', '﹕', '∶'];

/// The label before the first colon that ends one, and the rest of the line.
pub(super) fn before_colon<'a>(body: &'a str, names: &Names) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    loop {
        let (at, colon) = body[from..].char_indices().take(2 * MAX_CHARS + 14).find(|(_, c)| COLONS.contains(c))?;
        let at = from + at;
        let (label, rest) = (&body[..at], &body[at + colon.len_utf8()..]);
        // The colon of a clock time is none: `Maria 0:03: text`.
        let clock = label.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
        // Nor is the one in `Interviewer:in:`, or in `Expert:in`, which stands alone or before a tab.
        let ending = Ending::of(rest);
        if ending == Some(Ending::Alone) && label.chars().count() > 2 {
            return None;
        }
        if (clock || ending == Some(Ending::AtColon)) && from < 2 * MAX_CHARS {
            from = at + colon.len_utf8();
            continue;
        }
        let label = label.trim_end_matches(is_unseen);
        let behind = rest.trim_start_matches(is_unseen);
        let spaced = behind.is_empty() || behind.starts_with(char::is_whitespace) || colon == '：';
        if !(spaced || is_clock_alone(rest)) && (names.strong(&key(label)).is_none() || rest.starts_with("//")) {
            return None;
        }
        return Some((label, rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_programs_write_them_are_told_from_words() {
        for label in [
            "Ann \"Annie\" Hall",
            "Ann “Annie” Hall",
            "Ann Hall + Kim",
            "Ann Hall @ Leeds",
            "Dr. med. Ann Hall",
            "Prof. Dr. rer. nat. Ann Hall",
            "Freiherr von und zu Guttenberg, K.",
            "Karl–Heinz Müller–Lüdenscheidt",
            "(555) 210-4471",
            "Ann (she/her), Leeds",
            "Tom Reed (he/they), harbour",
            "Will Pope, PhD",
            "June Pope (University of Leeds)",
        ] {
            assert!(is_wide(label), "{label}");
        }
        #[rustfmt::skip]
        let words = [
            "Ann said \"no\"", "Ann Hall +", "+ Kim", "Ann med. Hall", "went @ noon", "\"no\" it is", "(5), more",
            "Will you, Ann", "No, Ann",
        ];
        for label in words {
            assert!(!is_wide(label), "{label}");
        }
    }

    #[test]
    fn labels_that_leave_open_whose_they_are_pass() {
        for label in ["P?", "P ?", "P??", "B?", "TN?", "P2?", "Participant ?", "Speaker ?", "Sprecher ?", "Bef ?"] {
            assert!(doubted(label).is_some() && valid_label(label), "{label}");
        }
        for label in ["Who was it?", "Why?", "So?", "OK?", "Really?", "What, me?", "why ?", "Tom Reed?", "P????", "?"] {
            assert!(doubted(label).is_none() && !valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_code_may_be_misread() {
        for (label, code) in [("Pl", "P1"), ("PI", "P1"), ("P1O", "P10"), ("P!", "P1"), ("P@", "P2"), ("BO1", "B01")] {
            assert!(is_misread(label, code), "{label}");
        }
        assert!(is_misread("KATILIMCI", "Katılımcı") && is_misread("ARASTIRMACI", "Arastırmacı"));
        for (label, other) in [("P1", "P1"), ("P2", "P1"), ("PO", "P1"), ("Pl", "PI"), ("KATILIM", "Katılımcı")] {
            assert!(!is_misread(label, other), "{label}");
        }
    }

    #[test]
    fn a_star_may_end_a_role() {
        for label in ["Intervistat*", "Intervistator*", "Befragte*", "Teilnehmer* 2", "Entrevistad*"] {
            assert!(valid_label(label) && Names::default().strong(&key(label)).is_some(), "{label}");
        }
        for label in ["Note*", "Intervist*", "Tom*", "*Befragte", "Befragte**", "Montag*"] {
            assert!(!valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_sign_for_any_ending_may_have_a_number_behind_it() {
        for label in ["Alumn@ 2", "Niñ@ 3", "Maestr@ 12", "Maestr* 2", "Alumn@"] {
            assert!(valid_label(label), "{label}");
        }
        for label in ["Alumn@ x", "Al@ 2", "Maestr* x", "@ 2", "ann@example.org", "Alumn@ 2021"] {
            assert!(!valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_role_in_capital_letters_may_have_an_ending() {
        for label in ["INTERVIEWER:IN", "BEFRAGTE:R", "BEFRAGTE*R 2", "BEFRAGTE:R (B1)"] {
            assert!(valid_label(label), "{label}");
        }
        for label in ["UM:IN", "INTERVIEWER:ODER", "Interviewer:IN", "SO*IN", "12:IN"] {
            assert!(!valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_role_with_an_ending_is_a_name_as_programs_write_them() {
        for label in ["Befragte:r (w, 34)", "Bewohner:in, Haus 2"] {
            assert!(is_wide(label), "{label}");
        }
        for label in ["So:in, Haus 2", "Befragte:das (w, 34)", "in: Haus 2"] {
            assert!(!is_wide(label), "{label}");
        }
    }

    #[test]
    fn a_straight_mark_within_a_hebrew_word_belongs_to_it() {
        for label in ["ד\"ר כהן", "עו\"ד לוי"] {
            assert!(valid_label(label), "{label}");
        }
        for label in ["\"כהן", "כהן\"", "A\"B", "כהן\" לוי"] {
            assert!(!valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_dash_within_a_name_belongs_to_it() {
        for label in ["Karl–Heinz", "Karl–Heinz Müller–Lüdenscheidt"] {
            assert!(valid_label(label), "{label}");
        }
        for label in ["Karl – Heinz", "Karl–", "–Heinz", "In 1990–95", "Karl—Heinz"] {
            assert!(!valid_label(label), "{label}");
        }
    }

    #[test]
    fn a_sign_between_labels_joins_them() {
        for label in ["P1+P3", "Ann+Tom", "P1 + P3", "P1+2"] {
            assert!(valid_label(label), "{label}");
        }
        for label in ["C++", "Google+", "+P1", "1+1", "a+b", "LGBTQ+ people"] {
            assert!(!valid_label(label), "{label}");
        }
    }
}
