//! Lines of a header that name somebody without a colon: `Interviewer — Ann Hall`, `[AH] Ann Hall, interviewer`.
//!
//! In: a line, and the text it stands in. Out: whom it names. Where another line starts the same way, the label heads
//! turns, and its line stays one; so does any line whose words are no full name.

use super::super::super::by_lines::ByLines;
use super::super::super::people::{is_short_for, names_people};
use super::super::super::speakers::key;
use super::{Line, by_dash, field_role, is_code, is_full_name, role_within};

/// Lines that are looked at for another one that starts the same way.
const LOOKED_AT: usize = 400;

/// Reads such a line.
pub(super) fn read<'t>(line: &'t str, text: &str) -> Option<Line<'t>> {
    let (found, start) = dashed(line).or_else(|| bracketed(line))?;
    let alike = text.by_lines().take(LOOKED_AT).filter(|line| line.trim().starts_with(start)).nth(1);
    alike.is_none().then_some(found)
}

/// `Interviewer — Ann Hall`, and what the line starts with.
fn dashed(line: &str) -> Option<(Line<'_>, &str)> {
    let (start, value) = by_dash(line)?;
    let value = value.trim().trim_matches(['*', '_']);
    if !is_full_name(value) {
        return None;
    }
    let label = key(start.trim_matches(['*', '_', ' ']));
    let role = field_role(&label)??;
    Some((Line { label, value, names: Some(Some(role)) }, start))
}

/// `[AH] Ann Hall, interviewer`, and what the line starts with; the letters are the initials of the name.
fn bracketed(line: &str) -> Option<(Line<'_>, &str)> {
    let (letters, value) = line.strip_prefix('[')?.split_once("] ")?;
    let name = value.split([',', '(', ';']).next().unwrap_or_default().trim();
    let label = key(letters);
    let is_name = is_code(&label) && name.contains(' ') && names_people(name) && is_short_for(&label, name);
    let is_said = value.ends_with(['.', '?', '!', '…']);
    let names = Some(role_within(value));
    (is_name && !is_said).then_some((Line { label, value, names }, &line[..letters.len() + 2]))
}

#[cfg(test)]
mod tests {
    use super::super::super::super::model::Role;
    use super::super::block;

    #[test]
    fn names_without_a_colon_are_none_of_the_words() {
        let talk =
            "IL: Is it on?\n\nJM: It is. Tell me how you came to sea.\n\nIL: By bus.\n\nJM: And then.\n\nIL: Rain.";
        for header in [
            "Interviewer — Jon Moss\nNarrator — Ida Lund",
            "**Interviewee** – Ida Lund\n**Interviewer** – Jon Moss",
            "Who talks\n[JM] Jon Moss, interviewer\n[IL] Ida Lund, fisher",
        ] {
            let text = format!("{header}\n\n{talk}");
            let found = block(&text, Vec::new).unwrap_or_else(|| panic!("{header}"));
            assert_eq!(&text[found.end..], talk);
            assert_eq!(found.people.find("JM").map(|person| person.role), Some(Role::Interviewer), "{header}");
        }
    }

    #[test]
    fn turns_behind_dashes_and_brackets_stay_turns() {
        for talk in [
            "Interviewer — Good Lord\nNarrator — Quite So\n\nInterviewer — How long?\nNarrator — Ten years.\n",
            "[JM] Jon Moss, here.\n[IL] Ida Lund, too.\n\n[JM] How long?\n[IL] Ten years.\n",
            "[JM] Jon Moss, interviewer\n[IL] Ida Lund, fisher\n\n[JM] How long?\n[IL] Ten years.\n",
            "Interviewer — how long was it\nNarrator — ten years\n\nA: So.\n\nB: Well.\n\nA: And?\n\nB: No.\n",
        ] {
            assert!(block(talk, Vec::new).is_none_or(|block| block.end == 0), "{talk}");
        }
    }
}
