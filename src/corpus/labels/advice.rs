//! What would help to read a text in which no speaker was found.
//!
//! In: the text and the path of its file. Out: a hint that names what stands in this very text. It never
//! reads anything itself.

use super::super::by_lines::ByLines;
use super::forms;
use super::once::is_heading;
use crate::corpus::error::some;
use crate::corpus::speakers::{Names, ends_in_question, key};

/// Lines that are looked at.
const MAX_LINES: usize = 2000;

/// What to do about a text without speakers.
pub(crate) fn advice(text: &str, path: &str, names: &Names) -> String {
    let lines: Vec<&str> = text.by_lines().map(str::trim).filter(|line| !line.is_empty()).take(MAX_LINES).collect();
    let mut keys = Vec::new();
    let head: String = lines.join("\n");
    let mut labels: Vec<String> = Vec::new();
    for candidate in forms::candidates(&head, names, |_| 0, &mut keys) {
        let key = key(&candidate.label);
        if !is_heading(&key) && !labels.contains(&candidate.label) && candidate.label.starts_with(char::is_uppercase) {
            labels.push(candidate.label);
        }
    }
    let starts = |marks: &[&str]| lines.iter().filter(|line| marks.iter().any(|mark| line.starts_with(mark))).count();
    let asking = lines.iter().filter(|line| ends_in_question(line)).count();
    let own = format!(
        "if all of it is one person's own words, such as a diary, pass `--participant \"{}\"`",
        path.rsplit('/').next().unwrap_or(path)
    );
    if (2..=12).contains(&labels.len()) {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        format!(
            "lines start with {}; if those are speakers, name them with `--interviewer LABEL` and `--participant LABEL`; {own}",
            some(&labels)
        )
    } else if starts(&[">>"]) > 1 {
        format!("`>>` marks who changes but not who speaks: write `Interviewer:` and `Participant:` behind it; {own}")
    } else if starts(&["- ", "– ", "— "]) > 3 {
        format!(
            "dashes mark who changes but not who speaks: write `Interviewer:` and `Participant:` in their place; {own}"
        )
    } else if lines.len() >= 4 && lines.iter().all(|line| line.contains('|')) {
        format!(
            "its lines are cells between `|`: write the speaker, a colon and the words (`Ann: …`), or save them as CSV \
             below titles such as `speaker` and `text`; {own}"
        )
    } else if lines.len() >= 4 && asking * 4 >= lines.len() {
        format!("{asking} of its {} lines ask: start them with `Q:`, and the answers with `A:`; {own}", lines.len())
    } else {
        format!(
            "start every turn with its speaker and a colon; name unusual labels with `--interviewer LABEL` and \
             `--participant LABEL`; {own}"
        )
    }
}

/// What to do about a recording's segments or cues that name nobody.
pub(crate) fn advice_for_recording(path: &str) -> String {
    format!(
        "transcribe it again with speakers told apart (diarization), or write names into it; if all of it is one \
         person's own words, pass `--participant \"{}\"`",
        path.rsplit('/').next().unwrap_or(path)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_what_is_there() {
        let hint = |text: &str| advice(text, "logs/ida.txt", &Names::default());
        assert!(hint("Mira: Why?\nJon: So.").starts_with("lines start with `Mira`, `Jon`"));
        assert!(hint(">> We left.\n>> Did you?\n>> Yes.").contains("`>>` marks who changes"));
        assert!(hint("– We left.\n– Did you?\n– Yes.\n– Oh.").contains("dashes mark"));
        assert!(hint("a1|We left.|x y z\nb2|No.|x\nb2|Yes.|x\na1|Oh.|x").contains("cells between `|`"));
        assert!(hint("Why?\nSo it was.\nAnd then?\nNo more.").contains("2 of its 4 lines ask"));
        let own = hint("Today I went out.\nIt rained.");
        assert!(own.contains("start every turn") && own.contains("pass `--participant \"ida.txt\"`"));
    }
}
