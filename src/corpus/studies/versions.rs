//! Versions of one talk: `P01` beside `P01_final`, `transcript_raw` beside `transcript_clean`.
//!
//! In: where transcripts were found and what is said in them. Out: which are versions of one talk: their files lie in
//! one folder, are called the same but for a word for a version, and say much the same. It leaves none out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::super::readers::RawTurn;
use super::{Origin, Place};

/// Versions of one talk, as places among the transcripts.
pub(super) struct Talk {
    /// What they are called without the words for versions; empty where they are called by nothing else.
    pub(super) called: String,
    /// The one that is called so, or else the first.
    pub(super) first: usize,
    pub(super) others: Vec<usize>,
}

/// All talks that there are versions of.
#[derive(Default)]
pub(super) struct Versions {
    pub(super) talks: Vec<Talk>,
    /// What files are called without the words for versions, in lower case.
    names: HashMap<usize, String>,
    others: HashSet<usize>,
}

/// Words that come again of all in the shorter one: where the name says that it was edited, and where it may as well
/// be another interview (`P01_final`, `P01_v2`).
const EDITED_SHARE: f64 = 0.3;
const SAME_SHARE: f64 = 0.5;
/// Words in a row that come again.
const IN_A_ROW: usize = 3;

impl Versions {
    pub(super) fn new(origins: &[Origin<'_>], places: &[Place]) -> Self {
        let mut alike: BTreeMap<(&Path, String), Vec<(usize, usize)>> = BTreeMap::new();
        let mut n_in = vec![0; places.len()];
        origins.iter().for_each(|origin| n_in[origin.file] += 1);
        // Of a file with several transcripts none is a version.
        for (at, origin) in origins.iter().enumerate().filter(|(_, origin)| n_in[origin.file] == 1) {
            let place = &places[origin.file];
            let Some(folder) = place.folder.as_deref().filter(|_| !place.is_table) else { continue };
            let called = bare(&place.stem).0.to_lowercase();
            alike.entry((folder, called)).or_default().push((at, origin.file));
        }
        let mut versions = Self::default();
        for ((_, called), files) in alike {
            let stem = |file: usize| places[file].stem.as_str();
            let is_bare = |file: usize| bare(stem(file)).0.len() == stem(file).len();
            let differ = files.iter().any(|(_, file)| !is_bare(*file))
                && files.iter().any(|(_, file)| !stem(*file).eq_ignore_ascii_case(stem(files[0].1)));
            if !differ {
                continue;
            }
            let first = *files.iter().find(|(_, file)| is_bare(*file)).unwrap_or(&files[0]);
            let told = files.iter().any(|(_, file)| bare(stem(*file)).1);
            let wanted = if told { EDITED_SHARE } else { SAME_SHARE };
            let said = rows_of_words(origins[first.0].turns);
            let same: Vec<(usize, usize)> = files
                .into_iter()
                .filter(|file| *file != first && share(&said, &rows_of_words(origins[file.0].turns)) >= wanted)
                .collect();
            if !same.iter().any(|(_, file)| !stem(*file).eq_ignore_ascii_case(stem(first.1))) {
                continue;
            }
            let of_talk = same.iter().chain([&first]);
            versions.names.extend(of_talk.map(|(_, file)| (*file, called.clone())));
            let others: Vec<usize> = same.into_iter().map(|(at, _)| at).collect();
            versions.others.extend(&others);
            versions.talks.push(Talk { called: bare(stem(first.1)).0.to_owned(), first: first.0, others });
        }
        versions
    }

    /// Whether a transcript is another version of one that stands for both.
    pub(super) fn is_other(&self, at: usize) -> bool {
        self.others.contains(&at)
    }

    /// Whether there are versions of what is in a file.
    pub(super) fn has(&self, file: usize) -> bool {
        self.names.contains_key(&file)
    }

    /// What the talk in a file is called within its folder, in lower case: the same for its versions, and for the
    /// formats it was saved in.
    pub(super) fn talk_in(&self, file: usize, places: &[Place]) -> String {
        self.names.get(&file).cloned().unwrap_or_else(|| places[file].stem.to_lowercase())
    }
}

/// Words by which a file says that it was edited, or not yet.
#[rustfmt::skip]
const EDITED: &[&str] = &[
    "raw", "clean", "cleaned", "draft", "edit", "edited", "unedited", "corrected", "corrections", "checked", "reviewed",
    "revised", "proofread", "anonymised", "anonymized", "anon", "deidentified", "redacted", "verbatim", "copy",
    "roh", "rohfassung", "bereinigt", "korrigiert", "korrektur", "überarbeitet", "anonymisiert", "entwurf",
    "endfassung", "kopie", "geprüft", "brut", "brouillon", "corrigé", "corrigée", "relu", "relue", "anonymisé",
    "anonymisée", "copie", "borrador", "corregido", "corregida", "limpio", "limpia", "revisado", "revisada",
    "anonimizado", "anonimizada", "copia",
];

/// Words that versions have, and other interviews too.
const PERHAPS: &[&str] = &["final", "new", "old", "original", "auto", "neu", "alt"];

/// What stands between the parts of a name.
const BETWEEN: [char; 8] = ['_', '-', ' ', '.', '(', ')', '[', ']'];

/// A name without the words for versions at its end or its start, and whether one of them is of an edited text.
fn bare(stem: &str) -> (&str, bool) {
    let (mut rest, mut is_edited) = (stem, false);
    loop {
        let end = rest.trim_end_matches(BETWEEN);
        let word = end.rsplit(BETWEEN).next().unwrap_or_default();
        // Only a number in brackets is one of copies.
        let is_copy = rest.ends_with(')') && word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit());
        let Some(edited) = kind(word).or(is_copy.then_some(false)) else { break };
        rest = end[..end.len() - word.len()].trim_end_matches(BETWEEN);
        is_edited |= edited;
    }
    const COPY_OF: [&str; 4] = ["copy of ", "kopie von ", "copie de ", "copia de "];
    let begins = |of: &&&str| rest.get(..of.len()).is_some_and(|start| start.eq_ignore_ascii_case(of));
    if let Some(of) = COPY_OF.iter().find(begins) {
        return (&rest[of.len()..], true);
    }
    let word = rest.split(BETWEEN).next().unwrap_or_default();
    match kind(word).filter(|_| word.len() < rest.len()) {
        Some(edited) => (rest[word.len()..].trim_start_matches(BETWEEN), is_edited | edited),
        None => (rest, is_edited),
    }
}

/// Whether a word for a version is of an edited text; nothing for other words.
fn kind(word: &str) -> Option<bool> {
    let lower = word.to_lowercase();
    let number = lower.strip_prefix("version").or_else(|| lower.strip_prefix('v'));
    let is_numbered = number.is_some_and(|n| !n.is_empty() && n.len() < 3 && n.bytes().all(|b| b.is_ascii_digit()));
    match lower.as_str() {
        word if EDITED.contains(&word) => Some(true),
        word if PERHAPS.contains(&word) || is_numbered => Some(false),
        _ => None,
    }
}

/// Words in a row that are said.
fn rows_of_words(turns: &[RawTurn]) -> HashSet<String> {
    let words: Vec<String> = turns
        .iter()
        .flat_map(|turn| turn.text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(IN_A_ROW).map(|row| row.join(" ")).collect()
}

/// How much of the shorter one comes again in the other.
fn share(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { a.intersection(b).count() as f64 / shorter as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_versions_are_no_part_of_a_name() {
        for (stem, called) in [
            ("P01_final", "P01"),
            ("P01 (1)", "P01"),
            ("P01 - Copy", "P01"),
            ("P01_clean_v2", "P01"),
            ("transcript_raw", "transcript"),
            ("raw_P01", "P01"),
            ("Kopie von Anna", "Anna"),
            ("Anna korrigiert", "Anna"),
            ("raw", ""),
        ] {
            assert_eq!(bare(stem).0, called, "{stem}");
        }
        for stem in ["P01", "P01_1", "Anna T1", "rawson_3", "P01_pre", "Clean"] {
            assert_eq!(bare(stem).0, if stem == "Clean" { "" } else { stem }, "{stem}");
        }
        assert_eq!((bare("P01_raw").1, bare("P01_v2").1), (true, false));
    }
}
