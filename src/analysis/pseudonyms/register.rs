//! Who is called what: the pseudonyms of participants and of groups' interviews.
//!
//! In: the table beside an analysis (`pseudonyms.csv`), or the user's (`participant,pseudonym`, with `study` where
//! it is needed). Out: a pseudonym for everybody of an analysis. Whoever has one keeps it; the others get the next
//! numbers in random order, so that a pseudonym tells neither a name nor a place in the list of names. It knows
//! nothing of texts.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::PseudonymError;
use super::policy::{DIGITS, GROUP_DIGITS, GROUP_PREFIXES, PREFIXES};
use crate::analysis::saved::{Analysis, ParticipantSummary, REGISTER};
use crate::corpus::{ReadOptions, natural_order, quoted, read_table_that, some};
use crate::files;
use crate::stats::draws::shuffle;

const COLUMNS: [&str; 3] = ["study", "participant", "pseudonym"];

/// Pseudonyms by study and id.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Register {
    /// In the order of the file; a row without study is of every study.
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// 1-based line of the file; 0 for what is in none.
    line: usize,
    study: Option<String>,
    id: String,
    pseudonym: String,
}

/// Where the register of an analysis lies.
pub(crate) fn register_path(folder: &Path) -> PathBuf {
    folder.join(REGISTER)
}

impl Register {
    /// The register that is kept beside an analysis, with everybody of it in it; written where somebody is new.
    ///
    /// # Errors
    /// [`PseudonymError`]: a file that cannot be read or written, or contradicts itself.
    pub(crate) fn kept(folder: &Path, analysis: &Analysis) -> Result<Self, PseudonymError> {
        let path = register_path(folder);
        let failed = |error: io::Error| PseudonymError::Write { path: path.clone(), reason: error.to_string() };
        // Two runs at once must not call two people the same.
        let _alone = std::fs::File::open(folder).ok().filter(|folder| folder.lock().is_ok());
        let mut register = if path.exists() { Self::read(&path)? } else { Self::default() };
        let before = register.rows.len();
        // Random, and of no use to anybody who knows the names.
        register.complete(analysis, RandomState::new().build_hasher().finish());
        if register.rows.len() > before {
            files::write_whole(&path, |out| register.write(out)).map_err(failed)?;
        }
        Ok(register)
    }

    /// The user's own, which must name everybody; groups that it does not name are numbered.
    ///
    /// # Errors
    /// [`PseudonymError`], with those who are missing.
    pub(crate) fn given(path: &Path, analysis: &Analysis) -> Result<Self, PseudonymError> {
        let mut register = Self::read(path)?;
        let people = &analysis.summary.participants;
        let missing: Vec<&str> = people
            .iter()
            .filter(|person| register.of(&person.study, &person.participant).is_none())
            .map(|person| person.participant.as_str())
            .collect();
        if !missing.is_empty() {
            return Err(PseudonymError::Missing { path: path.to_owned(), n: missing.len(), ids: some(&missing) });
        }
        let mut called: HashMap<(&str, String), &Row> = HashMap::new();
        for person in people {
            let Some(row) = register.row(&person.study, &person.participant) else { continue };
            if let Some(other) = called.insert((&person.study, row.pseudonym.to_lowercase()), row) {
                let (first, second) = if other.line < row.line { (other, row) } else { (row, other) };
                let reason = format!(
                    "`{}` is called `{}`, as `{}` is in line {}",
                    second.id, second.pseudonym, first.id, first.line
                );
                let hint = "give every participant of a study a pseudonym of their own";
                return Err(PseudonymError::File { path: path.to_owned(), line: second.line, reason, hint });
            }
        }
        let mut groups: Vec<(&str, &str, &str)> = people
            .iter()
            .filter_map(|person| {
                let group = person.transcript.as_deref()?;
                let member = register.of(&person.study, &person.participant)?;
                register.of(&person.study, group).is_none().then_some((person.study.as_str(), member, group))
            })
            .collect();
        // By their members' pseudonyms, which tell no name.
        groups.sort_unstable();
        let groups: Vec<(String, String)> =
            groups.into_iter().map(|(study, _, group)| (study.to_owned(), group.to_owned())).collect();
        let taken = ids_of(people);
        for (study, group) in groups {
            if register.of(&study, &group).is_none() {
                register.call(study, group, &GROUP_PREFIXES, GROUP_DIGITS, &taken);
            }
        }
        Ok(register)
    }

    /// Pseudonyms that are the real id of somebody else: a reader would take them for that person.
    pub(crate) fn borrowed(&self, analysis: &Analysis) -> Vec<String> {
        let people = &analysis.summary.participants;
        let taken = ids_of(people);
        let mut found: Vec<String> = people
            .iter()
            .filter_map(|person| {
                let pseudonym = self.of(&person.study, &person.participant)?;
                let is_own = person.participant.split('/').any(|own| own.eq_ignore_ascii_case(pseudonym));
                (!is_own && taken.contains(&pseudonym.to_lowercase())).then(|| pseudonym.to_owned())
            })
            .collect();
        found.sort_by(|a, b| natural_order(a, b));
        found.dedup();
        found
    }

    fn read(path: &Path) -> Result<Self, PseudonymError> {
        // On every sheet that has the columns.
        let has = |header: &[String], name: &str| header.iter().any(|title| title.trim().eq_ignore_ascii_case(name));
        let fits = |header: &[String]| has(header, COLUMNS[1]) && has(header, COLUMNS[2]);
        let (_, grid) = read_table_that(path, &ReadOptions::default(), &fits, &|_, _| true)?;
        let column = |name: &str| grid.header.iter().position(|title| title.trim().eq_ignore_ascii_case(name));
        let wrong =
            |line: usize, reason: String, hint| PseudonymError::File { path: path.to_owned(), line, reason, hint };
        let needed = |name: &str| {
            let reason = format!("no column `{name}`; its columns are {}", quoted(&grid.header));
            column(name)
                .ok_or_else(|| wrong(1, reason, "the columns are `participant,pseudonym`, and `study` where needed"))
        };
        let (ids, pseudonyms, studies) = (needed(COLUMNS[1])?, needed(COLUMNS[2])?, column(COLUMNS[0]));
        let mut register = Self::default();
        let mut seen: HashMap<(Option<String>, String), String> = HashMap::new();
        for (line, cells) in &grid.rows {
            let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim()).to_owned();
            let (id, pseudonym) = (cell(ids), cell(pseudonyms));
            let study = studies.map(cell).filter(|study| !study.is_empty());
            if id.is_empty() && pseudonym.is_empty() {
                continue;
            }
            let hint = "give every participant one row with a pseudonym: letters, digits, spaces, `-` or `_`";
            let may_be_in = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
            if id.is_empty() || pseudonym.is_empty() || !pseudonym.chars().all(may_be_in) {
                return Err(wrong(*line, format!("`{id}` cannot be called `{pseudonym}`"), hint));
            }
            match seen.insert((study.clone(), id.clone()), pseudonym.clone()) {
                Some(other) if other != pseudonym => {
                    return Err(wrong(*line, format!("`{id}` is called `{other}` further up"), hint));
                }
                Some(_) => {}
                None => register.rows.push(Row { line: *line, study, id, pseudonym }),
            }
        }
        Ok(register)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS)?;
        for row in &self.rows {
            writer.write_record([row.study.as_deref().unwrap_or_default(), &row.id, &row.pseudonym])?;
        }
        writer.flush()
    }

    /// The pseudonym of a participant, or of a group's interview.
    pub(crate) fn of(&self, study: &str, id: &str) -> Option<&str> {
        self.row(study, id).map(|row| row.pseudonym.as_str())
    }

    fn row(&self, study: &str, id: &str) -> Option<&Row> {
        let of_study = |row: &&Row| row.id == id && row.study.as_deref() == Some(study);
        let of_any = |row: &&Row| row.id == id && row.study.is_none();
        self.rows.iter().find(of_study).or_else(|| self.rows.iter().find(of_any))
    }

    /// Calls whoever has no pseudonym yet, in random order.
    fn complete(&mut self, analysis: &Analysis, seed: u64) {
        let people = &analysis.summary.participants;
        let taken = ids_of(people);
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let known: BTreeSet<(Option<String>, String)> =
            self.rows.iter().map(|row| (row.study.clone(), row.id.clone())).collect();
        let is_new = |study: &str, id: &str| {
            !known.contains(&(Some(study.to_owned()), id.to_owned())) && !known.contains(&(None, id.to_owned()))
        };
        let everybody = people.iter().map(|person| (person.study.as_str(), person.participant.as_str()));
        let groups = people.iter().filter_map(|person| Some((person.study.as_str(), person.transcript.as_deref()?)));
        let (everybody, groups): (BTreeSet<_>, BTreeSet<_>) = (everybody.collect(), groups.collect());
        for (all, prefixes, digits) in
            [(everybody, PREFIXES.as_slice(), DIGITS), (groups, GROUP_PREFIXES.as_slice(), GROUP_DIGITS)]
        {
            let mut new: Vec<(&str, &str)> = all.into_iter().filter(|&(study, id)| is_new(study, id)).collect();
            shuffle(&mut new, &mut random);
            self.rows.reserve(new.len());
            let mut numbering = Numbering::new(&self.rows, prefixes, &taken);
            for (study, id) in new {
                let pseudonym = numbering.next(digits);
                self.rows.push(Row { line: 0, study: Some(study.to_owned()), id: id.to_owned(), pseudonym });
            }
        }
    }

    fn call(&mut self, study: String, id: String, prefixes: &[&str], digits: usize, taken: &BTreeSet<String>) {
        let pseudonym = Numbering::new(&self.rows, prefixes, taken).next(digits);
        self.rows.push(Row { line: 0, study: Some(study), id, pseudonym });
    }
}

/// Every id, in lower case, groups' and their members' own included.
fn ids_of(people: &[ParticipantSummary]) -> BTreeSet<String> {
    let own = people.iter().flat_map(|person| person.participant.split('/').map(str::to_lowercase));
    own.chain(people.iter().filter_map(|person| Some(person.transcript.as_deref()?.to_lowercase()))).collect()
}

/// Gives the next number.
struct Numbering {
    prefix: String,
    last: usize,
}

impl Numbering {
    fn new(rows: &[Row], prefixes: &[&str], taken: &BTreeSet<String>) -> Self {
        let number = |text: &str, prefix: &str| text.strip_prefix(prefix)?.parse::<usize>().ok();
        let is_free = |prefix: &&&str| !taken.iter().any(|id| number(id, &prefix.to_lowercase()).is_some());
        let free = prefixes.iter().find(is_free).copied();
        let prefix = free.map_or_else(|| "pseudonym ".to_owned(), str::to_owned);
        let last = rows.iter().filter_map(|row| number(&row.pseudonym, &prefix)).max().unwrap_or(0);
        Self { prefix, last }
    }

    fn next(&mut self, digits: usize) -> String {
        self.last += 1;
        format!("{}{:0digits$}", self.prefix, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;

    fn analysis() -> Analysis {
        load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    fn pseudonyms(register: &Register, analysis: &Analysis) -> Vec<String> {
        let people = analysis.summary.participants.iter();
        people.map(|person| register.of(&person.study, &person.participant).unwrap().to_owned()).collect()
    }

    #[test]
    fn everybody_keeps_a_pseudonym_and_the_new_get_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let whole = analysis();
        let mut fewer = whole.clone();
        fewer.summary.participants.truncate(3);
        let first = pseudonyms(&Register::kept(folder.path(), &fewer).unwrap(), &fewer);
        let again = pseudonyms(&Register::kept(folder.path(), &whole).unwrap(), &whole);
        assert_eq!(first, again[..3]);
        let mut all = again.clone();
        all.sort();
        let expected: Vec<String> = (1..=whole.summary.participants.len()).map(|n| format!("P{n:03}")).collect();
        assert_eq!(all, expected);
        assert_eq!(pseudonyms(&Register::kept(folder.path(), &whole).unwrap(), &whole), again);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Register::kept(folder.path(), &analysis()).unwrap();
        let mode = std::fs::metadata(register_path(folder.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_order_is_that_of_no_list() {
        let analysis = analysis();
        let orders: BTreeSet<Vec<String>> = (0..20)
            .map(|seed| {
                let mut register = Register::default();
                register.complete(&analysis, seed);
                pseudonyms(&register, &analysis)
            })
            .collect();
        assert!(orders.len() > 10, "{}", orders.len());
    }

    #[test]
    fn nobody_is_called_as_somebody_was() {
        let mut analysis = analysis();
        for (at, person) in analysis.summary.participants.iter_mut().enumerate() {
            person.participant = format!("p{at}");
        }
        let mut register = Register::default();
        register.complete(&analysis, 1);
        assert!(pseudonyms(&register, &analysis).iter().all(|pseudonym| pseudonym.starts_with('R')));
    }

    #[test]
    fn tables_of_the_user_name_everybody_once() {
        let analysis = analysis();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        let people: Vec<&str> = analysis.summary.participants.iter().map(|p| p.participant.as_str()).collect();
        let table = |names: &dyn Fn(usize) -> String, n: usize| {
            let rows: Vec<String> =
                people.iter().take(n).enumerate().map(|(at, id)| format!("{id},{}\n", names(at))).collect();
            std::fs::write(&path, format!("participant,pseudonym\n{}", rows.concat())).unwrap();
            Register::given(&path, &analysis)
        };
        let given = table(&|at| format!("Nurse {at}"), people.len()).unwrap();
        assert_eq!(given.of(&analysis.summary.studies[0].name, people[2]), Some("Nurse 2"));
        assert!(given.borrowed(&analysis).is_empty());
        let next = table(&|at| people[(at + 1) % people.len()].to_owned(), people.len()).unwrap();
        assert_eq!(next.borrowed(&analysis).len(), people.len(), "each is called as the next one is");
        let own = table(&|at| people[at].to_owned(), people.len()).unwrap();
        assert!(own.borrowed(&analysis).is_empty(), "their own id is nobody else's");
        assert!(matches!(table(&|at| format!("N{at}"), people.len() - 2), Err(PseudonymError::Missing { n: 2, .. })));
        let told = table(&|at| if at < 2 { "N".into() } else { format!("N {at}") }, people.len()).unwrap_err();
        assert!(matches!(told, PseudonymError::File { line: 3, .. }), "the header is line 1: {told}");
        let same = format!("`{}` is called `N`, as `{}` is in line 2", people[1], people[0]);
        assert!(told.to_string().contains(&same), "{told}");
        assert!(matches!(table(&|at| format!("N#{at}"), people.len()), Err(PseudonymError::File { line: 2, .. })));
        std::fs::write(&path, "who,pseudonym\na,b\n").unwrap();
        assert!(Register::given(&path, &analysis).unwrap_err().to_string().contains("`who`"));
    }
}
