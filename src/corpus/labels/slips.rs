//! Labels of known speakers with a slip of typing or scanning behind or around the name: `Tom:The`,
//! `P. The`, `B Die`, `[Tom]:`, `Tom?:`, `l:` for `I:`, `Interview:` and `Interviewe;` for `Interviewee:`.
//!
//! In: one line and the labels of its text. Out: whose label it would be, and whether the line alone
//! shows it or only its place between two turns of somebody else does. Where a line stands is for
//! [`strays`](super::strays) to see. It never finds a speaker whom no other label names, but for
//! `P3?:` and `(P3?):` beside `P1:`, and `???:` and `(P?):`, who are nobody.

use super::super::lexicon::{GENDER_ENDINGS, STRONG};
use super::super::speakers::{key, stem};
use super::names::{self, folded};
use super::once::{distance, nearest};

/// A line that may start with a label.
#[derive(Debug, PartialEq)]
pub(super) struct Slip {
    pub(super) label: String,
    /// Byte of the line at which the words start.
    pub(super) words: usize,
    /// Whether the line itself shows it; otherwise it must stand between two turns of somebody else.
    pub(super) is_sure: bool,
    /// What to say where it is taken for a label, and where it is not.
    pub(super) taken: Option<String>,
    pub(super) doubt: Option<String>,
}

/// Labels that are words, too: `A dog`, `I think`.
const WORDS: [&str; 7] = ["A", "E", "I", "O", "U", "Y", "À"];
/// The shortest name of a role that two slips leave recognisable.
const LONG: usize = 7;

/// Reads a line as one that starts with a label, among words of `whose`. `below` is the line that follows.
pub(super) fn read(line: &str, below: &str, labels: &[String], whose: &str) -> Option<Slip> {
    let body = line.trim();
    let found = labels
        .iter()
        .find_map(|label| behind(body, below, label).or_else(|| bracketed(body, label)))
        .or_else(|| nobody(body))
        .or_else(|| unsure(body, labels))
        .or_else(|| written_like(body, labels, whose))?;
    let words = line.trim_end().len() - (body.len() - found.words);
    Some(Slip { words, ..found })
}

/// The label itself, with something else than a colon and a space behind it.
fn behind(body: &str, below: &str, label: &str) -> Option<Slip> {
    let rest = body.strip_prefix(label)?;
    let made = |words: &str, is_sure, taken, doubt| {
        let words = body.len() - words.trim_start().len();
        Slip { label: label.to_owned(), words, is_sure, taken, doubt }
    };
    if let Some(words) = rest.strip_prefix(':') {
        return is_glued(words).then(|| made(words, true, None, None));
    }
    // Signs that look like a colon.
    if let Some(words) = rest.strip_prefix(['﹕', '∶', '\u{a789}']) {
        let taken = format!("`{}` was read as `{label}:`", &body[..body.len() - words.len()]);
        return words.starts_with(char::is_whitespace).then(|| made(words, true, Some(taken), None));
    }
    if let Some(words) = doubted(rest) {
        return Some(made(words, true, Some(told_of_doubt(body, words, label)), None));
    }
    if let Some(words) = behind_sign(rest) {
        let mark = &body[..body.len() - words.len()];
        let taken = format!("`{mark}` was read as `{label}:`, which it is written like");
        return Some(made(words, true, Some(taken), None));
    }
    let is_role = STRONG.spoken().any(|role| role == stem(&key(label)));
    let is_short = label.chars().count() <= 3 && !label.chars().any(char::is_lowercase);
    let is_word = WORDS.contains(&label);
    let mut signs = rest.chars();
    let (words, is_doubtful) = match (signs.next(), signs.next()) {
        (Some(';'), Some(' ')) | (Some('\t'), Some(_)) => (&rest[1..], true),
        (Some('.'), Some(' ')) => (&rest[1..], is_role || is_short),
        // `Tom, will you start?` speaks to him.
        (Some(','), Some(' ')) if !is_word && (is_role || is_short) => (&rest[1..], true),
        (Some(' '), Some(dash @ ('–' | '—' | '-'))) => {
            let words = &rest[1 + dash.len_utf8()..];
            if !words.starts_with(' ') {
                return None;
            }
            (words, is_role)
        }
        (Some(' '), Some(c)) if c.is_uppercase() && !is_word => (&rest[1..], is_role),
        (None, None) if !below.trim().is_empty() => ("", false),
        _ => return None,
    };
    (rest.is_empty() || words.chars().any(char::is_alphanumeric)).then(|| {
        let said = |so: &str| Some(format!("the line starts with `{label}` but no colon, {so}"));
        let doubt = said("so it was taken for words of whoever spoke before").filter(|_| is_doubtful);
        made(words, false, said("and was taken for what that speaker says"), doubt)
    })
}

/// `[Tom]:`, `[Tom:]`, `(Tom):`; without a colon `[Tom] told me` may hold a name that was replaced.
fn bracketed(body: &str, label: &str) -> Option<Slip> {
    let inner = body.strip_prefix(['[', '('])?.strip_prefix(label)?;
    let (rest, within) = inner.strip_prefix(':').map_or((inner, false), |rest| (rest, true));
    let rest = rest.strip_prefix([']', ')'])?;
    let (words, colon) = rest.strip_prefix(':').map_or((rest, within), |words| (words, true));
    let parted = words.starts_with(char::is_whitespace);
    let opens = words.trim_start().starts_with(char::is_uppercase);
    (parted && !words.trim().is_empty() && (colon || opens)).then(|| {
        let mark = &body[..body.len() - words.len()];
        let taken = Some(format!("`{mark}` was read as `{label}:`"));
        let words = body.len() - words.trim_start().len();
        Slip { label: label.to_owned(), words, is_sure: colon, taken, doubt: None }
    })
}

/// `???:`, `(?):`
fn nobody(body: &str) -> Option<Slip> {
    let inner = body.trim_start_matches(['(', '[']);
    let rest = inner.trim_start_matches('?');
    let marks = inner.len() - rest.len();
    let words = rest.trim_start_matches([')', ']']).strip_prefix(':')?;
    ((1..=5).contains(&marks) && words.starts_with(char::is_whitespace)).then(|| Slip {
        label: "?".repeat(marks.min(3)),
        words: body.len() - words.trim_start().len(),
        is_sure: true,
        taken: None,
        doubt: None,
    })
}

/// `(P2?):`, `[Tom?]:`, and `(P?):`, who is nobody.
fn unsure(body: &str, labels: &[String]) -> Option<Slip> {
    let (name, rest) = body.strip_prefix(['(', '['])?.split_once([')', ']'])?;
    let words = rest.strip_prefix(':').filter(|words| words.starts_with(char::is_whitespace))?;
    let core = name.trim_end().strip_suffix('?')?.trim_end_matches(['?', ' ']);
    let is_known = labels.iter().any(|label| label == core || is_sibling(label, core));
    let label = if is_known { core } else { names::doubted(name).map(|_| name)? };
    (!words.trim().is_empty()).then(|| Slip {
        label: label.to_owned(),
        words: body.len() - words.trim_start().len(),
        is_sure: true,
        taken: is_known.then(|| told_of_doubt(body, words, core)),
        doubt: None,
    })
}

/// Whether two labels differ by their numbers alone.
fn is_sibling(label: &str, name: &str) -> bool {
    let (key, name) = (key(label), key(name));
    stem(&name) != name && stem(&key) != key && stem(&key) == stem(&name)
}

/// A label that is written like another one: `l:`, `1:`, `Interview:`, `P3?:`.
fn written_like(body: &str, labels: &[String], whose: &str) -> Option<Slip> {
    let (name, words) = body.split_once([':', ';'])?;
    if !words.starts_with(char::is_whitespace) || words.trim().is_empty() || name.chars().count() > 40 {
        return None;
    }
    let made = |label: &str, is_sure, taken| {
        let words = body.len() - words.trim_start().len();
        Slip { label: label.to_owned(), words, is_sure, taken: Some(taken), doubt: None }
    };
    let mark = &body[..=name.len()];
    let read_as = |label: &str| format!("`{mark}` was read as `{label}:`, which it is written like");
    if let Some(sure) = name.strip_suffix('?').map(|name| name.trim_end_matches(['(', '[', ' '])) {
        let mut like = labels.iter().filter(|label| is_sibling(label, sure));
        return like.next().map(|_| made(sure, true, told_of_doubt(body, words, sure)));
    }
    if name.chars().count() <= 3 {
        let is_like = |label: &&String| folded(label) == folded(name) && label.as_str() != name;
        let mut like = labels.iter().filter(is_like);
        let (first, second) = (like.next(), like.next());
        // `1:` may count something.
        let is_sure = !name.chars().all(|c| c.is_ascii_digit());
        return first.filter(|_| second.is_none()).map(|label| made(label, is_sure, read_as(label)));
    }
    let name_key = key(name);
    let is_meant = |label: &&String| {
        let key = key(label);
        label.as_str() != whose
            && key.chars().count() >= LONG
            && STRONG.role(&key).is_some()
            && STRONG.role(&name_key).is_none()
            && (1..=2).contains(&distance(&name_key, &key))
    };
    let meant = nearest(labels.iter().filter(is_meant), |label| distance(&name_key, &key(label)));
    meant.map(|label| made(label, false, read_as(label)))
}

/// Whether words follow a colon at once, and no ending as in `Interviewer:innen`.
fn is_glued(words: &str) -> bool {
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    let opens = words.starts_with(|c: char| c.is_alphabetic() || "“„«\"‘¿¡…".contains(c));
    opens && !GENDER_ENDINGS.contains(&&words[..end])
}

/// The words behind a colon that another sign stands before, as of a finger beside its key: `>:`.
fn behind_sign(rest: &str) -> Option<&str> {
    const SIGNS: [char; 10] = ['>', '<', '^', '|', '~', '`', '+', '=', '#', ';'];
    let words = rest.strip_prefix(SIGNS)?.strip_prefix(':')?;
    (words.starts_with(char::is_whitespace) && !words.trim().is_empty()).then_some(words)
}

/// The words behind `?:` or `(?):`.
fn doubted(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(' ');
    let words = ["?:", "(?):", "[?]:"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    (words.starts_with(char::is_whitespace) && !words.trim().is_empty()).then_some(words)
}

fn told_of_doubt(body: &str, words: &str, label: &str) -> String {
    let mark = body[..body.len() - words.len()].trim_end();
    format!("`{mark}` was taken for `{label}`, of whom the transcript is not sure")
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read as read_text;

    /// The labels of a talk with this line in it, and what is warned of.
    fn found(text: &str, line: &str) -> (Vec<String>, Vec<String>) {
        let text = text.replace("{}", line);
        let read = read_text(&text, &Names::default()).unwrap_or_default();
        let labels = read.stretches.iter().map(|stretch| stretch.label.clone()).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    const TALK: &str = "I: How was it?\n\nTom: Like so.\n\nI: And then?\n\nTom: It rained.\n\nI: What else?\n\n{}\n\n\
                        I: And now?\n\nTom: Three of us.\n\nI: So?\n\nTom: No more.";
    const BOTH: [&str; 10] = ["I", "Tom", "I", "Tom", "I", "Tom", "I", "Tom", "I", "Tom"];

    #[test]
    fn a_known_label_with_a_slip_is_read() {
        for (said, remarks) in [
            ("Tom:The mites.", 0),
            ("[Tom]: The mites.", 1),
            ("(Tom): The mites.", 1),
            ("[Tom] The mites.", 1),
            ("Tom. The mites.", 1),
            ("Tom; The mites.", 1),
            ("Tom\tThe mites.", 1),
            ("Tom - The mites.", 1),
            ("Tom The mites.", 1),
            ("Tom\nThe mites.", 1),
            ("Tom?: The mites.", 1),
            ("Tom\u{a789} The mites.", 1),
            ("Tom (?): The mites.", 1),
        ] {
            let (labels, told) = found(TALK, said);
            assert_eq!(labels, BOTH, "{said} {told:?}");
            assert_eq!(told.len(), remarks, "{said} {told:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_slip_stays_text() {
        for said in [
            "Tom: Yes.\n\nTom Reed came.",
            "Tom: Yes.\n\n[Tom] told me.",
            "Tom: Yes.\n\nI think so.",
            "Tom: Yes.\n\nI, for one, do.",
            "Tom: Yes.\n\n1: the trees.",
            "Tom: Yes.\n\nInterview: it went on.",
            "Tom: Yes.\n\nWhy?: it is so.",
        ] {
            let (labels, told) = found(TALK, said);
            assert_eq!((labels, told), (BOTH.map(str::to_owned).to_vec(), Vec::new()), "{said}");
        }
    }

    #[test]
    fn a_slip_that_its_place_does_not_show_is_told_where_the_label_is_a_role() {
        let group = "Moderator: Why?\n\nAnn: One.\n\nBen: Two.\n\n{}\n\nAnn: Three.\n\nModerator: So?\n\nBen: Four.";
        for (said, n) in [("Moderator, And then.", 1), ("Moderator - And then.", 1), ("Ann, he was there.", 0)] {
            let (labels, told) = found(group, said);
            assert_eq!((labels.len(), told.len()), (6, n), "{said} {labels:?} {told:?}");
            assert!(told.iter().all(|told| told.contains("taken for words of whoever spoke before")));
        }
    }

    #[test]
    fn labels_that_look_alike_are_one() {
        let text = "I: How was it?\n\nB: Like so.\n\n{}\n\nB: It rained.\n\nI: What else?\n\nB: Three.\n\nI: So?\n\nB: No more.";
        for said in ["l: And then?", "1: And then?", "|: And then?"] {
            let (labels, told) = found(text, said);
            assert_eq!(labels, ["I", "B", "I", "B", "I", "B", "I", "B"], "{said}");
            assert!(told.len() == 1 && told[0].contains("was read as `I:`"), "{told:?}");
        }
        let text = text.replace("I:", "Interviewer:").replace("B:", "Interviewee:");
        let (labels, told) = found(&text.replace("Interviewee: Three.", "Interview: Three."), "Interviewer: And then?");
        assert_eq!((labels[5].as_str(), told.len()), ("Interviewee", 1), "{labels:?} {told:?}");
    }

    #[test]
    fn a_sign_typed_beside_the_right_key_is_a_slip() {
        let codes = TALK.replace("Tom", "P1");
        for (text, line, label) in [
            (TALK, "Tom>: It was dry.", "Tom"),
            (&codes, "P!: It was dry.", "P1"),
            (&codes, "Pl: It was dry.", "P1"),
            (&codes, "PI: It was dry.", "P1"),
        ] {
            let (labels, told) = found(text, line);
            assert_eq!((labels.len(), labels[5].as_str(), told.len()), (10, label, 1), "{line} {told:?}");
            assert!(told[0].contains("which it is written like"), "{told:?}");
        }
        // Somebody else who speaks right below, and another code.
        for line in ["PI: It was dry.", "PS: It was dry.", "\"Tom>\" was it."] {
            let line = &format!("P1: Yes.\n\n{line}");
            let (_, told) = found(&codes, line);
            assert!(told.iter().all(|told| !told.contains("which it is written like")), "{line} {told:?}");
        }
    }

    #[test]
    fn whom_the_transcript_does_not_know_is_nobody_or_a_sibling() {
        let text = TALK.replace("Tom", "P1");
        for (said, label) in [
            ("???: The mites.", "???"),
            ("(?): The mites.", "(?)"),
            ("(P1?): The mites.", "P1"),
            ("[P3?]: The mites.", "P3"),
            ("(P?): The mites.", "P?"),
            ("P3?: The mites.", "P3"),
        ] {
            let (labels, told) = found(&text, said);
            assert_eq!(labels[5], label, "{said} {labels:?} {told:?}");
            assert_eq!(told.len(), usize::from(said.contains(|c: char| c.is_ascii_digit())), "{said} {told:?}");
        }
        let (labels, _) = found(&text, "P1: Yes.\n\n(Really?): The mites.");
        assert_eq!(labels.len(), 10, "{labels:?}");
    }

    #[test]
    fn who_is_spoken_to_does_not_speak() {
        let (labels, _) = found(TALK, "Tom, what do you think of them?");
        assert_eq!(labels.len(), 9, "{labels:?}");
    }

    #[test]
    fn an_ending_behind_a_colon_is_no_turn() {
        let text = TALK.replace("Tom", "Lehrer");
        let (labels, _) = found(&text, "Lehrer: Ja.\n\nLehrer:innen fragen viel.");
        assert_eq!(labels.len(), 10, "{labels:?}");
    }
}
