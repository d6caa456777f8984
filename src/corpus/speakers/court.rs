//! Who else speaks in a hearing, as court reporters write it: `THE COURT` and, as counsel, `MR. HALL` beside `Q` and `A`.
//!
//! In: a label, and all labels beside it in the form in which they are compared. Out: why its words are no answers, if
//! it is such a label. It never looks at what is said.

use super::super::label_key::key;

const TITLES: [&str; 5] = ["MR", "MRS", "MS", "MISS", "MX"];
/// Who holds the hearing, or serves in it.
#[rustfmt::skip]
const OFFICERS: &[&str] = &[
    "the court", "the clerk", "the court clerk", "the courtroom deputy", "the reporter", "the court reporter",
    "the stenographer", "the bailiff", "the marshal", "the videographer", "the interpreter", "the judge",
    "the magistrate", "the registrar", "the chair", "the chairman", "the chairperson", "the coroner",
    "the foreperson", "the foreman", "the prosecutor",
];

const OFFICER: &str = "holds or serves a hearing: what is asked and answered there stands under `Q` and `A`";
const COUNSEL: &str = "counsel in a hearing: what is asked and answered there stands under `Q` and `A`";

/// Why words under a label are no answers.
pub(super) fn reason(label: &str, keys: &[String]) -> Option<&'static str> {
    let has = |letter: &str| keys.iter().any(|key| key == letter);
    let title = label.split_once(' ').map(|(title, _)| title.trim_end_matches('.'));
    let is_counsel = title.is_some_and(|title| TITLES.contains(&title)) && !label.contains(char::is_lowercase);
    let is_officer = OFFICERS.contains(&key(label).as_str());
    let reason = if is_officer { OFFICER } else { COUNSEL };
    ((is_counsel || is_officer) && has("q") && has("a")).then_some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_else_speaks_in_a_hearing_answers_nothing() {
        let keys = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
        assert_eq!(reason("MR. HALL", &keys(&["q", "a", "mr. hall"])), Some(COUNSEL));
        assert_eq!(reason("THE COURT", &keys(&["q", "a", "the court"])), Some(OFFICER));
        for label in ["Mr. Hall", "HALL", "THE DEFENDANT", "COURT"] {
            assert_eq!(reason(label, &keys(&["q", "a"])), None, "{label}");
        }
        for label in ["MR. HALL", "THE COURT"] {
            assert_eq!(reason(label, &keys(&["i", "p"])), None, "{label}");
        }
    }
}
