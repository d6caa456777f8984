//! What is known of participants beyond their words: occupation, age group, condition.
//!
//! In: a table with a participant a row, what projects know of their cases, and a corpus. Out:
//! [`Attributes`], the table's other columns and the cases' variables by participant; the table goes before
//! the cases. It never adds a participant and never changes an id; rows and participants that find no partner
//! are told, and so are tables of participants that lie among the interviews.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::error::{counted, some};
use super::label_key::key;
use super::model::{Attributes, Corpus};
use super::readers::table::{column_of_ids, column_of_studies, quoted};
use super::readers::{Case, Grid, READERS};
use super::{CorpusError, ReadOptions};

/// A table of participants, read and checked before any interview is.
pub(crate) struct Register {
    path: String,
    names: Vec<String>,
    rows: Vec<Entry>,
}

struct Entry {
    line: usize,
    study: Option<String>,
    id: String,
    values: Vec<String>,
}

impl Register {
    /// Takes the columns of a grid apart: who, and what is known.
    ///
    /// # Errors
    /// When no column holds ids, none holds anything else, or a participant has two different rows.
    pub(crate) fn new(path: &str, grid: Grid, options: &ReadOptions) -> Result<Self, CorpusError> {
        let ids = column_of_ids(&grid.header, options)
            .ok_or_else(|| CorpusError::NoIdColumn { path: path.to_owned(), columns: quoted(&grid.header) })?;
        let studies = column_of_studies(&grid.header, options);
        let kept: Vec<usize> = (0..grid.header.len())
            .filter(|&column| column != ids && Some(column) != studies && !grid.header[column].is_empty())
            .collect();
        let malformed = |line: usize, reason: String| CorpusError::Malformed {
            path: path.to_owned(),
            place: format!("line {line}"),
            reason,
            hint: "give every participant one row, and every attribute a column with a name of its own",
        };
        if kept.is_empty() {
            return Err(malformed(1, "no column but the ids".to_owned()));
        }
        let names: Vec<String> = kept.iter().map(|&column| grid.header[column].clone()).collect();
        if let Some(twice) = (1..names.len()).find(|&at| names[..at].contains(&names[at])) {
            return Err(malformed(1, format!("two columns are called `{}`", names[twice])));
        }
        let mut rows: Vec<Entry> = Vec::new();
        let mut seen: HashMap<(Option<String>, String), usize> = HashMap::new();
        for (line, cells) in grid.rows {
            let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim()).to_owned();
            let study = studies.map(cell).filter(|study| !study.is_empty());
            let (id, values) = (cell(ids), kept.iter().map(|&column| cell(column)).collect::<Vec<_>>());
            if id.is_empty() {
                if values.iter().any(|value| !value.is_empty()) {
                    return Err(malformed(line, format!("no id in column `{}`", grid.header[ids])));
                }
                continue;
            }
            let key = (study.as_deref().map(folded), folded(&id));
            match seen.get(&key) {
                Some(&first) if rows[first].values == values => {}
                Some(&first) => {
                    let first = rows[first].line;
                    return Err(malformed(line, format!("participant `{id}` differs from line {first}")));
                }
                None => {
                    seen.insert(key, rows.len());
                    rows.push(Entry { line, study, id, values });
                }
            }
        }
        if rows.is_empty() {
            return Err(malformed(1, "a header and no participants".to_owned()));
        }
        Ok(Self { path: path.to_owned(), names, rows })
    }

    /// Finds every participant's row: by id, or by the speaker's name within a group interview.
    ///
    /// # Errors
    /// When nobody is found.
    pub(crate) fn join(self, corpus: &mut Corpus) -> Result<(), CorpusError> {
        let people: BTreeSet<(String, String)> =
            corpus.answers.iter().map(|a| (corpus.study_of(a).to_owned(), a.participant.to_string())).collect();
        let mut rows: HashMap<(Option<String>, String), usize> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            rows.insert((row.study.as_deref().map(folded), folded(&row.id)), at);
        }
        // Tables of other programs name the files: `ward_01.md`.
        for (at, row) in self.rows.iter().enumerate() {
            if let Some(stem) = without_ending(&row.id) {
                rows.entry((row.study.as_deref().map(folded), folded(stem))).or_insert(at);
            }
        }
        let find = |study: &str, id: &str| {
            let in_study = rows.get(&(Some(folded(study)), folded(id)));
            in_study.or_else(|| rows.get(&(None, folded(id)))).copied()
        };
        let mut used = vec![false; self.rows.len()];
        let mut missing: Vec<&str> = Vec::new();
        // Who is in the table under another study: the participant and both studies.
        let mut elsewhere: Vec<(&str, &str, &str)> = Vec::new();
        let mut values = BTreeMap::new();
        for (study, participant) in &people {
            let speaker = participant.rsplit_once('/').and_then(|(_, speaker)| find(study, speaker));
            match find(study, participant).or(speaker) {
                Some(row) => {
                    used[row] = true;
                    values.insert((study.clone(), participant.clone()), self.rows[row].values.clone());
                }
                None => {
                    missing.push(participant);
                    elsewhere.extend(self.other_study(participant).map(|other| (&**participant, &**study, other)));
                }
            }
        }
        // The same id may be interviewed in another study.
        let named = |row: &Entry| row.study.as_ref().map_or(row.id.clone(), |study| format!("{study}/{}", row.id));
        let unused: Vec<String> =
            self.rows.iter().zip(&used).filter(|&(_, used)| !used).map(|(row, _)| named(row)).collect();
        let unused: Vec<&str> = unused.iter().map(String::as_str).collect();
        let told = elsewhere.first().map(|(participant, study, other)| {
            format!("`{participant}` is of the study `{other}` there, and of `{study}` in the interviews")
        });
        if let (true, Some(told)) = (values.is_empty(), &told) {
            return Err(CorpusError::Malformed {
                path: self.path,
                place: "its column of studies".to_owned(),
                reason: format!("it fits no study of the interviews: {told}"),
                hint: "write the studies as `leitmotif inspect` lists them, name them with `NAME=PATH`, or leave the \
                       column out",
            });
        }
        if values.is_empty() {
            return Err(CorpusError::NoParticipantMatches {
                path: self.path,
                in_table: some(&unused),
                in_interviews: some(&missing),
            });
        }
        let path = &self.path;
        if !missing.is_empty() {
            let who = people_are(missing.len());
            corpus.warnings.push(format!("{who} not in `{path}`: {}", some(&missing)));
        }
        if !unused.is_empty() {
            let who = people_are(unused.len());
            corpus.warnings.push(format!("{who} in `{path}` but not interviewed: {}", some(&unused)));
        }
        if let Some(told) = told {
            let who = people_are(elsewhere.len());
            corpus.warnings.push(format!("{who} in `{path}` under another study: {told}"));
        }
        corpus.attributes = Attributes { names: self.names, values };
        Ok(())
    }

    /// Whether at least half of the table's participants were interviewed.
    fn tells_of(&self, corpus: &Corpus) -> bool {
        let mut people: BTreeSet<String> = BTreeSet::new();
        for answer in &corpus.answers {
            let speaker = answer.participant.rsplit_once('/').map(|(_, speaker)| folded(speaker));
            people.extend([Some(folded(&answer.participant)), speaker].into_iter().flatten());
        }
        let is_one = |id: &str| people.contains(&folded(id));
        let is_known = |row: &&Entry| is_one(&row.id) || without_ending(&row.id).is_some_and(is_one);
        let n = self.rows.iter().filter(is_known).count();
        n > 0 && n * 2 >= self.rows.len()
    }

    /// The study that the table has a participant in, or the file or speaker that they are called by there.
    fn other_study(&self, participant: &str) -> Option<&str> {
        let speaker = participant.rsplit_once('/').map(|(_, speaker)| speaker);
        let is_one = |id: &str| [Some(participant), speaker].into_iter().flatten().any(|who| folded(who) == folded(id));
        let is_it = |row: &&Entry| is_one(&row.id) || without_ending(&row.id).is_some_and(is_one);
        self.rows.iter().filter(is_it).find_map(|row| row.study.as_deref())
    }
}

/// Takes tables of the participants out of the files that hold no interviews, and says with which option they are read;
/// of the one that was `given` nothing. `read` reads such a table.
pub(crate) fn pass_over(
    failures: &mut Vec<CorpusError>,
    corpus: &Corpus,
    given: Option<&Path>,
    read: impl Fn(&Path) -> Option<Register>,
) -> Vec<String> {
    let mut told = Vec::new();
    failures.retain(|failure| {
        let CorpusError::NoTextColumn { path, .. } = failure else { return true };
        let place = |path: &Path| path.canonicalize().ok();
        let is_given = given.and_then(place).is_some_and(|given| place(Path::new(path)) == Some(given));
        let tells = is_given || read(Path::new(path)).is_some_and(|register| register.tells_of(corpus));
        if tells && !is_given {
            told.push(format!(
                "passed over `{path}`, which holds no interviews: what it tells of participants is read with \
                 `--participants {path}`"
            ));
        }
        !tells
    });
    told
}

/// Adds what projects know of their cases. Of what the table, or a case before, says otherwise the first counts,
/// and that is told.
pub(crate) fn join_cases(cases: &[(String, Case)], corpus: &mut Corpus) {
    let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, (_, case)) in cases.iter().enumerate() {
        case.ids.iter().for_each(|id| by_id.entry(folded(id)).or_default().push(at));
    }
    let find = |study: &str, id: &str| -> Vec<usize> {
        let all = by_id.get(&folded(id)).map_or(&[][..], Vec::as_slice);
        let of = |wanted: Option<String>| -> Vec<usize> {
            all.iter().copied().filter(|&at| cases[at].1.study.as_deref().map(folded) == wanted).collect()
        };
        let found = [of(Some(folded(study))), of(None)].into_iter().find(|found| !found.is_empty());
        // Its study may have been called otherwise by hand.
        found.unwrap_or_else(|| if all.len() == 1 { all.to_vec() } else { Vec::new() })
    };
    let people: BTreeSet<(String, String)> = match cases.is_empty() {
        true => BTreeSet::new(),
        false => corpus.answers.iter().map(|a| (corpus.study_of(a).to_owned(), a.participant.to_string())).collect(),
    };
    // What is said otherwise, by path and name.
    let mut conflicts: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let Attributes { names, values } = &mut corpus.attributes;
    for (study, participant) in people {
        // Of somebody in a group interview: what is known of them, and of the group.
        let parts = participant.rsplit_once('/').map(|(group, speaker)| [find(&study, speaker), find(&study, group)]);
        let found = find(&study, &participant).into_iter().chain(parts.into_iter().flatten().flatten());
        for (path, Case { values: known, .. }) in found.map(|at| &cases[at]) {
            for (name, value) in known {
                let at = names.iter().position(|other| folded(other) == folded(name)).unwrap_or_else(|| {
                    names.push(name.clone());
                    names.len() - 1
                });
                let row = values.entry((study.clone(), participant.clone())).or_default();
                row.resize(names.len().max(row.len()), String::new());
                let before = &mut row[at];
                if before.is_empty() {
                    before.clone_from(value);
                } else if folded(before) != folded(value) {
                    let who = format!("`{participant}` is `{before}`, and not `{value}`");
                    conflicts.entry((path, name)).or_default().push(who);
                }
            }
        }
    }
    let n = names.len();
    values.values_mut().for_each(|row| row.resize(n, String::new()));
    for ((path, name), who) in conflicts {
        let people = counted(who.len(), "participant");
        corpus.warnings.push(format!(
            "`{path}`: variable `{name}` is said otherwise of {people} in what was read before, which counts: {}",
            who[..who.len().min(3)].join("; ")
        ));
    }
}

fn people_are(n: usize) -> String {
    counted(n, "participant") + if n == 1 { " is" } else { " are" }
}

/// The name of a file of interviews without its ending; `None` where it has none.
fn without_ending(id: &str) -> Option<&str> {
    let (stem, ending) = id.trim().rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let known = READERS.iter().any(|reader| reader.extensions().contains(&ending.as_str()));
    (known && !stem.is_empty()).then_some(stem)
}

/// Ids are compared without regard to case and to white space at their ends.
fn folded(id: &str) -> String {
    key(id)
}

#[cfg(test)]
mod tests {
    use super::super::read_bytes;
    use super::*;

    const TALK: &str = "Moderator: Why?\nAna: One thing.\nBen: Two things.\nModerator: And?\nBen: Three.\nAna: Four.\n";

    fn case(study: Option<&str>, id: &str, values: &[(&str, &str)]) -> (String, Case) {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ("p.qdpx".to_owned(), Case { study: study.map(str::to_owned), ids: vec![id.to_owned()], values })
    }

    fn joined(cases: &[(String, Case)], table: Option<&str>) -> (Corpus, usize) {
        let mut corpus = read_bytes("in/g.txt", TALK.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        if let Some(table) = table {
            let rows: Vec<Vec<String>> =
                table.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            let below = (2..).zip(rows[1..].iter().cloned()).collect();
            let grid = Grid { header: rows[0].clone(), rows: below, left_out: None, sheets: Vec::new() };
            Register::new("people.csv", grid, &ReadOptions::default()).unwrap().join(&mut corpus).unwrap();
        }
        let before = corpus.warnings.len();
        join_cases(cases, &mut corpus);
        (corpus, before)
    }

    fn of(corpus: &Corpus, participant: &str) -> Option<String> {
        corpus.attributes.of("in", participant).map(|values| values.join("|"))
    }

    #[test]
    fn variables_of_cases_are_attributes() {
        let cases = [
            case(None, "ana", &[("ward", "north"), ("years", "3")]),
            case(Some("elsewhere"), "g/Ben", &[("Ward", "south")]),
            case(None, "Zoe", &[("shift", "late")]),
        ];
        let (corpus, before) = joined(&cases, None);
        assert_eq!(corpus.attributes.names(), ["ward", "years"]);
        assert_eq!(
            (of(&corpus, "g/Ana").as_deref(), of(&corpus, "g/Ben").as_deref()),
            (Some("north|3"), Some("south|"))
        );
        assert_eq!(corpus.warnings.len(), before);
        assert_eq!(joined(&[], None).0.attributes, Attributes::default());
        // What is known of a group is known of its people.
        let (corpus, _) = joined(&[case(None, "g", &[("nights", "yes")])], None);
        assert_eq!((of(&corpus, "g/Ana").as_deref(), of(&corpus, "g/Ben").as_deref()), (Some("yes"), Some("yes")));
    }

    fn register(table: &str) -> Register {
        let rows: Vec<Vec<String>> = table.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let below = (2..).zip(rows[1..].iter().cloned()).collect();
        let grid = Grid { header: rows[0].clone(), rows: below, left_out: None, sheets: Vec::new() };
        Register::new("people.csv", grid, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn a_study_that_is_none_of_the_interviews_is_told_and_people_who_are_not_there_are_told_otherwise() {
        let read = || read_bytes("in/g.txt", TALK.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let error = register("id,study,ward\nAna,wave 2,east\nBen,wave 2,south").join(&mut read()).unwrap_err();
        let told = error.to_string();
        assert!(told.contains("study") && told.contains("`wave 2`") && told.contains("`in`"), "{told}");
        assert!(!told.contains("no participant") && error.hint().unwrap().contains("leave the column out"), "{told}");
        let error = register("id,study,ward\nZoe,wave 2,east").join(&mut read()).unwrap_err();
        assert!(matches!(error, CorpusError::NoParticipantMatches { .. }), "{error}");
        let mut corpus = read();
        register("id,study,ward\nAna,in,east\nBen,wave 2,south").join(&mut corpus).unwrap();
        let told = corpus.warnings.last().unwrap();
        assert!(told.starts_with("1 participant is in `people.csv` under another study: `g/Ben`"), "{told}");
        let mut corpus = read();
        register("id,study,ward\nAna,IN,east\nBen,,south").join(&mut corpus).unwrap();
        assert!(!corpus.warnings.iter().any(|warning| warning.contains("another study")), "{:?}", corpus.warnings);
    }

    #[test]
    fn a_table_goes_before_the_cases() {
        let cases = [case(None, "Ana", &[("ward", "north"), ("years", "3")]), case(None, "Ben", &[("ward", "South ")])];
        let (corpus, before) = joined(&cases, Some("id,ward\nAna,east\nBen,south"));
        assert_eq!(
            (of(&corpus, "g/Ana").as_deref(), of(&corpus, "g/Ben").as_deref()),
            (Some("east|3"), Some("south|"))
        );
        let told = "`p.qdpx`: variable `ward` is said otherwise of 1 participant in what was read before, which counts: \
                    `g/Ana` is `east`, and not `north`";
        assert_eq!(corpus.warnings[before..], [told]);
    }
}
