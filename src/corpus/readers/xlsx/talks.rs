//! Workbooks with a sheet for each interview or participant, or with more rows on further sheets.
//!
//! In: a workbook whose first table was read, and is one talk, one person's answers or rows that say whose they are.
//! Out: the same of the other sheets that have the same columns, each talk and each person called after its sheet.
//! Sheets that a program numbered are none of these: who is on them is not known. It reads no sheet of rows that says
//! again what another one says.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::super::error::some;
use super::super::super::speakers::ends_in_question;
use super::super::super::studies::is_wave;
use super::super::archive::Archive;
use super::super::{File, RawTranscript, RawTurn, Reading};
use super::beside::is_aside;
use super::workbook::{Sheet, Workbook};
use super::{read_sheet, top_of};

/// What programs call sheets, with a number.
const NUMBERED: [&str; 11] =
    ["sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "planilha", "arkusz", "list", "ark", "лист"];

/// What the sheets of a workbook are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Are {
    /// What several people said in one talk each, with no id for it.
    Talks,
    /// One person's answers each, with no id for them.
    Persons,
    /// Rows that say themselves whose they are.
    Rows,
}

/// Adds what stands on other sheets to the first one's; the sheets that were read.
pub(super) fn read_others(
    file: &File<'_>,
    archive: &mut Archive<'_>,
    workbook: &mut Workbook,
    (first, titles): (&Sheet, &[String]),
    reading: &mut Reading,
) -> Vec<Sheet> {
    let (mut read, mut again) = (vec![first.clone()], BTreeSet::new());
    let Some(are) = kind_of(reading).filter(|_| !first.is_hidden && !is_aside(first)) else { return read };
    let is_called = |sheet: &Sheet| are == Are::Rows || !is_numbered(&sheet.name);
    if !is_called(first) {
        return read;
    }
    let others: Vec<Sheet> = workbook.sheets.iter().filter(|sheet| *sheet != first).cloned().collect();
    for sheet in others.into_iter().filter(|sheet| !sheet.is_hidden && is_called(sheet) && !is_aside(sheet)) {
        let Ok(grid) = workbook.grid(archive, &sheet) else { continue };
        if grid.rows.is_empty() {
            continue;
        }
        let top = top_of(&grid, workbook, file.options);
        if !are_alike(&top.header.titles, titles) {
            continue;
        }
        match read_sheet(file, workbook, &sheet, &grid, top) {
            Ok((mut other, _))
                if kind_of(&other) == Some(are) && !(are == Are::Rows && is_version(&other, reading)) =>
            {
                if are != Are::Rows {
                    name(&mut other, &sheet);
                }
                again.extend(ids_again(&other, reading));
                add(reading, other);
                read.push(sheet);
            }
            _ => {}
        }
    }
    if let Some(one) = again.first().filter(|_| !read.iter().all(|sheet| is_wave(&sheet.name))) {
        let people = if again.len() == 1 { "1 id".to_owned() } else { format!("{} ids", again.len()) };
        reading.warnings.push(format!(
            "`{}`: {people} such as `{one}` stand on several sheets, and each counts as one participant; where they are \
             other people's on each sheet, give them ids of their own",
            file.path
        ));
    }
    if read.len() > 1 {
        let names: Vec<&str> = read.iter().map(|sheet| sheet.name.as_str()).collect();
        let what = match are {
            Are::Talks => "an interview each",
            Are::Persons => "a participant each",
            Are::Rows => "as one table",
        };
        if are != Are::Rows {
            name(reading, first);
        }
        reading.layout = reading.layout.take().map(|layout| format!("sheets {} {what}, {layout}", some(&names)));
    }
    read
}

/// The ids of a sheet that were read before.
fn ids_again(other: &Reading, reading: &Reading) -> BTreeSet<String> {
    let known: HashSet<&str> = reading.transcripts.iter().filter_map(|of| of.id.as_deref()).collect();
    let ids = other.transcripts.iter().filter_map(|of| of.id.as_deref());
    ids.filter(|id| known.contains(id)).map(str::to_owned).collect()
}

/// What a sheet is, as far as its rows tell.
fn kind_of(reading: &Reading) -> Option<Are> {
    if !reading.failures.is_empty() {
        return None;
    }
    if let [talk] = &reading.transcripts[..]
        && talk.id.is_none()
    {
        let speakers: BTreeSet<&str> = talk.turns.iter().map(|turn| &*turn.speaker).filter(|s| !s.is_empty()).collect();
        let is_persons = talk.answers_column.is_some();
        let is_talk = talk.answers_column.is_none() && speakers.len() > 1;
        return if is_talk { Some(Are::Talks) } else { is_persons.then_some(Are::Persons) };
    }
    let is_of_row = |id: &str| id.strip_prefix("row ").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let is_told = |id: Option<&str>| id.is_some_and(|id| !is_of_row(id));
    let are_told = reading.transcripts.iter().all(|of| is_told(of.id.as_deref()));
    (are_told && !reading.transcripts.is_empty()).then_some(Are::Rows)
}

/// One answer in so many that stands on both sheets shows that one is a copy or another version of the other.
const ONE_IN: usize = 10;

/// Whether a sheet is a copy or another version of those that were read.
fn is_version(other: &Reading, reading: &Reading) -> bool {
    let answers = |of: &Reading| -> HashSet<String> {
        let turns = of.transcripts.iter().flat_map(|talk| {
            let column = talk.answers_column.as_deref();
            let is_answer = move |turn: &&RawTurn| match column {
                Some(column) => column == &*turn.speaker,
                None => !ends_in_question(turn.text.trim()),
            };
            talk.turns.iter().filter(is_answer)
        });
        turns.map(|turn| turn.text.trim().to_owned()).collect()
    };
    let (own, known) = (answers(other), answers(reading));
    own.intersection(&known).count() * ONE_IN > own.len()
}

fn are_alike(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.to_lowercase() == b.to_lowercase())
}

/// `Sheet2`, `Tabelle 1`.
fn is_numbered(name: &str) -> bool {
    let lower = name.to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    word.is_empty() || NUMBERED.contains(&word)
}

/// Calls the talk that has no id, the first of a reading, after its sheet.
fn name(reading: &mut Reading, sheet: &Sheet) {
    if let Some(talk) = reading.transcripts.first_mut() {
        talk.id = Some(sheet.name.trim().into());
    }
}

fn add(reading: &mut Reading, mut more: Reading) {
    let shift = reading.documents.len();
    for turn in more.transcripts.iter_mut().flat_map(|talk| &mut talk.turns) {
        turn.document += shift;
    }
    reading.documents.append(&mut more.documents);
    // Who answered on several sheets is one participant.
    let place = |of: &RawTranscript| (of.study.clone(), of.id.clone());
    let known: HashMap<_, usize> = reading.transcripts.iter().map(place).zip(0..).collect();
    for talk in more.transcripts.drain(..) {
        match known.get(&place(&talk)).filter(|_| talk.answers_column.is_some() && talk.id.is_some()) {
            Some(&at) => reading.transcripts[at].turns.extend(talk.turns),
            None => reading.transcripts.push(talk),
        }
    }
    // A sheet tells participants apart where columns do not.
    for told in [reading.one_persons.take(), more.one_persons.take()].into_iter().flatten() {
        reading.warnings.retain(|warning| *warning != told.warning);
        more.warnings.retain(|warning| *warning != told.warning);
    }
    more.warnings.retain(|warning| !reading.warnings.contains(warning));
    reading.missing.extend(more.missing.into_iter().map(|document| document + shift));
    reading.warnings.append(&mut more.warnings);
}

/// Tells which sheets were not read.
pub(super) fn not_read(workbook: &Workbook, read: &[Sheet], path: &str) -> Option<String> {
    let others = workbook.sheets.iter().filter(|other| !read.contains(other));
    let others: Vec<String> =
        others.map(|other| format!("`{}`{}", other.name, if other.is_hidden { " (hidden)" } else { "" })).collect();
    let names: Vec<String> = read.iter().map(|sheet| format!("`{}`", sheet.name)).collect();
    let sheets = if read.len() == 1 { "sheet" } else { "sheets" };
    let were = if read.len() == 1 { "was" } else { "were" };
    (!others.is_empty()).then(|| {
        format!(
            "`{path}`: {sheets} {} {were} read, not {}; save a sheet as a file of its own to read it too",
            names.join(", "),
            others.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, rows, workbook};

    fn ids(reading: &super::Reading) -> Vec<(Option<&str>, usize)> {
        reading.transcripts.iter().map(|of| (of.id.as_deref(), of.turns.len())).collect()
    }

    #[test]
    fn a_sheet_a_participant_is_read_by_its_name() {
        let of = |who: &str| {
            let said = format!("It was {who} who built it with me.");
            rows(&[&["Question", "Answer"], &["Who built it?", &said], &["And when?", "In the year of the flood."]])
        };
        let (ann, ben) = (of("Cleo"), of("Dora"));
        let reading = read(&workbook("", &[("Ann", "", ann.as_str()), ("Ben", "", ben.as_str())])).unwrap();
        assert_eq!(ids(&reading), [(Some("Ann"), 4), (Some("Ben"), 4)]);
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        let reading = read(&workbook("", &[("Sheet1", "", ann.as_str()), ("Sheet2", "", ben.as_str())])).unwrap();
        assert!(reading.transcripts.len() == 1 && reading.warnings.concat().contains("was read, not"));
    }

    #[test]
    fn rows_on_several_sheets_are_one_table_and_copies_are_not_read() {
        let of = |week: &str| {
            let said = |who: &str| format!("In the {week} week {who} came to us.");
            rows(&[
                &["id", "question", "answer"],
                &["p1", "Who came?", &said("Cleo")],
                &["p2", "Who came?", &said("Dora")],
            ])
        };
        let (one, two) = (of("first"), of("second"));
        let reading = read(&workbook("", &[("Week 1", "", one.as_str()), ("Week 2", "", two.as_str())])).unwrap();
        assert_eq!(ids(&reading), [(Some("p1"), 4), (Some("p2"), 4)]);
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        let reading = read(&workbook("", &[("Week 1", "", one.as_str()), ("Old", "", one.as_str())])).unwrap();
        assert_eq!(ids(&reading), [(Some("p1"), 2), (Some("p2"), 2)]);
        assert!(reading.warnings.concat().contains("was read, not `Old`"), "{:?}", reading.warnings);
    }

    #[test]
    fn a_sheet_an_interview_is_read_where_all_have_the_columns() {
        let talk = |who: &str| {
            rows(&[&["Speaker", "Text"], &["Host", "Why bees?"], &[who, "They hum."], &["Host", "And?"], &[who, "No."]])
        };
        let (ada, ben) = (talk("Ada"), talk("Ben"));
        let notes = rows(&[&["Day", "What"], &["1", "Rain"]]);
        let sheets = [("ada", "", ada.as_str()), ("Notes", "", notes.as_str()), ("ben", "", ben.as_str())];
        let reading = read(&workbook("", &sheets)).unwrap();
        let ids: Vec<Option<&str>> = reading.transcripts.iter().map(|talk| talk.id.as_deref()).collect();
        assert_eq!(ids, [Some("ada"), Some("ben")]);
        assert!(reading.warnings[0].contains("sheets `ada`, `ben` were read, not `Notes`;"), "{:?}", reading.warnings);
        assert!(reading.layout.unwrap().starts_with("sheets `ada`, `ben` an interview each, one turn a row"));
        let last = reading.transcripts[1].turns.last().unwrap();
        assert_eq!(*reading.documents[last.document].text, *last.text);
        // Who is on a sheet that a program numbered is not known; nor is a hidden one read.
        for sheets in [
            [("Sheet1", "", ada.as_str()), ("Sheet2", "", &ben)],
            [("ada", "", &ada), ("Sheet2", "", &ben)],
            [("ada", "", &ada), ("ben", "state='hidden'", &ben)],
        ] {
            let reading = read(&workbook("", &sheets)).unwrap();
            assert_eq!((reading.transcripts.len(), reading.transcripts[0].id.as_deref()), (1, None), "{sheets:?}");
            assert!(reading.warnings[0].contains("was read, not"), "{:?}", reading.warnings);
        }
    }
}
