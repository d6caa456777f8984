//! Recordings of interviews, found by their names.
//!
//! In: an analysis, a folder, and the folder that the report will lie in. Out: for each interview the URL of its
//! recording, relative to the report, so that both can be moved together; interviews without one, and recordings of
//! nobody. No recording is opened, copied or put into the report.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::interviews::groups_of;
use crate::analysis::Analysis;

/// Endings of recordings that browsers play, in the order in which they are taken where an interview has several.
const ENDINGS: [&str; 13] =
    ["mp4", "webm", "m4v", "mov", "ogv", "m4a", "mp3", "wav", "ogg", "oga", "opus", "flac", "aac"];

/// The recordings of an analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recordings {
    /// URLs by study and participant.
    urls: HashMap<(String, String), String>,
    /// Interviews without one, as `study/id`.
    pub missing: Vec<String>,
    /// Names of recordings that belong to no interview.
    pub unused: Vec<String>,
}

impl Recordings {
    /// Looks into a folder, and not into those in it. A recording is called like the file of its interview, or, where
    /// a file holds several, like the participant or the group; small and capital letters are the same.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn find(analysis: &Analysis, folder: &Path, report_folder: &Path) -> io::Result<Self> {
        let (there, spare) = recordings_in(folder)?;
        let towards = relative(&report_folder.canonicalize()?, &folder.canonicalize()?);
        let groups = groups_of(&analysis.summary);
        // An interview is a group's, or a participant's own.
        let mut interviews: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        let mut files: HashMap<&str, BTreeSet<(&str, &str)>> = HashMap::new();
        for unit in &analysis.units {
            let (study, person) = (unit.study.as_str(), unit.participant.as_str());
            let id = groups.get(&(study, person)).copied().unwrap_or(person);
            interviews.entry((study, id)).or_default().insert(person);
            files.entry(unit.position.file.as_str()).or_default().insert((study, id));
        }
        let mut stems: HashMap<(&str, &str), Vec<String>> = HashMap::new();
        for (file, held) in files {
            if let (1, Some(&interview)) = (held.len(), held.first()) {
                stems.entry(interview).or_default().extend(stems_of(file));
            }
        }
        let mut claims: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        let mut found = Self::default();
        for &(study, id) in interviews.keys() {
            let mut names = stems.remove(&(study, id)).unwrap_or_default();
            names.sort();
            names.push(id.to_lowercase());
            match names.iter().find_map(|name| there.get(name)) {
                Some(file) => claims.entry(file).or_default().push((study, id)),
                None => found.missing.push(format!("{study}/{id}")),
            }
        }
        for (file, interviews_of) in &claims {
            let [interview] = interviews_of.as_slice() else {
                // People of two studies with one name: whose it is cannot be known.
                found.missing.extend(interviews_of.iter().map(|(study, id)| format!("{study}/{id}")));
                continue;
            };
            let url = url(&towards.join(file));
            let people = interviews[interview].iter();
            found.urls.extend(people.map(|person| ((interview.0.to_owned(), (*person).to_owned()), url.clone())));
        }
        found.missing.sort();
        let used: BTreeSet<&str> =
            claims.iter().filter(|(_, interviews)| interviews.len() == 1).map(|(file, _)| *file).collect();
        found.unused = there.values().filter(|file| !used.contains(file.as_str())).cloned().chain(spare).collect();
        found.unused.sort();
        Ok(found)
    }

    /// The URL of a participant's recording.
    pub(super) fn of(&self, study: &str, participant: &str) -> Option<&str> {
        self.urls.get(&(study.to_owned(), participant.to_owned())).map(String::as_str)
    }

    /// Whether no interview has one.
    pub fn is_empty(&self) -> bool {
        self.urls.is_empty()
    }
}

/// File names of the recordings in a folder, by their stems in small letters, and those that stand behind another of
/// the same name.
fn recordings_in(folder: &Path) -> io::Result<(BTreeMap<String, String>, Vec<String>)> {
    let mut spare = Vec::new();
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let (Some(name), Some(stem), Some(ending)) = (path.file_name(), path.file_stem(), path.extension()) else {
            continue;
        };
        let ending = ending.to_string_lossy().to_lowercase();
        let Some(rank) = ENDINGS.iter().position(|known| *known == ending) else { continue };
        // A name that is no text cannot be put into a URL.
        let (Some(name), Some(stem)) = (name.to_str(), stem.to_str()) else { continue };
        if !path.is_file() {
            continue;
        }
        let candidate = (rank, name.to_owned());
        match found.get_mut(&stem.to_lowercase()) {
            Some(best) if candidate < *best => spare.push(std::mem::replace(best, candidate).1),
            Some(_) => spare.push(candidate.1),
            None => drop(found.insert(stem.to_lowercase(), candidate)),
        }
    }
    Ok((found.into_iter().map(|(stem, (_, name))| (stem, name)).collect(), spare))
}

/// `anna.transcript` and `anna` for `anna.transcript.vtt`.
fn stems_of(file: &str) -> Vec<String> {
    let mut path = PathBuf::from(file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase());
    let mut stems = Vec::new();
    while path.extension().is_some() {
        path.set_extension("");
        stems.push(path.to_string_lossy().into_owned());
    }
    stems
}

/// The way from one folder to another; where there is none, as between two drives, the other as it is.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<Component>, Vec<Component>) = (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return to.iter().collect();
    }
    let up = from[same..].iter().map(|_| Component::ParentDir);
    up.chain(to[same..].iter().copied()).collect()
}

/// A path as a URL: relative where it is, else with the scheme of files.
fn url(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut written = String::new();
    if path.is_absolute() {
        written.push_str(if text.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                written.push(char::from(byte))
            }
            b':' if path.is_absolute() => written.push(':'),
            other => written.push_str(&format!("%{other:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;

    #[test]
    fn urls_name_any_file() {
        assert_eq!(url(Path::new("../media/Anna & Bö #1.mp3")), "../media/Anna%20%26%20B%C3%B6%20%231.mp3");
        assert_eq!(url(Path::new("a:b.mp3")), "a%3Ab.mp3", "no scheme");
        #[cfg(unix)]
        assert_eq!(url(Path::new("/r/a.mp3")), "file:///r/a.mp3");
    }

    #[test]
    #[cfg(unix)]
    fn ways_lead_from_one_folder_to_another() {
        for (from, to, way) in
            [("/a/b", "/a/c/d", "../c/d"), ("/a", "/a/m", "m"), ("/a", "/a", ""), ("/a/b", "/x", "../../x")]
        {
            assert_eq!(relative(Path::new(from), Path::new(to)), PathBuf::from(way), "{from} to {to}");
        }
    }

    #[test]
    fn stems_lose_one_ending_after_the_other() {
        assert_eq!(stems_of("C:\\x\\Anna.Transcript.vtt"), ["anna.transcript", "anna"]);
        assert!(stems_of("anna").is_empty());
    }

    #[test]
    fn recordings_are_found_by_name_and_those_of_nobody_are_told() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = load(&fixtures).unwrap();
        analysis.units.truncate(3);
        for (unit, (person, file)) in
            analysis.units.iter_mut().zip([("anna", "in/One.vtt"), ("bo", "two.csv"), ("cy", "two.csv")])
        {
            (unit.study, unit.participant, unit.position.file) = ("s".into(), person.into(), file.into());
        }
        let folder = tempfile::tempdir().unwrap();
        for name in ["one.wav", "one.MP3", "Bo.m4a", "two.mp4", "notes.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let found = Recordings::find(&analysis, folder.path(), folder.path()).unwrap();
        assert_eq!((found.of("s", "anna"), found.of("s", "bo")), (Some("one.MP3"), Some("Bo.m4a")));
        assert_eq!(found.missing, ["s/cy"], "the file of two people's interviews names no recording of one");
        assert_eq!(found.unused, ["one.wav", "two.mp4"], "the second of one name is told");
        // The same name in another study: whose recording it is cannot be known.
        (analysis.units[2].study, analysis.units[2].participant) = ("t".into(), "BO".into());
        let found = Recordings::find(&analysis, folder.path(), folder.path()).unwrap();
        assert_eq!((found.of("s", "bo"), found.of("t", "BO")), (None, None));
        assert_eq!(
            (found.missing, found.unused),
            (vec!["s/bo".into(), "t/BO".into()], vec!["Bo.m4a".into(), "one.wav".into(), "two.mp4".into()])
        );
        assert!(Recordings::find(&analysis, &folder.path().join("none"), folder.path()).is_err());
    }

    #[test]
    fn of_two_recordings_of_one_name_the_second_is_told() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["anna.wav", "anna.mp3", "bert.ogg", "notes.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let (found, spare) = recordings_in(folder.path()).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["anna", "bert"]);
        assert!(spare.len() == 1 && !found.values().any(|name| *name == spare[0]), "{found:?} {spare:?}");
    }
}
