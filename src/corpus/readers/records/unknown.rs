//! Codes by which programs say that they could not tell who speaks: `UU`, `-1`, `unknown`, `null`.
//!
//! In: what was said, with labels as written. Out: the same, with `Unknown speaker` for the codes where all others are
//! counted (`S1`, `SPEAKER_00`). It never changes another label, nor codes beside names.

use std::collections::BTreeSet;

use super::super::super::label_key::key;
use super::super::super::nobody;
use super::super::said::Said;

/// The label of those whom a program could not tell.
const UNKNOWN: &str = "Unknown speaker";
/// Fewer speakers beside a code may be all that a program tells by name.
const FEWEST: usize = 2;

/// Names the codes.
pub(in super::super) fn name(said: &mut [Said]) {
    let keys: BTreeSet<String> = said.iter().map(|said| key(&said.speaker)).filter(|key| !key.is_empty()).collect();
    let (codes, others): (Vec<String>, Vec<String>) = keys.into_iter().partition(|key| nobody::is_code(key));
    if !codes.is_empty() && others.len() >= FEWEST && others.iter().all(|key| nobody::is_counted(key)) {
        for said in said.iter_mut().filter(|said| nobody::is_code(&key(&said.speaker))) {
            UNKNOWN.clone_into(&mut said.speaker);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(labels: &[&str]) -> Vec<String> {
        let of = |label: &&str| Said { speaker: (*label).to_owned(), ..Said::segment(1, "So.".to_owned(), "0", "1") };
        let mut said: Vec<Said> = labels.iter().map(of).collect();
        name(&mut said);
        said.into_iter().map(|said| said.speaker).collect()
    }

    #[test]
    fn codes_beside_counted_speakers_are_unknown() {
        for code in ["UU", "SPEAKER_UU", "-1", "unknown", "null", "undefined", "?"] {
            let expected = ["S1", "S2", UNKNOWN].map(str::to_owned).to_vec();
            assert_eq!(named(&["S1", "S2", code]), expected, "{code}");
        }
        assert_eq!(named(&["SPEAKER_00", "SPEAKER_01", "UU"])[2], UNKNOWN);
    }

    #[test]
    fn labels_beside_names_stay() {
        for labels in [
            ["AH", "TR", "UU"],
            ["Ann Hall", "Tom Reed", "UU"],
            ["Ann Hall", "Tom Reed", "unknown"],
            ["S1", "Ann", "null"],
            ["S1", "S2", "S3"],
        ] {
            assert_eq!(named(&labels), labels.map(str::to_owned).to_vec(), "{labels:?}");
        }
    }
}
