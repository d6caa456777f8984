//! The last paragraph of a transcript where it says who the labels stand for: `TR – Tom Reed, interviewee`,
//! `Ann Hall (AH) interviewed Tom Reed (TR) on 3 May.`, `(AH = interviewer; TR = respondent)`.
//!
//! In: a transcript below its header. Out: where that paragraph starts, and the parts it tells. Each of its lines names
//! such a label, and two of them are named; what stands in the same form and names no label is said.

use std::collections::HashSet;

use super::super::by_lines::ByLines;
use super::super::model::Role;
use super::super::notices::is_notice;
use super::super::people::{People, names_people};
use super::super::speakers::{ends_in_question_mark, key};
use super::described::heads_key;
use super::who::{self, by_dash, heads, is_full_name, role_within};
use super::{at_colon, is_rule};

/// Lines of such a paragraph, and characters of each, at most.
const LINES: usize = 8;
const LONGEST: usize = 200;

/// A label that a line explains, and the part it tells.
type Explained = (String, Option<Role>);

/// Finds the paragraph at the end.
pub(super) fn at_the_end(text: &str) -> Option<(usize, People)> {
    let kept = text.trim_end();
    let mut start = kept.len();
    for line in kept.split_inclusive('\n').rev().take_while(|line| !line.is_blank()) {
        start -= line.len();
    }
    let (above, lines) = (&text[..start], kept[start..].by_lines().map(str::trim).collect::<Vec<_>>());
    // Nearly all transcripts end otherwise, whatever the labels above are.
    let is_beside = |line: &str| is_notice(line) || is_rule(line) || heads_key(line);
    let may_explain = |line: &&str| {
        !explained(line, &|_| true).is_empty() || !in_brackets(line, &|_| true).is_empty() || is_beside(line)
    };
    if lines.len() > LINES || !lines.iter().all(may_explain) {
        return None;
    }
    let mut turns = heads(above);
    turns.retain(|_, n| *n > 1);
    if turns.len() < 2 {
        return None;
    }
    let is_label = |label: &str| turns.contains_key(label);
    let mut found: Vec<Explained> = Vec::new();
    let mut is_turn = false;
    for line in lines {
        if is_beside(line) {
            continue;
        }
        let explained = explained(line, &is_label);
        if explained.is_empty() || line.chars().count() > LONGEST {
            return None;
        }
        is_turn |= explained.len() == 1 && at_colon(line).is_some_and(|(label, _)| turns.contains_key(&key(label)));
        found.extend(explained);
    }
    let labels: HashSet<&String> = found.iter().map(|(label, _)| label).collect();
    if labels.len() < 2 || (is_turn && ends_in_question_mark(above)) {
        return None;
    }
    let mut people = People::default();
    for (label, role) in &found {
        if let Some(role) = role {
            people.add_label(label, *role, label);
        }
    }
    Some((start, people))
}

/// The labels of turns that a line explains; none where it may be one of the turns.
fn explained(line: &str, is_of_turns: &dyn Fn(&str) -> bool) -> Vec<Explained> {
    let bare = line.trim_start_matches(['•', '*', '-', '(', '[', ' ']).trim_end_matches([')', ']', '.']);
    let is_label = |label: &str| is_of_turns(&key(label.trim()));
    let by_sign = |part: &str| {
        let (label, value) = part.split_once('=')?;
        (is_label(label) && !value.is_blank()).then(|| (key(label.trim()), role_within(value.trim())))
    };
    let signs: Vec<Explained> = bare.split([',', ';']).filter_map(by_sign).collect();
    if !signs.is_empty() {
        return signs;
    }
    // `AH: interviewer; TR: interviewee`, `Interviewer: AH; Interviewee: TR`
    let of_several = |line: who::Line<'_>| {
        let value = key(line.value);
        let label = [line.label, value].into_iter().find(|label| is_of_turns(label))?;
        Some((label, line.names.flatten()))
    };
    let several: Vec<Explained> = who::several(line).into_iter().filter_map(of_several).collect();
    if several.len() > 1 {
        return several;
    }
    // `TR – Tom Reed, interviewee`, `TR: Tom Reed, interviewee`
    if let Some((label, value)) = by_dash(bare).or_else(|| at_colon(bare)).filter(|(label, _)| is_label(label)) {
        let name = value.split([',', '(', ';']).next().unwrap_or_default().trim();
        let role = role_within(value.trim());
        let is_one = is_full_name(name) && role.is_some() && value.trim().len() > name.len();
        return if is_one { vec![(key(label.trim()), role)] } else { Vec::new() };
    }
    in_brackets(line, is_of_turns)
}

/// The labels that stand in brackets behind a full name: `Ann Hall (AH) interviewed Tom Reed (TR)`. Of a line with one
/// its part is told.
fn in_brackets(line: &str, is_of_turns: &dyn Fn(&str) -> bool) -> Vec<Explained> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('(') {
        let Some((label, _)) = line[at + 1..].split_once(')') else { continue };
        let words: Vec<&str> = line[..at].split_whitespace().rev().take(2).collect();
        let name = words.iter().rev().copied().collect::<Vec<_>>().join(" ");
        if is_of_turns(&key(label)) && name.contains(' ') && names_people(&name) {
            found.push((key(label), None));
        }
    }
    if let [(_, role)] = &mut found[..]
        && let Some((_, behind)) = line.rsplit_once(')')
    {
        *role = role_within(behind.trim_matches(|c: char| !c.is_alphanumeric()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "AH: How long?\n\nTR: Ten years.\n\nAH: And before?\n\nTR: I was at sea.\n";

    #[test]
    fn a_paragraph_that_explains_the_labels_is_none_of_the_words() {
        for block in [
            "TR – Tom Reed, interviewee\nAH – Ann Hall, interviewer",
            "TR: Tom Reed, interviewee\nAH: Ann Hall, interviewer",
            "Tom Reed (TR), interviewee\nAnn Hall (AH), interviewer",
            "Speakers:\nTR = Tom Reed, interviewee\nAH = Ann Hall, interviewer",
            "AH = interviewer, TR = interviewee",
            "(AH = interviewer; TR = respondent)",
            "AH: interviewer; TR: interviewee",
            "Interviewer: AH, interviewee: TR",
            "Ann Hall (AH) interviewed Tom Reed (TR) on 3 May 2031.",
            "Ann Hall (AH) führte das Interview mit Tom Reed (TR) am 3. Mai 2031.\nTranscribed by Ida Lund.",
        ] {
            let text = format!("{TALK}\n{block}\n");
            let (start, _) = at_the_end(&text).unwrap_or_else(|| panic!("{block}"));
            assert_eq!(text[..start].trim_end(), TALK.trim_end(), "{block}");
        }
        let text = format!("{TALK}\nTom Reed (TR) – interviewee\nAnn Hall (AH) – interviewer\n");
        let people = at_the_end(&text).unwrap().1;
        assert_eq!(people.find("AH").map(|person| person.role), Some(Role::Interviewer));
    }

    #[test]
    fn words_at_the_end_that_explain_no_label_are_said() {
        for block in [
            "Ann Hall interviewed Tom Reed on 3 May.",
            "TR: Ann Hall (AH) came, and Tom Reed (TR) stayed.",
            "My boss (AH) met Tom Reed (TR) there.",
            "E = mc squared, he said.",
            "TR = Tom Reed",
            "TR: Tom Reed",
            "TR: interviewee; my brother: interviewer of the year",
            "Ann Hall (AB) interviewed Tom Reed (CD).",
            "Ann Hall (AH) interviewed Tom Reed (TR).\nIt rained that day.",
        ] {
            let text = format!("{TALK}\n{block}\n");
            assert!(at_the_end(&text).is_none(), "{block}");
        }
        assert!(at_the_end("AH = Ann Hall, interviewer\nTR = Tom Reed, interviewee").is_none());
    }
}
