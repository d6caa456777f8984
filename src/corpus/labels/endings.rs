//! Endings of roles behind a colon: `in` of `Interviewer:in`, `r` of `Befragte:r (w, 34)`.
//!
//! In: what stands behind the first colon of a line. Out: whether it is the ending of a role, with a number, a letter,
//! a time or something in parentheses behind it, and whether another colon ends the label. It looks at no other line:
//! words behind an ending that come again are for [`gendered`](super::gendered).

use super::super::lexicon::GENDER_ENDINGS;
use super::super::marks;

/// What follows a colon and ends a role, as `in` and `r` do in `Expert:in` and `Befragte:r 2:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Another colon ends the label: `Befragte:r 2:`, `Befragte:r A (0:03):`.
    AtColon,
    /// The label ends without one: `Expert:in<tab>words`, `Expert:in 3` on a line of its own.
    Alone,
}

impl Ending {
    /// Reads what stands behind the first colon of a line.
    pub(super) fn of(rest: &str) -> Option<Self> {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if !GENDER_ENDINGS.contains(&rest[..end].to_lowercase().as_str()) {
            return None;
        }
        let behind = &rest[end..];
        // `Frau Beck (Leiter:in): …`
        let closed = behind.strip_prefix(')').filter(|after| after.trim_start().starts_with([':', '：']));
        let behind = closed.unwrap_or(behind);
        let counted = if without_time(behind) == behind { without_more(without_count(behind)) } else { behind };
        let after = without_time(counted);
        if after.trim_start().starts_with([':', '：']) {
            return Some(Self::AtColon);
        }
        let signs = ["- ", "– ", "— ", "| ", "> ", "→ "];
        let is_over = after.starts_with('\t') || after.trim().is_empty() || after.len() < counted.len();
        let is_parted = after.starts_with(' ') && signs.iter().any(|sign| after.trim_start().starts_with(sign));
        (is_over || is_parted).then_some(Self::Alone)
    }
}

/// A text without the number or the letter that it starts with: ` 2`, ` A`, `_03`, ` #4`, ` 2b`, ` Nr. 3`.
fn without_count(text: &str) -> &str {
    let count = text.trim_start_matches([' ', '_', '-', '#']);
    let number = ["Nr.", "No.", "Nr ", "N°", "№"].iter().find_map(|word| count.strip_prefix(word));
    let number = number.map(|number| number.trim_start_matches(' ')).filter(|text| starts_with_digit(text));
    let count = number.unwrap_or(count);
    let end = count.find(|c: char| !c.is_alphanumeric()).unwrap_or(count.len());
    let word = &count[..end];
    let digits = match starts_with_digit(word) {
        true => word.strip_suffix(|c: char| c.is_alphabetic()).unwrap_or(word),
        false => word.strip_prefix(|c: char| c.is_uppercase()).unwrap_or(word),
    };
    let is_count = (1..=4).contains(&end) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_count { &count[end..] } else { text }
}

/// Whether a word may be a role that an ending stands behind: `Befragte`, and not `So`.
pub(super) fn may_be_role(word: &str) -> bool {
    word.chars().count() > 2 && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The longest of what stands in parentheses or behind a comma in a label, in bytes, and in words behind a comma.
const MAX_MORE: usize = 40;
const MAX_WORDS: usize = 3;

/// A text without what a transcriber adds to a role: ` (w, 34)`, ` [B1]`, `, Haus 2`, of which the last needs a colon
/// behind it.
fn without_more(text: &str) -> &str {
    let more = text.trim_start_matches(' ');
    let Some(open) = more.chars().next() else { return text };
    let end = match open {
        '(' => more.find(')'),
        '[' => more.find(']'),
        ',' => more.find([':', '：']),
        _ => None,
    };
    let Some(end) = end.filter(|&end| end <= MAX_MORE) else { return text };
    let inner = &more[1..end];
    if open == ',' {
        let is_named = |word: &str| !word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphanumeric);
        let n = inner.split_whitespace().filter(|word| is_named(word)).count();
        let is_place = (1..=MAX_WORDS).contains(&n) && n == inner.split_whitespace().count();
        return if is_place && inner.starts_with(' ') { &more[end..] } else { text };
    }
    if inner.contains([':', '(', '[']) || inner.trim().is_empty() { text } else { &more[end + 1..] }
}

/// A text without the time that it starts with: ` (0:03)`, ` [00:00:03]`, ` 0:03`.
fn without_time(text: &str) -> &str {
    let time = text.trim_start_matches(' ');
    let end = marks::bracketed(time).map(|mark| mark.end).or_else(|| marks::leading_clock(time).map(|(_, end)| end));
    end.map_or(text, |end| &time[end..])
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::*;

    #[test]
    fn an_ending_behind_a_colon_belongs_to_the_role() {
        for rest in ["in:", "r 2:", "r A: Ja", "in (00:03):", "r [0:03]: Ja", "in_03 (0:03):", "innen : Ja"] {
            assert_eq!(Ending::of(rest), Some(Ending::AtColon), "{rest}");
        }
        #[rustfmt::skip]
        let more = [
            "in (B1): Ja", "r (w, 34): Ja", "in 1 (Schule): Ja", "r (16 J.): Ja", "in [B1] (0:03): Ja", "in): Ja",
            "in, Haus 2: Ja", "in Nr. 2: Ja", "r Nr.3: Ja", "in 2b: Ja",
        ];
        for rest in more {
            assert_eq!(Ending::of(rest), Some(Ending::AtColon), "{rest}");
        }
        for rest in ["in\tJa", "r", "in 3\tJa", "r  ", "in 0:03", "in (0:03)", "in [0:03] Ja", "in - Ja", "r A | Ja"] {
            assert_eq!(Ending::of(rest), Some(Ending::Alone), "{rest}");
        }
        for rest in [" in\tJa", "in der Regel", "ja", "", "Ja: nein", "in Ruhe: nein", "in-between: no", "a few: no"] {
            assert_eq!(Ending::of(rest), None, "{rest}");
        }
        for rest in ["in (so war es) Ja", "in, das war so: nein", "in, Ja, so: nein", "r Nr. so: Ja", "in) Ja"] {
            assert_eq!(Ending::of(rest), None, "{rest}");
        }
    }

    #[test]
    fn gendered_labels_without_another_colon_are_read_whole() {
        let written = ["{}\t", "{}\n", "{} (00:03):\n", "{} (00:03): ", "{} – ", "{}: "];
        let labels = [("Interviewer:in", "Expert:in"), ("Forscher:in", "Patient:in 3"), ("I", "Befragte:r A")];
        for (asks, answers) in labels {
            for written in written.iter().filter(|written| asks.len() > 1 || written.contains(": ")) {
                let turn = |n: usize| match n % 2 {
                    0 => format!("{}Was war in Jahr {n}?", written.replace("{}", asks)),
                    _ => format!("{}In Ruhe gelassen, immer wieder.", written.replace("{}", answers)),
                };
                let text = (0..8).map(turn).collect::<Vec<_>>().join("\n\n");
                let found = super::super::divide(&text, &Names::default()).unwrap_or_default();
                let found: Vec<(&str, &str)> =
                    found.iter().map(|s| (s.label.as_str(), &text[s.text.clone()])).collect();
                assert_eq!(found[..2], [(asks, "Was war in Jahr 0?"), (answers, "In Ruhe gelassen, immer wieder.")]);
                assert_eq!(found.len(), 8, "{text}");
            }
        }
    }
}
