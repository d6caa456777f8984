//! Labels that name nobody in particular: speakers whom a program or a transcriber could not tell.
//!
//! In: a label in the form in which labels are compared. Out: whether it is one. The words under it
//! belong to no participant, since nobody knows whose they are.

/// Why words under such a label are left out.
pub(super) const REASON: &str = "names nobody in particular: whose words these are is not known";

/// Labels that are one wherever they start a line.
const SURE: &[&str] = &[
    "unknown speaker",
    "unidentified speaker",
    "unnamed speaker",
    "unidentified",
    "unrecognized speaker",
    "unidentified male",
    "unidentified female",
    "unidentified man",
    "unidentified woman",
    "unknown male",
    "unknown female",
    "unknown participant",
    "unidentified participant",
    "several speakers",
    "multiple speakers",
    "multiple voices",
    "several voices",
    "unclear speaker",
    "speaker unclear",
    "speaker unknown",
    "unknown speakers",
    "unbekannter sprecher",
    "unbekannte sprecherin",
    "unbekannte person",
    "mehrere sprecher",
    "mehrere personen",
    "locuteur inconnu",
    "intervenant inconnu",
    "hablante desconocido",
    "orador desconocido",
    "onbekende spreker",
    "parlante sconosciuto",
];
/// The same once the turns show speakers; they also start ordinary lines.
const LIKELY: &[&str] = &[
    "unknown",
    "several",
    "all",
    "everyone",
    "everybody",
    "group",
    "multiple",
    "both",
    "inaudible",
    "crosstalk",
    "unclear",
    "unintelligible",
    "audience",
    "voices",
    "various",
    "together",
    "speaker ?",
    "speaker x",
    "speaker unk",
    "speaker unknown",
    "?",
    "??",
    "???",
    "x",
    "mehrere",
    "alle",
    "unbekannt",
    "unverständlich",
    "plusieurs",
    "tous",
    "inconnu",
    "inconnue",
    "varios",
    "todos",
    "desconocido",
    "desconocida",
    "meerdere",
    "allen",
    "onbekend",
    "diversi",
    "tutti",
    "sconosciuto",
];

/// Whether a label names nobody.
pub(super) fn is_nobody(key: &str) -> bool {
    let bare = bare(key);
    is_sure(bare) || LIKELY.contains(&bare) || LIKELY.contains(&key)
}

/// Whether it does wherever it starts a line.
pub(super) fn is_surely(key: &str) -> bool {
    is_sure(bare(key))
}

fn is_sure(bare: &str) -> bool {
    let unnumbered = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#'));
    SURE.contains(&bare) || SURE.contains(&unnumbered)
}

/// A label without brackets: `(inaudible)`, `[Unknown]`, `<Several>`.
fn bare(key: &str) -> &str {
    key.trim_matches(['(', ')', '[', ']', '<', '>', '*', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_nobody() {
        for key in ["unknown speaker", "unknown speaker 2", "speaker ?", "(inaudible)", "[unknown]", "several", "all"] {
            assert!(is_nobody(key), "{key}");
        }
        for key in ["speaker 1", "unger", "alla", "allan", "speaker", "both sides", "group 3", "p?", "tom", ""] {
            assert!(!is_nobody(key), "{key}");
        }
        assert!(is_surely("unidentified speaker 3") && !is_surely("all"));
    }
}
