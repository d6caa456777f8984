//! The names that are replaced: those of a list, and those found in speaker labels, ids and columns of names.
//!
//! In: the file of `--names`, and an analysis. Out: [`Names`]: for each name its words and what stands for it. A
//! name that the list gives as its own replacement is none. A name is also one as it is spelt without accents, or
//! with others than it has. Whether a word of a text is meant is for
//! [`replacing`](super::replacing) to say.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::PseudonymError;
use super::addresses::words_beside;
use super::policy::{MOST_SPELLINGS, NAME, NAME_COLUMNS, NOBODY, ORDINARY, PARTICLES, PLAYED, SHARED, SHORT, TITLES};
use super::words::{Word, has_capital, is_unspaced, key, without_accents, words};
use crate::analysis::saved::{Analysis, Summary};
use crate::corpus::opening::{self, LARGEST_NOTE};
use crate::corpus::{ReadOptions, Role, is_part, read_grid};

/// A name as the list gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedName {
    name: String,
    replacement: Option<String>,
}

/// Reads a list of names: one a line, or a table `name,replacement` (CSV, TSV, XLSX).
///
/// # Errors
/// [`PseudonymError::Table`], [`PseudonymError::File`] with the line.
pub(crate) fn read_names(path: &Path) -> Result<Vec<ListedName>, PseudonymError> {
    let rows = rows_of(path)?;
    let mut listed: Vec<ListedName> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (line, cells) in rows {
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let Some(name) = cell(0) else { continue };
        let wrong = |reason: String, hint| PseudonymError::File { path: path.to_owned(), line, reason, hint };
        if words(name).is_empty() {
            return Err(wrong(format!("`{name}` has no letters"), "give one name a line, or `name,replacement`"));
        }
        let found = ListedName { name: name.to_owned(), replacement: cell(1).map(str::to_owned) };
        match known.insert(key(name), listed.len()) {
            Some(first) if listed[first].replacement != found.replacement => {
                let reason = format!("`{name}` has another replacement further up");
                return Err(wrong(reason, "leave one of the two lines"));
            }
            Some(_) => {}
            None => listed.push(found),
        }
    }
    if listed.is_empty() {
        return Err(PseudonymError::File {
            path: path.to_owned(),
            line: 1,
            reason: "no names".into(),
            hint: "give one name a line, or `name,replacement`; leave `--names` out where there are none",
        });
    }
    Ok(listed)
}

/// Line and cells of each row, titles left out.
fn rows_of(path: &Path) -> Result<Vec<(usize, Vec<String>)>, PseudonymError> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if ending == "xlsx" {
        let (_, grid) = read_grid(path, &ReadOptions::default())?;
        if let Some(reason) = grid.left_out {
            // A name that is not read would be left in what is passed on.
            let hint = "put all names on one sheet, and take the others out of the workbook";
            return Err(PseudonymError::File { path: path.to_owned(), line: 1, reason, hint });
        }
        let titles = (1, grid.header);
        let is_title = titles.1.first().is_some_and(|title| key(title.trim()) == "name");
        return Ok((!is_title).then_some(titles).into_iter().chain(grid.rows).collect());
    }
    let text = opening::read_text(path, LARGEST_NOTE).map_err(|error| PseudonymError::File {
        path: path.to_owned(),
        line: 1,
        reason: error.to_string(),
        hint: "save the list as text in UTF-8, or as CSV or XLSX",
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().find(|&byte| first.as_bytes().contains(&byte));
    let has_title = key(first.split(['\t', ';', ',']).next().unwrap_or_default().trim_matches(['"', ' '])) == "name";
    if !has_title && !["csv", "tsv", "tab"].contains(&ending.as_str()) {
        return Ok(text.lines().enumerate().map(|(at, line)| (at + 1, vec![line.to_owned()])).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .has_headers(has_title)
        .flexible(true)
        .from_reader(text.as_bytes());
    let row = |record: csv::Result<csv::StringRecord>| match record {
        Ok(record) => {
            let line = record.position().map_or(1, |position| position.line() as usize);
            Ok((line, record.iter().map(str::to_owned).collect()))
        }
        Err(error) => Err(PseudonymError::File {
            path: path.to_owned(),
            line: error.position().map_or(1, |position| position.line() as usize),
            reason: error.to_string(),
            hint: "save the list as CSV again",
        }),
    };
    reader.records().map(row).collect()
}

/// A name to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Its words, as they are compared.
    pub(super) words: Vec<String>,
    /// What stands for it.
    pub(super) replacement: String,
    /// A word that is said in other senses too: a name only where that is certain.
    pub(super) is_ordinary: bool,
    /// Initials alone, `T. R.`: never replaced, but told.
    pub(super) is_initials: bool,
    /// An ordinary word by itself, `Will` or `Al`: without a capital it is not worth telling.
    pub(super) is_known_word: bool,
}

/// The names of an analysis.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Those that begin with a word, the longest first.
    pub(super) by_first: HashMap<String, Vec<Name>>,
    /// Those of scripts without spaces, the longest first, with what stands for them.
    pub(super) unspaced: Vec<(String, String)>,
    /// As they were found, for the researcher to see: in labels, ids and columns.
    pub(super) found: BTreeSet<String>,
    /// Those of one word that somebody says without a capital.
    pub(super) uncapitalised: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(analysis: &Analysis, listed: &[ListedName]) -> Self {
        let mut found = found_in(&analysis.summary);
        let kept: BTreeSet<String> =
            listed.iter().filter(|listed| listed.is_kept()).map(|listed| key(&listed.name)).collect();
        found.retain(|name| !kept.contains(&key(name)));
        let mut gathered = Gathered { names: BTreeMap::new(), unspaced: BTreeMap::new(), kept };
        let listed: Vec<(&str, Option<&str>)> = listed
            .iter()
            .filter(|listed| !listed.is_kept())
            .map(|listed| (listed.name.as_str(), listed.replacement.as_deref()))
            .collect();
        let found_names: Vec<(&str, Option<&str>)> = found.iter().map(|name| (name.as_str(), None)).collect();
        gathered.add_all(&listed, Origin::Listed);
        gathered.add_all(&found_names, Origin::Found);
        gathered.add_spellings(&Accented::new(analysis));
        let said = Uncapitalised::new(analysis, &gathered);
        let mut names = Self { found, ..Self::default() };
        for (words, gathered) in gathered.names {
            let is_known_word = match words.as_slice() {
                [word] => word.chars().count() <= SHORT || ORDINARY.contains(&word.as_str()),
                _ => false,
            };
            let is_said = |word: &String| match gathered.origin {
                Origin::Listed => false,
                Origin::PartOfListed => said.beside_capitals.contains(word),
                Origin::Found => said.anywhere.contains(word),
            };
            let name = Name {
                replacement: gathered.replacement,
                is_ordinary: is_known_word || (words.len() == 1 && is_said(&words[0])),
                is_known_word,
                is_initials: words.iter().all(|word| word.chars().count() == 1),
                words,
            };
            names.by_first.entry(name.words[0].clone()).or_default().push(name);
        }
        for alike in names.by_first.values_mut() {
            alike.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        }
        names.unspaced = gathered.unspaced.into_iter().collect();
        names.unspaced.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.uncapitalised = said.anywhere;
        names
    }
}

impl ListedName {
    /// The researcher wants it left as it is.
    fn is_kept(&self) -> bool {
        self.replacement.as_deref() == Some(self.name.as_str())
    }

    /// In lower case, where it is.
    pub(super) fn kept(&self) -> Option<String> {
        self.is_kept().then(|| self.name.trim().to_lowercase())
    }
}

struct GatheredName {
    replacement: String,
    origin: Origin,
}

/// Where a name is from, and so how much it takes to hold it for another word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// It stands in the list as it is.
    Listed,
    /// A word of one that does.
    PartOfListed,
    /// In labels, ids and columns, or only in another spelling.
    Found,
}

struct Gathered {
    names: BTreeMap<Vec<String>, GatheredName>,
    unspaced: BTreeMap<String, String>,
    kept: BTreeSet<String>,
}

impl Gathered {
    /// Names with what stands for them, and then their parts: a name that stands there itself is not taken for a part
    /// of another, in whichever order they stand.
    fn add_all(&mut self, names: &[(&str, Option<&str>)], origin: Origin) {
        for (name, replacement) in names {
            let replacement = replacement.unwrap_or(NAME);
            if is_unspaced(name) {
                self.unspaced.entry(name.trim().to_owned()).or_insert_with(|| replacement.to_owned());
            } else {
                self.insert(words(name).into_iter().map(|word| word.key).collect(), replacement, origin);
            }
        }
        let of_parts = if origin == Origin::Listed { Origin::PartOfListed } else { origin };
        for (name, replacement) in names.iter().filter(|(name, _)| !is_unspaced(name)) {
            self.add_parts(name, *replacement, of_parts);
        }
    }

    /// What of a name is one too: each of its words, `T. Reed`, `Tom R.`.
    fn add_parts(&mut self, name: &str, replacement: Option<&str>, origin: Origin) {
        let all: Vec<String> = words(name).into_iter().map(|word| word.key).collect();
        let is_title = |word: &String| TITLES.contains(&word.as_str());
        let own: Vec<String> = all.iter().skip_while(|word| is_title(word)).cloned().collect();
        let whole = replacement.unwrap_or(NAME);
        let given: Vec<&str> = whole.split_whitespace().collect();
        let part = |at: usize| if given.len() == own.len() { given[at] } else { whole };
        if all.len() > 1 {
            for (at, word) in own.iter().enumerate() {
                let letters = word.chars().filter(|c| c.is_alphabetic()).count();
                if letters > 1 && !PARTICLES.contains(&word.as_str()) && !is_title(word) && !is_part(word) {
                    self.insert(vec![word.clone()], part(at), origin);
                }
            }
        }
        if let [first, .., last] = own.as_slice() {
            let initial = |word: &str| word.chars().take(1).collect::<String>();
            self.insert(vec![initial(first), last.clone()], whole, origin);
            self.insert(vec![first.clone(), initial(last)], whole, origin);
            self.insert(vec![initial(first), initial(last)], whole, origin);
        }
    }

    /// What came first stays.
    fn insert(&mut self, words: Vec<String>, replacement: &str, origin: Origin) {
        if words.is_empty() || self.kept.contains(&words.join(" ")) {
            return;
        }
        self.names.entry(words).or_insert_with(|| GatheredName { replacement: replacement.to_owned(), origin });
    }

    /// The same names as they are spelt without accents, and with the accents of the texts. What is a name as it
    /// stands keeps its own replacement.
    fn add_spellings(&mut self, accented: &Accented) {
        let mut added: Vec<(Vec<String>, String)> = Vec::new();
        for (words, name) in &self.names {
            let mut spellings: Vec<Vec<String>> = vec![Vec::new()];
            for word in words {
                let mut all = vec![word.clone()];
                // Of an initial there is one letter.
                let others = accented.spellings(word).into_iter();
                all.extend(others.filter(|spelt| word.chars().count() > 1 || spelt.chars().count() == 1));
                let longer = spellings.iter().flat_map(|before| {
                    all.iter().map(move |word| before.iter().chain([word]).cloned().collect::<Vec<String>>())
                });
                spellings = longer.take(MOST_SPELLINGS).collect();
            }
            added.extend(spellings.into_iter().map(|words| (words, name.replacement.clone())));
        }
        // `Văn` is a name, `van` by itself is none.
        let is_none = |word: &String| {
            let word = word.as_str();
            PARTICLES.contains(&word) || TITLES.contains(&word) || is_nobody(word)
        };
        for (words, replacement) in added {
            if words.len() > 1 || !words.iter().any(is_none) {
                self.insert(words, &replacement, Origin::Found);
            }
        }
    }
}

/// The words with accents that somebody says, by how they are spelt without.
struct Accented {
    by_spelling: HashMap<String, BTreeSet<String>>,
}

impl Accented {
    fn new(analysis: &Analysis) -> Self {
        let mut by_spelling: HashMap<String, BTreeSet<String>> = HashMap::new();
        let units = analysis.units.iter();
        let texts = units.flat_map(|unit| [Some(unit.text.as_str()), Some(&*unit.question), unit.note.as_deref()]);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for word in texts.flatten().flat_map(words).filter(|word| !word.key.is_ascii()) {
            let said = word.key.strip_suffix("'s").unwrap_or(&word.key);
            // `Josés` may be a genitive.
            for key in [Some(said), said.strip_suffix('s')].into_iter().flatten() {
                if seen.insert(key.to_owned()) {
                    for spelt in without_accents(key) {
                        by_spelling.entry(spelt).or_default().insert(key.to_owned());
                    }
                }
            }
        }
        Self { by_spelling }
    }

    /// How else a name's word may be spelt: without its accents, and as somebody says it.
    fn spellings(&self, word: &str) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = without_accents(word).into_iter().collect();
        let spelt = found.iter().map(String::as_str).chain([word]);
        let said: Vec<String> = spelt.filter_map(|spelt| self.by_spelling.get(spelt)).flatten().cloned().collect();
        found.extend(said);
        found.remove(word);
        found
    }
}

/// The words of names that somebody says without a capital; in addresses nobody says them.
struct Uncapitalised {
    anywhere: BTreeSet<String>,
    /// In a passage in which other words have capitals: where a recogniser wrote none, that tells nothing.
    beside_capitals: BTreeSet<String>,
}

impl Uncapitalised {
    fn new(analysis: &Analysis, gathered: &Gathered) -> Self {
        let single: HashSet<&str> =
            gathered.names.keys().filter(|words| words.len() == 1).map(|words| words[0].as_str()).collect();
        let mut found = Self { anywhere: BTreeSet::new(), beside_capitals: BTreeSet::new() };
        if single.is_empty() {
            return found;
        }
        for unit in &analysis.units {
            let words = words_beside(&unit.text);
            let has_capitals = have_capitals(&words, &unit.text);
            for word in words {
                if single.contains(word.key.as_str()) && !has_capital(&unit.text[word.at.clone()]) {
                    if has_capitals {
                        found.beside_capitals.insert(word.key.clone());
                    }
                    found.anywhere.insert(word.key);
                }
            }
        }
        found
    }
}

/// Whether one of a text's words begins with a capital, beside `I`, which recognisers write in texts without any.
fn have_capitals(words: &[Word], text: &str) -> bool {
    words.iter().any(|word| has_capital(&text[word.at.clone()]) && word.key.split('\'').next() != Some("i"))
}

/// Names in speaker labels, in ids of participants, and in columns that hold names.
fn found_in(summary: &Summary) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for role in &summary.manifest.roles {
        // What several people are called is a part that they play; one person may ask in every interview.
        let is_shared = role.role == Role::Participant && role.transcripts >= PLAYED;
        if !is_shared && role.role != Role::Other {
            found.extend(name_in(&role.label));
        }
    }
    found.extend(names_in_ids(summary));
    let columns = summary.attributes.iter().enumerate();
    for (column, _) in columns.filter(|(_, title)| NAME_COLUMNS.contains(&key(title.trim()).as_str())) {
        found.extend(summary.participants.iter().filter_map(|person| name_in(person.attributes.get(column)?)));
    }
    found
}

/// A label as a name: no part that people play, no number, no code.
fn name_in(label: &str) -> Option<String> {
    let own: Vec<String> = words(label)
        .into_iter()
        .map(|word| label[word.at].to_owned())
        .filter(|word| !is_nobody(word) && word.chars().all(|c| !c.is_numeric()))
        .collect();
    // `Tom Reed (Interviewer)` plays a part, and has a name all the same.
    let before_remark = label.split(['(', '[']).next().unwrap_or(label);
    let is_name = !(is_part(label) && is_part(before_remark)) && own.iter().any(|word| word.chars().count() > 1);
    is_name.then(|| own.join(" "))
}

/// A part that people play, or a word of labels and files.
fn is_nobody(word: &str) -> bool {
    is_part(word) || NOBODY.contains(&key(word).as_str())
}

/// Of `interview_Anna_Hall` and `ward/Bert` the names; a word that several ids or a study share is none.
fn names_in_ids(summary: &Summary) -> BTreeSet<String> {
    let studies: BTreeSet<String> =
        summary.studies.iter().flat_map(|study| words(&study.name)).map(|word| word.key).collect();
    let own_words = |id: &str| -> Vec<String> { words(id).into_iter().map(|word| id[word.at].to_owned()).collect() };
    // Within a group the speaker is the participant.
    let ids: BTreeSet<&str> = summary
        .participants
        .iter()
        .map(|person| match &person.transcript {
            Some(group) => person.participant.strip_prefix(&format!("{group}/")).unwrap_or(&person.participant),
            None => &person.participant,
        })
        .collect();
    let mut sharing: HashMap<String, usize> = HashMap::new();
    for id in &ids {
        let distinct: BTreeSet<String> = own_words(id).iter().map(|word| key(word)).collect();
        distinct.into_iter().for_each(|word| *sharing.entry(word).or_default() += 1);
    }
    let mut found = BTreeSet::new();
    for id in ids {
        let all = own_words(id);
        let has_digits = all.iter().any(|word| word.chars().any(char::is_numeric));
        let is_whole = |word: &str| key(word) == key(id);
        let own: Vec<String> = all
            .into_iter()
            .filter(|word| word.chars().all(|c| !c.is_numeric()) && word.chars().count() > 1)
            .filter(|word| !is_nobody(word) && sharing.get(&key(word)).is_none_or(|&n| n < SHARED))
            .filter(|word| is_whole(word) || !studies.contains(&key(word)))
            // `XQ-17` is a code.
            .filter(|word| !has_digits || (has_capital(word) && word.chars().any(char::is_lowercase)))
            .collect();
        if !own.is_empty() {
            found.insert(own.join(" "));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Vec<(String, Option<String>)>, PseudonymError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Ok(read_names(&path)?.into_iter().map(|listed| (listed.name, listed.replacement)).collect())
    }

    #[test]
    fn lists_are_lines_or_tables() {
        let plain = |names: &[&str]| names.iter().map(|name| (name.to_string(), None)).collect::<Vec<_>>();
        assert_eq!(read("names.txt", "Tom Reed\n\n Sarah\nTom Reed\n").unwrap(), plain(&["Tom Reed", "Sarah"]));
        assert_eq!(read("names.csv", "Tom\nSarah").unwrap(), plain(&["Tom", "Sarah"]));
        let table = vec![("Tom".to_string(), Some("[colleague]".to_string())), ("Ann, Dr".to_string(), None)];
        assert_eq!(read("names.csv", "\u{feff}name,replacement\nTom,[colleague]\n\"Ann, Dr\",\n").unwrap(), table);
        assert_eq!(read("names.txt", "name;replacement\nTom;[colleague]\nAnn, Dr\n").unwrap(), table);
    }

    #[test]
    fn a_workbook_with_names_on_several_sheets_is_refused_with_their_names() {
        let write = |sheets: &[&str]| {
            let mut workbook = rust_xlsxwriter::Workbook::new();
            for name in sheets {
                let sheet = workbook.add_worksheet().set_name(*name).unwrap();
                sheet.write_string(0, 0, "name").unwrap();
                sheet.write_string(1, 0, format!("Tom {name}")).unwrap();
            }
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("names.xlsx");
            workbook.save(&path).unwrap();
            read_names(&path)
        };
        assert_eq!(write(&["Staff"]).unwrap().len(), 1);
        let message = write(&["Staff", "Places"]).unwrap_err().to_string();
        assert!(message.contains("`Staff`") && message.contains("`Places`"), "{message}");
    }

    #[test]
    fn lists_that_contradict_themselves_or_hold_nothing_are_refused_with_the_line() {
        let line = |name: &str, text: &str| match read(name, text) {
            Err(PseudonymError::File { line, .. }) => Some(line),
            _ => None,
        };
        assert_eq!(line("names.csv", "name,replacement\nTom,A\nTOM,B\n"), Some(3));
        assert_eq!(line("names.txt", "Tom\n***\n"), Some(2));
        assert_eq!(line("names.txt", "\n\n"), Some(1));
    }

    #[test]
    fn labels_of_parts_and_codes_are_no_names() {
        for (label, name) in [
            ("Interviewer", None),
            ("P3", None),
            ("Speaker 2", None),
            ("Anna", Some("Anna")),
            ("Hall, Ann", Some("Hall Ann")),
            ("Tom Reed (Interviewer)", Some("Tom Reed")),
            ("1", None),
        ] {
            assert_eq!(name_in(label).as_deref(), name, "{label}");
        }
    }
}
