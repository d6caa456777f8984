//! Versions of one talk: `P01` beside `P01_final`, `transcript_raw` beside `transcript_clean`.
//!
//! In: where transcripts were found and what is said in them. Out: which are versions of one talk: their files lie in
//! one folder, are called the same but for words for versions or for their formats (`P01.docx`, `P01.vtt`), and say much
//! the same, or are called like another one with whatever behind (`P01_coded`) and say nearly the same; and which words are for versions. It leaves none out, and makes nothing of talks that are only called so.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::super::readers::RawTurn;
use super::spelling::key;
use super::{Origin, Place};

/// Versions of one talk, as places among the transcripts.
pub(super) struct Talk {
    /// What they are called without the words for versions, empty where they are called by nothing else; what the first
    /// is called where another talk would be called the same.
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
pub(super) const EDITED_SHARE: f64 = 0.3;
pub(super) const SAME_SHARE: f64 = 0.5;
/// The same where what stands behind the name is no word for a version: what is asked comes again in other interviews.
const COPIED_SHARE: f64 = 0.75;
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
            alike.entry((folder, key(bare(&place.stem).0))).or_default().push((at, origin.file));
        }
        let copied = copied(&alike);
        let mut versions = Self::default();
        for files in alike.into_values() {
            let stem = |file: usize| places[file].stem.as_str();
            let is_bare = |file: usize| bare(stem(file)).0.len() == stem(file).len();
            if files.iter().all(|(_, file)| stem(*file).eq_ignore_ascii_case(stem(files[0].1))) {
                versions.talks.extend(in_formats(files, origins).map(|(first, others)| Talk {
                    called: stem(origins[first].file).to_owned(),
                    first,
                    others,
                }));
                continue;
            }
            // The one that is called so goes before the others.
            let (bare_ones, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(_, file)| is_bare(*file));
            let told = others.iter().any(|(_, file)| bare(stem(*file)).1);
            let wanted = if told { EDITED_SHARE } else { SAME_SHARE };
            let said_alike = alike_in_words([bare_ones, others].concat(), origins, wanted);
            let is_only = said_alike.len() == 1;
            for files in said_alike {
                let first = files[0];
                if files.iter().all(|(_, file)| stem(*file).eq_ignore_ascii_case(stem(first.1))) {
                    continue;
                }
                // Beside another talk that is called alike, what they are called is not enough.
                let of_talk = if is_only { bare(stem(first.1)).0 } else { stem(first.1) };
                versions.names.extend(files.iter().map(|(_, file)| (*file, of_talk.to_lowercase())));
                let others: Vec<usize> = files[1..].iter().map(|(at, _)| *at).collect();
                versions.others.extend(&others);
                versions.talks.push(Talk { called: of_talk.to_owned(), first: first.0, others });
            }
        }
        for (base, others) in copied {
            let stem = places[base.1].stem.as_str();
            if versions.others.contains(&base.0) {
                continue;
            }
            let others = others.into_iter().filter(|(at, _)| !versions.others.contains(at));
            let files: Vec<(usize, usize)> = std::iter::once(base).chain(others).collect();
            let Some(files) = alike_in_words(files, origins, COPIED_SHARE).into_iter().next() else { continue };
            let others: Vec<usize> = files[1..].iter().map(|(at, _)| *at).collect();
            let is_exact = |&at: &usize| say_the_same(origins[base.0].turns, origins[at].turns);
            if others.is_empty() || others.iter().all(is_exact) {
                continue;
            }
            let called = versions.names.get(&base.1).cloned().unwrap_or_else(|| stem.to_lowercase());
            versions.names.extend(files.iter().map(|(_, file)| (*file, called.clone())));
            versions.others.extend(&others);
            match versions.talks.iter_mut().find(|talk| talk.first == base.0) {
                Some(talk) => talk.others.extend(others),
                None => versions.talks.push(Talk { called: stem.to_owned(), first: base.0, others }),
            }
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

/// A file, as its places among the transcripts and among the files.
type File = (usize, usize);

/// Files with those of the folder that are called the same with something behind: `P01` with `P01_coded`.
fn copied(alike: &BTreeMap<(&Path, String), Vec<File>>) -> Vec<(File, Vec<File>)> {
    let mut of: BTreeMap<(&Path, &str), Vec<File>> = BTreeMap::new();
    for ((folder, name), files) in alike {
        let cuts = name.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| &name[..at]);
        // `P1` and `coded` stand together in a key.
        let behind_number = name
            .char_indices()
            .skip(1)
            .filter(|&(at, c)| !c.is_ascii_digit() && name[..at].ends_with(|c: char| c.is_ascii_digit()));
        let shorter = cuts.chain(behind_number.map(|(at, _)| &name[..at]));
        let mut bases =
            shorter.filter(|short| !short.is_empty() && alike.contains_key(&(*folder, (*short).to_owned())));
        if let Some(base) = bases.next() {
            of.entry((*folder, base)).or_default().extend(files);
        }
    }
    let first = |(folder, base): (&Path, &str)| alike.get(&(folder, base.to_owned()))?.first().copied();
    of.into_iter().filter_map(|(name, others)| Some((first(name)?, others))).collect()
}

/// Talks that were saved in several formats, each as the places of the first one and of the others that say much the same.
/// What says exactly the same is left out as such, and no version.
fn in_formats(files: Vec<(usize, usize)>, origins: &[Origin<'_>]) -> impl Iterator<Item = (usize, Vec<usize>)> + use<> {
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for file in files {
        if !apart.iter().any(|(at, _)| say_the_same(origins[*at].turns, origins[file.0].turns)) {
            apart.push(file);
        }
    }
    let talks = if apart.len() > 1 { alike_in_words(apart, origins, SAME_SHARE) } else { Vec::new() };
    let several = talks.into_iter().filter(|files| files.len() > 1);
    several.map(|files| (files[0].0, files[1..].iter().map(|(at, _)| *at).collect()))
}

fn say_the_same(a: &[RawTurn], b: &[RawTurn]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.speaker == b.speaker && a.text == b.text)
}

/// Files that are called alike and whose words are compared each with each, at most.
const MOST_ALIKE: usize = 30;

/// Files, as places among the transcripts and among the files, by what is said in them: each with those that say much
/// the same as the first.
fn alike_in_words(files: Vec<(usize, usize)>, origins: &[Origin<'_>], wanted: f64) -> Vec<Vec<(usize, usize)>> {
    let mut talks: Vec<HashSet<String>> = Vec::new();
    let mut alike: Vec<Vec<(usize, usize)>> = Vec::new();
    for file in files {
        let said = rows_of_words(origins[file.0].turns);
        match talks.iter().position(|first| share(first, &said) >= wanted) {
            Some(at) => alike[at].push(file),
            None if talks.len() < MOST_ALIKE => {
                talks.push(said);
                alike.push(vec![file]);
            }
            None => {}
        }
    }
    alike
}

/// Words by which a file says that it was edited, or not yet.
#[rustfmt::skip]
const EDITED: &[&str] = &[
    "raw", "clean", "cleaned", "draft", "edit", "edited", "unedited", "corrected", "correction", "corrections",
    "checked", "reviewed", "revised", "revision", "rev", "fixed", "updated", "proofread", "proofed", "anonymised",
    "anonymized", "anonym", "anon", "pseudonymised", "pseudonymized", "pseudonymisiert", "backup", "backups", "bak",
    "sicherung", "sauvegarde", "respaldo", "deidentified", "redacted", "verbatim", "copy", "roh", "rohfassung",
    "bereinigt", "korrigiert", "korrektur", "überarbeitet", "bearbeitet", "aktualisiert", "anonymisiert", "entwurf",
    "endfassung", "kopie", "geprüft", "brut", "brouillon", "corrigé", "corrigée", "révisé", "révisée", "relu", "relue", "anonymisé",
    "anonymisée", "copie", "borrador", "corregido", "corregida", "limpio", "limpia", "revisado", "revisada",
    "anonimizado", "anonimizada", "copia",
];

/// Words that versions have, and other interviews too.
#[rustfmt::skip]
const PERHAPS: &[&str] = &[
    "final", "new", "old", "original", "auto", "neu", "alt", "version", "ver", "latest", "last", "update", "approved",
    "translated", "translation", "fassung", "definitiv", "définitif", "définitive", "definitiva", "definitivo",
];

/// What stands between the parts of a name.
const BETWEEN: [char; 8] = ['_', '-', ' ', '.', '(', ')', '[', ']'];

/// What programs that share files call a copy which they could not merge, in brackets: `(Ann's conflicted copy 2031)`.
const CONFLICTS: &[&str] = &["conflict", "konflikt", "conflit", "conflitto", "conflito"];

/// A name without the remark of such a copy.
fn without_conflict(stem: &str) -> Option<&str> {
    let (name, inner) = stem.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let inner = inner.to_lowercase();
    let is_conflict = CONFLICTS.iter().any(|word| inner.contains(word));
    is_conflict.then(|| name.trim_end_matches(BETWEEN)).filter(|name| !name.is_empty())
}

/// A name without the words for versions at its end or its start, and whether one of them is of an edited text.
pub(super) fn bare(stem: &str) -> (&str, bool) {
    let conflict = without_conflict(stem);
    let (mut rest, mut is_edited) = (conflict.unwrap_or(stem), conflict.is_some());
    loop {
        let end = rest.trim_end_matches(BETWEEN);
        let word = end.rsplit(BETWEEN).next().unwrap_or_default();
        // Only a number in brackets is one of copies.
        let is_copy = rest.ends_with(')') && word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit());
        let before = end[..end.len() - word.len()].trim_end_matches(BETWEEN);
        // `version 2`, `v1.2`
        let named = before.rsplit(BETWEEN).next().filter(|_| is_short_number(word)).unwrap_or_default();
        let (edited, before) = match (kind(word).or(is_copy.then_some(false)), kind(named)) {
            (Some(edited), _) => (edited, before),
            (None, Some(edited)) => (edited, before[..before.len() - named.len()].trim_end_matches(BETWEEN)),
            (None, None) => break,
        };
        rest = before;
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

/// Whether a word for a version is of an edited text; nothing for other words. It may have a number: `final2`.
fn kind(word: &str) -> Option<bool> {
    let lower = word.to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &lower[word.len()..];
    let has_any = number.is_empty() || is_short_number(number);
    match word {
        word if has_any && EDITED.contains(&word) => Some(true),
        word if has_any && PERHAPS.contains(&word) => Some(false),
        "v" if is_short_number(number) => Some(false),
        _ => None,
    }
}

fn is_short_number(text: &str) -> bool {
    (1..3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word may be for a version: `final2`, `corrected`, `v3`.
pub(super) fn is_of_version(word: &str) -> bool {
    kind(word).is_some()
}

/// Words in a row that are said.
pub(super) fn rows_of_words(turns: &[RawTurn]) -> HashSet<String> {
    let words: Vec<String> = turns
        .iter()
        .flat_map(|turn| turn.text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(IN_A_ROW).map(|row| row.join(" ")).collect()
}

/// How much of the shorter one comes again in the other.
pub(super) fn share(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
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
            ("P01_final2", "P01"),
            ("P01_rev", "P01"),
            ("P01_rev3_corrected", "P01"),
            ("P01 version 2", "P01"),
            ("P01_v1.2", "P01"),
            ("P01 - Copy (2)", "P01"),
            ("P01_updated_final_final", "P01"),
            ("P01 (Ann's conflicted copy 2031-05-03)", "P01"),
            ("Anna (Konflikt Kopie von Ute)", "Anna"),
        ] {
            assert_eq!(bare(stem).0, called, "{stem}");
        }
        for stem in [
            "P01",
            "P01_1",
            "Anna T1",
            "rawson_3",
            "P01_pre",
            "P01_2031",
            "Anna 12",
            "P01_v",
            "Clean",
            "P01 (conflict",
            "Anna (Leeds)",
        ] {
            assert_eq!(bare(stem).0, if stem == "Clean" { "" } else { stem }, "{stem}");
        }
        assert_eq!((bare("P01_raw").1, bare("P01_v2").1), (true, false));
    }
}
