//! An analysis for others to see: pseudonyms in the place of ids, `[name]` in the place of names.
//!
//! In: an analysis, who is called what ([`Register`]), and a list of names. Out: a [`Pseudonymised`]: the same
//! analysis with the same numbers, in which no id of a participant is left, nor a name that was listed or found in
//! labels, ids and columns of names; and a list of what a person should look at. It is applied before any format
//! is written, so that all of them are covered by one thing. `start`, `end`, `line` and `record` stay those of the
//! original files, for whoever has them. It promises no anonymity: what people tell of themselves stays.

mod addresses;
mod ids;
mod keywords;
mod names;
mod plain;
mod policy;
mod register;
mod remains;
mod replacing;
mod rows;
mod walk;
mod words;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use self::names::{ListedName, read_names};
pub(crate) use self::register::{Register, register_path};
pub(crate) use self::remains::{Remains, RemainsKind};

use self::ids::Ids;
use self::names::Names;
use self::remains::remains;
use self::replacing::Replacer;
use self::walk::{UnitText, Walk};
use super::codebook::Codebook;
use super::saved::{Analysis, Pseudonyms};
use crate::corpus::{CorpusError, natural_order};

/// An analysis with pseudonyms, and what replaces ids and names in whatever else is written of it.
pub(crate) struct Pseudonymised {
    /// For every format.
    pub(crate) analysis: Analysis,
    /// What a person should look at, in the order of the analysis.
    pub(crate) remains: Vec<Remains>,
    /// Names that were found in labels, ids and columns, beside those listed.
    pub(crate) found_names: Vec<String>,
    replacer: Replacer,
    units: HashMap<String, UnitText>,
    slices: HashMap<String, String>,
}

/// Replaces ids and names in an analysis.
///
/// # Errors
/// [`PseudonymError::Structure`].
pub(crate) fn pseudonymised(
    analysis: &Analysis,
    register: &Register,
    listed: &[ListedName],
) -> Result<Pseudonymised, PseudonymError> {
    let names = Names::new(analysis, listed);
    let kept: HashSet<String> = listed.iter().filter_map(ListedName::kept).collect();
    let mut replacer = Replacer { names, ids: Ids::new(analysis, register, &kept) };
    let mut ids = std::mem::take(&mut replacer.ids);
    ids.call_studies(analysis, |study| replacer.replaced(study).text);
    replacer.ids = ids;
    let units: HashMap<String, UnitText> = analysis
        .units
        .iter()
        .map(|unit| {
            let text = UnitText {
                old: unit.text.clone(),
                new: replacer.replaced(&unit.text),
                start: unit.position.start,
                question: unit.question.clone(),
                note: unit.note.clone(),
            };
            (unit.id.clone(), text)
        })
        .collect();
    let mut slices = HashMap::new();
    let none = HashMap::new();
    let walk = Walk { replacer: &replacer, units: &units, slices: &none };
    let failed = |error: serde_json::Error| PseudonymError::Structure { reason: error.to_string() };
    walk.gather(&serde_json::to_value(&analysis.summary).map_err(failed)?, &mut slices);
    slices.retain(|old, new| old != new);
    let walk = Walk { replacer: &replacer, units: &units, slices: &slices };
    let mut summary = walk.of(&analysis.summary)?;
    summary.files = None;
    let (rows, in_questions) = rows::replaced(analysis, &walk);
    let in_passages: usize = units.values().map(|unit| unit.new.changes.len()).sum();
    rows::settle(&mut summary, &analysis.summary.manifest.roles, &walk);
    let mut analysis = Analysis { summary, units: rows, vectors: analysis.vectors.clone() };
    rows::in_order(&mut analysis);
    let remains = remains(&analysis, None, &units, &replacer);
    analysis.summary.manifest.pseudonyms = Some(Pseudonyms {
        participants: analysis.summary.participants.len(),
        replaced: in_passages + in_questions,
        doubtful: remains.iter().filter(|found| found.kind == RemainsKind::DoubtfulName).count(),
    });
    let found_names = replacer.names.found.iter().cloned().collect();
    Ok(Pseudonymised { analysis, remains, found_names, replacer, units, slices })
}

impl Pseudonymised {
    fn walk(&self) -> Walk<'_> {
        Walk { replacer: &self.replacer, units: &self.units, slices: &self.slices }
    }

    /// The same of something else that was made of the original analysis, such as a comparison.
    ///
    /// # Errors
    /// [`PseudonymError::Structure`].
    pub(crate) fn of<T: Serialize + DeserializeOwned>(&self, thing: &T) -> Result<T, PseudonymError> {
        self.walk().of(thing)
    }

    /// What a person should look at in a part of [`Self::analysis`] that is passed on alone: `part` has as the text of
    /// a unit the words that are in it, and in its summary what else is.
    pub(crate) fn remains_of(&self, part: &Analysis) -> Vec<Remains> {
        remains(&self.analysis, Some(part), &self.units, &self.replacer)
    }

    /// Groups that an attribute makes in the order of what they are called now, where what they were called has ids or
    /// names in it: its order would tell who is who. `None` where nothing of that is so.
    pub(crate) fn order_of_groups(&self, names: &[String]) -> Option<Vec<String>> {
        let mut called: Vec<(String, &String)> =
            names.iter().map(|name| (self.walk().called("value", name), name)).collect();
        if called.iter().all(|(new, old)| new == *old) {
            return None;
        }
        called.sort_by(|(a, _), (b, _)| natural_order(a, b));
        let names_in_order: Vec<String> = called.into_iter().map(|(_, old)| old.clone()).collect();
        (names_in_order != names).then_some(names_in_order)
    }

    /// A text with ids and names replaced.
    pub(crate) fn text(&self, text: &str) -> String {
        self.walk().text(text)
    }

    /// An id of a passage, an answer or a participant, with or without its study, by its new name; `None` for
    /// what the analysis does not know.
    pub(crate) fn id(&self, id: &str) -> Option<String> {
        let ids = &self.replacer.ids;
        if let Some(new) = ids.whole(id) {
            return Some(new.to_owned());
        }
        let (person, number) = id.rsplit_once('#').map_or((id, None), |(person, number)| (person, Some(number)));
        let with = |new: String| number.map_or(new.clone(), |number| format!("{new}#{number}"));
        let of_study = self.replacer.ids.studies.keys().find_map(|study| {
            let own = person.strip_prefix(study.as_str())?.strip_prefix('/')?;
            let new = ids.participant(study, own);
            (new != own).then(|| format!("{}/{new}", ids.study(study)))
        });
        of_study.or_else(|| ids.whole(person).map(str::to_owned)).map(with)
    }

    /// A document by its new name, where it is one of the analysis.
    pub(crate) fn document(&self, name: &str) -> Option<String> {
        let is_it = |path: &str| path == name || path.rsplit(['/', '\\']).next() == Some(name);
        let file = self.replacer.ids.files.iter().find(|(path, _)| is_it(path)).map(|(_, new)| new.clone());
        file.or_else(|| self.id(name))
    }

    /// The researcher's edits, as the report keeps them.
    pub(crate) fn codebook(&self, codebook: &Codebook) -> Codebook {
        rows::codebook(codebook, &self.walk())
    }
}

/// Why ids and names cannot be replaced.
#[derive(Debug, thiserror::Error)]
pub enum PseudonymError {
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] CorpusError),
    /// A list or table that cannot be right.
    #[error("{}, line {line}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// The user's table leaves people out.
    #[error("{n} participants have no pseudonym in {}: {ids}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// How many.
        n: usize,
        /// Some of them.
        ids: String,
    },
    /// The register could not be written.
    #[error("failed to write {}: {reason}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// What was replaced is no analysis any more: a defect of this program.
    #[error("ids and names could not be replaced: {reason}")]
    Structure {
        /// What does not fit.
        reason: String,
    },
}

impl PseudonymError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Table(error) => error.hint(),
            Self::File { hint, .. } => Some((*hint).into()),
            Self::Missing { .. } => Some(
                "add a row for each of them, or give `--pseudonyms` without a file: everybody gets one then, kept in \
                 pseudonyms.csv beside the analysis"
                    .into(),
            ),
            Self::Write { .. } => Some(
                "pseudonyms are kept in the analysis folder: check its permissions and the space on the disk, or give \
                 a table of your own with `--pseudonyms=FILE`"
                    .into(),
            ),
            Self::Structure { .. } => {
                Some("nothing was written; a name in the list may be a word that the program uses: leave it out".into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;
    use crate::analysis::saved::{Headline, RoleSummary, UnitRow};
    use crate::corpus::Role;

    fn specimen() -> Analysis {
        load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    /// `names`: lines of a list.
    fn made(analysis: &Analysis, names: &str) -> Pseudonymised {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.txt");
        std::fs::write(&path, names).unwrap();
        let listed = if names.is_empty() { Vec::new() } else { read_names(&path).unwrap() };
        pseudonymised(analysis, &Register::kept(folder.path(), analysis).unwrap(), &listed).unwrap()
    }

    /// The specimen with other ids of participants.
    fn with_ids(ids: [&str; 8]) -> Analysis {
        let mut analysis = specimen();
        let old: Vec<String> = analysis.summary.participants.iter().map(|one| one.participant.clone()).collect();
        let new = |text: &str| old.iter().zip(ids).fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
        analysis.summary = serde_json::from_str(&new(&serde_json::to_string(&analysis.summary).unwrap())).unwrap();
        for unit in &mut analysis.units {
            (unit.id, unit.participant) = (new(&unit.id), new(&unit.participant));
            unit.position.file = new(&unit.position.file);
        }
        analysis
    }

    /// What a passage with these words and this question becomes, and what is left to look at of it.
    fn said(analysis: &mut Analysis, names: &str, text: &str, question: &str) -> (UnitRow, Vec<(RemainsKind, String)>) {
        (analysis.units[3].text, analysis.units[3].question) = (text.into(), question.into());
        let found = made(analysis, names);
        let unit = found.id(&analysis.units[3].id).unwrap();
        let row = found.analysis.units.iter().find(|row| row.id == unit).unwrap().clone();
        let left = found.remains.iter().filter(|found| found.unit == unit);
        (row, left.map(|found| (found.kind, found.text.clone())).collect())
    }

    #[test]
    fn a_short_id_is_replaced_wherever_it_stands_and_listed() {
        let mut analysis = with_ids(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]);
        let label = |label: &str| RoleSummary {
            label: label.into(),
            role: Role::Participant,
            reason: "the transcript's own id".into(),
            turns: 9,
            transcripts: 1,
        };
        analysis.summary.manifest.roles.extend(["P8", "P3", "M4"].map(label));
        let (row, left) = said(&mut analysis, "", "Thanks P3, p3's rota, (P3); AP3, P33, M4.", "And P3?");
        let found = made(&analysis, "");
        let new = found.id("P3").unwrap();
        assert!(new.starts_with('R'), "{new}");
        assert!(row.text.starts_with("Thanks R") && row.text.ends_with("; AP3, P33, [participant]."), "{}", row.text);
        assert!(!row.text.contains("p3'") && row.question.starts_with("And R"), "{} {}", row.text, row.question);
        let short = left.iter().filter(|(kind, text)| *kind == RemainsKind::ShortId && !text.contains("P3"));
        assert_eq!(short.count(), 5);
        let labels: Vec<&str> = found.analysis.summary.manifest.roles.iter().map(|role| role.label.as_str()).collect();
        assert!(labels.contains(&new.as_str()) && !labels.contains(&"P3") && !labels.contains(&"M4"), "{labels:?}");
        assert!(found.analysis.summary.manifest.pseudonyms.unwrap().replaced >= 5);
        // Who wants the word itself says so; ids stay ids.
        let (row, left) = said(&mut analysis, "name,replacement\nP3,P3\n", "An FFP3 mask, a P3 mask, P4.", "Why?");
        assert!(row.text.starts_with("An FFP3 mask, a P3 mask, R") && row.participant.starts_with('R'));
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn an_id_of_digits_is_replaced_after_a_word_for_a_person_and_listed_elsewhere() {
        let mut analysis = with_ids(["1", "2", "3", "4", "5", "6", "7", "1204"]);
        analysis.summary.attributes.push("years".into());
        let columns = analysis.summary.attributes.len();
        for person in &mut analysis.summary.participants {
            person.attributes.resize(columns, "4".into());
        }
        let (row, left) = said(&mut analysis, "", "Participant 7 works 7 days, as no. 1204 and 9 do.", "Like #3?");
        let text = row.text.as_str();
        assert!(text.starts_with("Participant P0") && text.contains(" works 7 days, as no. P0"), "{text}");
        assert!(row.question.starts_with("Like #P0"), "{}", row.question);
        assert_eq!(left, [(RemainsKind::IdLeft, "7".to_owned())]);
        let found = made(&analysis, "");
        let mut people = found.analysis.summary.participants.iter();
        let years: Vec<&str> = people.by_ref().map(|person| person.attributes[columns - 1].as_str()).collect();
        assert_eq!(years.iter().filter(|&&years| years == "4").count(), 7, "{years:?}");
    }

    #[test]
    fn initials_and_single_letters_are_ids_where_they_are_written_as_such() {
        let mut analysis = with_ids(["AB", "CD", "B", "EF", "GH", "IJ", "KL", "MN"]);
        let (row, left) = said(&mut analysis, "", "Ask AB or Mrs. B, ab and about plan B.", "Why, CD?");
        assert!(row.text.starts_with("Ask P0") && row.text.ends_with(", ab and about plan B."), "{}", row.text);
        assert!(row.text.contains(" or Mrs. P0") && row.question.starts_with("Why, P0"), "{}", row.text);
        assert!(left.contains(&(RemainsKind::IdLeft, "B".to_owned())), "{left:?}");
        assert_eq!(left.iter().filter(|(kind, _)| *kind == RemainsKind::ShortId).count(), 2);
    }

    #[test]
    fn an_id_of_two_people_stands_in_a_text_for_neither() {
        let mut analysis = with_ids(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]);
        let last = &mut analysis.summary.participants[7];
        (last.study, last.participant) = ("other".into(), "P1".into());
        let (row, _) = said(&mut analysis, "", "Thanks P1 and P3.", "Why?");
        assert!(row.text.starts_with("Thanks [participant] and R"), "{}", row.text);
    }

    #[test]
    fn without_names_nothing_but_ids_and_order_changes() {
        let analysis = specimen();
        let found = made(&analysis, "");
        assert_eq!(found.analysis.units.len(), analysis.units.len());
        for unit in &analysis.units {
            let new = found.id(&unit.id).unwrap();
            let row = found.analysis.units.iter().find(|row| row.id == new).unwrap();
            assert_eq!((&row.text, &row.question, &row.theme), (&unit.text, &unit.question, &unit.theme));
            assert_eq!(
                (row.position.start, row.position.end, row.vector),
                (unit.position.start, unit.position.end, unit.vector)
            );
        }
        let (old, new) = (&analysis.summary, &found.analysis.summary);
        assert_eq!((&old.counts, &old.studies, &old.framing), (&new.counts, &new.studies, &new.framing));
        for (one, other) in old.themes().zip(new.themes()) {
            assert_eq!((&one.label, &one.keywords, one.prevalence), (&other.label, &other.keywords, other.prevalence));
            let texts =
                |theme: &crate::analysis::Theme| theme.quotes.iter().map(|q| q.text.clone()).collect::<Vec<_>>();
            assert_eq!(texts(one), texts(other));
        }
    }

    #[test]
    fn rows_stand_in_the_order_of_pseudonyms_and_an_interview_in_its_own() {
        let found = made(&specimen(), "");
        let people: Vec<&str> = found.analysis.units.iter().map(|unit| unit.participant.as_str()).collect();
        assert!(people.is_sorted(), "{people:?}");
        for pair in found.analysis.units.windows(2).filter(|pair| pair[0].participant == pair[1].participant) {
            assert!(pair[0].position.start < pair[1].position.start);
        }
    }

    #[test]
    fn a_headline_is_replaced_as_its_passage_is_and_its_label_with_it() {
        let mut analysis = specimen();
        let unit = analysis.units.iter_mut().find(|unit| unit.theme.is_some()).unwrap();
        unit.text = "They will come. I heard that Will forgot the rota again.".into();
        let (unit, at) = (unit.clone(), unit.text.find("Will").unwrap());
        let theme = &mut analysis.summary.sections[0].themes[0];
        let mut position = unit.position.clone();
        position.start += at;
        let text = "Will forgot the rota";
        theme.label = text.into();
        theme.headline = Some(Headline {
            unit: unit.id.clone(),
            study: unit.study.clone(),
            participant: unit.participant.clone(),
            answer: unit.answer,
            text: text.into(),
            position,
        });
        let found = made(&analysis, "Will");
        let theme = &found.analysis.summary.sections[0].themes[0];
        // By itself the clause begins with a doubtful word; in its passage it is certain.
        assert_eq!(
            (theme.label.as_str(), theme.headline.as_ref().unwrap().text.as_str()),
            ("[name] forgot the rota", "[name] forgot the rota")
        );
        let row = found.analysis.units.iter().find(|row| Some(&row.id) == found.id(&unit.id).as_ref()).unwrap();
        assert_eq!(row.text, "They will come. I heard that [name] forgot the rota again.");
        assert_eq!(found.text("Will they come?"), "Will they come?");
    }

    #[test]
    fn a_label_of_keywords_is_replaced_as_they_are_and_what_stays_is_told() {
        let mut analysis = specimen();
        analysis.units[3].text = "We hope so, and I asked Hope.".into();
        let theme = &mut analysis.summary.sections[0].themes[0];
        let term = |like: &crate::theme::keywords::Keyword, term: &str| crate::theme::keywords::Keyword {
            term: term.into(),
            ..like.clone()
        };
        let like = theme.keywords[0].clone();
        theme.keywords = vec![term(&like, "Hope"), term(&like, "rota"), term(&like, "hope")];
        (theme.headline, theme.label) = (None, "Hope, rota".into());
        let id = theme.id.clone();
        let found = made(&analysis, "Hope");
        let theme = &found.analysis.summary.sections[0].themes[0];
        let terms: Vec<&str> = theme.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
        assert_eq!((theme.label.as_str(), terms), ("[name], rota", vec!["[name]", "rota", "hope"]));
        let place = format!("keyword of {id}");
        let told = found.remains.iter().filter(|it| it.place == place).map(|it| it.text.as_str());
        assert_eq!(told.collect::<Vec<_>>(), ["hope"]);
    }

    #[test]
    fn groups_called_by_ids_stand_in_the_order_of_pseudonyms_and_others_stay() {
        let ids = ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"];
        let found = made(&with_ids(ids), "");
        let names = ids.map(|id| format!("Team of {id}"));
        // One order in 40,320 is that of the ids.
        let order = found.order_of_groups(&names).unwrap_or(names.to_vec());
        let called: Vec<String> = order.iter().map(|name| found.text(name)).collect();
        assert!(called.is_sorted() && called.len() == 8, "{called:?}");
        assert_eq!(found.order_of_groups(&["ward".to_owned(), "home".to_owned()]), None);
    }

    #[test]
    fn a_participants_own_name_is_found_without_its_accents() {
        let mut analysis = specimen();
        analysis.summary.attributes.push("name".into());
        let columns = analysis.summary.attributes.len();
        let names = ["José Álvarez", "Günther Ößner"].into_iter().chain(std::iter::repeat(""));
        for (person, name) in analysis.summary.participants.iter_mut().zip(names) {
            person.attributes.resize(columns, String::new());
            person.attributes[columns - 1] = name.into();
        }
        analysis.units[3].text =
            "I work with Jose and Gunther, and Jose Alvarez and Guenther Oessner, and Josef.".into();
        let found = made(&analysis, "");
        let unit = found.id(&analysis.units[3].id).unwrap();
        let row = found.analysis.units.iter().find(|row| row.id == unit).unwrap();
        assert_eq!(row.text, "I work with [name] and [name], and [name] and [name], and Josef.");
        let left: Vec<&str> =
            found.remains.iter().filter(|found| found.unit == unit).map(|found| found.text.as_str()).collect();
        assert_eq!(left, ["Josef"]);
        assert!(found.found_names.contains(&"José Álvarez".to_owned()));
    }

    #[test]
    fn what_is_left_is_told_with_its_place_in_the_new_text() {
        let mut analysis = specimen();
        analysis.units[3].text = "Ask Sarah on 0161 496 0000. Will it be Merville Lodge? It will.".into();
        let found = made(&analysis, "Sarah\nWill");
        let unit = found.id(&analysis.units[3].id).unwrap();
        let own: Vec<_> = found.remains.iter().filter(|found| found.unit == unit).collect();
        let told: Vec<(RemainsKind, &str, &str)> =
            own.iter().map(|found| (found.kind, found.text.as_str(), found.place.as_str())).collect();
        assert_eq!(
            told,
            [
                (RemainsKind::Number, "0161 496 0000", "passage, characters 15 to 27"),
                (RemainsKind::DoubtfulName, "Will", "passage, characters 30 to 33"),
                (RemainsKind::LikelyName, "Merville Lodge", "passage, characters 41 to 54"),
            ]
        );
    }

    #[test]
    fn of_a_part_what_is_in_it_is_left_to_look_at_and_nothing_else() {
        let mut analysis = specimen();
        let lodge = "Call 0161 496 0000. It was Merville Lodge that closed. Back at Merville Lodge nobody rests.";
        analysis.units[3].text = lodge.into();
        analysis.units[4].text = "Or write to ward@example.org about it.".into();
        let (unit, mut position) = (analysis.units[3].clone(), analysis.units[3].position.clone());
        position.start += lodge.find("It was").unwrap();
        let theme = &mut analysis.summary.sections[0].themes[0];
        theme.sub_themes.clear();
        theme.label = "It was Merville Lodge that closed".into();
        theme.headline = Some(Headline {
            unit: unit.id.clone(),
            study: unit.study,
            participant: unit.participant,
            answer: unit.answer,
            text: theme.label.clone(),
            position,
        });
        let found = made(&analysis, "");
        let id = found.id(&unit.id).unwrap();
        let mut part = found.analysis.clone();
        part.summary.recurring.clear();
        part.summary.attributes.clear();
        let themes = part.summary.sections[0].themes.drain(..).next();
        let told = |part: &Analysis| -> Vec<String> {
            found.remains_of(part).iter().map(|it| format!("{}: {}, {}", it.unit, it.text, it.place)).collect()
        };
        part.units.retain(|unit| unit.id == id);
        part.units[0].text = "Back at Merville Lodge nobody rests.".into();
        assert_eq!(told(&part), [format!("{id}: Merville Lodge, quote, characters 9 to 22")]);
        part.units[0].text = lodge.into();
        let whole = told(&part);
        assert!(whole.len() == 2 && whole[0].contains("0161 496 0000, quote, characters 6 to 18"), "{whole:?}");
        assert!(whole[1].ends_with("characters 28 to 41, 2 times in the file"), "{whole:?}");
        // The name of a theme is in it, though the passage is not.
        part.units.clear();
        assert_eq!(told(&part), Vec::<String>::new());
        let theme = themes.unwrap();
        let name = format!("name of {}", theme.id);
        part.summary.sections[0].themes.push(theme);
        assert_eq!(told(&part), [format!("{id}: Merville Lodge, {name}, characters 8 to 21")]);
        assert!(found.remains.iter().any(|it| it.text == "ward@example.org"), "which is in the whole alone");
    }

    #[test]
    fn ids_are_found_with_and_without_their_study() {
        let analysis = specimen();
        let found = made(&analysis, "");
        let unit = &analysis.units[2];
        let new = found.id(&unit.id).unwrap();
        let short = |id: &str, study: &str| id.strip_prefix(&format!("{study}/")).unwrap().to_owned();
        assert_eq!(found.id(&short(&unit.id, &unit.study)), Some(short(&new, &unit.study)));
        assert_eq!(found.id(&unit.participant).unwrap(), new.split(['/', '#']).nth(1).unwrap());
        assert_eq!(found.id("nobody#3"), None);
        assert_eq!(
            found.text("see `hospital/hospital_03#2` and hospital_03x"),
            format!("see `hospital/{}#2` and hospital_03x", found.id("hospital_03").unwrap())
        );
    }
}
