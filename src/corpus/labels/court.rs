//! Hearings as court reporters write them: `THE COURT:`, `THE WITNESS:` and `MR. HALL:` among `Q.` and `A.`
//!
//! In: a text and its labels. Out: where most of those are `Q` and `A`, the labels of all others who speak: in capital
//! letters at the start of a line, before a colon or a point; and where all are such, `Q` and `A` beside them. What
//! `THE WITNESS` says is said by `A`, with a remark; `BY MR. HALL:` heads questions and is nobody's. It never reads
//! names in small letters.

use super::super::speakers::key;
use super::Remark;
use super::lines::{Head, lines_from};

/// Fewer labels show no hearing.
const MIN_HEADS: usize = 4;
/// Who speaks there, behind `THE`.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "COURT", "CLERK", "COURT CLERK", "COURTROOM DEPUTY", "REPORTER", "COURT REPORTER", "STENOGRAPHER", "BAILIFF",
    "MARSHAL", "VIDEOGRAPHER", "INTERPRETER", "JUDGE", "MAGISTRATE", "REGISTRAR", "CHAIR", "CHAIRMAN", "CHAIRPERSON",
    "CORONER", "FOREPERSON", "FOREMAN", "DEFENDANT", "PLAINTIFF", "PROSECUTOR",
];
/// Who answers there.
const WITNESSES: [&str; 2] = ["WITNESS", "DEPONENT"];
const TITLES: [&str; 6] = ["MR", "MRS", "MS", "MISS", "MX", "DR"];
/// Marks within a line that are looked at: `MR. J. HALL.` has three.
const MOST_MARKS: usize = 4;
/// A name behind a title has no more words.
const MOST_WORDS: usize = 3;

/// Takes in the others who speak in a hearing, and drops what was told of their lines.
pub(super) fn take_in(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let mut letters = questions_and_answers(text, heads);
    heads.append(&mut letters);
    heads.sort_by_key(|head| head.line);
    let (Some(answers), Some(from)) = (who_answers(heads), heads.first().map(|first| first.line)) else { return };
    let mut found: Vec<Head> = Vec::new();
    let mut witness: Vec<(usize, &str)> = Vec::new();
    for (at, line) in lines_from(text, from) {
        if heads.binary_search_by_key(&at, |head| head.line).is_ok() {
            continue;
        }
        if heads_questions(line) {
            found.push(Head { label: String::new(), seconds: None, line: at, words: at + line.len() });
        } else if let Some((label, words)) = opening(line) {
            let is_witness = label.strip_prefix("THE ").is_some_and(|part| WITNESSES.contains(&part));
            if is_witness {
                witness.push((at, label));
            }
            let label = if is_witness { answers.as_str() } else { label };
            found.push(Head { label: label.to_owned(), seconds: None, line: at, words: at + words });
        }
    }
    remarks.retain(|remark| found.binary_search_by_key(&remark.at, |head| head.line).is_err());
    if let Some(&(at, label)) = witness.first() {
        let more = witness.len() - 1;
        let times = if more == 0 { String::new() } else { format!(" (and {more} times more)") };
        remarks.push(Remark { at, what: format!("`{label}` was read as `{answers}`, who answers{times}") });
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| head.line);
}

/// The label of who answers, where most labels are `Q` and `A`.
fn who_answers(heads: &[Head]) -> Option<String> {
    let letters: Vec<String> = heads.iter().map(|head| key(&head.label)).collect();
    let of = |letter: &str| letters.iter().filter(|key| *key == letter).count();
    let (asks, answers) = (of("q"), of("a"));
    let is_letter_or_other =
        |(head, key): (&Head, &String)| matches!(key.as_str(), "" | "q" | "a") || is_speaker(&head.label);
    let are_most = || (asks + answers) * 2 >= heads.len() || heads.iter().zip(&letters).all(is_letter_or_other);
    let is_hearing = asks > 1 && answers > 1 && asks + answers >= MIN_HEADS && are_most();
    let first = letters.iter().position(|key| key == "a").filter(|_| is_hearing)?;
    Some(heads[first].label.clone())
}

/// The `Q.` and `A.` that lines start with, where all labels are those of others in a hearing.
fn questions_and_answers(text: &str, heads: &[Head]) -> Vec<Head> {
    if heads.len() < MIN_HEADS || !heads.iter().all(|head| is_speaker(&head.label)) {
        return Vec::new();
    }
    let mut found: Vec<Head> = Vec::new();
    for (at, line) in lines_from(text, 0) {
        let body = line.trim_start();
        let letter = ["Q", "A"].into_iter().find_map(|letter| Some((letter, body.strip_prefix(letter)?)));
        let letter = letter.and_then(|(letter, rest)| Some((letter, rest.strip_prefix(['.', ':'])?)));
        if let Some((letter, words)) = letter.filter(|(_, words)| words.starts_with(char::is_whitespace)) {
            let words = at + line.len() - words.len();
            found.push(Head { label: letter.to_owned(), seconds: None, line: at, words });
        }
    }
    let of = |letter: &str| found.iter().filter(|head| head.label == letter).count();
    if of("Q") > 1 && of("A") > 1 { found } else { Vec::new() }
}

/// The label that a line starts with, and the byte of the line at which its words do.
fn opening(line: &str) -> Option<(&str, usize)> {
    let body = line.trim_start();
    let inset = line.len() - body.len();
    body.match_indices([':', '.']).take(MOST_MARKS).find_map(|(end, mark)| {
        let (label, words) = (&body[..end], &body[end + mark.len()..]);
        let is_parted = words.starts_with(char::is_whitespace) || (words.is_empty() && mark == ":");
        (is_parted && is_speaker(label)).then_some((label, inset + end + mark.len()))
    })
}

/// `THE COURT`, `MR. HALL`
fn is_speaker(label: &str) -> bool {
    match label.strip_prefix("THE ") {
        Some(part) => PARTS.contains(&part) || WITNESSES.contains(&part),
        None => is_titled(label),
    }
}

/// `MR. HALL`, `MS. VAN DYKE`
fn is_titled(label: &str) -> bool {
    let Some((title, name)) = label.split_once(' ') else { return false };
    let is_of_name = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-');
    let last = name.rsplit(' ').next().unwrap_or_default();
    TITLES.contains(&title.trim_end_matches('.'))
        && name.chars().all(is_of_name)
        && name.split(' ').count() <= MOST_WORDS
        && last.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// `BY MR. HALL:`, `CROSS-EXAMINATION BY MS. ROSS`
fn heads_questions(line: &str) -> bool {
    let line = line.trim().trim_end_matches([':', '.']);
    let behind = line.strip_prefix("BY ").or_else(|| line.split_once("EXAMINATION BY ").map(|(_, name)| name));
    behind.is_some_and(is_titled) && !line.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::*;

    const HEARING: &str = "Q. Where did you pay?\n\nA. At the market.\n\nQ. In cash?\n\nA. In cash.\n\n{}\n\n\
                           Q. And then?\n\nA. I went home.\n\nQ. Was it late?\n\nA. It was.";

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let read = read(text, &Names::default()).unwrap_or_default();
        let turns = read.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text]));
        (turns.collect(), read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn who_else_speaks_in_a_hearing_has_turns_of_its_own() {
        for label in ["THE COURT", "THE CLERK", "THE COURT REPORTER", "MR. HALL", "MS. ROSS-LEE", "MR. J. HALL"] {
            for mark in [":", "."] {
                for (q, a) in [("Q. ", "A. "), ("Q: ", "A: "), ("Q.\t", "A.\t")] {
                    let text = HEARING.replace("Q. ", q).replace("A. ", a);
                    let (turns, remarks) = found(&text.replace("{}", &format!("{label}{mark} Please go on.")));
                    assert_eq!((turns[4].as_str(), turns.len()), (format!("{label}/Please go on.").as_str(), 9));
                    assert_eq!(remarks, [] as [String; 0], "{label}");
                }
            }
        }
        // Small letters and other words are said.
        for said in ["The court: it was late.", "THE MARKET: it was late.", "MR. HALL was late.", "THE COURT was late."]
        {
            assert_eq!(found(&HEARING.replace("{}", said)).0.len(), 8, "{said}");
        }
    }

    #[test]
    fn the_witness_is_who_answers_and_a_heading_of_questions_is_nobodys() {
        let (turns, remarks) = found(&HEARING.replace("{}", "THE WITNESS: In cash, I said."));
        assert_eq!(turns[4], "A/In cash, I said.");
        assert_eq!(remarks, ["`THE WITNESS` was read as `A`, who answers"]);
        for heading in ["BY MR. HALL:", "CROSS-EXAMINATION BY MS. ROSS"] {
            let (turns, remarks) = found(&HEARING.replace("{}", heading));
            assert_eq!((turns[3].as_str(), turns.len(), remarks.len()), ("A/In cash.", 8, 0), "{heading}");
        }
    }

    #[test]
    fn letters_among_others_who_speak_more_are_read() {
        let colloquy = "THE COURT: Who is here?\n\nMR. HALL: I am, your honor.\n\n".repeat(8);
        let (turns, _) = found(&(colloquy.clone() + &HEARING.replace("{}", "THE WITNESS: Yes.")));
        assert_eq!((turns[16].as_str(), turns[20].as_str(), turns.len()), ("Q/Where did you pay?", "A/Yes.", 25));
        // A line or two of that kind are said.
        let (turns, _) = found(&(colloquy + "Q. is a letter.\n"));
        assert_eq!(turns.len(), 16);
    }

    #[test]
    fn such_a_line_among_other_labels_is_left_to_others() {
        let mut heads: Vec<Head> = ["Ann", "Tom", "Ann", "Tom"]
            .iter()
            .map(|label| Head { label: (*label).to_owned(), seconds: None, line: 0, words: 0 })
            .collect();
        take_in("THE COURT: Go on.\nTHE WITNESS: So.", &mut heads, &mut Vec::new());
        assert_eq!(heads.len(), 4);
    }
}
